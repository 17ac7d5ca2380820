/** Nonces for DPoP proofs (RFC 9449 §8): made from the time and the operator's secret, so that no node keeps any. */
import { type Clock, epochSeconds } from '../../kernel/clock.ts';
import { Mac, type OperatorSecret } from '../../kernel/operator-secret.ts';

/** Seconds after which there is a new one; the one before it is still taken. */
const length = 120;

export class DpopNonces {
  private readonly mac: Mac;
  private readonly clock: Clock;

  constructor(dependencies: { secret: OperatorSecret; clock: Clock }) {
    this.mac = new Mac(dependencies.secret, 'dpop-nonce');
    this.clock = dependencies.clock;
  }

  current(): string {
    return this.mac.of(this.period(0));
  }

  accepts(nonce: unknown): boolean {
    return typeof nonce === 'string' && [0, -1].some((shift) => this.mac.isOf(this.period(shift), nonce));
  }

  private period(shift: number): string {
    return String(Math.floor(epochSeconds(this.clock.now()) / length) + shift);
  }
}
