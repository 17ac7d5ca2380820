/** An administrator makes an account for somebody. */
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useMutation } from 'urql';
import { useScopes } from '../../auth/signed-in.tsx';
import { graphql } from '../../graphql/generated/gql.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Checkbox, TextField } from '../../ui/field.tsx';
import { FormRefusals } from '../../ui/form-refusals.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { placeUserErrors, type UserError, useUserErrorText } from '../../ui/user-errors.ts';
import { NotAllowed } from './not-allowed.tsx';

const CreateUser = graphql(/* GraphQL */ `
  mutation CreateUser($input: CreateUserInput!) {
    createUser(input: $input) {
      user {
        id
        username
      }
      userErrors {
        code
        message
        path
      }
    }
  }
`);

interface UserForm {
  username: string;
  email: string;
  givenName: string;
  familyName: string;
  password: string;
  emailVerified: boolean;
  administrator: boolean;
}

const fields = ['username', 'email', 'givenName', 'familyName', 'password'] as const;
type Field = (typeof fields)[number];
const fieldOf = ([name]: readonly string[]): Field | null => fields.find((field) => field === name) ?? null;

const NewUserForm = () => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { register, handleSubmit, setError, formState } = useForm<UserForm>({
    mode: 'onTouched',
    defaultValues: {
      username: '',
      email: '',
      givenName: '',
      familyName: '',
      password: '',
      emailVerified: false,
      administrator: false,
    },
  });
  const [{ error }, createUser] = useMutation(CreateUser);
  const [refusals, setRefusals] = useState<readonly UserError[]>([]);
  const userErrorText = useUserErrorText();
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async (values) => {
    const { data } = await createUser({
      input: {
        username: values.username.trim(),
        email: values.email.trim(),
        givenName: values.givenName.trim() || null,
        familyName: values.familyName.trim() || null,
        password: values.password || null,
        emailVerified: values.emailVerified,
        roles: values.administrator ? ['ADMINISTRATOR'] : [],
      },
    });
    if (!data) return;
    setRefusals(
      placeUserErrors(data.createUser.userErrors, fieldOf, (field, refusal, first) =>
        setError(field, { message: userErrorText(refusal) }, { shouldFocus: first }),
      ),
    );
    const made = data.createUser.user;
    if (made) await navigate(`/admin/users?search=${encodeURIComponent(made.username)}`);
  });
  const required = (value: string) => value.trim() !== '' || t('required');
  return (
    <Page title={t('newUser.title')} lead={t('newUser.lead')} back={{ to: '/admin/users', label: t('users.title') }}>
      <Card>
        <form onSubmit={submit} noValidate className="grid gap-5 max-w-[560px]">
          <TextField
            label={t('profile.username')}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            error={errors.username?.message}
            {...register('username', { validate: required })}
          />
          <TextField
            label={t('email.title')}
            type="email"
            autoComplete="off"
            error={errors.email?.message}
            {...register('email', { validate: required })}
          />
          <div className="grid sm:grid-cols-2 gap-5">
            <TextField
              label={t('profile.givenName')}
              autoComplete="off"
              error={errors.givenName?.message}
              {...register('givenName')}
            />
            <TextField
              label={t('profile.familyName')}
              autoComplete="off"
              error={errors.familyName?.message}
              {...register('familyName')}
            />
          </div>
          <TextField
            label={t('newUser.password')}
            hint={t('newUser.passwordHint')}
            type="password"
            autoComplete="new-password"
            error={errors.password?.message}
            {...register('password')}
          />
          <div className="grid gap-2">
            <Checkbox
              label={t('newUser.emailVerified')}
              hint={t('newUser.emailVerifiedHint')}
              {...register('emailVerified')}
            />
            <Checkbox label={t('administrator')} hint={t('newUser.administratorHint')} {...register('administrator')} />
          </div>
          <FormRefusals refusals={refusals} />
          {error ? <ProblemNotice error={error} /> : null}
          <div>
            <Button type="submit" look="primary" busy={isSubmitting}>
              {t('users.create')}
            </Button>
          </div>
        </form>
      </Card>
    </Page>
  );
};

export const NewUserPage = () => (useScopes().has('admin:users:write') ? <NewUserForm /> : <NotAllowed />);
