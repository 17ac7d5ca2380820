/** What may be set, by environment variables; the defaults fit a Latchkey that was started by `npm start`. */
export const settings = {
  /** The identity server. */
  issuer: new URL(process.env.LATCHKEY_ISSUER ?? 'http://localhost:4000'),
  /** What people are asked to let this program see. */
  scope: process.env.EXAMPLE_SCOPE ?? 'openid profile email',
  /** Where this program keeps its client id. */
  folder: process.env.LATCHKEY_DATA ?? '.latchkey',
};
