/** What the app is known by, and the way to a new secret. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { graphql } from '../../graphql/generated/gql.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Fact, Facts } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { SelectField } from '../../ui/field.tsx';
import { FormRefusals } from '../../ui/form-refusals.tsx';
import { ConfirmModal } from '../../ui/modal.tsx';
import { SecretOnce } from '../../ui/secret-once.tsx';
import { Moment } from '../../ui/time.tsx';
import type { UserError } from '../../ui/user-errors.ts';
import type { AppDetails } from './app-details.ts';
import { signsPeopleIn } from './app-kinds.tsx';

const RotateAppSecret = graphql(/* GraphQL */ `
  mutation RotateAppSecret($input: RotateAppSecretInput!) {
    rotateAppSecret(input: $input) {
      app {
        id
        secrets {
          id
          hint
          createdAt
          expiresAt
        }
      }
      clientSecret
      userErrors {
        code
        message
        path
      }
    }
  }
`);

/** How long the old secret may go on working, in seconds. */
const overlaps = { none: 0, hour: 3600, day: 86_400, week: 604_800 } as const;
type Overlap = keyof typeof overlaps;
const overlapNames: readonly Overlap[] = ['none', 'hour', 'day', 'week'];

export const CredentialsCard = ({ app }: { app: AppDetails }) => {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const [keepOldFor, setKeepOldFor] = useState<Overlap>('day');
  const [secret, setSecret] = useState<string | null>(null);
  const [refusals, setRefusals] = useState<readonly UserError[]>([]);
  const [{ error }, rotate] = useMutation(RotateAppSecret);
  const hasSecret = app.authMethod === 'CLIENT_SECRET_BASIC' || app.authMethod === 'CLIENT_SECRET_POST';
  const rotateSecret = async () => {
    const { data } = await rotate({ input: { id: app.id, keepOldFor: overlaps[keepOldFor] } });
    if (!data) return;
    setRefusals(data.rotateAppSecret.userErrors);
    const fresh = data.rotateAppSecret.clientSecret;
    if (fresh) {
      setSecret(fresh);
      setAsking(false);
    }
  };
  return (
    <Card title={t('app.credentials')} padded={false}>
      <div className="px-4 sm:px-6 py-1">
        <Facts>
          <Fact name={t('app.clientId')} action={<CopyButton text={app.clientId} what={t('app.clientId')} />}>
            <code className="font-mono text-13">{app.clientId}</code>
          </Fact>
          <Fact
            name={t('app.secret')}
            action={
              hasSecret ? (
                <Button compact onClick={() => setAsking(true)}>
                  {t(app.secrets.length === 0 ? 'app.makeSecret' : 'app.rotate')}
                </Button>
              ) : null
            }
          >
            {!hasSecret || app.secrets.length === 0 ? (
              <span className="text-14 text-muted">
                {t(hasSecret ? 'app.noSecretYet' : app.authMethod === 'NONE' ? 'app.noSecret' : 'app.keysInstead')}
              </span>
            ) : (
              <ul className="grid gap-1">
                {app.secrets.map((each) => (
                  <li key={each.id} className="text-13 text-muted">
                    <code className="font-mono">lk_cs_••••{each.hint}</code>, {t('app.secretMade')}{' '}
                    <Moment at={each.createdAt} />
                    {each.expiresAt ? (
                      <>
                        , {t('app.secretUntil')} <Moment at={each.expiresAt} />
                      </>
                    ) : null}
                  </li>
                ))}
              </ul>
            )}
          </Fact>
          {secret === null ? null : (
            <div className="py-3">
              <SecretOnce id="client-secret" secret={secret} name={t('app.secret')} lead={t('app.secretOnce')} />
            </div>
          )}
          {signsPeopleIn(app.type) ? (
            <Fact name={t('app.redirectUris')}>
              {app.redirectUris.length === 0 ? (
                <span className="text-14 text-muted">{t('app.noRedirectUris')}</span>
              ) : (
                <ul className="grid gap-1">
                  {app.redirectUris.map((uri) => (
                    <li key={uri} className="font-mono text-13">
                      {uri}
                    </li>
                  ))}
                </ul>
              )}
            </Fact>
          ) : null}
          <Fact name={t('app.registered')}>
            <span className="text-14">
              <Moment at={app.createdAt} />
              {/* What the operator or the server itself made has no owner. */}
              {app.origin === 'REGISTERED' && app.owner == null ? null : `, ${t(`app.by.${app.origin}`)}`}
            </span>
          </Fact>
        </Facts>
      </div>
      <ConfirmModal
        open={asking}
        onClose={() => setAsking(false)}
        title={t('app.rotateTitle', { app: app.name })}
        confirm={t('app.rotate')}
        dangerous={keepOldFor === 'none'}
        onConfirm={rotateSecret}
        error={error}
      >
        <p>{t('app.rotateBody')}</p>
        <SelectField
          label={t('app.keepOld')}
          value={keepOldFor}
          onChange={(event) => setKeepOldFor(overlapNames.find((each) => each === event.target.value) ?? 'none')}
        >
          {overlapNames.map((each) => (
            <option key={each} value={each}>
              {t(`app.keepOldFor.${each}`)}
            </option>
          ))}
        </SelectField>
        <FormRefusals refusals={refusals} />
      </ConfirmModal>
    </Card>
  );
};
