/** Signs a person in who has a browser elsewhere (RFC 8628), by openid-client. */
import * as client from 'openid-client';
import { settings } from './settings.ts';

export interface SignedInPerson {
  id: string;
  name: string;
}

/** What the device shows: where to go, and what to type there. */
export interface Instructions {
  address: string;
  code: string;
  /** The same in one: for a QR code. */
  completeAddress: string | undefined;
  /** Seconds for which the code works. */
  lifetime: number;
}

/**
 * @param show is called once, with what the person needs
 * @throws client.ResponseBodyError with `access_denied` where they refuse, with `expired_token` where they take too long
 */
export const signIn = async (clientId: string, show: (instructions: Instructions) => void): Promise<SignedInPerson> => {
  // Plain http is for trying things out on this machine alone.
  const execute = settings.issuer.protocol === 'http:' ? [client.allowInsecureRequests] : [];
  const server = await client.discovery(settings.issuer, clientId, undefined, client.None(), { execute });
  const begun = await client.initiateDeviceAuthorization(server, { scope: settings.scope });
  show({
    address: begun.verification_uri,
    code: begun.user_code,
    completeAddress: begun.verification_uri_complete,
    lifetime: begun.expires_in,
  });
  // Asks every few seconds, as often as the server lets it.
  const tokens = await client.pollDeviceAuthorizationGrant(server, begun);
  const { sub } = tokens.claims() ?? {};
  if (sub === undefined) throw new Error('The server did not say who signed in.');
  const { name, preferred_username: username } = await client.fetchUserInfo(server, tokens.access_token, sub);
  return { id: sub, name: name ?? username ?? sub };
};
