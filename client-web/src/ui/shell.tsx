/** The frame around every page: a bar with the places, a rail with the place's pages, a reading column. */
import {
  AppWindow,
  ChevronDown,
  KeyRound,
  Languages,
  LogOut,
  type LucideIcon,
  MonitorSmartphone,
  Plug,
  UserRound,
  UsersRound,
  Waypoints,
} from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, useLocation } from 'react-router';
import { useQuery } from 'urql';
import { useScopes } from '../auth/signed-in.tsx';
import { useSignOut } from '../auth/use-sign-out.ts';
import { graphql } from '../graphql/generated/gql.ts';
import { changeLanguage, currentLanguage, languageNames, languages } from '../language/language.ts';
import { serviceName } from '../service-name.ts';
import { Avatar } from './avatar.tsx';
import { BrandMark } from './brand.tsx';
import { classNames } from './class-names.ts';
import { CardSkeleton } from './skeleton.tsx';

const Viewer = graphql(/* GraphQL */ `
  query Viewer {
    me {
      id
      name
      username
      email
      roles
    }
  }
`);

type Place = 'account' | 'developer' | 'admin';

const usePages = (place: Place): readonly { to: string; label: string; Icon: LucideIcon }[] => {
  const { t } = useTranslation();
  switch (place) {
    case 'account':
      return [
        { to: '/account/profile', label: t('nav.profile'), Icon: UserRound },
        { to: '/account/sessions', label: t('nav.sessions'), Icon: MonitorSmartphone },
        { to: '/account/connected-apps', label: t('nav.connectedApps'), Icon: Plug },
      ];
    case 'developer':
      return [{ to: '/developer/apps', label: t('nav.apps'), Icon: AppWindow }];
    case 'admin':
      return [
        { to: '/admin/users', label: t('nav.users'), Icon: UsersRound },
        { to: '/admin/apps', label: t('nav.allApps'), Icon: AppWindow },
        { to: '/admin/apis', label: t('nav.apis'), Icon: Waypoints },
        { to: '/admin/registration-tokens', label: t('nav.registrationTokens'), Icon: KeyRound },
      ];
  }
};

const placeOf = (pathname: string): Place =>
  pathname.startsWith('/developer') ? 'developer' : pathname.startsWith('/admin') ? 'admin' : 'account';

const menuItem =
  'flex items-center gap-2.5 px-3 py-2 rounded-1 text-14 select-none cursor-pointer outline-none data-[highlighted]:bg-sunken data-[disabled]:opacity-60';

const PersonMenu = ({ person }: { person: { name: string; username: string; email?: string | null } }) => {
  const { t } = useTranslation();
  const { signOut, busy } = useSignOut();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className="flex flex-none items-center gap-2 rounded-full p-1 sm:pr-2 hover:bg-sunken"
        aria-label={t('nav.menuOf', { name: person.name })}
        id="person-menu"
      >
        <Avatar name={person.name} of="person" />
        <ChevronDown aria-hidden className="max-sm:hidden size-4 text-muted" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        align="end"
        sideOffset={6}
        collisionPadding={12}
        className="z-20 min-w-56 max-w-[calc(100vw-24px)] p-1.5 bg-surface border border-line rounded-2 shadow-panel"
      >
        <div className="grid px-3 py-2 min-w-0">
          <span className="font-[560]">{person.name}</span>
          <span className="text-13 text-muted">{person.email ?? `@${person.username}`}</span>
        </div>
        <DropdownMenu.Separator className="h-px my-1.5 bg-line" />
        <DropdownMenu.RadioGroup
          aria-label={t('language')}
          value={currentLanguage()}
          onValueChange={(value) => {
            const language = languages.find((known) => known === value);
            if (language) void changeLanguage(language);
          }}
        >
          {languages.map((language) => (
            <DropdownMenu.RadioItem key={language} value={language} className={menuItem} lang={language}>
              <Languages aria-hidden className="text-muted" />
              <span className="grow">{languageNames[language]}</span>
              <DropdownMenu.ItemIndicator className="text-accent">✓</DropdownMenu.ItemIndicator>
            </DropdownMenu.RadioItem>
          ))}
        </DropdownMenu.RadioGroup>
        <DropdownMenu.Separator className="h-px my-1.5 bg-line" />
        <DropdownMenu.Item id="sign-out" className={menuItem} disabled={busy} onSelect={() => void signOut()}>
          <LogOut aria-hidden className="text-muted" />
          {t('signOut')}
        </DropdownMenu.Item>
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
};

