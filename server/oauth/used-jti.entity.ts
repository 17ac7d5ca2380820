import { defineEntity, p } from '@mikro-orm/postgresql';

const UsedJtiSchema = defineEntity({
  name: 'UsedJti',
  tableName: 'used_jti',
  properties: {
    /** SHA-256 of the kind of JWT, of who signed it, and of its `jti`. */
    key: p.blob().primary(),
    /** After this the JWT itself has expired. */
    expiresAt: p.datetime().index(),
  },
});

/** A JWT that works once (client assertion, request object) and was used: on every node the same. */
export class UsedJti extends UsedJtiSchema.class {}

UsedJtiSchema.setClass(UsedJti);
