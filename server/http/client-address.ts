/** Where a request comes from, as far as it can be believed: what throttling counts by and what sessions show. */
import { BlockList, isIP } from 'node:net';
import type { Request } from 'express';

const namedNetworks: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

/** Without a port, brackets or the prefix of an IPv4 address in IPv6 clothes; undefined for what is no address. */
const parseAddress = (text: string): string | undefined => {
  const bare =
    /^\[([^\]]+)\](?::\d{1,5})?$/.exec(text)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d{1,5}$/.exec(text)?.[1] ?? text;
  const plain = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1] ?? bare.replace(/%.*$/, '');
  return isIP(plain) === 0 ? undefined : plain.toLowerCase();
};

export class ClientAddresses {
  private readonly trusted = new BlockList();

  /** @param trustedProxies addresses, networks such as `10.0.0.0/8`, or `loopback`, `linklocal`, `uniquelocal` */
  constructor(trustedProxies: readonly string[]) {
    for (const network of trustedProxies.flatMap((name) => namedNetworks[name] ?? [name])) {
      const [address = '', length] = network.split('/');
      const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
      this.trusted.addSubnet(address, length === undefined ? (family === 'ipv6' ? 128 : 32) : Number(length), family);
    }
  }

  /** The last address that a trusted hop vouches for; what a stranger wrote into the header is not looked at. */
  of(req: Request): string {
    let address = parseAddress(req.socket.remoteAddress ?? '') ?? '0.0.0.0';
    const forwarded = req.headers['x-forwarded-for'];
    const hops = (Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? '')).split(',').reverse();
    for (const hop of hops) {
      if (!this.trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')) break;
      const next = parseAddress(hop.trim());
      if (next === undefined) break;
      address = next;
    }
    return address;
  }
}

/** What one caller can be taken for: an IPv4 address, or the /64 network that an IPv6 host picks its addresses from. */
export const networkOf = (address: string): string => {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups =
    tail === undefined ? left : [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
};
