/** Tells apps by a request from here to there that a person is signed out (OpenID Connect Back-Channel Logout 1.0). */
import type { EntityManager } from '@mikro-orm/postgresql';
import { SignJWT } from 'jose';
import { App } from '../../apps/app.entity.ts';
import { OutboundError, type OutboundRequests } from '../../http/outbound.ts';
import { HopelessError, type JobKind, type WaitingJob } from '../../jobs/jobs.ts';
import { type Clock, epochSeconds } from '../../kernel/clock.ts';
import type { SigningKeys } from '../tokens/signing-keys.ts';
import type { Subjects } from '../tokens/subjects.ts';

export const logoutTokenKind = 'logout-token';

/** What the job's row holds, all of it ids. */
export interface LogoutTokenData extends Record<string, string> {
  app: string;
  account: string;
  session: string;
}

/** Seconds for which a token is good; one that comes later is a new one. §2.4 advises two minutes at most. */
const lifetime = 120;
/** Seconds that an app has to answer. */
const patience = 10;
/** Bytes of the answer that are read. */
const answerLimit = 16_384;

const event = 'http://schemas.openid.net/event/backchannel-logout';

export class LogoutTokens implements JobKind {
  readonly firstPause = 5;
  /** With the pauses between them, half a day. */
  readonly maxAttempts = 14;

  constructor(
    private readonly deps: {
      em: EntityManager;
      keys: SigningKeys;
      subjects: Subjects;
      outbound: OutboundRequests;
      clock: Clock;
      issuer: string;
    },
  ) {}

  async run(job: WaitingJob): Promise<void> {
    const data = job.data as LogoutTokenData;
    const app = await this.deps.em.fork().findOne(App, { id: data.app });
    // Deleted, or not told by this way any more.
    if (app?.backchannelLogoutUri == null) return;
    const form = new URLSearchParams({ logout_token: await this.sign(app, data, job.id) });
    const status = await this.post(app.backchannelLogoutUri, form);
    // §2.8: 200; some frameworks answer 204 to what has no body.
    if (status < 200 || status > 299) throw new Error(`The app answered ${status} to its logout token.`);
  }

  private async post(uri: string, form: URLSearchParams): Promise<number> {
    try {
      const limits = { timeout: patience, maxBytes: answerLimit };
      return (await this.deps.outbound.post(uri, form, { accept: 'application/json', ...limits })).status;
    } catch (error) {
      if (error instanceof OutboundError && error.reason === 'refused') {
        throw new HopelessError(error.message, { cause: error });
      }
      throw error;
    }
  }

  /** @param jti the same for each attempt: an app that was told twice can tell */
  private async sign(app: App, { account, session }: LogoutTokenData, jti: string): Promise<string> {
    const { keys, subjects, clock, issuer } = this.deps;
    const signer = await keys.signerFor(app.idTokenSignedResponseAlg);
    const issuedAt = epochSeconds(clock.now());
    return new SignJWT({ sid: subjects.sidFor(app, session), events: { [event]: {} } })
      .setProtectedHeader({ alg: signer.algorithm, kid: signer.kid, typ: 'logout+jwt' })
      .setIssuer(issuer)
      .setAudience(app.clientId)
      .setSubject(subjects.subjectFor(app, account))
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + lifetime)
      .setJti(jti)
      .sign(signer.privateKey);
  }
}
