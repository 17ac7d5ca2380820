import { defineEntity, p } from '@mikro-orm/postgresql';
import { TokenFamily } from './token-family.entity.ts';

const RefreshTokenSchema = defineEntity({
  name: 'RefreshToken',
  tableName: 'refresh_token',
  properties: {
    /** SHA-256 of the token. */
    hash: p.blob().primary().hidden(),
    family: () => p.manyToOne(TokenFamily).ref().deleteRule('cascade').index(),
    /** The one that it was exchanged for; none for the first of a family. */
    parentHash: p.blob().nullable().hidden(),
    createdAt: p.datetime(),
    expiresAt: p.datetime().index(),
    /** When it was first exchanged for a new one. */
    redeemedAt: p.datetime().nullable(),
  },
});

/** A refresh token; each is exchanged for a new one, within a short grace window also for a sibling. */
export class RefreshToken extends RefreshTokenSchema.class {}

RefreshTokenSchema.setClass(RefreshToken);
