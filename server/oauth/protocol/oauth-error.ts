/** What the authorization server refuses, in the words of the standards. One factory for each code; the status is fixed here. */

/** Every `error` value that this server sends. */
export type OAuthErrorCode =
  // RFC 6749 §4.1.2.1 and §5.2
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'invalid_scope'
  | 'access_denied'
  | 'server_error'
  // OpenID Connect Core §3.1.2.6
  | 'login_required'
  | 'consent_required'
  | 'request_uri_not_supported'
  | 'registration_not_supported'
  // OpenID Connect Core Error Code unmet_authentication_requirements 1.0
  | 'unmet_authentication_requirements'
  // RFC 9101 §7
  | 'invalid_request_uri'
  | 'invalid_request_object'
  // RFC 9449 §5 and §8
  | 'invalid_dpop_proof'
  | 'use_dpop_nonce'
  // RFC 6749 §4.1.2.1, here also told to clients that fail too often
  | 'temporarily_unavailable'
  // RFC 8707 §2
  | 'invalid_target'
  // RFC 7591 §3.2.2
  | 'invalid_redirect_uri'
  | 'invalid_client_metadata'
  // RFC 8628 §3.5
  | 'authorization_pending'
  | 'slow_down'
  | 'expired_token'
  // RFC 6750 §3.1
  | 'invalid_token'
  | 'insufficient_scope';

/**
 * `message` is public (`error_description`): plain ASCII without quotes or backslashes (RFC 6749 §5.2), and never a part of
 * what was sent. The private reason goes into `cause`.
 */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';

  private constructor(
    readonly code: OAuthErrorCode,
    readonly status: number,
    description: string,
    options?: ErrorOptions,
    /** Seconds to wait (RFC 6585 §4). */
    readonly retryAfter?: number,
  ) {
    super(description, options);
  }

  static invalidRequest = (description: string) => new OAuthError('invalid_request', 400, description);

  static invalidClient = (description = 'The client could not be authenticated.') =>
    new OAuthError('invalid_client', 401, description);

  static invalidGrant = (description = 'The grant is invalid, expired, revoked or was issued to another client.') =>
    new OAuthError('invalid_grant', 400, description);

  static unauthorizedClient = (description: string) => new OAuthError('unauthorized_client', 400, description);

  static unsupportedGrantType = () =>
    new OAuthError('unsupported_grant_type', 400, 'This server does not offer that grant_type.');

  static unsupportedResponseType = () =>
    new OAuthError('unsupported_response_type', 400, 'The response_type must be code.');

  static invalidScope = (description: string) => new OAuthError('invalid_scope', 400, description);

  static accessDenied = () => new OAuthError('access_denied', 400, 'The person refused.');

  static invalidRedirectUri = (description: string) => new OAuthError('invalid_redirect_uri', 400, description);

  static invalidClientMetadata = (description: string) => new OAuthError('invalid_client_metadata', 400, description);

  static loginRequired = () => new OAuthError('login_required', 400, 'The person must sign in.');

  static consentRequired = () => new OAuthError('consent_required', 400, 'The person must give permission.');

  static unmetAuthenticationRequirements = () =>
    new OAuthError('unmet_authentication_requirements', 400, 'No sign-in here is of the wanted class (acr).');

  static requestUriNotSupported = () =>
    new OAuthError('request_uri_not_supported', 400, 'The request_uri parameter is not supported.');

  static registrationNotSupported = () =>
    new OAuthError('registration_not_supported', 400, 'The registration parameter is not supported.');

  static invalidTarget = () =>
    new OAuthError(
      'invalid_target',
      400,
      'The client may not ask for tokens for this resource, or for several at once.',
    );

  static authorizationPending = () =>
    new OAuthError('authorization_pending', 400, 'The person has not answered yet. Ask again after the interval.');

  static slowDown = () =>
    new OAuthError('slow_down', 400, 'The device asks too often. It must wait five seconds longer from now on.');

  static expiredToken = () => new OAuthError('expired_token', 400, 'The device code has expired. Begin anew.');

  static invalidRequestUri = (description: string) => new OAuthError('invalid_request_uri', 400, description);

  static invalidRequestObject = (description: string) => new OAuthError('invalid_request_object', 400, description);

  /** @param status 401 where a resource was asked for, with a token */
  static invalidDpopProof = (description: string, status: 400 | 401 = 400) =>
    new OAuthError('invalid_dpop_proof', status, description);

  /** @param status 401 where a resource was asked for, with a token */
  static dpopNonceNeeded = (status: 400 | 401 = 400) =>
    new OAuthError('use_dpop_nonce', status, 'The DPoP proof must hold the nonce that came with this answer.');

  /** @param retryAfter seconds */
  static temporarilyUnavailable = (retryAfter: number, what = 'There were too many failed attempts.') =>
    new OAuthError(
      'temporarily_unavailable',
      429,
      `${what} Try again in ${retryAfter} seconds.`,
      undefined,
      retryAfter,
    );

  static invalidToken = (description = 'The access token is unknown, expired or revoked.') =>
    new OAuthError('invalid_token', 401, description);

  /** @param scope the one that is missing */
  static insufficientScope = (scope: string) =>
    new OAuthError('insufficient_scope', 403, `The access token lacks the scope ${scope}.`);

  /** @param requestId what an operator finds in the log */
  static serverError = (cause: unknown, requestId: string) =>
    new OAuthError('server_error', 500, `Something went wrong here. Request ${requestId}.`, { cause });
}
