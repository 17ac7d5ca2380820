/** Makes tokens and the answer that carries them. Rows are written by the grants, each in its own one statement or transaction. */
import { type Clock, secondsAfter } from '../../kernel/clock.ts';
import { hashOf, newCredential, randomText } from '../../kernel/secrets.ts';
import { singleFactor } from '../protocol/acr.ts';
import type { Actor } from '../protocol/actor.ts';
import type { AuthenticatedClient } from '../protocol/authenticated-client.ts';
import type { ClaimsRequest } from '../protocol/claims-request.ts';
import type { TokenResponse } from '../protocol/token-response.ts';
import type { Audience } from './audiences.ts';
import { type ClaimSource, type Claims, claimsFor, wishesWithin } from './claims.ts';
import { signIdToken } from './id-token.ts';
import { signAccessToken } from './jwt-access-token.ts';
import type { SigningKeys } from './signing-keys.ts';
import type { Subjects } from './subjects.ts';

/** A token that exists only here and, as its hash, in a row. */
export interface Minted {
  /** The token; of one that will be signed, its `jti`. */
  secret: string;
  hash: Buffer;
  expiresAt: Date;
}

/** The sign-in that tokens come from. */
export interface SignedIn {
  accountId: string;
  sessionId: string;
  authTime: Date;
  amr: readonly string[];
  nonce: string | null;
  claims: ClaimsRequest | null;
  /** The scope `openid` was granted: an ID token tells of the sign-in, whatever API the access token is for. */
  openid: boolean;
}

/** What the rows hold by now: the answer only tells of it. */
export interface Issued {
  client: AuthenticatedClient;
  access: Minted;
  /** Where the access token is for a registered API: that; null: for this server's own. */
  audience: Pick<Audience, 'identifier' | 'algorithm'> | null;
  scopes: readonly string[];
  /** The thumbprint of the key that the access token is bound to. */
  jkt: string | null;
  now: Date;
  refresh?: Minted | null;
  /** The person's sign-in; none where an app speaks for itself. */
  person?: SignedIn;
  /** The person whom it speaks for where no sign-in goes with it. */
  accountId?: string;
  /** Who acts for the person (RFC 8693 §4.1). */
  actor?: Actor | null;
}

export interface TokenLifetimes {
  /** Seconds. */
  accessTokenLifetime: number;
  /** Seconds. */
  idTokenLifetime: number;
  /** Seconds that a refresh token works while it is not used. */
  refreshTokenLifetime: number;
  /** Seconds. */
  accessTokenLifetimeMax: number;
  /** Seconds. */
  refreshTokenLifetimeMax: number;
}

export class TokenIssuer {
  constructor(
    private readonly deps: {
      clock: Clock;
      keys: SigningKeys;
      subjects: Subjects;
      findAccount: (id: string) => Promise<ClaimSource | null>;
      config: TokenLifetimes & { issuer: string };
    },
  ) {}

  /** Seconds: the API's own, else the app's, else the operator's; within the operator's bound. */
  accessTokenLifetime(client: AuthenticatedClient, audience: Pick<Audience, 'lifetime'> | null): number {
    const { accessTokenLifetime, accessTokenLifetimeMax } = this.deps.config;
    // The operator may have lowered the bound since.
    return Math.min(audience?.lifetime ?? client.accessTokenLifetime ?? accessTokenLifetime, accessTokenLifetimeMax);
  }

  /** Seconds that no lifetime may exceed, whoever set it. */
  get accessTokenLifetimeMax(): number {
    return this.deps.config.accessTokenLifetimeMax;
  }

  mintAccessToken(client: AuthenticatedClient, audience: Pick<Audience, 'lifetime'> | null, now: Date): Minted {
    const secret = audience === null ? newCredential('at') : randomText();
    const expiresAt = secondsAfter(now, this.accessTokenLifetime(client, audience));
    return { secret, hash: hashOf(secret), expiresAt };
  }

  /** Its end is that of one that is not used; where its family ends before, so does it. */
  mintRefreshToken(client: AuthenticatedClient, now: Date): Minted {
    const secret = newCredential('rt');
    const { refreshTokenLifetime, refreshTokenLifetimeMax } = this.deps.config;
    const lifetime = Math.min(client.refreshTokenLifetime ?? refreshTokenLifetime, refreshTokenLifetimeMax);
    return { secret, hash: hashOf(secret), expiresAt: secondsAfter(now, lifetime) };
  }

  /** As the app knows the administrator. */
  administratorAsActor(client: AuthenticatedClient, administratorId: string): Actor {
    return { sub: this.deps.subjects.subjectFor(client, administratorId) };
  }

  async answer(issued: Issued): Promise<TokenResponse> {
    const { access, scopes, now, refresh, person, jkt } = issued;
    const accessToken = await this.accessToken(issued);
    const response: TokenResponse = {
      access_token: accessToken,
      token_type: jkt === null ? 'Bearer' : 'DPoP',
      expires_in: Math.round((access.expiresAt.getTime() - now.getTime()) / 1000),
      scope: scopes.join(' '),
    };
    if (refresh) response.refresh_token = refresh.secret;
    if (person?.openid) response.id_token = await this.idToken(issued, person, accessToken);
    return response;
  }

  private async idToken({ client, now }: Issued, person: SignedIn, accessToken: string): Promise<string> {
    const { keys, subjects, config } = this.deps;
    return signIdToken(
      {
        issuer: config.issuer,
        subject: subjects.subjectFor(client, person.accountId),
        clientId: client.clientId,
        sessionId: subjects.sidFor(client, person.sessionId),
        authTime: person.authTime,
        amr: person.amr,
        nonce: person.nonce,
        claims: await this.claimsOf(person, client),
        accessToken,
        now,
        lifetime: Math.min(client.idTokenLifetime ?? config.idTokenLifetime, config.accessTokenLifetimeMax),
      },
      await keys.signerFor(client.idTokenSignedResponseAlg),
    );
  }

  /** UserInfo tells what the scopes open; here is only what was asked for by name (OpenID Connect Core §5.5). */
  private async claimsOf({ accountId, claims }: SignedIn, client: AuthenticatedClient): Promise<Claims> {
    const wishes = wishesWithin(claims?.id_token, client.scopes);
    if (wishes === undefined || Object.keys(wishes).length === 0) return {};
    const account = await this.deps.findAccount(accountId);
    return account === null ? {} : claimsFor(account, new Set(), wishes);
  }

  private async accessToken(issued: Issued): Promise<string> {
    const { keys, subjects, config } = this.deps;
    const { access, audience, client, person } = issued;
    if (audience === null) return access.secret;
    const accountId = person?.accountId ?? issued.accountId;
    return signAccessToken(
      {
        issuer: config.issuer,
        audience: audience.identifier,
        subject: accountId === undefined ? client.clientId : subjects.subjectFor(client, accountId),
        clientId: client.clientId,
        scopes: issued.scopes,
        jti: access.secret,
        issuedAt: issued.now,
        expiresAt: access.expiresAt,
        authTime: person?.authTime,
        amr: person?.amr,
        acr: person && singleFactor,
        jkt: issued.jkt,
        actor: issued.actor,
      },
      await keys.signerFor(audience.algorithm),
    );
  }
}
