/** Every page and its address. Developer and Admin are fetched when somebody goes there. */
import { createBrowserRouter, Navigate, Outlet, type RouteObject, ScrollRestoration, useLocation } from 'react-router';
import { useSignInState } from './auth/signed-in.tsx';
import { ConnectedAppsPage } from './pages/account/connected-apps.page.tsx';
import { ProfilePage } from './pages/account/profile.page.tsx';
import { SessionsPage } from './pages/account/sessions.page.tsx';
import { BrokenPage } from './pages/broken.page.tsx';
import { LandingPage } from './pages/landing.page.tsx';
import { MissingPage } from './pages/missing.page.tsx';
import { UnreachablePage } from './pages/unreachable.page.tsx';
import { Shell, ShellSkeleton } from './ui/shell.tsx';

const Root = () => {
  const state = useSignInState();
  const { pathname, search } = useLocation();
  switch (state.at) {
    case 'starting':
      return <ShellSkeleton />;
    case 'unreachable':
      return <UnreachablePage />;
    case 'signed-out':
      return <LandingPage because={state.because} returnTo={pathname + search} />;
    case 'signed-in':
      return (
        <Shell>
          <Outlet />
          <ScrollRestoration />
        </Shell>
      );
  }
};

const pages: RouteObject[] = [
  { index: true, element: <Navigate to="/account/profile" replace /> },
  // Only on the way to another page, once the sign-in is done.
  { path: 'callback', element: null },
  { path: 'account', element: <Navigate to="/account/profile" replace /> },
  { path: 'account/profile', element: <ProfilePage /> },
  { path: 'account/sessions', element: <SessionsPage /> },
  { path: 'account/connected-apps', element: <ConnectedAppsPage /> },
  { path: 'developer', element: <Navigate to="/developer/apps" replace /> },
  {
    path: 'developer/apps',
    lazy: async () => ({ Component: (await import('./pages/developer/apps.page.tsx')).AppsPage }),
  },
  {
    path: 'developer/apps/new',
    lazy: async () => ({ Component: (await import('./pages/developer/new-app.page.tsx')).NewAppPage }),
  },
  {
    path: 'developer/apps/:id',
    lazy: async () => ({ Component: (await import('./pages/developer/app.page.tsx')).AppPage }),
  },
  { path: 'admin', element: <Navigate to="/admin/users" replace /> },
  {
    path: 'admin/users',
    lazy: async () => ({ Component: (await import('./pages/admin/users.page.tsx')).UsersPage }),
  },
  {
    path: 'admin/users/new',
    lazy: async () => ({ Component: (await import('./pages/admin/new-user.page.tsx')).NewUserPage }),
  },
  {
    path: 'admin/apps',
    lazy: async () => ({ Component: (await import('./pages/admin/all-apps.page.tsx')).AllAppsPage }),
  },
  {
    path: 'admin/apps/:id',
    lazy: async () => ({ Component: (await import('./pages/developer/app.page.tsx')).AppPage }),
  },
  {
    path: 'admin/apis',
    lazy: async () => ({ Component: (await import('./pages/admin/apis.page.tsx')).ApisPage }),
  },
  {
    path: 'admin/apis/new',
    lazy: async () => ({ Component: (await import('./pages/admin/new-api.page.tsx')).NewApiPage }),
  },
  {
    path: 'admin/apis/:id',
    lazy: async () => ({ Component: (await import('./pages/admin/api.page.tsx')).ApiPage }),
  },
  {
    path: 'admin/registration-tokens',
    lazy: async () => ({
      Component: (await import('./pages/admin/registration-tokens.page.tsx')).RegistrationTokensPage,
    }),
  },
  { path: '*', element: <MissingPage /> },
];

export const createRouter = () =>
  createBrowserRouter([
    {
      path: '/',
      element: <Root />,
      hydrateFallbackElement: <ShellSkeleton />,
      children: [{ errorElement: <BrokenPage />, children: pages }],
    },
  ]);
