import { defineEntity, p } from '@mikro-orm/postgresql';
import { Account } from '../accounts/account.entity.ts';
import { App } from '../apps/app.entity.ts';
import { TokenFamily } from './token-family.entity.ts';

const DeviceAuthorizationSchema = defineEntity({
  name: 'DeviceAuthorization',
  tableName: 'device_authorization',
  properties: {
    /** SHA-256 of the device code. */
    hash: p.blob().primary().hidden(),
    /** SHA-256 of the user code as it is compared. */
    userCodeHash: p.blob().unique().hidden(),
    app: () => p.manyToOne(App).ref().deleteRule('cascade').index(),
    scopes: p.array().columnType('text[]'),
    resources: p.array().columnType('text[]').default([]),
    /** The thumbprint of the key that the device proved (RFC 9449). */
    jkt: p.text().nullable(),
    createdAt: p.datetime(),
    expiresAt: p.datetime().index(),
    /** Seconds that the device must wait between two questions; grows with `slow_down` (RFC 8628 §3.5). */
    interval: p.integer(),
    lastPolledAt: p.datetime().nullable(),
    /** Who typed the code first: nobody else can see or decide it. */
    account: () => p.manyToOne(Account).ref().nullable().deleteRule('cascade').index(),
    deniedAt: p.datetime().nullable(),
    /** What the person allowed: made with the decision, empty until the device fetches it. */
    family: () => p.manyToOne(TokenFamily).ref().nullable().deleteRule('cascade').index(),
    redeemedAt: p.datetime().nullable(),
  },
});

/** A device without a browser that waits for its person (RFC 8628). */
export class DeviceAuthorization extends DeviceAuthorizationSchema.class {}

DeviceAuthorizationSchema.setClass(DeviceAuthorization);
