/** Databases, data and settings for each contender. */
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { migrate } from '../server/database/migrate.ts';
import { connectDatabase } from '../server/mikro-orm.config.ts';
import type { Contender } from './contenders.ts';
import { type Cluster, connected, createDatabase, dropDatabase, settleDatabase } from './databases.ts';
import { lifetimes, poolSize } from './equal-settings.ts';
import { floorStatements } from './floor-statements.ts';
import { type BenchData, fillLatchkey, somePeople } from './latchkey-data.ts';
import { fillOidcProvider } from './oidc-provider/data.ts';

export interface PreparedContender {
  readonly environment: Readonly<Record<string, string>>;
  readonly data: BenchData;
}

export interface Prepared {
  readonly contenders: Readonly<Record<Contender, PreparedContender>>;
  dropDatabases(): Promise<void>;
}

/** Beside each other in one cluster, and beside those of another bench; the floor works on a copy of Latchkey's. */
const databases: Record<Contender, string> = {
  latchkey: `bench_${process.pid}_latchkey`,
  floor: `bench_${process.pid}_floor`,
  'oidc-provider': `bench_${process.pid}_oidc_provider`,
};

/** @param folder where Latchkey may keep its data */
export const prepare = async (
  cluster: Cluster,
  options: { accounts: number; connections: number },
  folder: string,
): Promise<Prepared> => {
  const people = somePeople(options.accounts);
  const latchkeyUrl = await createDatabase(cluster, databases.latchkey);
  const orm = await connectDatabase(latchkeyUrl, 2);
  await migrate(orm, latchkeyUrl);
  await orm.close();
  const latchkey = await connected(latchkeyUrl, (client) => fillLatchkey(client, people, options.connections));
  const floorUrl = await createDatabase(cluster, databases.floor, databases.latchkey);

  const oidcProviderUrl = await createDatabase(cluster, databases['oidc-provider']);
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const signingKey = { ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: 'bench' };
  const oidcProvider = await fillOidcProvider(oidcProviderUrl, signingKey, people, options.connections);

  for (const url of [latchkeyUrl, floorUrl, oidcProviderUrl]) await settleDatabase(url);
  return {
    contenders: {
      floor: {
        environment: { DATABASE_URL: floorUrl, BENCH_STATEMENTS: JSON.stringify(floorStatements) },
        data: latchkey,
      },
      latchkey: {
        environment: {
          DATABASE_URL: latchkeyUrl,
          LATCHKEY_DATA: join(folder, 'latchkey'),
          LATCHKEY_DATABASE_POOL: String(poolSize),
          LATCHKEY_ACCESS_TOKEN_LIFETIME: String(lifetimes.accessToken),
          LATCHKEY_REFRESH_TOKEN_LIFETIME: String(lifetimes.refreshToken),
        },
        data: latchkey,
      },
      'oidc-provider': {
        environment: { DATABASE_URL: oidcProviderUrl, BENCH_SIGNING_KEY: JSON.stringify(signingKey) },
        data: oidcProvider,
      },
    },
    dropDatabases: async () => {
      for (const database of Object.values(databases)) await dropDatabase(cluster, database);
    },
  };
};
