/** Tokens of the web client: kept in memory, renewed in time, once for all who wait. */
import { describe, expect, it } from 'vitest';
import { type Grant, SignInRefused } from '../../client-web/src/auth/grant.ts';
import { type TokenSource, Tokens } from '../../client-web/src/auth/tokens.ts';

const grant = (accessToken: string, more: Partial<Grant> = {}): Grant => ({
  accessToken,
  refreshToken: `${accessToken}-refresh`,
  expiresIn: 600,
  scopes: new Set(['openid']),
  idToken: `${accessToken}-id`,
  subject: 'ada',
  ...more,
});

/** A source that answers what it is told to, and counts. */
const sourceOf = (answers: { refresh?: () => Promise<Grant>; silent?: () => Promise<Grant> }) => {
  const calls: string[] = [];
  const source: TokenSource = {
    refresh: (token) => {
      calls.push(`refresh ${token}`);
      return (answers.refresh ?? (() => Promise.resolve(grant('refreshed'))))();
    },
    signInSilently: () => {
      calls.push('silent');
      return (answers.silent ?? (() => Promise.resolve(grant('silent'))))();
    },
  };
  return { source, calls };
};

const refused = () => Promise.reject(new SignInRefused('invalid_grant', null));

describe('tokens', () => {
  it('are stale before there are any, and from half a minute before their end on', () => {
    let now = 0;
    const tokens = new Tokens({ ...sourceOf({}), now: () => now });
    expect(tokens.stale).toBe(true);
    tokens.keep(grant('first'));
    expect(tokens.stale).toBe(false);
    now = 569_999;
    expect(tokens.stale).toBe(false);
    now = 570_000;
    expect(tokens.stale).toBe(true);
  });

  it('are used even where they live for less than half a minute', () => {
    let now = 0;
    const tokens = new Tokens({ ...sourceOf({}), now: () => now });
    tokens.keep(grant('short', { expiresIn: 20 }));
    expect(tokens.stale).toBe(false);
    now = 10_000;
    expect(tokens.stale).toBe(true);
  });

  it('are renewed once for everybody who asks meanwhile, and anew for the next', async () => {
    const { source, calls } = sourceOf({});
    const tokens = new Tokens({ source, now: () => 0 });
    tokens.keep(grant('first'));
    await Promise.all([tokens.renew(), tokens.renew(), tokens.renew()]);
    expect(calls).toEqual(['refresh first-refresh']);
    expect(tokens.accessToken).toBe('refreshed');
    await tokens.renew();
    expect(calls).toHaveLength(2);
  });

  it('come from the browser session where there is no refresh token', async () => {
    const { source, calls } = sourceOf({});
    const tokens = new Tokens({ source, now: () => 0 });
    await tokens.renew();
    expect(calls).toEqual(['silent']);
    expect(tokens.accessToken).toBe('silent');
  });

  it('come from the browser session where the refresh token is over', async () => {
    const { source, calls } = sourceOf({ refresh: refused });
    const tokens = new Tokens({ source, now: () => 0 });
    tokens.keep(grant('first'));
    await tokens.renew();
    expect(calls).toEqual(['refresh first-refresh', 'silent']);
    expect(tokens.accessToken).toBe('silent');
  });

  it('are forgotten where nobody is signed in any more', async () => {
    const tokens = new Tokens({ ...sourceOf({ refresh: refused, silent: refused }), now: () => 0 });
    tokens.keep(grant('first'));
    await expect(tokens.renew()).rejects.toThrow(SignInRefused);
    expect(tokens.accessToken).toBeNull();
  });

  it('are kept where the network fails, and can be renewed later', async () => {
    let up = false;
    const refresh = () => (up ? Promise.resolve(grant('second')) : Promise.reject(new TypeError('network')));
    const { source, calls } = sourceOf({ refresh });
    const tokens = new Tokens({ source, now: () => 0 });
    tokens.keep(grant('first'));
    await expect(tokens.renew()).rejects.toThrow(TypeError);
    expect(tokens.accessToken).toBe('first');
    up = true;
    await tokens.renew();
    expect(tokens.accessToken).toBe('second');
    expect(calls).toEqual(['refresh first-refresh', 'refresh first-refresh']);
  });

  it('remember whose they are where a refresh does not say', async () => {
    const { source } = sourceOf({ refresh: () => Promise.resolve(grant('second', { subject: null })) });
    const tokens = new Tokens({ source, now: () => 0 });
    tokens.keep(grant('first'));
    await tokens.renew();
    expect(tokens.subject).toBe('ada');
  });
});
