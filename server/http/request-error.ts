/** A request that HTTP itself refuses, before any domain has seen it. */

export class RequestError extends Error {
  override readonly name = 'RequestError';

  private constructor(
    readonly status: number,
    /** For programs and for the choice of the page's text. */
    readonly code:
      | 'malformed_request'
      | 'form_expired'
      | 'not_found'
      | 'method_not_allowed'
      | 'too_large'
      | 'unsupported_media_type',
    /** One plain sentence that may be shown to anybody. */
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }

  static malformed(message: string): RequestError {
    return new RequestError(400, 'malformed_request', message);
  }

  /** A form that this browser was not given: forged, or older than the browser's cookie. */
  static formExpired(): RequestError {
    return new RequestError(403, 'form_expired', 'This form was not opened in this browser, or cookies are blocked.');
  }

  static notFound(): RequestError {
    return new RequestError(404, 'not_found', 'There is nothing at this address.');
  }

  /** @param allow methods, e.g. `GET, HEAD, POST` (RFC 9110 §10.2.1) */
  static methodNotAllowed(allow: string): RequestError {
    return new RequestError(405, 'method_not_allowed', `This address answers ${allow} only.`, { Allow: allow });
  }

  static tooLarge(): RequestError {
    return new RequestError(413, 'too_large', 'The request is larger than this address accepts.');
  }

  /** @param accepted a media type */
  static unsupportedMediaType(accepted: string): RequestError {
    return new RequestError(415, 'unsupported_media_type', `The request must be ${accepted}.`, {
      Accept: accepted,
    });
  }
}
