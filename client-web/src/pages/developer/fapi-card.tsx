/** The FAPI 2.0 Security Profile: one switch, and what it changes. */
import { Check, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { FormRefusals } from '../../ui/form-refusals.tsx';
import { ConfirmModal } from '../../ui/modal.tsx';
import { placeUserErrors, type UserError, useUserErrorText } from '../../ui/user-errors.ts';
import { type AppDetails, UpdateApp } from './app-details.ts';
import { keyChangesOf, keyFieldOf, keyValuesOf, PublicKeyFields, type PublicKeysForm } from './public-key-fields.tsx';
import type { AppChanges } from './settings-section.tsx';

const rules = ['keys', 'dpop', 'par', 'pkce', 'algorithms'] as const;
type Rule = (typeof rules)[number];

const usesRs256 = (app: AppDetails): boolean =>
  [
    app.idTokenSignedResponseAlg,
    app.userinfoSignedResponseAlg,
    app.tokenEndpointAuthSigningAlg,
    app.requestObjectSigningAlg,
  ].includes('RS256');

/** Whether the app keeps to the rule already. */
const keeps = (app: AppDetails): Readonly<Record<Rule, boolean>> => ({
  keys: app.authMethod === 'PRIVATE_KEY_JWT',
  dpop: app.dpopBoundAccessTokens,
  par: app.requirePushedAuthorizationRequests,
  pkce: app.requirePkce,
  algorithms: !usesRs256(app),
});

/** The profile presets the rest. */
const strictChanges = (app: AppDetails): AppChanges => ({
  profile: 'FAPI2',
  ...(app.idTokenSignedResponseAlg === 'RS256' ? { idTokenSignedResponseAlg: 'ES256' } : {}),
  ...(app.userinfoSignedResponseAlg === 'RS256' ? { userinfoSignedResponseAlg: 'ES256' } : {}),
  ...(app.tokenEndpointAuthSigningAlg === 'RS256' ? { tokenEndpointAuthSigningAlg: null } : {}),
  ...(app.requestObjectSigningAlg === 'RS256' ? { requestObjectSigningAlg: null } : {}),
});

export const FapiCard = ({ app }: { app: AppDetails }) => {
  const { t } = useTranslation();
  const on = app.profile === 'FAPI2';
  const [asking, setAsking] = useState(false);
  const [refusals, setRefusals] = useState<readonly UserError[]>([]);
  const [{ error }, updateApp] = useMutation(UpdateApp);
  const userErrorText = useUserErrorText();
  const hasKeys = app.jwks != null || app.jwksUri != null;
  const { register, watch, handleSubmit, setError, reset, formState } = useForm<PublicKeysForm>({
    defaultValues: { ...keyValuesOf(app), keySource: 'value' },
  });
  const kept = keeps(app);
  const asked = rules.filter((rule) => app.type === 'WEB' || (rule !== 'par' && rule !== 'pkce'));
  const close = () => {
    setAsking(false);
    setRefusals([]);
    reset({ ...keyValuesOf(app), keySource: 'value' });
  };
  const change = async (changes: AppChanges, keys: PublicKeysForm | null = null) => {
    const { data } = await updateApp({ input: { ...changes, id: app.id } });
    if (!data) return;
    const homeless = placeUserErrors<keyof PublicKeysForm>(
      data.updateApp.userErrors,
      (path) => (keys === null ? null : keyFieldOf(path, keys)),
      (field, refusal, first) => setError(field, { message: userErrorText(refusal) }, { shouldFocus: first }),
    );
    setRefusals(homeless);
    if (data.updateApp.app) close();
  };
  const turnOn = handleSubmit((keys) =>
    hasKeys ? change(strictChanges(app)) : change({ ...strictChanges(app), ...keyChangesOf(keys) }, keys),
  );
  return (
    <Card
      title={t('fapi.title')}
      actions={on ? <Badge look="ok">{t('fapi.on')}</Badge> : <Badge>{t('fapi.off')}</Badge>}
    >
      <div className="grid gap-4 max-w-[640px]">
        <p className="text-14 text-muted">{t('fapi.lead')}</p>
        <ul className="grid gap-2">
          {asked.map((rule) => (
            <li key={rule} className="flex items-start gap-2 text-14">
              {kept[rule] ? (
                <Check aria-hidden className="mt-0.5 text-ok" />
              ) : (
                <ChevronRight aria-hidden className="mt-0.5 text-muted" />
              )}
              <span>
                {t(`fapi.rule.${rule}`)}{' '}
                {on ? null : (
                  <span className="text-muted">{kept[rule] ? t('fapi.already') : t(`fapi.change.${rule}`)}</span>
                )}
              </span>
            </li>
          ))}
        </ul>
        <div>
          <Button id="fapi-switch" look={on ? 'danger' : 'plain'} onClick={() => setAsking(true)}>
            {t(on ? 'fapi.turnOff' : 'fapi.turnOn')}
          </Button>
        </div>
      </div>
      <ConfirmModal
        open={asking}
        onClose={close}
        title={t(on ? 'fapi.turnOffTitle' : 'fapi.turnOnTitle', { app: app.name })}
        confirm={t(on ? 'fapi.turnOff' : 'fapi.turnOn')}
        dangerous={on}
        onConfirm={on ? () => change({ profile: null }) : turnOn}
        error={error}
      >
        <p>{t(on ? 'fapi.turnOffBody' : kept.keys ? 'fapi.turnOnBody' : 'fapi.turnOnLosesSecret')}</p>
        {on || hasKeys ? null : (
          <PublicKeyFields
            sources={['value', 'uri']}
            source={watch('keySource')}
            register={register}
            errors={formState.errors}
          />
        )}
        <FormRefusals refusals={refusals} />
      </ConfirmModal>
    </Card>
  );
};
