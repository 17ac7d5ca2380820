/** `npm run example:device`: a command-line program whose users sign in by Latchkey, in a browser anywhere. See README.md. */
import { ClientError, ResponseBodyError } from 'openid-client';
import { keptClientId, register } from './registration.ts';
import { settings } from './settings.ts';
import { type Instructions, signIn } from './sign-in.ts';

const show = ({ address, code, completeAddress, lifetime }: Instructions): void => {
  console.log(`\nOpen ${address} in a browser, on this machine or another, and type this code:\n`);
  console.log(`    ${code}\n`);
  if (completeAddress !== undefined) console.log(`Or open ${completeAddress} and compare the code.`);
  console.log(`It works for ${Math.round(lifetime / 60)} minutes. Waiting …`);
};

const refusals: Readonly<Record<string, string>> = {
  access_denied: 'You did not allow it.',
  expired_token: 'The code has expired. Run this program again.',
};

/** A client id that the server does not know any more, e.g. because its database is a new one. */
const isForgotten = (error: unknown): boolean => error instanceof ResponseBodyError && error.error === 'invalid_client';

const run = async (): Promise<void> => {
  const kept = keptClientId();
  const person = await signIn(kept ?? (await register()), show).catch(async (error: unknown) => {
    if (kept === null || !isForgotten(error)) throw error;
    return signIn(await register(), show);
  });
  console.log(`\nSigned in as ${person.name} (${person.id}).`);
};

try {
  await run();
} catch (error) {
  process.exitCode = 1;
  if (error instanceof ResponseBodyError) console.error(`\n${refusals[error.error] ?? error.message}`);
  else {
    const cause = error instanceof ClientError && error.cause instanceof Error ? error.cause : error;
    console.error(`It cannot work with ${settings.issuer.origin}: ${cause instanceof Error ? cause.message : cause}`);
    console.error('Is Latchkey running there? `npm start` starts it; LATCHKEY_ISSUER says where else it is.');
  }
}
