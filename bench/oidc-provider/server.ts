/** The process of oidc-provider: everything comes by environment variables from the bench. */
import { createServer } from 'node:http';
import type { JWK } from 'oidc-provider';
import pg from 'pg';
import { poolSize, required } from '../equal-settings.ts';
import { createProvider } from './provider.ts';

const port = Number(required('PORT'));
const pool = new pg.Pool({ connectionString: required('DATABASE_URL'), max: poolSize });
const signingKey = JSON.parse(required('BENCH_SIGNING_KEY')) as JWK;

createServer(createProvider(`http://127.0.0.1:${port}`, pool, signingKey).callback()).listen(port, '127.0.0.1');
