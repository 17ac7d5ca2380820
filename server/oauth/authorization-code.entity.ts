import { defineEntity, p } from '@mikro-orm/postgresql';
import { TokenFamily } from './token-family.entity.ts';

const AuthorizationCodeSchema = defineEntity({
  name: 'AuthorizationCode',
  tableName: 'authorization_code',
  properties: {
    /** SHA-256 of the code. */
    hash: p.blob().primary().hidden(),
    /** What will be issued from it: made with the code, empty until it is redeemed. */
    family: () => p.manyToOne(TokenFamily).ref().deleteRule('cascade').index(),
    /** As it stood in the request; null where the app's only one was implied. */
    redirectUri: p.text().nullable(),
    codeChallenge: p.text().nullable(),
    createdAt: p.datetime(),
    expiresAt: p.datetime().index(),
    redeemedAt: p.datetime().nullable(),
  },
});

/** A code works once. The row stays after its redemption, else a replay could not be told from noise. */
export class AuthorizationCode extends AuthorizationCodeSchema.class {}

AuthorizationCodeSchema.setClass(AuthorizationCode);
