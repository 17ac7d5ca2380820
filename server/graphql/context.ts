/** What every GraphQL resolver is given: who asks, and what the token lets them do. */
import { DomainError } from '../kernel/domain-error.ts';

/** The person behind a token, as the one statement of the bearer check read them. */
export interface PrincipalAccount {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly emailVerifiedAt: Date | null;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly middleName: string | null;
  readonly nickname: string | null;
  readonly displayName: string | null;
  readonly locale: string | null;
  readonly zoneinfo: string | null;
  readonly profileUrl: string | null;
  readonly pictureUrl: string | null;
  readonly website: string | null;
  readonly gender: string | null;
  readonly birthdate: string | null;
  readonly phoneNumber: string | null;
  readonly phoneNumberVerifiedAt: Date | null;
  readonly address: Readonly<Record<string, string>> | null;
  readonly roles: readonly string[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Who a bearer token speaks for. */
export interface Principal {
  /** Null where an app speaks for itself (client credentials). */
  readonly account: PrincipalAccount | null;
  /** How this app knows the person, or the app itself (OpenID Connect Core §8). */
  readonly subject: string;
  readonly appId: string;
  readonly clientId: string;
  readonly connectedAppId: string | null;
  readonly sessionId: string | null;
  /** Effective: an `admin:` scope is here only if the person has the role. */
  readonly scopes: ReadonlySet<string>;
  readonly authTime: Date | null;
  /** The thumbprint of the key that the token is bound to (RFC 9449 §6); null: whoever holds it may use it. */
  readonly jkt: string | null;
}

export interface GraphQLContext {
  readonly principal: Principal;
  readonly requestId: string;
  /** The `Accept-Language` header, for the few texts that the API answers. */
  readonly acceptLanguage: string | undefined;
  /** Puts the cause of a failure that nobody foresaw into the request's log line. */
  noteFailure(error: unknown): void;
}

/**
 * The person behind the token.
 *
 * @throws DomainError FORBIDDEN where an app speaks for itself
 */
export const personOf = (context: GraphQLContext): PrincipalAccount => {
  const { account } = context.principal;
  if (account === null) throw DomainError.forbidden('This token speaks for an app, not for a person.');
  return account;
};
