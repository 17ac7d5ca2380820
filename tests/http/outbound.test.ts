import { lookup } from 'node:dns';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { OutboundError, OutboundRequests } from '../../server/http/outbound.ts';

const servers: Server[] = [];

/** @returns its port */
const serve = async (listener: RequestListener): Promise<number> => {
  const server = createServer(listener);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** A resolver whose answers a test decides, one after another; it says how often it was asked. */
const resolver = (...answers: string[][]) => {
  const asked: string[] = [];
  const resolve = ((hostname: string, _options: object, callback: (error: null, found: object[]) => void) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)] ?? [];
    asked.push(hostname);
    callback(
      null,
      answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  }) as typeof lookup;
  return { asked, resolve };
};

const requests = (options: Partial<ConstructorParameters<typeof OutboundRequests>[0]> = {}): OutboundRequests =>
  new OutboundRequests({ lookup, allow: [], local: false, ...options });

const json = { accept: 'application/json' };

const refusal = async (work: Promise<unknown>): Promise<OutboundError> => {
  const error = await work.then(
    () => null,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(OutboundError);
  return error as OutboundError;
};

describe('the guard of outbound requests', () => {
  it.each([
    ['http://keys.example.org/', 'plain http'],
    ['ftp://keys.example.org/', 'another protocol'],
    ['file:///etc/passwd', 'a file'],
    ['https://user:password@keys.example.org/', 'credentials'],
    ['nonsense', 'no address'],
    ['https://127.0.0.1/', 'loopback'],
    ['https://127.1/', 'loopback, abbreviated'],
    ['https://0x7f000001/', 'loopback in hexadecimal'],
    ['https://2130706433/', 'loopback as one number'],
    ['https://[::1]/', 'loopback in IPv6'],
    ['https://[::]/', 'unspecified'],
    ['https://0.0.0.0/', 'this machine'],
    ['https://10.1.2.3/', 'private'],
    ['https://172.31.255.255/', 'private'],
    ['https://192.168.1.1/', 'private'],
    ['https://100.64.0.1/', 'carrier NAT'],
    ['https://169.254.169.254/latest/meta-data/', 'link-local: the metadata of a cloud'],
    ['https://[fe80::1]/', 'link-local'],
    ['https://[fd00:ec2::254]/', 'unique local'],
    ['https://224.0.0.1/', 'multicast'],
    ['https://[ff02::1]/', 'multicast'],
    ['https://255.255.255.255/', 'broadcast'],
    ['https://240.0.0.1/', 'reserved'],
    ['https://198.51.100.1/', 'documentation'],
    ['https://[2001:db8::1]/', 'documentation'],
    ['https://[::ffff:127.0.0.1]/', 'IPv4-mapped'],
    ['https://[::ffff:169.254.169.254]/', 'IPv4-mapped'],
    ['https://[64:ff9b::7f00:1]/', 'NAT64'],
    ['https://[64:ff9b:1::a00:1]/', 'local NAT64'],
    ['https://[2002:7f00:1::]/', '6to4'],
    ['https://[2001:0:7f00:1::]/', 'Teredo'],
  ])('refuses %s (%s)', async (url) => {
    const { asked, resolve } = resolver(['93.184.216.34']);
    expect((await refusal(requests({ lookup: resolve }).get(url, json))).reason).toBe('refused');
    expect(asked).toEqual([]);
  });

  it('looks at the address that a name leads to, and connects to no other', async () => {
    let reached = 0;
    const port = await serve((_req, res) => {
      reached += 1;
      res.end();
    });
    for (const inside of ['127.0.0.1', '10.0.0.1', '169.254.169.254', '::1', '::ffff:127.0.0.1', 'fd00::1']) {
      const { asked, resolve } = resolver([inside]);
      const error = await refusal(requests({ lookup: resolve }).get(`https://keys.example.org:${port}/`, json));
      expect([inside, error.reason]).toEqual([inside, 'refused']);
      expect(asked).toEqual(['keys.example.org']);
    }
    expect(reached).toBe(0);
  });

  it('asks for a name once: what it means a moment later changes nothing', async () => {
    let connections = 0;
    const port = await serve(() => {});
    servers[0]?.on('connection', () => {
      connections += 1;
    });
    // First an address that is let through and where nobody answers, then the inside: rebinding.
    const { asked, resolve } = resolver(['203.0.113.1', '203.0.113.2'], ['127.0.0.1']);
    const guard = requests({ lookup: resolve, allow: ['203.0.113.0/24'] });
    const error = await refusal(guard.get(`https://rebound.example.org:${port}/`, { ...json, timeout: 0.5 }));
    expect(error.reason).toBe('failed');
    expect(asked).toHaveLength(1);
    expect(connections).toBe(0);
  });

  it('reaches inside only what the operator names: a network, an address, or a host', async () => {
    const port = await serve((_req, res) => res.end('{}'));
    const inside = (allow: string[]) =>
      requests({ lookup: resolver(['127.0.0.1']).resolve, allow }).get(`https://keys.inside:${port}/`, json);
    for (const allow of [['127.0.0.0/8'], ['127.0.0.1'], ['keys.inside'], ['10.0.0.0/8', 'keys.inside']]) {
      // It is let through to a server that speaks no TLS.
      expect([allow, (await refusal(inside(allow))).reason]).toEqual([allow, 'failed']);
    }
    for (const allow of [[], ['10.0.0.0/8'], ['other.inside'], ['::1']]) {
      expect([allow, (await refusal(inside(allow))).reason]).toEqual([allow, 'refused']);
    }
  });

  it('takes loopback addresses, also by http, while the issuer itself is on this machine; nothing else inside', async () => {
    const port = await serve((_req, res) => res.end('{"a":1}'));
    const local = requests({ local: true });
    expect((await local.get(`http://127.0.0.1:${port}/`, json)).body).toBe('{"a":1}');
    expect((await local.get(`http://localhost:${port}/`, json)).status).toBe(200);
    for (const url of ['http://10.0.0.1/', 'https://10.0.0.1/', 'http://keys.example.org/', 'https://[fe80::1]/']) {
      expect([url, (await refusal(local.get(url, json))).reason]).toEqual([url, 'refused']);
    }
    // http to a name of this machine that leads elsewhere.
    const elsewhere = requests({ local: true, lookup: resolver(['93.184.216.34']).resolve });
    expect((await refusal(elsewhere.get(`http://localhost:${port}/`, json))).reason).toBe('refused');
  });
});

describe('an outbound request', () => {
  const local = requests({ local: true });

  it('sends no cookie, no credentials and nothing compressed; gives back status, headers and text', async () => {
    let seen: IncomingMessage | undefined;
    const port = await serve((req, res) => {
      seen = req;
      res.writeHead(404, { 'content-type': 'application/json', 'set-cookie': 'a=b' });
      res.end('{"é":1}');
    });
    const answer = await local.get(`http://localhost:${port}/keys?a=b#fragment`, json);
    expect([answer.status, answer.headers['content-type'], answer.body]).toEqual([404, 'application/json', '{"é":1}']);
    await local.get(`http://localhost:${port}/keys?a=b#fragment`, json);
    expect(seen?.url).toBe('/keys?a=b');
    expect(Object.keys(seen?.headers ?? {}).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
  });

  it('posts a form, and follows no redirect with it', async () => {
    const bodies: string[] = [];
    const port = await serve(async (req, res) => {
      const chunks: Buffer[] = [];
      for await (const chunk of req) chunks.push(chunk as Buffer);
      bodies.push(`${req.method} ${req.url} ${req.headers['content-type']} ${Buffer.concat(chunks)}`);
      res.writeHead(307, { location: '/elsewhere' }).end();
    });
    const form = new URLSearchParams({ logout_token: 'a.b.c' });
    expect((await local.post(`http://localhost:${port}/out`, form, json)).status).toBe(307);
    expect(bodies).toEqual(['POST /out application/x-www-form-urlencoded logout_token=a.b.c']);
  });

  it('follows up to three redirects, and judges each', async () => {
    const port = await serve((req, res) => {
      const steps = Number(/^\/(\d)$/.exec(req.url ?? '')?.[1] ?? 0);
      if (req.url === '/inside') res.writeHead(302, { location: 'https://169.254.169.254/' }).end();
      else if (req.url === '/down') res.writeHead(302, { location: 'http://keys.example.org/' }).end();
      else if (req.url === '/file') res.writeHead(302, { location: 'file:///etc/passwd' }).end();
      else if (steps > 0) res.writeHead(302, { location: `/${steps - 1}` }).end();
      else res.end('arrived');
    });
    const at = (path: string) => local.get(`http://localhost:${port}${path}`, json);
    expect((await at('/3')).body).toBe('arrived');
    expect((await refusal(at('/4'))).reason).toBe('failed');
    for (const path of ['/inside', '/down', '/file']) expect((await refusal(at(path))).reason).toBe('refused');
  });

  it('reads no more than it may, whatever length was announced', async () => {
    let closed = 0;
    const port = await serve((req, res) => {
      req.socket.once('close', () => {
        closed += 1;
      });
      if (req.url === '/exact') return res.end('x'.repeat(1000));
      const flood = setInterval(() => res.write('x'.repeat(500)), 1);
      res.once('close', () => clearInterval(flood));
    });
    const at = (path: string) => local.get(`http://localhost:${port}${path}`, { ...json, maxBytes: 1000 });
    expect((await at('/exact')).body).toHaveLength(1000);
    expect((await refusal(at('/flood'))).message).toContain('larger than 1000 bytes');
    await expect.poll(() => closed).toBe(2);
  });

  it('waits no longer than it may, for the whole of the exchange', async () => {
    const port = await serve((req, res) => {
      if (req.url === '/silent') return;
      if (req.url === '/drip') {
        res.write('x');
        const drip = setInterval(() => res.write('x'), 50);
        res.once('close', () => clearInterval(drip));
        return;
      }
      setTimeout(() => res.writeHead(302, { location: '/again' }).end(), 150);
    });
    for (const path of ['/silent', '/drip', '/again']) {
      const error = await refusal(local.get(`http://localhost:${port}${path}`, { ...json, timeout: 0.3 }));
      expect([path, error.message]).toEqual([path, 'The address did not answer in time.']);
    }
  });

  it('refuses what is compressed or no text, and takes a broken connection for a failure', async () => {
    const port = await serve((req, res) => {
      if (req.url === '/gzip') res.writeHead(200, { 'content-encoding': 'gzip' }).end('x');
      else if (req.url === '/latin1') res.end(Buffer.from([0xe9]));
      else if (req.url === '/cut') {
        res.writeHead(200, { 'content-length': '100' }).write('x');
        setTimeout(() => res.destroy(), 20);
      } else req.socket.destroy();
    });
    for (const path of ['/gzip', '/latin1', '/cut', '/gone']) {
      expect([path, (await refusal(local.get(`http://localhost:${port}${path}`, json))).reason]).toEqual([
        path,
        'failed',
      ]);
    }
  });
});
