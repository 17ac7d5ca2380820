/** One app: what it is known by, how to use it, everything that it can be set to, how to end it. */
import { Tabs } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate, useParams } from 'react-router';
import { useQuery } from 'urql';
import { webClientId } from '../../auth/authorization-server.ts';
import { problemOf } from '../../graphql/problem.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { FactsSkeleton } from '../../ui/skeleton.tsx';
import { AppById, type AppDetails } from './app-details.ts';
import { signsPeopleIn } from './app-kinds.tsx';
import { BasicsSettings } from './basics-settings.tsx';
import { CredentialsCard } from './credentials-card.tsx';
import { DeleteAppCard } from './delete-app-card.tsx';
import { FapiCard } from './fapi-card.tsx';
import { KeySettings } from './key-settings.tsx';
import { LogoutSettings } from './logout-settings.tsx';
import { QuickStart } from './quick-start.tsx';
import { anchorOf } from './settings-places.ts';
import { SignInSettings } from './sign-in-settings.tsx';
import { TokenSettings } from './token-settings.tsx';

interface Part {
  /** In the address, after `#`. */
  readonly anchor: string;
  readonly label: string;
  readonly content: ReactNode;
}

const useParts = (app: AppDetails, onDeleted: () => void): readonly Part[] => {
  const { t } = useTranslation();
  const interactive = signsPeopleIn(app.type);
  const parts = [
    {
      anchor: 'overview',
      label: t('app.tabs.overview'),
      content: (
        <>
          <CredentialsCard app={app} />
          <QuickStart app={app} />
        </>
      ),
    },
    {
      anchor: 'basics',
      label: t('app.tabs.basics'),
      content: (
        <>
          <BasicsSettings app={app} />
          <DeleteAppCard app={app} onDeleted={onDeleted} />
        </>
      ),
    },
    {
      anchor: anchorOf('signIn', interactive),
      label: t(interactive ? 'app.tabs.signIn' : 'app.tabs.access'),
      content: (
        <>
          <SignInSettings app={app} />
          {app.type === 'WEB' || app.type === 'SERVICE' ? <FapiCard app={app} /> : null}
        </>
      ),
    },
    { anchor: 'tokens', label: t('app.tabs.tokens'), content: <TokenSettings app={app} /> },
    { anchor: 'keys', label: t('app.tabs.keys'), content: <KeySettings app={app} /> },
    { anchor: 'logout', label: t('app.tabs.logout'), content: <LogoutSettings app={app} /> },
  ];
  return interactive ? parts : parts.filter(({ anchor }) => anchor !== 'logout');
};

/** The groups stand side by side; which one is open is in the address. What is typed in one stays when another is opened. */
const AppParts = ({ app, onDeleted }: { app: AppDetails; onDeleted: () => void }) => {
  const { t } = useTranslation();
  const { hash } = useLocation();
  const navigate = useNavigate();
  const parts = useParts(app, onDeleted);
  const open = parts.find(({ anchor }) => `#${anchor}` === hash)?.anchor ?? 'overview';
  return (
    <Tabs.Root
      value={open}
      onValueChange={(anchor) => void navigate({ hash: anchor }, { replace: true, preventScrollReset: true })}
      className="grid gap-6 min-w-0"
    >
      <Tabs.List aria-label={t('app.parts')} className="flex flex-wrap gap-x-4 border-b border-line">
        {parts.map(({ anchor, label }) => (
          <Tabs.Trigger
            key={anchor}
            value={anchor}
            className="min-h-10 pointer-coarse:min-h-11 px-0.5 -mb-px border-b-2 border-transparent text-14 font-[520] text-muted hover:text-text data-[state=active]:border-accent data-[state=active]:text-text"
          >
            {label}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {parts.map(({ anchor, content }) => (
        <Tabs.Content
          key={anchor}
          value={anchor}
          forceMount
          className="grid gap-6 min-w-0 data-[state=inactive]:hidden"
        >
          {content}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
};

export const AppPage = () => {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const fromAdmin = useLocation().pathname.startsWith('/admin');
  const [{ data, error, fetching }, load] = useQuery({ query: AppById, variables: { id } });
  const back = fromAdmin
    ? { to: '/admin/apps', label: t('allApps.title') }
    : { to: '/developer/apps', label: t('apps.title') };
  const app = data?.app;
  const missing = (data && !app && !fetching) || (error && problemOf(error).kind === 'not-found');
  if (missing) {
    return (
      <Page title={t('app.missing')} lead={t('app.missingLead')} back={back}>
        <div>
          <LinkButton to={back.to}>{back.label}</LinkButton>
        </div>
      </Page>
    );
  }
  if (!app) {
    return (
      <Page title={t('app.title')} back={back}>
        {error ? (
          <ProblemNotice error={error} onRetry={() => load({ requestPolicy: 'network-only' })} />
        ) : (
          <Card title={t('app.credentials')}>
            <FactsSkeleton rows={3} />
          </Card>
        )}
      </Page>
    );
  }
  const kept = app.clientId === webClientId ? 'thisPage' : app.origin === 'DOCUMENT' ? 'fromDocument' : null;
  return (
    <Page
      title={app.name}
      lead={t(`appType.${app.type}`)}
      back={back}
      mark={<Avatar name={app.name} of="app" size="large" />}
      actions={
        <span className="flex flex-wrap gap-2">
          {app.origin === 'REGISTERED' ? null : <Badge look="warn">{t(`appOrigin.${app.origin}`)}</Badge>}
          {app.profile === 'FAPI2' ? <Badge look="ok">FAPI 2.0</Badge> : null}
          {app.trusted ? <Badge look="accent">{t('app.trusted')}</Badge> : null}
        </span>
      }
    >
      {kept === null ? (
        <AppParts key={app.id} app={app} onDeleted={() => navigate(back.to)} />
      ) : (
        <>
          <CredentialsCard app={app} />
          <p className="text-14 text-muted">{t(`app.${kept}`)}</p>
          {kept === 'fromDocument' ? <DeleteAppCard app={app} onDeleted={() => navigate(back.to)} /> : null}
        </>
      )}
    </Page>
  );
};
