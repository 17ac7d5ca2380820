/**
 * Devices that wait for their person (RFC 8628): begun by the device, claimed by who types its code, allowed or denied by that
 * person and nobody else.
 */
import { type EntityManager, LockMode, ref } from '@mikro-orm/postgresql';
import type { App } from '../../apps/app.entity.ts';
import type { Statement, Statements } from '../../database/statements.ts';
import type { InTransaction } from '../../database/unit-of-work.ts';
import { type Clock, secondsAfter } from '../../kernel/clock.ts';
import { hashOf, newCredential } from '../../kernel/secrets.ts';
import { DeviceAuthorization } from '../device-authorization.entity.ts';
import { newUserCode } from '../protocol/user-code.ts';
import type { Audiences } from '../tokens/audiences.ts';
import type { Visitor } from './next-step.ts';
import { permissionsFor } from './permissions.ts';
import type { Permits } from './permits.ts';

/** Seconds that a device waits between two questions, until it is told to slow down (RFC 8628 §3.5). */
export const pollingInterval = 5;

/** `$1` device code's hash, `$2` user code's hash, `$3` app, `$4` scopes, `$5` resources, `$6` thumbprint, `$7` now, `$8` end, `$9` interval */
const begin: Statement = {
  name: 'begin-device-authorization',
  text: `
    insert into device_authorization
      (hash, user_code_hash, app_id, scopes, resources, jkt, created_at, expires_at, interval)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    on conflict (user_code_hash) do nothing
    returning true as begun`,
};

/** Of two who type a code, the first has it. `$1` user code's hash, `$2` account, `$3` now */
const claim: Statement = {
  name: 'claim-device-authorization',
  text: `
    update device_authorization set account_id = $2
    where user_code_hash = $1 and expires_at > $3 and denied_at is null and family_id is null
      and (account_id is null or account_id = $2)
    returning true as claimed`,
};

export interface DeviceRequest {
  appId: string;
  scopes: readonly string[];
  resources: readonly string[];
  /** The thumbprint of the key whose proof came with the request. */
  jkt: string | null;
}

export interface BegunDevice {
  deviceCode: string;
  /** As it is compared, see `protocol/user-code.ts`. */
  userCode: string;
  /** Seconds. */
  lifetime: number;
}

/** A device as the person sees it who claimed it. */
export interface ClaimedDevice {
  app: App;
  permissions: string[];
  state: 'waiting' | 'allowed' | 'denied' | 'expired';
}

export class DeviceAuthorizations {
  constructor(
    private readonly deps: {
      em: EntityManager;
      inTransaction: InTransaction;
      statements: Statements;
      clock: Clock;
      audiences: Audiences;
      permits: Permits;
      config: {
        /** Seconds. */
        deviceCodeLifetime: number;
      };
    },
  ) {}

  async begin({ appId, scopes, resources, jkt }: DeviceRequest): Promise<BegunDevice> {
    const { statements, clock, config } = this.deps;
    const lifetime = config.deviceCodeLifetime;
    const now = clock.now();
    const deviceCode = newCredential('dc');
    for (;;) {
      const userCode = newUserCode();
      const hashes = [hashOf(deviceCode), hashOf(userCode)];
      const values = [...hashes, appId, scopes, resources, jkt, now, secondsAfter(now, lifetime), pollingInterval];
      // Another device may have that code: one in many millions.
      if ((await statements.row(begin, values)) !== undefined) return { deviceCode, userCode, lifetime };
    }
  }

  /** @returns whether there is such a device for this person: one that somebody else has claimed is none */
  async claim(userCode: string, accountId: string): Promise<boolean> {
    const { statements, clock } = this.deps;
    return (await statements.row(claim, [hashOf(userCode), accountId, clock.now()])) !== undefined;
  }

  /** @returns null for a device that is unknown, or not this person's */
  async findClaimed(userCode: string, accountId: string): Promise<ClaimedDevice | null> {
    const { em, clock } = this.deps;
    const device = await em
      .fork()
      .findOne(
        DeviceAuthorization,
        { userCodeHash: hashOf(userCode), account: accountId },
        { populate: ['app.owner'] },
      );
    if (device === null) return null;
    const { permissions } = await this.permissionsOf(device);
    return { app: device.app.getEntity(), permissions, state: stateOf(device, clock.now()) };
  }

  /** @returns false where it is not this person's, or waits for no answer any more */
  allow(userCode: string, visitor: Visitor): Promise<boolean> {
    const { inTransaction, permits } = this.deps;
    return inTransaction(async (em) => {
      const device = await this.findWaiting(em, userCode, visitor.accountId);
      if (device === null) return false;
      const { permissions, resources } = await this.permissionsOf(device);
      const { scopes, jkt = null } = device;
      const app = device.app.getEntity();
      device.family = ref(await permits.give(em, { app, visitor, scopes, permissions, resources, jkt }));
      return true;
    });
  }

  /** @returns false where it is not this person's, or waits for no answer any more */
  deny(userCode: string, accountId: string): Promise<boolean> {
    const { inTransaction, clock } = this.deps;
    return inTransaction(async (em) => {
      const device = await this.findWaiting(em, userCode, accountId);
      if (device !== null) device.deniedAt = clock.now();
      return device !== null;
    });
  }

  /** Locked until the transaction ends: of two answers, the first counts. */
  private findWaiting(em: EntityManager, userCode: string, accountId: string): Promise<DeviceAuthorization | null> {
    return em.findOne(
      DeviceAuthorization,
      {
        userCodeHash: hashOf(userCode),
        account: accountId,
        deniedAt: null,
        family: null,
        expiresAt: { $gt: this.deps.clock.now() },
      },
      { populate: ['app'], strategy: 'select-in', lockMode: LockMode.PESSIMISTIC_WRITE },
    );
  }

  /** Of what the device asked for, what the app may still have. */
  private async permissionsOf(device: DeviceAuthorization): Promise<{ permissions: string[]; resources: string[] }> {
    const app = device.app.getEntity();
    const apis = await this.deps.audiences.known(app.id, device.resources);
    return {
      permissions: permissionsFor(device.scopes, app.scopes, apis),
      resources: apis.map(({ identifier }) => identifier),
    };
  }
}

const stateOf = (device: DeviceAuthorization, now: Date): ClaimedDevice['state'] => {
  if (device.deniedAt != null) return 'denied';
  if (device.family != null) return 'allowed';
  return device.expiresAt > now ? 'waiting' : 'expired';
};
