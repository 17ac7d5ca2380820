import { defineEntity, p } from '@mikro-orm/postgresql';

const UsedProofSchema = defineEntity({
  name: 'UsedProof',
  tableName: 'used_proof',
  properties: {
    /** SHA-256 of the proof's key and `jti`. */
    key: p.blob().primary(),
    expiresAt: p.datetime().index(),
  },
});

/**
 * A DPoP proof that was used (RFC 9449 §11.1). One row for each request of a bound token, good for a minute: the table is
 * unlogged, so that a row costs no write to the disk.
 */
export class UsedProof extends UsedProofSchema.class {}

UsedProofSchema.setClass(UsedProof);
