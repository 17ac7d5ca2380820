/** What the server itself asks of other servers: one guard, so that no URL that somebody registered can reach what is inside. */
import type { lookup as systemLookup } from 'node:dns';
import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { TextDecoder } from 'node:util';

export interface OutboundResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** `refused`: the guard never lets it pass. `failed`: it may go better another time. */
export type OutboundReason = 'refused' | 'failed';

/** The message is for operators and for the owner of the URL: it tells nothing of what was or was not found inside. */
export class OutboundError extends Error {
  override readonly name = 'OutboundError';
  constructor(
    readonly reason: OutboundReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export interface OutboundOptions {
  /** The media types that are wanted, as in the header. */
  accept: string;
  /** Bytes of the body at most. */
  maxBytes?: number;
  /** Seconds for the whole exchange, names and redirects included. */
  timeout?: number;
  /** Where false, an answer that redirects is answered as it is. */
  followRedirects?: boolean;
}

const defaultMaxBytes = 65_536;
const defaultTimeout = 5;
const maxRedirects = 3;

/** IANA's registry of special-purpose IPv4 addresses, multicast and what is reserved. */
const specialIpv4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];

/**
 * Of IPv6 only what IANA hands out as global unicast counts as public, so that the unspecified, loopback, unique local, link-local
 * and multicast addresses, and those with an IPv4 one inside (mapped, NAT64), need not be counted up.
 */
const publicIpv6 = '2000::/3';

/** Within it: protocol assignments (Teredo among them), documentation, 6to4 (an IPv4 address inside), SRv6, AS112. */
const specialIpv6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'];

const loopbackNetworks = ['127.0.0.0/8', '::1/128'];

type Family = 'ipv4' | 'ipv6';

const familyOf = (address: string): Family => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

const blockList = (networks: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', length] = network.split('/');
    const family = familyOf(address);
    list.addSubnet(address, length === undefined ? (family === 'ipv6' ? 128 : 32) : Number(length), family);
  }
  return list;
};

const special = blockList([...specialIpv4, ...specialIpv6]);
const globalUnicast = blockList([publicIpv6]);
const loopback = blockList(loopbackNetworks);

/** Whether anybody on the internet is there, rather than this machine, this network or nobody. */
const isPublicAddress = (address: string): boolean => {
  const family = familyOf(address);
  return !special.check(address, family) && (family === 'ipv4' || globalUnicast.check(address, family));
};

const isNetwork = (entry: string): boolean => isIP(entry.split('/')[0] ?? '') !== 0;

/** The host as it is looked up: an IPv6 address without its brackets. */
const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

export class OutboundRequests {
  private readonly lookup: typeof systemLookup;
  private readonly local: boolean;
  private readonly allowedHosts: ReadonlySet<string>;
  private readonly allowedNetworks: BlockList;

  /**
   * @param dependencies.lookup `node:dns`'s
   * @param dependencies.allow networks and hosts inside that the operator lets this server reach
   * @param dependencies.local the issuer is on this machine, so apps and their addresses may be too, also by plain http
   */
  constructor(dependencies: { lookup: typeof systemLookup; allow: readonly string[]; local: boolean }) {
    this.lookup = dependencies.lookup;
    this.local = dependencies.local;
    this.allowedHosts = new Set(dependencies.allow.filter((entry) => !isNetwork(entry)));
    this.allowedNetworks = blockList(dependencies.allow.filter(isNetwork));
  }

  /**
   * Follows up to three redirects, each of which is judged as the first address was.
   * @throws OutboundError
   */
  async get(url: string, options: OutboundOptions): Promise<OutboundResponse> {
    const signal = AbortSignal.timeout((options.timeout ?? defaultTimeout) * 1000);
    let target = url;
    for (let redirects = 0; redirects <= maxRedirects; redirects++) {
      const response = await this.exchange(target, { ...options, signal });
      const { location } = response.headers;
      if (options.followRedirects === false) return response;
      if (response.status < 300 || response.status > 399 || location === undefined) return response;
      const next = URL.parse(location, target);
      if (next === null) throw new OutboundError('failed', 'The address redirects to what is no address.');
      target = next.href;
    }
    throw new OutboundError('failed', `The address redirects more than ${maxRedirects} times.`);
  }

