/** Fills oidc-provider's database through its own models, so that what is stored is what it would have stored. */
import { createHmac } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import type { JWK } from 'oidc-provider';
import pg from 'pg';
import { lifetimes, poolSize } from '../equal-settings.ts';
import { type BenchData, newProofKey, type Person, personScopes } from '../latchkey-data.ts';
import { adapterTable, PostgresAdapter } from './postgres-adapter.ts';
import { accountTable, cookieKey, createProvider } from './provider.ts';

/** As the package `keygrip` signs a cookie, which is what the provider's cookies are signed by. */
const signedCookie = (name: string, value: string): string => {
  const signature = createHmac('sha1', cookieKey).update(`${name}=${value}`).digest('base64url');
  return `${name}=${value}; ${name}.sig=${signature}`;
};

/** @param chains how many refresh tokens and browser sessions to begin with */
export const fillOidcProvider = async (
  databaseUrl: string,
  signingKey: JWK,
  people: readonly Person[],
  chains: number,
): Promise<BenchData> => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: poolSize });
  try {
    await pool.query(adapterTable + accountTable);
    await pool.query(
      `insert into account (id, username, email, email_verified, name)
       select id, username, email, true, 'Given Family'
       from unnest($1::uuid[], $2::text[], $3::text[]) as person (id, username, email)`,
      [
        people.map((person) => person.id),
        people.map((person) => person.username),
        people.map((person) => person.email),
      ],
    );
    const client = { clientId: 'bench-app', secret: 'the-secret-of-the-bench-that-nobody-else-needs-to-know' };
    const provider = createProvider('http://127.0.0.1', pool, signingKey);
    await new PostgresAdapter('Client', pool).upsert(client.clientId, {
      client_id: client.clientId,
      client_secret: client.secret,
      token_endpoint_auth_method: 'client_secret_basic',
      redirect_uris: ['https://bench.example/callback'],
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      response_types: ['code'],
      id_token_signed_response_alg: 'ES256',
    });
    const registered = await provider.Client.find(client.clientId);
    if (registered === undefined) throw new Error('oidc-provider does not find the client that it was given.');
    const proofKey = newProofKey();
    const jkt = await calculateJwkThumbprint(proofKey.publicJwk);
    const scope = personScopes.join(' ');
    const tokens = people.map((person, index) => async () => {
      const grant = new provider.Grant({ accountId: person.id, clientId: client.clientId });
      grant.addOIDCScope(scope);
      const grantId = await grant.save();
      const shared = {
        accountId: person.id,
        client: registered,
        grantId,
        gty: 'authorization_code',
        scope,
      };
      const access = await new provider.AccessToken(shared).save();
      const refresh =
        index < chains ? await new provider.RefreshToken({ ...shared, authTime: epochSeconds() }).save() : null;
      const bound = new provider.AccessToken(shared);
      bound.jkt = jkt;
      const session = new provider.Session();
      session.loginAccount({ accountId: person.id, loginTs: epochSeconds() });
      session.ensureClientContainer(client.clientId);
      session.grantIdFor(client.clientId, grantId);
      await session.save(lifetimes.refreshToken);
      return { access, refresh, bound: await bound.save(), cookie: signedCookie('_session', session.jti) };
    });
    const saved = await inParallel(tokens, poolSize);
    return {
      client,
      accessTokens: saved.map(({ access }) => access),
      boundTokens: saved.map(({ bound }) => bound),
      proofKey,
      sessionCookies: saved.slice(0, chains).map(
        ({ cookie }) =>
          () =>
            cookie,
      ),
      refreshTokens: saved.flatMap(({ refresh }) => refresh ?? []),
    };
  } finally {
    await pool.end();
  }
};

const epochSeconds = (): number => Math.floor(Date.now() / 1000);

/** Runs the tasks, `width` at a time; the results keep the tasks' order. */
const inParallel = async <Result>(tasks: readonly (() => Promise<Result>)[], width: number): Promise<Result[]> => {
  const results: Result[] = [];
  const queue = tasks.entries();
  const worker = async () => {
    for (const [index, task] of queue) results[index] = await task();
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
};
