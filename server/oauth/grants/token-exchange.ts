/**
 * A token becomes another one (RFC 8693): for fewer scopes or another API, with whoever acts for its person named in it. What comes
 * out never reaches further or lasts longer than what went in, and ends with the token that was exchanged.
 */
import type { Statement, Statements } from '../../database/statements.ts';
import type { InTransaction } from '../../database/unit-of-work.ts';
import { type Clock, secondsAfter } from '../../kernel/clock.ts';
import { findScope, parseScope } from '../../kernel/scopes.ts';
import { AccessToken } from '../access-token.entity.ts';
import type { Actor } from '../protocol/actor.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import type { Parameters } from '../protocol/parameters.ts';
import { accessTokenType, actingFor, impersonationTokenType } from '../protocol/token-exchange.ts';
import type { TokenResponse } from '../protocol/token-response.ts';
import type { AccessTokens, LiveAccessToken } from '../tokens/access-tokens.ts';
import type { Audience, Audiences } from '../tokens/audiences.ts';
import { type Impersonations, longestImpersonation } from '../tokens/impersonation.ts';
import type { TokenIssuer } from '../tokens/issue-tokens.ts';
import type { Grant, TokenRequest } from './grant.ts';

/** Tokens one after the other, each exchanged from the one before. */
const longestChain = 16;

/**
 * Nothing where the presented token was revoked meanwhile, or is the last of a long chain itself.
 *
 * `$1` hash, `$2` app, `$3` family, `$4` scopes, `$5` API, `$6` thumbprint, `$7` actor, `$8` now, `$9` end, `$10` hash of what was
 * presented, `$11` the longest chain
 */
const insertExchangedToken: Statement = {
  name: 'insert-exchanged-token',
  text: `
    insert into access_token (hash, app_id, family_id, scopes, audience, jkt, actor, created_at, expires_at, exchanged_from)
    select $1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9, coalesce(e.exchanged_from, '{}') || e.hash
    from access_token e where e.hash = $10 and e.revoked_at is null and coalesce(cardinality(e.exchanged_from), 0) + 1 < $11
    returning true as inserted`,
};

/** `$1` family, `$2` API */
const personAllowedApi: Statement = {
  name: 'person-allowed-api',
  text: 'select true as allowed from token_family where id = $1 and $2 = any(resources)',
};

export class TokenExchangeGrant implements Grant {
  readonly type = 'urn:ietf:params:oauth:grant-type:token-exchange';

  constructor(
    private readonly deps: {
      statements: Statements;
      inTransaction: InTransaction;
      clock: Clock;
      issuer: TokenIssuer;
      audiences: Audiences;
      accessTokens: AccessTokens;
      impersonations: Impersonations;
    },
  ) {}

  async redeem(request: TokenRequest): Promise<TokenResponse> {
    const { client, parameters } = request;
    if (client.authMethod === 'none') {
      throw OAuthError.unauthorizedClient('Only a confidential client may exchange tokens.');
    }
    const subjectToken = required(parameters, 'subject_token');
    const subjectType = required(parameters, 'subject_token_type');
    if ((parameters.get('requested_token_type') ?? accessTokenType) !== accessTokenType) {
      throw OAuthError.invalidRequest('The requested_token_type is not offered: access tokens alone are.');
    }
    const actorToken = readActorToken(parameters);
    const answer = await (subjectType === impersonationTokenType
      ? this.impersonate(subjectToken, request)
      : this.exchange(subjectToken, subjectType, actorToken, request));
    return { ...answer, issued_token_type: accessTokenType };
  }