/** Everything but the parts that know the person. */
const Frame = ({ places, person, children }: { places: readonly Place[]; person: ReactNode; children: ReactNode }) => {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const place = placeOf(pathname);
  const pages = usePages(place);
  const placeNames: Record<Place, string> = {
    account: t('nav.account'),
    developer: t('nav.developer'),
    admin: t('nav.admin'),
  };
  return (
    <div className="min-h-dvh grid grid-rows-[auto_auto_1fr] md:grid-rows-[56px_1fr] md:grid-cols-[232px_minmax(0,1fr)] grid-cols-[minmax(0,1fr)]">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:z-30 focus:top-2 focus:left-2 focus:px-4 focus:py-2 focus:bg-surface focus:border focus:border-line-strong focus:rounded-1"
      >
        {t('nav.skip')}
      </a>
      <header className="md:col-span-2 flex items-center gap-x-2 sm:gap-x-6 px-3 sm:px-6 min-h-14 border-b border-line bg-surface">
        <Link to="/" className="flex items-center gap-2 flex-none font-[620] whitespace-nowrap rounded-1">
          <BrandMark />
          <span className="max-sm:sr-only">{serviceName}</span>
        </Link>
        <nav aria-label={t('nav.places')} className="flex flex-wrap gap-0.5 min-w-0 py-1">
          {places.map((each) => (
            <Link
              key={each}
              to={`/${each}`}
              aria-current={each === place ? 'true' : undefined}
              className="px-1.5 sm:px-3 py-1.5 rounded-1 text-13 sm:text-14 font-[540] text-muted hover:bg-sunken aria-current:bg-sunken aria-current:text-text"
            >
              {placeNames[each]}
            </Link>
          ))}
        </nav>
        <span className="grow" />
        {person}
      </header>
      <nav
        aria-label={placeNames[place]}
        className="flex md:grid content-start gap-0.5 px-3 py-2 md:py-6 max-md:flex-wrap max-md:border-b border-line max-md:bg-surface"
      >
        {pages.map(({ to, label, Icon }) => (
          <NavLink
            key={to}
            to={to}
            className={({ isActive }) =>
              classNames(
                'flex items-center gap-2.5 px-3 py-2 rounded-1 text-14 font-[520] min-w-0 [overflow-wrap:normal]',
                isActive ? 'bg-accent-soft text-accent' : 'text-muted hover:bg-sunken',
              )
            }
          >
            <Icon aria-hidden />
            {label}
          </NavLink>
        ))}
      </nav>
      <main id="main" tabIndex={-1} className="min-w-0 px-4 pt-6 pb-12 md:px-8 md:pt-8 md:pb-16 outline-none">
        {children}
      </main>
    </div>
  );
};

/** What stands there while the page finds out who is there: the same frame, so that nothing jumps. */
export const ShellSkeleton = () => {
  const { t } = useTranslation();
  return (
    <Frame
      places={['account', 'developer']}
      person={<span aria-hidden className="size-9 m-1 sm:mr-8 rounded-full bg-line motion-safe:animate-pulse" />}
    >
      <div className="grid gap-6 max-w-[856px]">
        <h1 className="sr-only">{t('loading')}</h1>
        <span aria-hidden className="h-8 w-48 rounded-1 bg-line motion-safe:animate-pulse" />
        <CardSkeleton rows={4} />
      </div>
    </Frame>
  );
};

export const Shell = ({ children }: { children: ReactNode }) => {
  const [{ data }] = useQuery({ query: Viewer });
  const scopes = useScopes();
  const administrator = (data?.me.roles.includes('ADMINISTRATOR') ?? false) && scopes.has('admin:users:read');
  return (
    <Frame
      places={administrator ? ['account', 'developer', 'admin'] : ['account', 'developer']}
      person={
        data ? (
          <div className="flex items-center gap-3 min-w-0">
            <span className="max-lg:hidden text-13 text-muted">{data.me.email ?? data.me.username}</span>
            <PersonMenu person={data.me} />
          </div>
        ) : (
          <span aria-hidden className="size-9 m-1 sm:mr-8 rounded-full bg-line motion-safe:animate-pulse" />
        )
      }
    >
      {children}
    </Frame>
  );
};
