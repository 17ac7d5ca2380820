/** Registers, changes and removes apps: by the people who make them, by administrators, by the command line; one set of rules for all. */
import { type EntityManager, LockMode, UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { Account } from '../accounts/account.entity.ts';
import type { Config } from '../config.ts';
import type { InTransaction } from '../database/unit-of-work.ts';
import { type Clock, secondsAfter } from '../kernel/clock.ts';
import { DomainError, type UserError } from '../kernel/domain-error.ts';
import { isId, newId } from '../kernel/secrets.ts';
import { type ApiAccessDraft, apiAllowance, giveApiAccess } from './api-access.ts';
import { App, type AppOrigin, isSecretMethod } from './app.entity.ts';
import { type AppDetails, type AppDraft, completeDraft, profileDemands } from './app-draft.ts';
import { keptKeySet } from './app-keys.ts';
import { appProblems, clientIdProblems } from './app-rules.ts';
import { AppSecret } from './app-secret.entity.ts';
import type { AppSecrets } from './app-secret.ts';
import { clientSecretProblems } from './protocol-rules.ts';
import { type SectorDocument, type SectorIdentifiers, sectorProblems } from './sector-identifier.ts';
import { webClientId } from './web-client-app.ts';

/** On whose behalf an app is registered or changed. */
export interface Registrant {
  /** Null: the operator, or a program. */
  readonly accountId: string | null;
  /** May change everybody's apps, trust them, and let them ask for administrative scopes. */
  readonly mayAdminister: boolean;
  /** The app that speaks for itself, by its registration access token (RFC 7592). */
  readonly appId?: string;
}

export interface NewApp extends AppDraft {
  /** Chosen by an operator; else made. */
  readonly clientId?: string | undefined;
  /** Chosen by an operator; else made where the app needs one. */
  readonly clientSecret?: string | undefined;
  /** The account that it will belong to; the registrant's unless said. */
  readonly ownerId?: string | null | undefined;
  /** What it may ask for at registered APIs. */
  readonly apis?: readonly ApiAccessDraft[] | undefined;
  readonly origin?: AppOrigin | undefined;
  /** SHA-256 of the registration access token. */
  readonly registrationTokenHash?: Buffer | undefined;
  /** Until when its client id metadata document need not be fetched again. */
  readonly documentExpiresAt?: Date | undefined;
}

/** What changes; what is left out stays. */
export type AppChanges = { readonly [K in keyof AppDraft]?: AppDraft[K] | undefined } & Pick<NewApp, 'apis'>;

export interface AppWithSecret {
  readonly app: App;
  /** Known only now; null for an app without one. */
  readonly clientSecret: string | null;
}

/** Seconds for which an old secret may go on working beside a new one. */
export const longestRotation = 604_800;

export interface AppRegistrationDependencies {
  readonly inTransaction: InTransaction;
  readonly clock: Clock;
  readonly secrets: AppSecrets;
  readonly sectors: SectorIdentifiers;
  readonly config: Pick<Config, 'accessTokenLifetimeMax' | 'refreshTokenLifetimeMax' | 'appsPerPerson'>;
}

export class AppRegistration {
  private readonly inTransaction: InTransaction;
  private readonly clock: Clock;
  private readonly secrets: AppSecrets;
  private readonly sectors: SectorIdentifiers;
  private readonly config: AppRegistrationDependencies['config'];

  constructor(dependencies: AppRegistrationDependencies) {
    this.inTransaction = dependencies.inTransaction;
    this.clock = dependencies.clock;
    this.secrets = dependencies.secrets;
    this.sectors = dependencies.sectors;
    this.config = dependencies.config;
  }

  /**
   * @param alongside what must happen in the same transaction
   * @throws DomainError INVALID_INPUT with everything that is wrong
   */
  async register(
    draft: NewApp,
    registrant: Registrant,
    alongside?: (em: EntityManager) => Promise<void>,
  ): Promise<AppWithSecret> {
    const details = completeDraft(draft);
    const { origin = 'registered', registrationTokenHash = null, documentExpiresAt = null } = draft;
    const hasSecret = isSecretMethod(details.authMethod);
    const problems = this.problemsOf(details, registrant, { origin });
    if (draft.clientId !== undefined) problems.push(...clientIdProblems(draft.clientId));
    if (draft.clientSecret !== undefined)
      problems.push(...clientSecretProblems(draft.clientSecret, details.authMethod));
    if (problems.length > 0) throw DomainError.invalidInput(problems);
    refuse(sectorProblems(details, await this.sectors.read(details.sectorIdentifierUri)));
    const clientSecret = hasSecret ? (draft.clientSecret ?? this.secrets.generate()) : null;
    // Outside the transaction: the hash of a short secret takes long, and a connection is dear.
    const secret =
      clientSecret === null
        ? null
        : { hash: await this.secrets.hash(clientSecret), hint: this.secrets.hint(clientSecret) };
    try {
      return await this.inTransaction(async (em) => {
        await alongside?.(em);
        const now = this.clock.now();
        const ownerId = draft.ownerId === undefined ? registrant.accountId : draft.ownerId;
        if (!registrant.mayAdminister && ownerId !== null) await this.assertRoomFor(em, ownerId);
        const app = em.create(App, {
          ...kept(details),
          clientId: draft.clientId ?? newId(),
          origin,
          registrationTokenHash,
          documentExpiresAt,
          owner: ownerId === null ? null : em.getReference(Account, ownerId),
          createdAt: now,
          updatedAt: now,
        });
        em.persist(app);
        if (secret !== null) em.persist(em.create(AppSecret, { ...secret, app, createdAt: now }));
        await em.flush();
        refuse(await giveApiAccess(em, app, draft.apis ?? [], apiAllowance(details, registrant.mayAdminister)));
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
  update(id: string, { apis, ...changes }: AppChanges, registrant: Registrant): Promise<App> {
    const next = (app: App): AppDetails => {
      const before = completeDraft(app);
      // What a new profile demands need not be said.
      const demands =
        changes.profile && before.profile === null ? profileDemands({ type: app.type, profile: changes.profile }) : {};
      const said = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      return completeDraft({ ...before, ...demands, ...said });
    };
    return this.change(id, next, apis, registrant);
  }

  /**
   * Puts what is said in the place of all that was (RFC 7592 §2.2).
   *
   * @throws DomainError NOT_FOUND, INVALID_INPUT, CONFLICT
   */
  replace(id: string, draft: AppDraft, registrant: Registrant): Promise<App> {
    return this.change(id, () => completeDraft(draft), undefined, registrant);
  }

  private async change(
    id: string,
    next: (app: App) => AppDetails,
    apis: readonly ApiAccessDraft[] | undefined,
    registrant: Registrant,
  ): Promise<App> {
    const sector = await this.readSector(id, next, registrant);
    return this.inTransaction(async (em) => {
      const app = await this.findForChange(em, id, registrant);
      const before = completeDraft(app);
      const details = next(app);
      refuse(this.problemsOf(details, registrant, { origin: app.origin, before }));
      if (sectorChanges(before, details)) refuse(sectorProblems(details, sector));
      em.assign(app, { ...kept(details), updatedAt: this.clock.now() });
      // RFC 6749 §2.1: what proves itself otherwise, or not at all, keeps no secret.
      if (!app.hasSecret) await em.nativeDelete(AppSecret, { app: app.id });
      await em.flush();
      refuse(await giveApiAccess(em, app, apis ?? null, apiAllowance(details, registrant.mayAdminister, before)));
      return app;
    });
  }

  /** Before the change itself: nothing waits for another server while a connection is held. */
  private async readSector(
    id: string,
    next: (app: App) => AppDetails,
    registrant: Registrant,
  ): Promise<SectorDocument | null> {
    const [before, details] = await this.inTransaction(async (em) => {
      const app = await this.findForChange(em, id, registrant);
      return [completeDraft(app), next(app)];
    });
    const isSound = this.problemsOf(details, registrant, { origin: 'registered', before }).length === 0;
    return isSound && sectorChanges(before, details) ? this.sectors.read(details.sectorIdentifierUri) : null;
  }

  private problemsOf(
    details: AppDetails,
    { mayAdminister }: Registrant,
    { origin, before }: { origin: AppOrigin; before?: AppDetails },
  ): UserError[] {
    return appProblems(details, { mayAdminister, bounds: this.config, dynamic: origin !== 'registered', before });
  }

  /** @throws DomainError INVALID_INPUT where this person has as many apps as a person may have */
  private async assertRoomFor(em: EntityManager, ownerId: string): Promise<void> {
    const { appsPerPerson } = this.config;
    // Held until the end of the transaction: of two registrations at once, the second counts the first.
    await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`apps of ${ownerId}`]);
    if ((await em.count(App, { owner: ownerId })) < appsPerPerson) return;
    const message = `You have ${appsPerPerson} apps, as many as one person may have. Delete one first.`;
    throw DomainError.invalidInput([{ code: 'TOO_MANY', message, path: [] }]);
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
      if (!app.hasSecret) {
        const message = `With the method ${app.authMethod} there is no secret.`;
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
    const mayChange =
      app !== null && (registrant.mayAdminister || registrant.appId === app.id || isOwner(app, registrant.accountId));
    if (!mayChange) throw DomainError.notFound('app');
    if (app.clientId === webClientId)
      throw DomainError.conflict('This app belongs to the server, which looks after it itself.');
    return app;
  }
}

/** Whether the app belongs to this account. */
export const isOwner = (app: App, accountId: string | null): boolean =>
  accountId !== null && app.owner?.id === accountId;

/** @throws DomainError INVALID_INPUT where there are problems */
const refuse = (problems: readonly UserError[]): void => {
  if (problems.length > 0) throw DomainError.invalidInput(problems);
};

/** Of the keys, only what is used. */
const kept = (details: AppDetails): AppDetails => ({
  ...details,
  jwks: details.jwks === null ? null : keptKeySet(details.jwks),
});

/** Whether the sector's document must be read (again). */
const sectorChanges = (before: AppDetails, after: AppDetails): boolean =>
  before.sectorIdentifierUri !== after.sectorIdentifierUri ||
  JSON.stringify(before.redirectUris) !== JSON.stringify(after.redirectUris);
