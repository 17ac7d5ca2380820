import { defineEntity, p } from '@mikro-orm/postgresql';
import type { JWK } from 'jose';

const SigningKeySchema = defineEntity({
  name: 'SigningKey',
  tableName: 'signing_key',
  properties: {
    /** The JWK's thumbprint (RFC 7638). */
    kid: p.text().primary(),
    /** RFC 7518 name, e.g. `ES256`. */
    algorithm: p.text(),
    publicJwk: p.json<JWK>(),
    /** The private JWK, AES-256-GCM under a key derived from the operator's secret. */
    sealedPrivateJwk: p.blob().hidden().lazy(),
    createdAt: p.datetime(),
  },
});

/** A key pair that signs ID tokens. */
export class SigningKey extends SigningKeySchema.class {}

SigningKeySchema.setClass(SigningKey);
