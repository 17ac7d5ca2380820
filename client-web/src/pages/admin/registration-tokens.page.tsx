/** Initial access tokens: with one, a program registers apps by itself (RFC 7591 §3). */
import { KeyRound } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { useScopes, useSignIn } from '../../auth/signed-in.tsx';
import { graphql } from '../../graphql/generated/gql.ts';
import type { RegistrationTokensQuery } from '../../graphql/generated/graphql.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, List, ListRow } from '../../ui/card.tsx';
import { DurationField } from '../../ui/duration-field.tsx';
import { type Duration, secondsOf } from '../../ui/durations.ts';
import { Empty } from '../../ui/empty.tsx';
import { TextField } from '../../ui/field.tsx';
import { FormRefusals } from '../../ui/form-refusals.tsx';
import { ConfirmModal } from '../../ui/modal.tsx';
import { Notice } from '../../ui/notice.tsx';
import { focusPageHeading, Page } from '../../ui/page.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SecretOnce } from '../../ui/secret-once.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { ListSkeleton } from '../../ui/skeleton.tsx';
import { Moment } from '../../ui/time.tsx';
import { placeUserErrors, type UserError, useUserErrorText } from '../../ui/user-errors.ts';
import { NotAllowed } from './not-allowed.tsx';

const RegistrationTokens = graphql(/* GraphQL */ `
  query RegistrationTokens($after: String) {
    registrationTokens(first: 20, after: $after) {
      nodes {
        id
        name
        usesLeft
        createdAt
        expiresAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const CreateRegistrationToken = graphql(/* GraphQL */ `
  mutation CreateRegistrationToken($input: CreateRegistrationTokenInput!) {
    createRegistrationToken(input: $input) {
      registrationToken {
        id
      }
      token
      userErrors {
        code
        message
        path
      }
    }
  }
`);

const RevokeRegistrationToken = graphql(/* GraphQL */ `
  mutation RevokeRegistrationToken($input: RevokeRegistrationTokenInput!) {
    revokeRegistrationToken(input: $input) {
      revokedRegistrationTokenId
      userErrors {
        code
        message
        path
      }
    }
  }
`);

interface TokenForm {
  name: string;
  uses: string;
  expiresIn: Duration;
}

const fieldOf = ([first]: readonly string[]): 'name' | 'uses' | 'expiresIn.amount' | null => {
  if (first === 'name' || first === 'uses') return first;
  return first === 'expiresIn' ? 'expiresIn.amount' : null;
};

const NewTokenCard = () => {
  const { t } = useTranslation();
  const [{ error }, create] = useMutation(CreateRegistrationToken);
  const [token, setToken] = useState<string | null>(null);
  const [refusals, setRefusals] = useState<readonly UserError[]>([]);
  const userErrorText = useUserErrorText();
  const { register, handleSubmit, reset, setError, formState } = useForm<TokenForm>({
    mode: 'onTouched',
    reValidateMode: 'onChange',
    defaultValues: { name: '', uses: '1', expiresIn: { amount: '1', unit: 'days' } },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async ({ name, uses, expiresIn }) => {
    setToken(null);
    const input = { name: name.trim(), uses: Number(uses), expiresIn: secondsOf(expiresIn) ?? 0 };
    const { data } = await create({ input });
    if (!data) return;
    setRefusals(
      placeUserErrors(data.createRegistrationToken.userErrors, fieldOf, (field, refusal, first) =>
        setError(field, { message: userErrorText(refusal) }, { shouldFocus: first }),
      ),
    );
    if (!data.createRegistrationToken.token) return;
    setToken(data.createRegistrationToken.token);
    reset();
  });
  return (
    <Card title={t('registrationTokens.new')}>
      <form onSubmit={submit} noValidate className="grid gap-6 max-w-[640px]">
        <TextField
          label={t('app.name')}
          hint={t('registrationTokens.nameHint')}
          autoComplete="off"
          maxLength={100}
          error={errors.name?.message}
          {...register('name', { validate: (value) => value.trim() !== '' || t('required') })}
        />
        <div className="grid sm:grid-cols-2 gap-6">
          <TextField
            label={t('registrationTokens.uses')}
            inputMode="numeric"
            autoComplete="off"
            error={errors.uses?.message}
            {...register('uses', {
              validate: (value) => /^[1-9]\d{0,5}$/.test(value.trim()) || t('registrationTokens.usesRange'),
            })}
          />
          <DurationField
            label={t('registrationTokens.expiresIn')}
            error={errors.expiresIn?.amount?.message}
            amount={register('expiresIn.amount', {
              validate: (amount, form) =>
                !Number.isNaN(secondsOf({ ...form.expiresIn, amount }) ?? Number.NaN) || t('duration.invalid'),
            })}
            unit={register('expiresIn.unit')}
          />
        </div>
        <FormRefusals refusals={refusals} />
        {error ? <ProblemNotice error={error} /> : null}
        <div>
          <Button id="create-token" type="submit" look="primary" busy={isSubmitting}>
            {t('registrationTokens.create')}
          </Button>
        </div>
        <div aria-live="polite">
          {token === null ? null : (
            <SecretOnce
              id="registration-token"
              secret={token}
              name={t('registrationTokens.token')}
              lead={t('registrationTokens.once')}
            />
          )}
        </div>
      </form>
    </Card>
  );
};

type Token = RegistrationTokensQuery['registrationTokens']['nodes'][number];

/** Without a word on it, a token that nobody can use would look like one that works. */
const RegistrationOff = () => {
  const { t } = useTranslation();
  const signIn = useSignIn();
  const [off, setOff] = useState(false);
  useEffect(() => {
    // Where the metadata cannot be read, the page below says that the server does not answer.
    signIn.letsProgramsRegister().then(
      (on) => setOff(!on),
      () => undefined,
    );
  }, [signIn]);
  return off ? <Notice look="warn">{t('registrationTokens.off')}</Notice> : null;
};

const RegistrationTokensList = () => {
  const { t } = useTranslation();
  const mayChange = useScopes().has('admin:apps:write');
  const [after, setAfter] = useState<string | null>(null);
  const [{ data, error, fetching }, load] = useQuery({ query: RegistrationTokens, variables: { after } });
  const [revoking, revoke] = useMutation(RevokeRegistrationToken);
  const [chosen, setChosen] = useState<Token | null>(null);
  const [refusals, setRefusals] = useState<readonly UserError[]>([]);
  const tokens = data?.registrationTokens;
  const close = () => {
    setChosen(null);
    setRefusals([]);
  };
  const act = async () => {
    if (chosen === null) return;
    const result = await revoke({ input: { id: chosen.id } });
    if (!result.data) return;
    setRefusals(result.data.revokeRegistrationToken.userErrors);
    if (!result.data.revokeRegistrationToken.revokedRegistrationTokenId) return;
    close();
    // The button that had the focus is gone with its row.
    focusPageHeading();
  };
  return (
    <Page wide title={t('registrationTokens.title')} lead={t('registrationTokens.lead')}>
      <RegistrationOff />
      {mayChange ? <NewTokenCard /> : null}
      {error ? <ProblemNotice error={error} onRetry={() => load({ requestPolicy: 'network-only' })} /> : null}
      {tokens ? (
        <Card padded={false} title={t('registrationTokens.working')}>
          {tokens.nodes.length === 0 ? (
            <Empty icon={<KeyRound />} title={t('registrationTokens.none')}>
              {t('registrationTokens.noneLead')}
            </Empty>
          ) : (
            <List label={t('registrationTokens.working')} busy={fetching}>
              {tokens.nodes.map((token) => (
                <ListRow
                  key={token.id}
                  mark={<Avatar name={token.name} of="app" />}
                  actions={
                    mayChange ? (
                      <Button
                        compact
                        look="danger"
                        aria-label={t('registrationTokens.revokeThing', { name: token.name })}
                        onClick={() => setChosen(token)}
                      >
                        {t('registrationTokens.revoke')}
                      </Button>
                    ) : null
                  }
                >
                  <span className="font-[600]">{token.name}</span>
                  <span className="text-13 text-muted">
                    {t('registrationTokens.usesLeft', { count: token.usesLeft })}, {t('registrationTokens.made')}{' '}
                    <Moment at={token.createdAt} />, {t('registrationTokens.until')} <Moment at={token.expiresAt} />
                  </span>
                </ListRow>
              ))}
            </List>
          )}
          {tokens.pageInfo.hasNextPage ? (
            <ShowMore busy={fetching} onMore={() => setAfter(tokens.pageInfo.endCursor ?? null)} />
          ) : null}
        </Card>
      ) : error ? null : (
        <Card padded={false} title={t('registrationTokens.working')}>
          <ListSkeleton rows={2} />
        </Card>
      )}
      <ConfirmModal
        open={chosen !== null}
        onClose={close}
        title={t('registrationTokens.revokeTitle', { name: chosen?.name ?? '' })}
        confirm={t('registrationTokens.revoke')}
        onConfirm={act}
        error={revoking.error}
      >
        <p>{t('registrationTokens.revokeBody')}</p>
        <FormRefusals refusals={refusals} />
      </ConfirmModal>
    </Page>
  );
};

export const RegistrationTokensPage = () =>
  useScopes().has('admin:apps:read') ? <RegistrationTokensList /> : <NotAllowed />;
