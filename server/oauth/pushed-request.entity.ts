import { defineEntity, p } from '@mikro-orm/postgresql';
import { App } from '../apps/app.entity.ts';

const PushedRequestSchema = defineEntity({
  name: 'PushedRequest',
  tableName: 'pushed_request',
  properties: {
    /** SHA-256 of the credential in its `request_uri`. */
    hash: p.blob().primary().hidden(),
    app: () => p.manyToOne(App).ref().deleteRule('cascade').index(),
    /** As they were sent: judged when pushed, and again when used. */
    parameters: p.json<Record<string, string>>(),
    /** The thumbprint of the key whose proof came with it (RFC 9449 §10.1). */
    jkt: p.text().nullable(),
    createdAt: p.datetime(),
    expiresAt: p.datetime().index(),
    /** Set with the answer: until then a person may come back to it (reload, sign in anew). */
    answeredAt: p.datetime().nullable(),
  },
});

/** An authorization request that the app left here before it sent the person (RFC 9126). */
export class PushedRequest extends PushedRequestSchema.class {}

PushedRequestSchema.setClass(PushedRequest);
