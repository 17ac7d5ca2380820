/** Apps whose client id is the address of a document that describes them (OAuth Client ID Metadata Document, the IETF draft). */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { InTransaction } from '../database/unit-of-work.ts';
import { OutboundError, type OutboundRequests, type OutboundResponse } from '../http/outbound.ts';
import { type Clock, secondsAfter } from '../kernel/clock.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { isProtected } from '../kernel/loopback.ts';
import type { Throttle } from '../sessions/throttle.ts';
import { App } from './app.entity.ts';
import { type AppDraft, completeDraft } from './app-draft.ts';
import { readAppMetadata } from './app-metadata.ts';
import type { AppRegistration } from './app-registration.ts';
import { draftOf, operatorsOf, program, untold } from './dynamic-registration.ts';

/** Bytes (§6.6 of the draft). */
const maxDocument = 5120;
/** Seconds for which a document is believed, whatever it says itself. */
const shortestLife = 300;
const longestLife = 86_400;
/** Seconds for which the last good document goes on being believed while no new one can be read. */
const grace = 86_400;
/** Seconds until it is tried again meanwhile. */
const retryAfter = 60;
const mostFailed = 1000;

export interface ClientDocumentsDependencies {
  em: EntityManager;
  inTransaction: InTransaction;
  registration: AppRegistration;
  outbound: OutboundRequests;
  clock: Clock;
  /** Counts the documents that are read for one network of callers. */
  throttle: Throttle;
  /** Whether the operator lets strangers' documents be apps. */
  enabled: boolean;
  /** The issuer is on this machine, and documents may be, too. */
  local: boolean;
}

interface ReadDocument {
  draft: (before: App | null) => AppDraft;
  expiresAt: Date;
}

export class ClientDocuments {
  /** Those that are being read now: who comes meanwhile waits for the same answer. */
  private readonly underway = new Map<string, Promise<boolean>>();
  /** Until when a document that could not be read is not tried again, where there is an older one to go on with. */
  private readonly failed = new Map<string, Date>();

  constructor(private readonly deps: ClientDocumentsDependencies) {}

  /**
   * Sees to it that an app is up to date before anybody looks for it.
   *
   * @param clientId of whatever kind
   * @param network the caller's: so many documents are read for it, and no more
   * @returns false: its document cannot be had, or counts for nothing here any more, and the app must not be used
   * @throws DomainError RATE_LIMITED
   */
  async keep(clientId: string, network: string): Promise<boolean> {
    const { clock, enabled, local } = this.deps;
    if (!/^https?:/.test(clientId)) return true;
    const app = await this.find(clientId);
    if (app !== null && app.origin !== 'document') return true;
    if (!enabled || !isDocumentAddress(clientId, local)) return false;
    const now = clock.now();
    if (app !== null && isFresh(app, now)) return true;
    const isUsable = app !== null && isFresh(app, secondsAfter(now, -grace));
    if (isUsable && (this.failed.get(clientId) ?? now) > now) return true;
    try {
      return (await this.renew(clientId, network)) || isUsable;
    } catch (error) {
      if (isUsable && error instanceof DomainError && error.code === 'RATE_LIMITED') return true;
      throw error;
    }
  }

  /** @returns whether there is a document that describes an app */
  private async renew(clientId: string, network: string): Promise<boolean> {
    if (!this.underway.has(clientId)) await this.deps.throttle.take(network);
    const waiting = this.underway.get(clientId);
    if (waiting !== undefined) return waiting;
    const renewing = this.renewNow(clientId).finally(() => this.underway.delete(clientId));
    this.underway.set(clientId, renewing);
    return renewing;
  }

  private find(clientId: string): Promise<App | null> {
    return this.deps.em.fork().findOne(App, { clientId });
  }

