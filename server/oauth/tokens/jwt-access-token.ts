/** Access tokens for registered APIs: signed, so that an API can judge them by itself (RFC 9068). */
import { SignJWT } from 'jose';
import { epochSeconds } from '../../kernel/clock.ts';
import type { Actor } from '../protocol/actor.ts';
import type { Signer } from './signing-keys.ts';

export interface AccessTokenContents {
  issuer: string;
  /** The identifier of the API. */
  audience: string;
  subject: string;
  clientId: string;
  scopes: readonly string[];
  /** 256 random bits; the row holds their hash. */
  jti: string;
  issuedAt: Date;
  expiresAt: Date;
  /** Where a person signed in. */
  authTime?: Date | undefined;
  amr?: readonly string[] | undefined;
  acr?: string | undefined;
  /** The thumbprint of the key that the token is bound to (RFC 9449 §6.1). */
  jkt: string | null;
  actor?: Actor | null | undefined;
}

/** RFC 9068 §2.2; what is not known is left out. */
export const signAccessToken = (contents: AccessTokenContents, signer: Signer): Promise<string> => {
  const { authTime, amr, acr, jkt, actor } = contents;
  return new SignJWT({
    client_id: contents.clientId,
    scope: contents.scopes.join(' '),
    ...(authTime === undefined ? {} : { auth_time: epochSeconds(authTime) }),
    ...(amr === undefined ? {} : { amr: [...amr] }),
    ...(acr === undefined ? {} : { acr }),
    ...(jkt === null ? {} : { cnf: { jkt } }),
    ...(actor ? { act: actor } : {}),
  })
    .setProtectedHeader({ alg: signer.algorithm, kid: signer.kid, typ: 'at+jwt' })
    .setIssuer(contents.issuer)
    .setAudience(contents.audience)
    .setSubject(contents.subject)
    .setIssuedAt(epochSeconds(contents.issuedAt))
    .setExpirationTime(epochSeconds(contents.expiresAt))
    .setJti(contents.jti)
    .sign(signer.privateKey);
};