  /**
   * Never follows a redirect: what is posted is meant for that one address.
   * @throws OutboundError
   */
  post(url: string, form: URLSearchParams, options: OutboundOptions): Promise<OutboundResponse> {
    const signal = AbortSignal.timeout((options.timeout ?? defaultTimeout) * 1000);
    return this.exchange(url, { ...options, signal, form: form.toString() });
  }

  private exchange(
    address: string,
    { accept, maxBytes, signal, form }: OutboundOptions & { signal: AbortSignal; form?: string },
  ): Promise<OutboundResponse> {
    return new Promise((resolve, reject) => {
      const fail = (error: unknown): void => reject(toOutboundError(error, signal));
      try {
        const url = this.judge(address);
        const request = (url.protocol === 'https:' ? https : http).request(url, {
          method: form === undefined ? 'GET' : 'POST',
          headers: {
            Accept: accept,
            'Accept-Encoding': 'identity',
            'User-Agent': 'Latchkey',
            ...(form === undefined
              ? {}
              : {
                  'Content-Type': 'application/x-www-form-urlencoded',
                  'Content-Length': Buffer.byteLength(form),
                }),
          },
          // No connection is kept, so each one is judged; no proxy either: it would be the one that connects.
          agent: false,
          lookup: this.lookupFor(url),
          signal,
        });
        request.once('error', fail);
        request.once('response', (response) => {
          readText(response, maxBytes ?? defaultMaxBytes).then(
            (body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
            (error: unknown) => {
              request.destroy();
              fail(error);
            },
          );
        });
        request.end(form);
      } catch (error) {
        fail(error);
      }
    });
  }

  /** What the text of an address says; where its name leads is judged when it is looked up. */
  private judge(address: string): URL {
    const url = URL.parse(address);
    if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
      throw new OutboundError('refused', 'The address is no https URL.');
    }
    if (url.username !== '' || url.password !== '') {
      throw new OutboundError('refused', 'The address holds credentials.');
    }
    const host = hostOf(url);
    if (url.protocol === 'http:' && !(this.local && (host === 'localhost' || isLoopback(host)))) {
      throw new OutboundError('refused', 'The address is not https.');
    }
    // Node looks up names alone: an address in the URL is judged here.
    if (isIP(host) !== 0 && !this.mayReach(host, url)) throw refusedAddress();
    return url;
  }

  private mayReach(address: string, url: URL): boolean {
    if (url.protocol === 'http:') return isLoopback(address);
    return (
      isPublicAddress(address) ||
      this.allowedNetworks.check(address, familyOf(address)) ||
      this.allowedHosts.has(hostOf(url)) ||
      (this.local && isLoopback(address))
    );
  }

  /** The addresses that are judged are the ones that are connected to: a name cannot mean another one in between. */
  private lookupFor(url: URL): LookupFunction {
    return (hostname, options, callback) => {
      this.lookup(hostname, { ...options, all: true }, (error, addresses) => {
        if (error) return callback(error, '');
        const reachable = addresses.filter(({ address }) => this.mayReach(address, url));
        const [first] = reachable;
        if (first === undefined) return callback(refusedAddress(), '');
        if (options.all) callback(null, reachable);
        else callback(null, first.address, first.family);
      });
    };
  }
}

const isLoopback = (address: string): boolean => isIP(address) !== 0 && loopback.check(address, familyOf(address));

const refusedAddress = (): OutboundError =>
  new OutboundError(
    'refused',
    'The address is not on the public internet, and LATCHKEY_OUTBOUND_ALLOW does not name it.',
  );

const toOutboundError = (error: unknown, signal: AbortSignal): OutboundError => {
  if (error instanceof OutboundError) return error;
  if (signal.aborted) return new OutboundError('failed', 'The address did not answer in time.', { cause: error });
  return new OutboundError('failed', 'The address could not be asked.', { cause: error });
};

/** @throws OutboundError for a body that is too large, compressed or not UTF-8 */
const readText = async (response: IncomingMessage, maxBytes: number): Promise<string> => {
  const encoding = response.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw new OutboundError('failed', 'The answer is compressed, which was not asked for.');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new OutboundError('failed', `The answer is larger than ${maxBytes} bytes.`);
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch (cause) {
    throw new OutboundError('failed', 'The answer is not UTF-8.', { cause });
  }
};
