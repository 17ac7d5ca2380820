/** The e-mail address, and whether it is known to be the person's. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { graphql } from '../../graphql/generated/gql.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { FieldError } from '../../ui/field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Bar } from '../../ui/skeleton.tsx';
import { useUserErrorText } from '../../ui/user-errors.ts';

const SendEmailConfirmation = graphql(/* GraphQL */ `
  mutation SendEmailConfirmation($input: SendEmailConfirmationInput!) {
    sendEmailConfirmation(input: $input) {
      user {
        id
        emailVerified
      }
      userErrors {
        code
        message
        path
      }
    }
  }
`);

export const EmailCard = ({ email, verified }: { email: string | null; verified: boolean }) => {
  const { t } = useTranslation();
  const [{ fetching, error, data }, send] = useMutation(SendEmailConfirmation);
  const [sent, setSent] = useState(false);
  const userErrorText = useUserErrorText();
  const [refusal] = data?.sendEmailConfirmation.userErrors ?? [];
  const sendAgain = async () => {
    const result = await send({ input: {} });
    setSent(!result.error && result.data?.sendEmailConfirmation.userErrors.length === 0);
  };
  return (
    <Card title={t('email.title')}>
      <div className="grid gap-3">
        <div className="flex flex-wrap items-center gap-3">
          <div className="grid flex-[1_1_200px] min-w-0 gap-1">
            <span>{email ?? t('notSet')}</span>
            <span role="status" className="text-13 text-muted">
              {verified ? t('email.use') : sent ? t('email.sent') : t('email.toConfirm')}
            </span>
          </div>
          {verified ? (
            <Badge look="ok">{t('email.confirmed')}</Badge>
          ) : (
            <>
              <Badge look="warn">{t('email.unconfirmed')}</Badge>
              <Button compact busy={fetching} onClick={sendAgain}>
                {t('email.sendAgain')}
              </Button>
            </>
          )}
        </div>
        {refusal ? <FieldError>{userErrorText(refusal)}</FieldError> : null}
        {error ? <ProblemNotice error={error} /> : null}
      </div>
    </Card>
  );
};

export const EmailCardSkeleton = () => {
  const { t } = useTranslation();
  return (
    <Card title={t('email.title')}>
      <div className="grid gap-1 min-h-[45px]">
        <Bar width="w-48" />
        <Bar width="w-64" />
      </div>
    </Card>
  );
};
