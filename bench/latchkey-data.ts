/** Fills Latchkey's own tables, as they stand after its migrations, with people, apps and tokens whose values the bench knows. */
import { generateKeyPairSync } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import type pg from 'pg';
import { Passwords } from '../server/accounts/password.ts';
import { AppSecrets } from '../server/apps/app-secret.ts';
import { hashOf, newCredential, newId } from '../server/kernel/secrets.ts';
import type { ProofKey } from './dpop-proof.ts';
import { lifetimes } from './equal-settings.ts';

export interface BenchClient {
  readonly clientId: string;
  readonly secret: string;
}

export interface BenchData {
  readonly client: BenchClient;
  readonly accessTokens: readonly string[];
  /** Bound to `proofKey`. */
  readonly boundTokens: readonly string[];
  readonly proofKey: ProofKey;
  /** The first of each chain. */
  readonly refreshTokens: readonly string[];
  /** The `Cookie` header of a browser in which somebody is signed in, for the server at that port. */
  readonly sessionCookies: readonly ((port: number) => string)[];
}

export const personScopes = ['openid', 'profile', 'email', 'offline_access'];
const appScopes = [...personScopes, 'read'];

export interface Person {
  readonly id: string;
  readonly username: string;
  readonly email: string;
}

export const somePeople = (count: number): Person[] =>
  Array.from({ length: count }, (_, index) => {
    const username = `person${String(index).padStart(6, '0')}`;
    return { id: newId(), username, email: `${username}@bench.example` };
  });

export const newProofKey = (): ProofKey => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { privateKey, publicJwk: publicKey.export({ format: 'jwk' }) as ProofKey['publicJwk'] };
};

/** @param chains how many refresh tokens and browser sessions to begin with */
export const fillLatchkey = async (
  client: pg.Client,
  people: readonly Person[],
  chains: number,
): Promise<BenchData> => {
  const proofKey = newProofKey();
  const jkt = await calculateJwkThumbprint(proofKey.publicJwk);
  const secrets = new AppSecrets({ passwords: new Passwords() });
  const secret = secrets.generate();
  const clientId = 'bench-app';
  const appId = newId();
  await client.query(
    `insert into app (id, client_id, name, type, auth_method, redirect_uris, grant_types, scopes, require_pkce, trusted,
       created_at, updated_at)
     values ($1, $2, 'Bench', 'web', 'client_secret_basic', '{https://bench.example/callback}',
       '{authorization_code,refresh_token,client_credentials}', $3, true, false, now(), now())`,
    [appId, clientId, appScopes],
  );
  await client.query(`insert into app_secret (id, app_id, hash, hint, created_at) values ($1, $2, $3, $4, now())`, [
    newId(),
    appId,
    await secrets.hash(secret),
    secret.slice(-4),
  ]);

  const rows = people.map((person) => ({
    ...person,
    session: newId(),
    connectedApp: newId(),
    family: newId(),
    cookie: newCredential('bs'),
    accessToken: newCredential('at'),
    boundToken: newCredential('at'),
  }));
  const column = <Value>(pick: (row: (typeof rows)[number]) => Value): Value[] => rows.map(pick);
  const ids = column((row) => row.id);
  const sessions = column((row) => row.session);
  const connectedApps = column((row) => row.connectedApp);
  const families = column((row) => row.family);
  await client.query(
    `insert into account (id, username, username_key, email, email_key, email_verified_at, given_name, family_name, created_at,
       updated_at)
     select id, username, username, email, email, now(), 'Given', 'Family', now(), now()
     from unnest($1::uuid[], $2::text[], $3::text[]) as person (id, username, email)`,
    [ids, column((row) => row.username), column((row) => row.email)],
  );
  await client.query(
    `insert into browser_session (id, token_hash, account_id, created_at, authenticated_at, amr, last_used_at, expires_at)
     select id, decode(hash, 'hex'), account_id, now(), now(), '{pwd}', now(), now() + interval '14 days'
     from unnest($1::uuid[], $2::uuid[], $3::text[]) as session (id, account_id, hash)`,
    [sessions, ids, column((row) => hashOf(row.cookie).toString('hex'))],
  );
  await client.query(
    `insert into connected_app (id, account_id, app_id, scopes, created_at, last_used_at)
     select id, account_id, $3, $4, now(), now()
     from unnest($1::uuid[], $2::uuid[]) as connected (id, account_id)`,
    [connectedApps, ids, appId, personScopes],
  );
  await client.query(
    `insert into token_family (id, app_id, connected_app_id, session_id, offline, scopes, auth_time, amr, created_at)
     select id, $4, connected_app_id, session_id, true, $5, now(), '{pwd}', now()
     from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as family (id, connected_app_id, session_id)`,
    [families, connectedApps, sessions, appId, personScopes],
  );
  for (const [kind, boundTo] of [
    ['accessToken', null],
    ['boundToken', jkt],
  ] as const) {
    await client.query(
      `insert into access_token (hash, app_id, family_id, scopes, jkt, created_at, expires_at)
       select decode(hash, 'hex'), $3, family_id, $4, $6, now(), now() + make_interval(secs => $5)
       from unnest($1::text[], $2::uuid[]) as token (hash, family_id)`,
      [
        column((row) => hashOf(row[kind]).toString('hex')),
        families,
        appId,
        personScopes,
        lifetimes.accessToken,
        boundTo,
      ],
    );
  }
  const refreshTokens = families.slice(0, chains).map(() => newCredential('rt'));
  await client.query(
    `insert into refresh_token (hash, family_id, created_at, expires_at)
     select decode(hash, 'hex'), family_id, now(), now() + make_interval(secs => $3)
     from unnest($1::text[], $2::uuid[]) as token (hash, family_id)`,
    [refreshTokens.map((token) => hashOf(token).toString('hex')), families.slice(0, chains), lifetimes.refreshToken],
  );
  return {
    client: { clientId, secret },
    accessTokens: column((row) => row.accessToken),
    boundTokens: column((row) => row.boundToken),
    proofKey,
    refreshTokens,
    sessionCookies: rows.slice(0, chains).map(
      ({ cookie }) =>
        (port) =>
          `latchkey_session_${port}=${cookie}`,
    ),
  };
};
