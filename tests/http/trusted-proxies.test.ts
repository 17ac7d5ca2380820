import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../server/config.ts';
import { ClientAddresses } from '../../server/http/client-address.ts';

describe('LATCHKEY_TRUSTED_PROXIES', () => {
  it.each(['10.0.0.0/8', '127.0.0.1, ::1', 'loopback,uniquelocal', '2001:db8::/32', '0.0.0.0/0'])(
    'may be %j',
    (value) => {
      const { trustedProxies } = readConfig({ LATCHKEY_TRUSTED_PROXIES: value });
      expect(() => new ClientAddresses(trustedProxies)).not.toThrow();
    },
  );

  it.each(['10.0.0.0/33', '10.0.0.0/8/8', '10.0.0', '2001:db8::/129', 'proxy.example.org', ',', '10.0.0.1/x'])(
    'may not be %j, and that is said at the start',
    (value) => {
      expect(() => readConfig({ LATCHKEY_TRUSTED_PROXIES: value })).toThrow(ConfigError);
    },
  );
});
