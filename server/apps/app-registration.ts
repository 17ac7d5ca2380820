/** Registers, changes and removes apps: by the people who make them, by administrators, by the command line; one set of rules for all. */
import { type EntityManager, LockMode, UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { Account } from '../accounts/account.entity.ts';
import type { InTransaction } from '../database/unit-of-work.ts';
import { type Clock, secondsAfter } from '../kernel/clock.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { isId, newId } from '../kernel/secrets.ts';
import { App, type AuthMethod, type GrantType } from './app.entity.ts';
import { type AppDraft, appProblems, clientIdProblems, clientSecretProblems, completeDraft } from './app-rules.ts';
import { AppSecret } from './app-secret.entity.ts';
import type { AppSecrets } from './app-secret.ts';
import { webClientId } from './web-client-app.ts';

/** On whose behalf an app is registered or changed. */
export interface Registrant {
  /** Null: the operator, or a program that administers. */
  readonly accountId: string | null;
  /** May change everybody's apps, trust them, and let them ask for administrative scopes. */
  readonly mayAdminister: boolean;
}

export interface NewApp extends AppDraft {
  /** Chosen by an operator; else made. */
  readonly clientId?: string | undefined;
  /** Chosen by an operator; else made where the app needs one. */
  readonly clientSecret?: string | undefined;
  /** The account that it will belong to; the registrant's unless said. */
  readonly ownerId?: string | null | undefined;
}

/** What changes; what is left out stays. */
export interface AppChanges {
  readonly name?: string | undefined;
  readonly redirectUris?: readonly string[] | undefined;
  readonly homepageUri?: string | null | undefined;
  readonly authMethod?: AuthMethod | undefined;
  readonly grantTypes?: readonly GrantType[] | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly requirePkce?: boolean | undefined;
  readonly trusted?: boolean | undefined;
}

export interface AppWithSecret {
  readonly app: App;
  /** Known only now; null for an app without one. */
  readonly clientSecret: string | null;
}

/** Seconds for which an old secret may go on working beside a new one. */
export const longestRotation = 604_800;

export class AppRegistration {
  private readonly inTransaction: InTransaction;
  private readonly clock: Clock;
  private readonly secrets: AppSecrets;

  constructor(dependencies: { inTransaction: InTransaction; clock: Clock; secrets: AppSecrets }) {
    this.inTransaction = dependencies.inTransaction;
    this.clock = dependencies.clock;
    this.secrets = dependencies.secrets;
  }

  /** @throws DomainError INVALID_INPUT with everything that is wrong */
  async register(draft: NewApp, registrant: Registrant): Promise<AppWithSecret> {
    const details = completeDraft(draft);
    const confidential = details.authMethod !== 'none';
    const problems = appProblems(details, registrant.mayAdminister);
    if (draft.clientId !== undefined) problems.push(...clientIdProblems(draft.clientId));
    if (draft.clientSecret !== undefined) problems.push(...clientSecretProblems(draft.clientSecret, confidential));
    if (problems.length > 0) throw DomainError.invalidInput(problems);
    const clientSecret = confidential ? (draft.clientSecret ?? this.secrets.generate()) : null;
    // Outside the transaction: the hash of a short secret takes long, and a connection is dear.
    const secret =
      clientSecret === null
        ? null
        : { hash: await this.secrets.hash(clientSecret), hint: this.secrets.hint(clientSecret) };
    try {
      return await this.inTransaction(async (em) => {
        const now = this.clock.now();
        const ownerId = draft.ownerId === undefined ? registrant.accountId : draft.ownerId;
        const app = em.create(App, {
          ...details,
          clientId: draft.clientId ?? newId(),
          owner: ownerId === null ? null : em.getReference(Account, ownerId),
          createdAt: now,
          updatedAt: now,
        });
        em.persist(app);
        if (secret !== null) em.persist(em.create(AppSecret, { ...secret, app, createdAt: now }));
        await em.flush();
        return { app, clientSecret };
      });
    } catch (error) {
      if (!(error instanceof UniqueConstraintViolationException)) throw error;
      throw DomainError.invalidInput([
        { code: 'TAKEN', message: 'There is an app with that client id.', path: ['clientId'] },
      ]);
    }
  }

  /** @throws DomainError NOT_FOUND, INVALID_INPUT, CONFLICT */
  update(id: string, changes: AppChanges, registrant: Registrant): Promise<App> {
    return this.inTransaction(async (em) => {
      const app = await this.findForChange(em, id, registrant);
      const details = completeDraft({
        name: changes.name ?? app.name,
        type: app.type,
        redirectUris: changes.redirectUris ?? app.redirectUris,
        homepageUri: changes.homepageUri === undefined ? app.homepageUri : changes.homepageUri,
        authMethod: changes.authMethod ?? app.authMethod,
        grantTypes: changes.grantTypes ?? app.grantTypes,
        scopes: changes.scopes ?? app.scopes,
        requirePkce: changes.requirePkce ?? app.requirePkce,
        trusted: changes.trusted ?? app.trusted,
      });
      const problems = appProblems(details, registrant.mayAdminister, app);
      if (problems.length > 0) throw DomainError.invalidInput(problems);
      em.assign(app, { ...details, updatedAt: this.clock.now() });
      // RFC 6749 §2.1: what has become public has nothing to prove itself by.
      if (!app.isConfidential) await em.nativeDelete(AppSecret, { app: app.id });
      await em.flush();
      return app;
    });
  }

  /**
   * A new secret.
   *
   * @param keepOldFor seconds for which the old ones go on working, 0 to `longestRotation`
   * @throws DomainError NOT_FOUND, INVALID_INPUT, CONFLICT
   */
  async rotateSecret(
    id: string,
    keepOldFor: number,
    registrant: Registrant,
  ): Promise<{ app: App; clientSecret: string }> {
    if (!Number.isInteger(keepOldFor) || keepOldFor < 0 || keepOldFor > longestRotation) {
      const message = `The old secret can be kept for 0 to ${longestRotation} seconds.`;
      throw DomainError.invalidInput([{ code: 'INVALID', message, path: ['keepOldFor'] }]);
    }
    const clientSecret = this.secrets.generate();
    const secret = { hash: await this.secrets.hash(clientSecret), hint: this.secrets.hint(clientSecret) };
    return this.inTransaction(async (em) => {
      const app = await this.findForChange(em, id, registrant);
      if (!app.isConfidential) {
        const message = 'An app without authentication has no secret.';
        throw DomainError.invalidInput([{ code: 'INVALID', message, path: ['id'] }]);
      }
      const now = this.clock.now();
      const end = secondsAfter(now, keepOldFor);
      // At most two are alive: the newest of the old ones until `end`, the others end now.
      const old = await em.find(AppSecret, { app: app.id }, { orderBy: { id: 'desc' } });
      for (const [index, each] of old.entries()) {
        const isKept = index === 0 && keepOldFor > 0 && (each.expiresAt == null || each.expiresAt > now);
        if (!isKept) em.remove(each);
        else if (each.expiresAt == null || each.expiresAt > end) each.expiresAt = end;
      }
      em.persist(em.create(AppSecret, { ...secret, app, createdAt: now }));
      app.updatedAt = now;
      await em.flush();
      return { app, clientSecret };
    });
  }

  /**
   * Removes the app and all that hangs on it: its secrets, what people allowed it, its tokens.
   *
   * @throws DomainError NOT_FOUND, CONFLICT
   */
  delete(id: string, registrant: Registrant): Promise<void> {
    return this.inTransaction(async (em) => {
      const app = await this.findForChange(em, id, registrant);
      await em.remove(app).flush();
    });
  }

  /** Locked until the transaction ends: of two changes at once, the second sees the first. */
  private async findForChange(em: EntityManager, id: string, registrant: Registrant): Promise<App> {
    const app = isId(id) ? await em.findOne(App, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE }) : null;
    const mayChange = app !== null && (registrant.mayAdminister || isOwner(app, registrant.accountId));
    if (!mayChange) throw DomainError.notFound('app');
    if (app.clientId === webClientId)
      throw DomainError.conflict('This app belongs to the server, which looks after it itself.');
    return app;
  }
}

/** Whether the app belongs to this account. */
export const isOwner = (app: App, accountId: string | null): boolean =>
  accountId !== null && app.owner?.id === accountId;