  private async renewNow(clientId: string): Promise<boolean> {
    // Somebody else may have been done with it between this caller's look and its turn.
    const app = await this.find(clientId);
    if (app !== null && isFresh(app, this.deps.clock.now())) return true;
    const document = await this.read(clientId);
    if (document !== null && (await this.store(clientId, app, document))) {
      this.failed.delete(clientId);
      return true;
    }
    if (this.failed.size >= mostFailed) this.failed.clear();
    this.failed.set(clientId, secondsAfter(this.deps.clock.now(), retryAfter));
    return false;
  }

  /** @returns null where there is none that could be an app's */
  private async read(clientId: string): Promise<ReadDocument | null> {
    try {
      const response = await this.deps.outbound.get(clientId, {
        accept: 'application/json',
        maxBytes: maxDocument,
        followRedirects: false,
      });
      const draft = draftIn(response, clientId);
      return draft && { draft, expiresAt: secondsAfter(this.deps.clock.now(), lifeOf(response)) };
    } catch (error) {
      if (error instanceof OutboundError) return null;
      throw error;
    }
  }

  /** @returns whether it keeps the rules */
  private async store(clientId: string, app: App | null, { draft, expiresAt }: ReadDocument): Promise<boolean> {
    const { registration, inTransaction } = this.deps;
    try {
      if (app === null) {
        const made = { ...draft(null), clientId, origin: 'document', documentExpiresAt: expiresAt } as const;
        await registration.register(made, program);
      } else {
        await registration.replace(app.id, draft(app), { ...program, appId: app.id });
        await inTransaction((em) => em.nativeUpdate(App, { id: app.id }, { documentExpiresAt: expiresAt }));
      }
      return true;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      // Another node was quicker: what it read is as good.
      return error.userErrors.some(({ code }) => code === 'TAKEN');
    }
  }
}

/**
 * Whether a client id is the address of a document: https, with a path, written as every parser reads it (so no dot segments), without
 * a fragment or credentials. On this machine, for those who try things out, also http.
 */
export const isDocumentAddress = (clientId: string, local: boolean): boolean => {
  const url = URL.parse(clientId);
  if (url === null || url.href !== clientId || clientId.includes('#')) return false;
  if (url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (local && isProtected(url));
};

const isFresh = ({ documentExpiresAt }: App, now: Date): boolean =>
  documentExpiresAt != null && documentExpiresAt > now;

/** §5 of the draft: what makes a document one of this client's. */
const draftIn = (response: OutboundResponse, clientId: string): ((before: App | null) => AppDraft) | null => {
  if (response.status !== 200 || !isJson(response.headers['content-type'])) return null;
  try {
    const document: unknown = JSON.parse(response.body);
    const { settings, clientSecret, ...metadata } = readAppMetadata(document, { ignoreUnknown: true });
    if (metadata.clientId !== clientId || clientSecret !== undefined) return null;
    if (typeof document === 'object' && document !== null && 'client_secret_expires_at' in document) return null;
    // Nobody shares a secret with a document that everybody reads.
    const { authMethod = 'none' } = settings;
    if (authMethod !== 'none' && authMethod !== 'private_key_jwt') return null;
    const read = { ...metadata, settings: { ...settings, authMethod } };
    return (before) => draftOf(read, operatorsOf(before === null ? untold : completeDraft(before)));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof DomainError) return null;
    throw error;
  }
};

const isJson = (contentType = ''): boolean => /^application\/([\w.+-]+\+)?json\s*(;|$)/i.test(contentType);

/** Seconds (RFC 9111 §5.2.2.1), within what is sensible here. */
const lifeOf = ({ headers }: OutboundResponse): number => {
  const control = headers['cache-control'] ?? '';
  const said = /(?:^|[\s,])max-age="?(\d{1,9})/i.exec(control)?.[1];
  if (said === undefined || /(?:^|[\s,])no-(?:store|cache)/i.test(control)) return shortestLife;
  return Math.min(longestLife, Math.max(shortestLife, Number(said)));
};
