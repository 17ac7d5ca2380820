import type { Request } from 'express';
import { describe, expect, it } from 'vitest';
import { ClientAddresses, networkOf } from '../../server/http/client-address.ts';

const from = (remoteAddress: string, forwarded?: string): Request =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as Request;

describe('the caller’s address', () => {
  const addresses = new ClientAddresses(['10.0.0.0/8', 'loopback', '2001:db8::1']);

  it.each([
    ['203.0.113.7', undefined, '203.0.113.7'],
    ['203.0.113.7', '1.2.3.4', '203.0.113.7'],
    ['::ffff:203.0.113.7', '1.2.3.4', '203.0.113.7'],
    ['127.0.0.1', '203.0.113.7', '203.0.113.7'],
    ['::ffff:127.0.0.1', '203.0.113.7', '203.0.113.7'],
    ['::1', '1.1.1.1, 203.0.113.7, 10.1.2.3', '203.0.113.7'],
    ['2001:db8::1', '2001:DB8::2', '2001:db8::2'],
    ['127.0.0.1', '203.0.113.7:4711', '203.0.113.7'],
    ['127.0.0.1', '[2001:db8::2]:4711', '2001:db8::2'],
    ['127.0.0.1', 'a', '127.0.0.1'],
    ['127.0.0.1', '', '127.0.0.1'],
    ['127.0.0.1', '203.0.113.7, rubbish, 10.0.0.1', '10.0.0.1'],
    ['127.0.0.1', ',,,', '127.0.0.1'],
    ['127.0.0.1', '999.1.1.1', '127.0.0.1'],
    ['127.0.0.1', 'fe80::1%eth0', 'fe80::1'],
    ['10.0.0.1', '10.0.0.2, 10.0.0.3', '10.0.0.2'],
  ])('of %s that forwards %j is %s', (remote, forwarded, expected) => {
    expect(addresses.of(from(remote, forwarded))).toBe(expected);
  });

  it('believes nobody where no proxy is named', () => {
    expect(new ClientAddresses([]).of(from('127.0.0.1', '203.0.113.7'))).toBe('127.0.0.1');
  });
});

describe('the network that one caller can be taken for', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0db8:0:0:ffff::', '2001:db8:0:0::/64'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
  ])('%s is in %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
