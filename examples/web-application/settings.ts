/** What may be set, by environment variables; the defaults fit a Latchkey that was started by `npm start`. */

const issuer = new URL(process.env.LATCHKEY_ISSUER ?? 'http://localhost:4000');
const port = Number(process.env.EXAMPLE_PORT ?? 5050);
const address = process.env.EXAMPLE_URL ?? `http://localhost:${port}`;

export const settings = {
  /** The identity server. */
  issuer,
  port,
  /** Where browsers find this application. */
  address,
  /** Registered at the identity server, to the letter. */
  redirectUri: `${address}/callback`,
  /** What people are asked to let this application see. */
  scope: process.env.EXAMPLE_SCOPE ?? 'openid profile email',
  /** Where this application keeps its credentials and its users. */
  folder: process.env.LATCHKEY_DATA ?? '.latchkey',
};
