/** One API of the institution's own: what it is like, and how to end it. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useMutation, useQuery } from 'urql';
import { useScopes } from '../../auth/signed-in.tsx';
import { graphql } from '../../graphql/generated/gql.ts';
import type { ApiByIdQuery } from '../../graphql/generated/graphql.ts';
import { problemOf } from '../../graphql/problem.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Card, Fact, Facts } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { FormRefusals } from '../../ui/form-refusals.tsx';
import { ConfirmModal } from '../../ui/modal.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SavedMark } from '../../ui/saved-mark.tsx';
import { FactsSkeleton } from '../../ui/skeleton.tsx';
import type { UserError } from '../../ui/user-errors.ts';
import { ApiFormFields, type ApiSettings } from './api-form.tsx';
import { NotAllowed } from './not-allowed.tsx';

graphql(/* GraphQL */ `
  fragment ApiFields on Api {
    id
    identifier
    name
    scopes {
      name
      description
    }
    accessTokenSigningAlg
    accessTokenLifetime
    createdAt
  }
`);

const ApiById = graphql(/* GraphQL */ `
  query ApiById($id: ID!) {
    api(id: $id) {
      ...ApiFields
    }
  }
`);

const UpdateApi = graphql(/* GraphQL */ `
  mutation UpdateApi($input: UpdateApiInput!) {
    updateApi(input: $input) {
      api {
        ...ApiFields
      }
      userErrors {
        code
        message
        path
      }
    }
  }
`);

const DeleteApi = graphql(/* GraphQL */ `
  mutation DeleteApi($input: DeleteApiInput!) {
    deleteApi(input: $input) {
      deletedApiId
      userErrors {
        code
        message
        path
      }
    }
  }
`);

type Api = NonNullable<ApiByIdQuery['api']>;

const ApiSettingsCard = ({ api }: { api: Api }) => {
  const { t } = useTranslation();
  const [saved, setSaved] = useState(false);
  const [{ error }, updateApi] = useMutation(UpdateApi);
  const submit = async ({ identifier: _, ...settings }: ApiSettings) => {
    const { data } = await updateApi({ input: { ...settings, scopes: [...settings.scopes], id: api.id } });
    setSaved(Boolean(data?.updateApi.api));
    return data?.updateApi.userErrors ?? [];
  };
  return (
    <Card title={t('app.tabs.basics')}>
      <ApiFormFields
        api={api}
        submitLabel={t('save')}
        status={<SavedMark saved={saved} />}
        error={error}
        onChange={() => setSaved(false)}
        onSubmit={submit}
      />
    </Card>
  );
};

const DeleteApiCard = ({ api, onDeleted }: { api: Api; onDeleted: () => void }) => {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const [refusals, setRefusals] = useState<readonly UserError[]>([]);
  const [{ error }, deleteApi] = useMutation(DeleteApi);
  const act = async () => {
    const { data } = await deleteApi({ input: { id: api.id } });
    if (!data) return;
    setRefusals(data.deleteApi.userErrors);
    if (data.deleteApi.deletedApiId) onDeleted();
  };
  return (
    <Card title={t('deleteApp.title')}>
      <div className="flex flex-wrap items-center gap-4">
        <p className="flex-[1_1_260px] text-14 text-muted">{t('api.deleteLead')}</p>
        <Button look="danger" onClick={() => setAsking(true)}>
          {t('api.delete')}
        </Button>
      </div>
      <ConfirmModal
        open={asking}
        onClose={() => setAsking(false)}
        title={t('deleteApp.question', { app: api.name })}
        confirm={t('api.delete')}
        typed={api.name}
        onConfirm={act}
        error={error}
      >
        <p>{t('api.deleteBody', { scopes: api.scopes.map(({ name }) => name).join(', ') || t('api.noScopes') })}</p>
        <FormRefusals refusals={refusals} />
      </ConfirmModal>
    </Card>
  );
};

const OneApi = () => {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const mayChange = useScopes().has('admin:apis:write');
  const [{ data, error, fetching }, load] = useQuery({ query: ApiById, variables: { id } });
  const back = { to: '/admin/apis', label: t('apis.title') };
  const api = data?.api;
  if ((data && !api && !fetching) || (error && problemOf(error).kind === 'not-found')) {
    return (
      <Page title={t('api.missing')} lead={t('api.missingLead')} back={back}>
        <div>
          <LinkButton to={back.to}>{back.label}</LinkButton>
        </div>
      </Page>
    );
  }
  if (!api) {
    return (
      <Page title={t('api.title')} back={back}>
        {error ? (
          <ProblemNotice error={error} onRetry={() => load({ requestPolicy: 'network-only' })} />
        ) : (
          <Card>
            <FactsSkeleton rows={3} />
          </Card>
        )}
      </Page>
    );
  }
  return (
    <Page title={api.name} lead={t('api.title')} back={back} mark={<Avatar name={api.name} of="app" size="large" />}>
      <Card padded={false}>
        <div className="px-4 sm:px-6 py-1">
          <Facts>
            <Fact name={t('api.identifier')} action={<CopyButton text={api.identifier} what={t('api.identifier')} />}>
              <code className="font-mono text-13">{api.identifier}</code>
            </Fact>
          </Facts>
        </div>
      </Card>
      {mayChange ? (
        <>
          <ApiSettingsCard key={api.id} api={api} />
          <DeleteApiCard api={api} onDeleted={() => navigate(back.to)} />
        </>
      ) : null}
    </Page>
  );
};

export const ApiPage = () => (useScopes().has('admin:apis:read') ? <OneApi /> : <NotAllowed />);