  private async exchange(
    subjectToken: string,
    subjectType: string,
    actorToken: string | null,
    request: TokenRequest,
  ): Promise<TokenResponse> {
    const { statements, clock, issuer } = this.deps;
    const { client, parameters, jkt } = request;
    if (subjectType !== accessTokenType) throw OAuthError.invalidRequest('The subject_token_type is not supported.');
    const subject = await this.find(subjectToken, 'subject_token');
    await this.assertMayExchange(subject, request);
    const acting = actorToken === null ? null : await this.findActor(actorToken, request);
    const actor = actorOf(subject, acting, request);
    const audience = await this.targetOf(subject, request);
    const possible = audience?.scopes ?? client.scopes;
    const scopes = narrowed(
      [...subject.scopes].filter((name) => possible.includes(name)),
      parameters.get('scope'),
    );
    const now = clock.now();
    const minted = issuer.mintAccessToken(client, audience, now);
    const access = { ...minted, expiresAt: earliest(minted.expiresAt, subject.expiresAt, acting?.expiresAt) };
    const inserted = await statements.row(insertExchangedToken, [
      access.hash,
      client.id,
      subject.familyId,
      scopes,
      audience?.identifier ?? null,
      jkt,
      actor === null ? null : JSON.stringify(actor),
      now,
      access.expiresAt,
      subject.hash,
      longestChain,
    ]);
    if (inserted === undefined) {
      throw OAuthError.invalidRequest('The subject_token was revoked, or exchanged too often on its way here.');
    }
    const person = subject.account === null ? {} : { accountId: subject.account.id };
    return issuer.answer({ client, access, audience, scopes, jkt, now, actor, ...person });
  }

  /** An administrator's: for the app's own scopes, never for those that need a role, nor beyond a few minutes. */
  private async impersonate(token: string, { client, parameters, jkt }: TokenRequest): Promise<TokenResponse> {
    const { inTransaction, clock, issuer, audiences, impersonations } = this.deps;
    if (parameters.has('actor_token')) throw OAuthError.invalidRequest('The administrator is the actor already.');
    const audience = await audiences.one(client.id, targetIn(parameters));
    const possible = audience?.scopes ?? client.scopes.filter(mayImpersonate);
    const scopes = narrowed(possible, parameters.get('scope'));
    const now = clock.now();
    const minted = issuer.mintAccessToken(client, audience, now);
    const access = { ...minted, expiresAt: earliest(minted.expiresAt, secondsAfter(now, longestImpersonation)) };
    const impersonated = await inTransaction(async (em) => {
      const redeemed = await impersonations.redeem(em, token, client.id);
      if (redeemed === null) return null;
      em.create(AccessToken, {
        hash: access.hash,
        app: client.id,
        account: redeemed.accountId,
        actor: { sub: redeemed.administratorId },
        scopes,
        audience: audience?.identifier ?? null,
        jkt,
        createdAt: now,
        expiresAt: access.expiresAt,
      });
      return redeemed;
    });
    if (impersonated === null) throw invalidToken('subject_token');
    const actor = issuer.administratorAsActor(client, impersonated.administratorId);
    return issuer.answer({ client, access, audience, scopes, jkt, now, actor, accountId: impersonated.accountId });
  }

  private async find(token: string, parameter: string): Promise<LiveAccessToken> {
    const found = await this.deps.accessTokens.findForAnyApi(token);
    if (found === null) throw invalidToken(parameter);
    // What an administrator does in a person's name goes no further than they said.
    if (found.isImpersonation) throw OAuthError.invalidRequest('A token of an impersonation cannot be exchanged.');
    return found;
  }

  /** One's own, or one that was presented at an API that this client works with: an administrator let it exchange such tokens. */
  private async assertMayExchange(subject: LiveAccessToken, { client, jkt }: TokenRequest): Promise<void> {
    if (subject.appId === client.id) return assertProven(subject, jkt, 'subject_token');
    const presentedHere =
      subject.account !== null &&
      subject.audience !== null &&
      (await this.deps.audiences.known(client.id, [subject.audience])).length === 1;
    if (!presentedHere) throw OAuthError.invalidRequest('The client may not exchange this subject_token.');
  }

