/** How an app learns that people signed out, and where they go afterwards. */
import type { Path } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Checkbox, TextField } from '../../ui/field.tsx';
import type { AppDetails } from './app-details.ts';
import { redirectUriProblem } from './redirect-uris.ts';
import { oneOf, SettingsSection } from './settings-section.tsx';
import { UriListFields, uriFields, urisOf } from './uri-list-fields.tsx';

const channels = ['backchannel', 'frontchannel'] as const;
type Channel = (typeof channels)[number];

type LogoutForm = Record<`${Channel}LogoutUri`, string> &
  Record<`${Channel}LogoutSessionRequired`, boolean> & { postLogoutRedirectUris: { uri: string }[] };

const plainFields = [
  'backchannelLogoutUri',
  'backchannelLogoutSessionRequired',
  'frontchannelLogoutUri',
  'frontchannelLogoutSessionRequired',
] as const;

const fieldOf = (path: readonly string[]): Path<LogoutForm> | null =>
  path[0] === 'postLogoutRedirectUris'
    ? `postLogoutRedirectUris.${Number(path[1] ?? 0)}.uri`
    : oneOf(plainFields)(path);

const valuesOf = (app: AppDetails): LogoutForm => ({
  postLogoutRedirectUris: uriFields(app.postLogoutRedirectUris),
  backchannelLogoutUri: app.backchannelLogoutUri ?? '',
  backchannelLogoutSessionRequired: app.backchannelLogoutSessionRequired,
  frontchannelLogoutUri: app.frontchannelLogoutUri ?? '',
  frontchannelLogoutSessionRequired: app.frontchannelLogoutSessionRequired,
});

export const LogoutSettings = ({ app }: { app: AppDetails }) => {
  const { t } = useTranslation();
  const address = (value: string) => {
    const problem = value.trim() === '' ? null : redirectUriProblem(value.trim(), 'WEB');
    return problem === null || t(`redirectUri.${problem}`);
  };
  return (
    <SettingsSection<LogoutForm>
      title={t('app.tabs.logout')}
      app={app}
      valuesOf={valuesOf}
      changesOf={(values) => ({
        postLogoutRedirectUris: urisOf(values.postLogoutRedirectUris),
        backchannelLogoutUri: values.backchannelLogoutUri.trim() || null,
        backchannelLogoutSessionRequired: values.backchannelLogoutSessionRequired,
        frontchannelLogoutUri: values.frontchannelLogoutUri.trim() || null,
        frontchannelLogoutSessionRequired: values.frontchannelLogoutSessionRequired,
      })}
      fieldOf={fieldOf}
    >
      {({ register, formState: { errors } }) => (
        <>
          <UriListFields name="postLogoutRedirectUris" type={app.type} needed={false} />
          {channels.map((channel) => (
            <div key={channel} className="grid gap-2">
              <TextField
                label={t(`app.${channel}LogoutUri`)}
                hint={t(`app.${channel}LogoutUriHint`)}
                inputMode="url"
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                error={errors[`${channel}LogoutUri`]?.message}
                {...register(`${channel}LogoutUri`, { validate: address })}
              />
              <Checkbox
                label={t(`app.${channel}LogoutSessionRequired`)}
                hint={t('app.logoutSessionRequiredHint')}
                error={errors[`${channel}LogoutSessionRequired`]?.message}
                {...register(`${channel}LogoutSessionRequired`)}
              />
            </div>
          ))}
        </>
      )}
    </SettingsSection>
  );
};
