/**
 * What an authorization request asks for, however it came: by parameters, signed (RFC 9101), or pushed before (RFC 9126); then
 * judged, the same for all.
 */
import type { EntityManager } from '@mikro-orm/postgresql';
import { App } from '../../apps/app.entity.ts';
import type { ClientDocuments } from '../../apps/client-documents.ts';
import type { AuthorizationParameters } from '../protocol/authorization-parameters.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import type { Parameters } from '../protocol/parameters.ts';
import type { Audiences } from '../tokens/audiences.ts';
import type { IdTokenHints } from './id-token-hint.ts';
import { isPushedRequestUri, type PushedRequests } from './pushed-requests.ts';
import { checkRequest, type ProvenClient, proveClient, UnsafeRequestError } from './request-checks.ts';
import type { RequestObjects } from './request-objects.ts';

/** A request whose client and redirect URI are proven: from here on, what is wrong with it may be told to the app. */
export interface IncomingRequest {
  parameters: Parameters;
  client: ProvenClient;
  /** The hash of the pushed request that it came from, in hexadecimal. */
  pushedRequest: string | null;
  /** What is wrong with how it came. */
  problem: OAuthError | null;
}

export class IncomingRequests {
  constructor(
    private readonly deps: {
      objects: RequestObjects;
      pushed: PushedRequests;
      audiences: Audiences;
      hints: IdTokenHints;
      em: EntityManager;
      documents: ClientDocuments;
    },
  ) {}

  /**
   * @param raw as they came to the authorization endpoint
   * @param network the caller's
   * @throws UnsafeRequestError where the answer would have nowhere to go; DomainError RATE_LIMITED
   */
  async read(raw: Parameters, network: string): Promise<IncomingRequest> {
    const clientId = raw.get('client_id');
    const isKept = clientId === undefined || (await this.deps.documents.keep(clientId, network));
    if (!isKept) throw new UnsafeRequestError('client_unknown');
    const app = await this.appOf(raw);
    const requestUri = raw.get('request_uri');
    if (requestUri !== undefined && isPushedRequestUri(requestUri)) return this.readPushed(requestUri, app);
    const incoming = await this.readGiven(raw, app);
    const problem = incoming.problem ?? problemWith(raw, app);
    return { ...incoming, problem };
  }

  /**
   * @param raw as they were pushed, without what proves the client
   * @throws UnsafeRequestError, OAuthError
   */
  async readForPush(raw: Parameters): Promise<IncomingRequest> {
    // RFC 9126 §2.1
    if (raw.has('request_uri')) throw OAuthError.invalidRequest('A pushed request must not hold request_uri.');
    const app = await this.appOf(raw);
    const request = raw.get('request');
    if (app.requireSignedRequestObject && request === undefined) throw unsigned();
    const parameters = request === undefined ? raw : await this.deps.objects.open(request, app);
    return { parameters, client: proveClient(parameters, app), pushedRequest: null, problem: null };
  }

  /** @throws OAuthError which may be sent to the proven redirect URI */
  async judge({ parameters, client, pushedRequest, problem }: IncomingRequest): Promise<AuthorizationParameters> {
    if (problem !== null) throw problem;
    const apis = await this.deps.audiences.all(client.app.id, parameters.get('resource'));
    const judged = checkRequest(parameters, client, apis);
    const hint = parameters.get('id_token_hint');
    const narrowed = hint === undefined ? judged : await this.deps.hints.narrow(judged, hint, client.app);
    return pushedRequest === null ? narrowed : { ...narrowed, pushedRequest };
  }

  private async appOf(raw: Parameters): Promise<App> {
    const clientId = raw.get('client_id');
    if (clientId === undefined) throw new UnsafeRequestError('client_missing');
    const app = await this.deps.em.findOne(App, { clientId });
    if (app === null) throw new UnsafeRequestError('client_unknown');
    return app;
  }

  /** RFC 9126 §4, RFC 9101 §5: what else came with it counts for nothing. */
  private async readPushed(requestUri: string, app: App): Promise<IncomingRequest> {
    const pushed = await this.deps.pushed.find(requestUri, app.id);
    if (pushed === null) throw new UnsafeRequestError('pushed_request_gone');
    const parameters = new Map(Object.entries(pushed.parameters));
    if (pushed.jkt != null) parameters.set('dpop_jkt', pushed.jkt);
    return {
      parameters,
      client: proveClient(parameters, app),
      pushedRequest: Buffer.from(pushed.hash).toString('hex'),
      problem: null,
    };
  }

  private async readGiven(raw: Parameters, app: App): Promise<IncomingRequest> {
    const request = raw.get('request');
    if (request === undefined) {
      return { parameters: raw, client: proveClient(raw, app), pushedRequest: null, problem: null };
    }
    let parameters: Parameters;
    try {
      parameters = await this.deps.objects.open(request, app);
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      // Nothing in it can be believed: the app is told only where the request also says in the open where to.
      if (!raw.has('redirect_uri')) throw new UnsafeRequestError('request_object_invalid');
      return { parameters: raw, client: proveClient(raw, app), pushedRequest: null, problem: error };
    }
    return { parameters, client: proveClient(parameters, app), pushedRequest: null, problem: null };
  }
}

const unsigned = (): OAuthError => OAuthError.invalidRequest('The client must sign its requests: request is missing.');

/** What the app wants to be refused itself, so that nobody who alters its requests gains by it. */
const problemWith = (raw: Parameters, app: App): OAuthError | null => {
  if (raw.has('request_uri')) {
    return raw.has('request')
      ? OAuthError.invalidRequest('The parameters request and request_uri exclude each other.')
      : OAuthError.requestUriNotSupported();
  }
  if (app.requirePushedAuthorizationRequests || app.profile === 'fapi2') {
    return OAuthError.invalidRequest('The client must push its requests: request_uri is missing.');
  }
  return app.requireSignedRequestObject && !raw.has('request') ? unsigned() : null;
};
