import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { graphql } from '../../graphql/generated/gql.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { FormRefusals } from '../../ui/form-refusals.tsx';
import { ConfirmModal } from '../../ui/modal.tsx';
import type { UserError } from '../../ui/user-errors.ts';

const DeleteApp = graphql(/* GraphQL */ `
  mutation DeleteApp($input: DeleteAppInput!) {
    deleteApp(input: $input) {
      deletedAppId
      userErrors {
        code
        message
        path
      }
    }
  }
`);

/** Deleting cannot be undone, so the app's name has to be typed. */
export const DeleteAppCard = ({ app, onDeleted }: { app: { id: string; name: string }; onDeleted: () => void }) => {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const [refusals, setRefusals] = useState<readonly UserError[]>([]);
  const [{ error }, deleteApp] = useMutation(DeleteApp);
  const act = async () => {
    const { data } = await deleteApp({ input: { id: app.id } });
    if (!data) return;
    setRefusals(data.deleteApp.userErrors);
    if (data.deleteApp.deletedAppId) onDeleted();
  };
  return (
    <Card title={t('deleteApp.title')}>
      <div className="flex flex-wrap items-center gap-4">
        <p className="flex-[1_1_260px] text-14 text-muted">{t('deleteApp.lead')}</p>
        <Button look="danger" onClick={() => setAsking(true)}>
          {t('deleteApp.delete')}
        </Button>
      </div>
      <ConfirmModal
        open={asking}
        onClose={() => setAsking(false)}
        title={t('deleteApp.question', { app: app.name })}
        confirm={t('deleteApp.delete')}
        typed={app.name}
        onConfirm={act}
        error={error}
      >
        <p>{t('deleteApp.body')}</p>
        <FormRefusals refusals={refusals} />
      </ConfirmModal>
    </Card>
  );
};
