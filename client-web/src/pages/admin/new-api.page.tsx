/** Registers an API of the institution's own. */
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useMutation } from 'urql';
import { useScopes } from '../../auth/signed-in.tsx';
import { graphql } from '../../graphql/generated/gql.ts';
import { Card } from '../../ui/card.tsx';
import { Page } from '../../ui/page.tsx';
import { ApiFormFields, type ApiSettings } from './api-form.tsx';
import { NotAllowed } from './not-allowed.tsx';

const RegisterApi = graphql(/* GraphQL */ `
  mutation RegisterApi($input: RegisterApiInput!) {
    registerApi(input: $input) {
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

const NewApi = () => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [{ error }, registerApi] = useMutation(RegisterApi);
  const submit = async (settings: ApiSettings) => {
    const { data } = await registerApi({ input: { ...settings, scopes: [...settings.scopes] } });
    if (data?.registerApi.api) await navigate('/admin/apis');
    return data?.registerApi.userErrors ?? [];
  };
  return (
    <Page title={t('api.new')} lead={t('api.newLead')} back={{ to: '/admin/apis', label: t('apis.title') }}>
      <Card>
        <ApiFormFields api={null} submitLabel={t('api.submit')} error={error} onSubmit={submit} />
      </Card>
    </Page>
  );
};

export const NewApiPage = () => (useScopes().has('admin:apis:write') ? <NewApi /> : <NotAllowed />);