  /** The client shows that it speaks for the actor by a token that was issued to it. */
  private async findActor(token: string, { client, jkt }: TokenRequest): Promise<LiveAccessToken> {
    const actor = await this.find(token, 'actor_token');
    if (actor.appId !== client.id) throw OAuthError.invalidRequest('The actor_token was issued to another client.');
    assertProven(actor, jkt, 'actor_token');
    return actor;
  }

  /** @returns null for this server's own API */
  private async targetOf(subject: LiveAccessToken, { client, parameters }: TokenRequest): Promise<Audience | null> {
    const { audiences, statements } = this.deps;
    const named = targetIn(parameters) ?? subject.audience ?? undefined;
    const audience = await audiences.one(client.id, named);
    if ((audience?.identifier ?? null) === subject.audience) return audience;
    // What was given for an API is good for nothing here.
    if (audience === null) throw OAuthError.invalidTarget();
    // A person's own choice bounds where their app goes; an app that speaks for itself could ask for this API directly.
    if (subject.appId === client.id && subject.familyId !== null) {
      const allowed = await statements.row(personAllowedApi, [subject.familyId, audience.identifier]);
      if (allowed === undefined) throw OAuthError.invalidTarget();
    }
    return audience;
  }
}

/** RFC 8693 §2.2.2: what is wrong with a token that was presented is an `invalid_request`. */
const invalidToken = (parameter: string): OAuthError =>
  OAuthError.invalidRequest(`The ${parameter} is unknown, used, expired or revoked.`);

/** @throws OAuthError `invalid_request` */
const required = (parameters: Parameters, name: string): string => {
  const value = parameters.get(name);
  if (value === undefined) throw OAuthError.invalidRequest(`The parameter ${name} is missing.`);
  return value;
};

/** §2.1: both or neither. */
const readActorToken = (parameters: Parameters): string | null => {
  const type = parameters.get('actor_token_type');
  if (!parameters.has('actor_token')) {
    if (type !== undefined) throw OAuthError.invalidRequest('There is an actor_token_type without an actor_token.');
    return null;
  }
  if (type !== accessTokenType) throw OAuthError.invalidRequest('The actor_token_type is missing or not supported.');
  return required(parameters, 'actor_token');
};

/** §2.1: `resource` by its address, `audience` by its name; an API has one identifier for both. */
const targetIn = (parameters: Parameters): string | undefined => {
  const named = [parameters.get('resource'), parameters.get('audience')].flatMap((value) => value?.split(' ') ?? []);
  return named.length === 0 ? undefined : [...new Set(named)].join(' ');
};

/** RFC 9449 §7: a bound token is worth nothing to a client that cannot prove its key. */
const assertProven = (token: LiveAccessToken, jkt: string | null, parameter: string): void => {
  if (token.jkt !== null && token.jkt !== jkt) {
    throw OAuthError.invalidRequest(`The ${parameter} is bound to a key that was not proven.`);
  }
};

/** Whoever exchanges a token that was given to another app acts for its person from then on, and is named. */
const actorOf = (subject: LiveAccessToken, acting: LiveAccessToken | null, { client }: TokenRequest): Actor | null => {
  if (acting === null && subject.appId === client.id) return subject.actor;
  const actor = actingFor(acting?.subject ?? client.clientId, subject.actor);
  if (actor === null) throw OAuthError.invalidRequest('Too many act for each other already.');
  return actor;
};

const mayImpersonate = (name: string): boolean =>
  name !== 'offline_access' && findScope(name)?.kind !== 'administrative';

/** @throws OAuthError `invalid_scope` */
const narrowed = (possible: readonly string[], requested: string | undefined): string[] => {
  if (requested === undefined) return [...possible];
  const scopes = parseScope(requested);
  if (scopes === null || !scopes.every((name) => possible.includes(name))) {
    throw OAuthError.invalidScope('An exchange cannot widen the scope.');
  }
  return scopes;
};

const earliest = (first: Date, ...others: (Date | undefined)[]): Date =>
  others.reduce<Date>((least, date) => (date !== undefined && date < least ? date : least), first);
