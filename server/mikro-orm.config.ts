/** Every entity and the migrations: the one place that sees all domains' tables. */
import { fileURLToPath } from 'node:url';
import { Migrator } from '@mikro-orm/migrations';
import { defineConfig, MikroORM, type Options } from '@mikro-orm/postgresql';
import { Account } from './accounts/account.entity.ts';
import { EmailChallenge } from './accounts/email-challenge.entity.ts';
import { Api } from './apis/api.entity.ts';
import { ApiAccess } from './apps/api-access.entity.ts';
import { App } from './apps/app.entity.ts';
import { AppSecret } from './apps/app-secret.entity.ts';
import { ConnectedApp } from './apps/connected-app.entity.ts';
import { RegistrationToken } from './apps/registration-token.entity.ts';
import { AuditEvent } from './audit/audit-event.entity.ts';
import { printWithoutSecrets } from './database/printed-rows.ts';
import { Job } from './jobs/job.entity.ts';
import { OutgoingMail } from './mail/outgoing-mail.entity.ts';
import { AccessToken } from './oauth/access-token.entity.ts';
import { AuthorizationCode } from './oauth/authorization-code.entity.ts';
import { AuthorizationRequest } from './oauth/authorization-request.entity.ts';
import { DeviceAuthorization } from './oauth/device-authorization.entity.ts';
import { PushedRequest } from './oauth/pushed-request.entity.ts';
import { RefreshToken } from './oauth/refresh-token.entity.ts';
import { SealedValue } from './oauth/sealed-value.entity.ts';
import { SigningKey } from './oauth/signing-key.entity.ts';
import { TokenFamily } from './oauth/token-family.entity.ts';
import { UsedJti } from './oauth/used-jti.entity.ts';
import { UsedProof } from './oauth/used-proof.entity.ts';
import { BrowserSession } from './sessions/browser-session.entity.ts';

const entities = [
  Account,
  EmailChallenge,
  BrowserSession,
  Api,
  App,
  AppSecret,
  ApiAccess,
  ConnectedApp,
  RegistrationToken,
  AuthorizationRequest,
  PushedRequest,
  DeviceAuthorization,
  TokenFamily,
  AuthorizationCode,
  AccessToken,
  RefreshToken,
  UsedJti,
  UsedProof,
  SigningKey,
  SealedValue,
  AuditEvent,
  OutgoingMail,
  Job,
];

printWithoutSecrets(entities);

/**
 * @param databaseUrl `postgresql://…`
 * @param poolSize connections at most
 * @param patience seconds that a connection or a statement may take; without it, as long as it takes
 */
const databaseOptions = (databaseUrl: string, poolSize: number, patience?: number): Options => ({
  clientUrl: databaseUrl,
  // The ORM takes host, user and name out of the address; the driver takes all of it, `sslmode` and socket folders too.
  driverOptions: {
    connectionString: databaseUrl,
    ...(patience === undefined
      ? {}
      : { connectionTimeoutMillis: patience * 1000, query_timeout: patience * 1000, keepAlive: true }),
  },
  entities,
  extensions: [Migrator],
  migrations: {
    path: fileURLToPath(new URL('./database/migrations', import.meta.url)),
    snapshot: true,
    snapshotName: 'snapshot',
    // The snapshot is written by whoever writes a migration, never by who runs it.
    snapshotOnMigrate: false,
    silent: true,
  },
  pool: { max: poolSize },
  forceUtcTimezone: true,
  // Kept by rate-limiter-flexible, which knows no entities.
  schemaGenerator: { skipTables: ['rate_limit'] },
});

/**
 * Parameters as in `databaseOptions`.
 * @throws where the database cannot be reached
 */
export const connectDatabase = (databaseUrl: string, poolSize: number, patience?: number): Promise<MikroORM> =>
  MikroORM.init(databaseOptions(databaseUrl, poolSize, patience));

/** For the command `mikro-orm`, which writes migrations out of the snapshot without a database (`npm run migration`). */
export default defineConfig(databaseOptions('postgresql://localhost/latchkey', 1));
