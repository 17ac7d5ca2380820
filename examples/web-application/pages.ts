/** The pages of this application: as few as can be. */
import type { Profile } from './identity.ts';
import type { User } from './users.ts';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Everything that comes from elsewhere goes through this into a page. */
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escapeHtml(title)}</title>
    <link rel="stylesheet" href="/style.css">
  </head>
  <body>
    <main>${body}</main>
  </body>
</html>`;

const signInLink = '<p><a class="button" id="sign-in" href="/sign-in">Sign in</a></p>';

export const welcomePage = (): string =>
  page('Forum', `<h1>Forum</h1><p>An application that leaves the signing in to somebody else.</p>${signInLink}`);

export const messagePage = (title: string, text: string): string =>
  page(title, `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>${signInLink}`);

export const profilePage = (user: User, profile: Profile): string => {
  const greeting = user.signIns === 1 ? 'Welcome' : 'Welcome back';
  return page(
    'Forum',
    `<h1>${greeting}, <span id="name">${escapeHtml(profile.name)}</span></h1>
    <dl>
      <dt>Username</dt><dd id="username">${escapeHtml(profile.username)}</dd>
      <dt>E-mail</dt><dd id="email">${escapeHtml(profile.email ?? 'not shared')}</dd>
      <dt>Here since</dt><dd>${escapeHtml(user.firstSignInAt.slice(0, 10))}</dd>
      <dt>Sign-ins</dt><dd id="sign-ins">${user.signIns}</dd>
      <dt>Number here</dt><dd id="user-id"><code>${escapeHtml(user.id)}</code></dd>
    </dl>
    <form method="post" action="/sign-out"><button id="sign-out">Sign out</button></form>`,
  );
};

export const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { margin: 0; display: grid; place-items: center; min-height: 100vh; }
  main { width: min(30rem, calc(100vw - 2rem)); padding: 2rem 0; }
  h1 { line-height: 1.2; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; }
  dt { opacity: .7; }
  dd { margin: 0; overflow-wrap: anywhere; }
  .button, button { display: inline-block; font: inherit; padding: .6rem 1.2rem; border: 0; border-radius: .5rem;
    background: #1d4ed8; color: #fff; text-decoration: none; cursor: pointer; }
`;
