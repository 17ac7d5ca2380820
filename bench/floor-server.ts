/**
 * The floor: what the same work costs with `node:http`, `pg`, the same statements, the same hashing and nothing else. No
 * framework, no validation, no GraphQL, no logging, no signature: not a server for anybody, a yardstick.
 */
import { createServer, type IncomingMessage } from 'node:http';
import pg from 'pg';
import { hashOf, isCredential, newCredential, sameText } from '../server/kernel/secrets.ts';
import { lifetimes, poolSize, refreshGrace, required } from './equal-settings.ts';
import type { FloorStatements } from './floor-statements.ts';

interface ClientRow {
  id: string;
  client_id: string;
  scopes: string[];
  secrets: string[];
}

interface LiveTokenRow {
  id: string;
  username: string;
  email: string;
  client_id: string;
  scopes: string[];
}

interface ExchangedRow {
  granted: string[];
}

const statements = JSON.parse(required('BENCH_STATEMENTS')) as FloorStatements;
const pool = new pg.Pool({ connectionString: required('DATABASE_URL'), max: poolSize });

const afterNow = (seconds: number): Date => new Date(Date.now() + seconds * 1000);

const only = <Row>(result: { rows: Row[] }): Row => {
  const [row] = result.rows;
  if (row === undefined) throw new Error('The database does not know it.');
  return row;
};

const authenticate = async (request: IncomingMessage): Promise<ClientRow> => {
  const credentials = Buffer.from(request.headers.authorization?.slice('Basic '.length) ?? '', 'base64').toString();
  const colon = credentials.indexOf(':');
  const values = [credentials.slice(0, colon), new Date()];
  const client = only(await pool.query<ClientRow>({ ...statements.findClient, values }));
  const presented = `sha256:${hashOf(credentials.slice(colon + 1)).toString('base64url')}`;
  if (!client.secrets.some((stored) => sameText(stored, presented))) throw new Error('A wrong secret.');
  return client;
};

const findToken = async (token: string): Promise<LiveTokenRow> => {
  if (!isCredential('at', token)) throw new Error('No token.');
  const values = [hashOf(token), new Date()];
  return only(await pool.query<LiveTokenRow>({ ...statements.findLiveAccessToken, values }));
};

/** Takes the proof's word for everything: reads whose key it is, and keeps it, as the statement does. */
const findBoundToken = async (token: string, proof: string): Promise<LiveTokenRow> => {
  const [header = '', payload = ''] = proof.split('.');
  const { jwk } = JSON.parse(Buffer.from(header, 'base64url').toString()) as {
    jwk: { crv: string; x: string; y: string };
  };
  const { jti } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { jti: string };
  const { crv, x, y } = jwk;
  const jkt = hashOf(JSON.stringify({ crv, kty: 'EC', x, y })).toString('base64url');
  const values = [hashOf(token), new Date(), jkt, hashOf(jkt + jti), afterNow(60)];
  return only(await pool.query<LiveTokenRow>({ ...statements.findBoundAccessToken, values }));
};

const findBearer = ({ headers }: IncomingMessage): Promise<LiveTokenRow> => {
  const token = headers.authorization?.split(' ')[1] ?? '';
  return typeof headers.dpop === 'string' ? findBoundToken(token, headers.dpop) : findToken(token);
};

const me = async (request: IncomingMessage): Promise<object> => {
  const { id, username, email } = await findBearer(request);
  return { data: { me: { id, username, email } } };
};

const userinfo = async (request: IncomingMessage): Promise<object> => {
  const { id, username, email } = await findBearer(request);
  return { sub: id, preferred_username: username, email, email_verified: true };
};

const introspect = async (request: IncomingMessage, body: URLSearchParams): Promise<object> => {
  await authenticate(request);
  const { id, scopes, client_id } = await findToken(body.get('token') ?? '');
  return { active: true, sub: id, scope: scopes.join(' '), client_id };
};

const clientCredentials = async (client: ClientRow): Promise<object> => {
  const token = newCredential('at');
  const values = [hashOf(token), client.id, ['read'], new Date(), afterNow(lifetimes.accessToken), null, null];
  await pool.query({ ...statements.insertAppToken, values });
  return { access_token: token, token_type: 'Bearer', expires_in: lifetimes.accessToken, scope: 'read' };
};

const refresh = async (client: ClientRow, presented: string): Promise<object> => {
  if (!isCredential('rt', presented)) throw new Error('No token.');
  const accessToken = newCredential('at');
  const refreshToken = newCredential('rt');
  const now = new Date();
  const values = [
    hashOf(presented),
    client.id,
    now,
    hashOf(accessToken),
    null,
    lifetimes.accessToken,
    hashOf(refreshToken),
    afterNow(lifetimes.refreshToken),
    null,
    null,
    client.scopes,
    true,
    lifetimes.accessToken,
    new Date(now.getTime() - refreshGrace * 1000),
    null,
  ];
  const exchanged = only(await pool.query<ExchangedRow>({ ...statements.exchangeRefreshToken, values }));
  return {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: lifetimes.accessToken,
    scope: exchanged.granted.join(' '),
    refresh_token: refreshToken,
  };
};

const token = async (request: IncomingMessage, body: URLSearchParams): Promise<object> => {
  const client = await authenticate(request);
  const refreshToken = body.get('refresh_token');
  return refreshToken === null ? clientCredentials(client) : refresh(client, refreshToken);
};

const answer = (request: IncomingMessage, body: string): Promise<object> => {
  if (request.url === '/graphql') return me(request);
  if (request.url === '/oauth/userinfo') return userinfo(request);
  const form = new URLSearchParams(body);
  return request.url === '/oauth/token' ? token(request, form) : introspect(request, form);
};

createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    answer(request, body).then(
      (value) => {
        const json = JSON.stringify(value);
        response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(json) });
        response.end(json);
      },
      (error: unknown) => {
        console.error(error);
        response.writeHead(500).end();
      },
    );
  });
}).listen(Number(required('PORT')), '127.0.0.1');
