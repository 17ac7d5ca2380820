/** The headers that tell a browser what a response may not do. */
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

const nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * For every response. A page says what it needs by a policy of its own (`pagePolicy`).
 *
 * @param issuer an origin; HSTS only where it is https
 */
export const securityHeaders = (issuer: string): RequestHandler => {
  const hardened = helmet({
    contentSecurityPolicy: false,
    // Tokens and metadata are read by pages of other origins, under CORS.
    crossOriginResourcePolicy: false,
    // An app may open the sign-in page in a window of its own, and wait for it.
    crossOriginOpenerPolicy: false,
    strictTransportSecurity: issuer.startsWith('https:') ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
  // They are the same for every response, so Helmet is asked for them once.
  const sample = new ServerResponse(new IncomingMessage(new Socket()));
  sample.setHeader('Content-Security-Policy', nothing);
  hardened(sample.req, sample, (error) => {
    if (error) throw error;
  });
  const headers = sample.getHeaderNames().map((name) => [name, String(sample.getHeader(name))] as const);
  return (_req, res, next) => {
    for (const [name, value] of headers) res.setHeader(name, value);
    next();
  };
};

/**
 * A redirect URI as a source of `form-action` (or `frame-src`, `img-src`): its origin, or its custom scheme.
 * Browsers hold the redirect that follows a form to that list, wherever it leads.
 *
 * @param redirectUri a registered one
 */
export const formActionSource = (redirectUri: string): string => {
  const { protocol, origin, hostname } = new URL(redirectUri);
  const web = protocol === 'http:' || protocol === 'https:';
  // CSP has no notation for IPv6 addresses.
  return web && !hostname.startsWith('[') ? origin : protocol;
};

/** What a page needs beyond its own markup and styles. */
export interface PageNeeds {
  /** Where its forms may lead besides this server: see `formActionSource`. */
  readonly formAction?: readonly string[] | undefined;
  /** Whether it runs a script, which is one of this server's files. */
  readonly script?: boolean;
  /** The pages of others that it shows in frames. */
  readonly frames?: readonly string[] | undefined;
  /** The pictures of others that it shows. */
  readonly pictures?: readonly string[] | undefined;
}

export const pagePolicy = ({ formAction = [], script = false, frames = [], pictures = [] }: PageNeeds): string =>
  [
    "default-src 'none'",
    ...(script ? ["script-src 'self'"] : []),
    ...(frames.length === 0 ? [] : [`frame-src ${[...new Set(frames.map(formActionSource))].join(' ')}`]),
    "style-src 'self'",
    "font-src 'self'",
    `img-src ${["'self' data:", ...pictures.map(formActionSource)].join(' ')}`,
    `form-action ${["'self'", ...formAction].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
