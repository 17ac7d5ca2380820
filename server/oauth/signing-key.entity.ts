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
    /** The private JWK, AES-256-GCM under a key derived from the operator's secret; null: destroyed, once it signs no more. */
    sealedPrivateJwk: p.blob().nullable().hidden().lazy(),
    /** Published from here on. */
    createdAt: p.datetime(),
    /** Signs from here on: after everybody had time to fetch it. */
    activeAt: p.datetime(),
    /** Signs no more from here on. */
    retiredAt: p.datetime().nullable(),
    /** Published until here: the last token that it signed has expired. */
    publishedUntil: p.datetime().nullable(),
  },
});

/** A key pair that signs ID tokens, logout tokens, UserInfo and access tokens for APIs. */
export class SigningKey extends SigningKeySchema.class {}

SigningKeySchema.setClass(SigningKey);
