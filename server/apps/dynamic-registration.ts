/** Programs that register themselves as apps, and look after their registration (RFC 7591, RFC 7592, OpenID Connect Registration). */
import type { EntityManager } from '@mikro-orm/postgresql';
import { DomainError, type UserError } from '../kernel/domain-error.ts';
import { hashOf, isCredential, isId, newCredential, sameHash } from '../kernel/secrets.ts';
import type { App } from './app.entity.ts';
import { type AppDetails, type AppDraft, type AppSetting, completeDraft } from './app-draft.ts';
import { type AppMetadata, readAppMetadata, toAppMetadata, typeOf } from './app-metadata.ts';
import type { AppRegistration, AppWithSecret, Registrant } from './app-registration.ts';
import type { AppSecrets } from './app-secret.ts';
import type { Apps } from './apps.ts';

/** As an app is of which nothing was said. */
export const untold = completeDraft({ name: '', type: 'web' });

/** Nobody in particular: never trusted, never administrative, no API, no exchange of tokens. */
export const program: Registrant = { accountId: null, mayAdminister: false };

export class DynamicRegistration {
  constructor(private readonly deps: { registration: AppRegistration; apps: Apps; secrets: AppSecrets }) {}

  /**
   * @param metadata as it was sent
   * @param alongside what must happen in the same transaction
   * @throws DomainError INVALID_INPUT, by the names of the rules
   */
  async register(
    metadata: unknown,
    alongside: (em: EntityManager) => Promise<void>,
  ): Promise<AppWithSecret & { registrationToken: string }> {
    const registrationToken = newCredential('ra');
    const draft = draftOf(readAppMetadata(metadata, { ignoreUnknown: true }), operatorsOf(untold));
    const made = await this.deps.registration.register(
      { ...draft, origin: 'dynamic', registrationTokenHash: hashOf(registrationToken) },
      program,
      alongside,
    );
    return { ...made, registrationToken };
  }

  /** @returns null where this is no token of this app's, or the app is gone: both look the same (RFC 7592 §2.1) */
  async find(clientId: string, registrationToken: string): Promise<App | null> {
    if (!isCredential('ra', registrationToken) || !isId(clientId)) return null;
    const app = await this.deps.apps.findByClientId(clientId);
    const hash = app?.registrationTokenHash;
    return app !== null && hash && sameHash(hash, hashOf(registrationToken)) ? app : null;
  }

  /**
   * Puts what is said in the place of all that was (RFC 7592 §2.2).
   *
   * @returns a new secret where the app needs one and has none
   * @throws DomainError INVALID_INPUT, NOT_FOUND
   */
  async replace(app: App, metadata: unknown): Promise<AppWithSecret> {
    const { registration, apps, secrets } = this.deps;
    const read = readAppMetadata(metadata, { ignoreUnknown: true });
    const live = (await apps.liveSecrets([app.id])).get(app.id) ?? [];
    const problems: UserError[] = [];
    const refuse = (part: string, message: string) => problems.push({ code: 'INVALID', message, path: [part] });
    if (read.clientId !== app.clientId) refuse('clientId', 'It must be the client_id of this registration.');
    const hashes = live.map(({ hash }) => hash);
    if (read.clientSecret !== undefined && !(await secrets.verify(hashes, read.clientSecret))) {
      refuse('clientSecret', 'It must be the secret that was issued, or be left out.');
    }
    if (problems.length > 0) throw DomainError.invalidInput(problems);
    const itself: Registrant = { ...program, appId: app.id };
    const changed = await registration.replace(app.id, draftOf(read, operatorsOf(completeDraft(app))), itself);
    const needsSecret = changed.hasSecret && live.length === 0;
    return needsSecret ? registration.rotateSecret(app.id, 0, itself) : { app: changed, clientSecret: null };
  }

  delete(app: App): Promise<void> {
    return this.deps.registration.delete(app.id, { ...program, appId: app.id });
  }
}

/** What the standards preset, which is not always what this server presets for people. */
export const draftOf = (metadata: AppMetadata, operatorSays: OperatorsSettings): AppDraft => {
  const { settings, responseTypes } = metadata;
  // RFC 7591 §2
  const { authMethod = 'client_secret_basic', grantTypes = ['authorization_code'], redirectUris = [] } = settings;
  const withCode = grantTypes.includes('authorization_code');
  if (responseTypes !== undefined && responseTypes.length > 0 !== withCode) {
    const message = 'The response type code and the grant authorization_code go together.';
    throw DomainError.invalidInput([{ code: 'INVALID', message, path: ['responseTypes'] }]);
  }
  const type = typeOf({ ...metadata, settings: { ...settings, authMethod, grantTypes } });
  const isProfiled = operatorSays.profile !== null;
  return {
    // An old client does without PKCE; one that cannot keep a secret may not.
    requirePkce: isProfiled ? undefined : authMethod === 'none',
    // OpenID Connect Registration §2
    idTokenSignedResponseAlg: isProfiled ? undefined : 'RS256',
    ...settings,
    type,
    name: settings.name ?? nameOf(redirectUris),
    authMethod,
    grantTypes,
    ...operatorSays,
  };
};

/** What no program says of itself. */
const operatorsSettings = [
  'trusted',
  'profile',
  'accessTokenLifetime',
  'idTokenLifetime',
  'refreshTokenLifetime',
  'refreshFamilyLifetime',
] as const satisfies readonly AppSetting[];
type OperatorsSettings = Pick<AppDetails, (typeof operatorsSettings)[number]>;

export const operatorsOf = (app: AppDetails): OperatorsSettings =>
  Object.fromEntries(operatorsSettings.map((setting) => [setting, app[setting]])) as OperatorsSettings;

/** People are asked by a name: without one, by where they are sent. */
const nameOf = ([redirectUri = '']: readonly string[]): string =>
  URL.parse(redirectUri)?.hostname || 'An app without a name';

/** RFC 7591 §3.2.1: everything that is registered; who is trusted is nobody else's business. */
export const toClientInformation = (app: App, clientSecret: string | null): Record<string, unknown> => {
  const { trusted: _, ...metadata } = toAppMetadata(app, clientSecret);
  return metadata;
};
