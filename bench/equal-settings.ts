/** What every contender of the bench is given alike. */

/** Connections to PostgreSQL: Latchkey's default. */
export const poolSize = 10;

/** In seconds. Longer than a run, so that no token ends within it. */
export const lifetimes = { accessToken: 7200, refreshToken: 2_592_000 } as const;

/** In seconds: Latchkey's default. */
export const refreshGrace = 10;

/** @throws where the bench did not hand a server what it needs */
export const required = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: this server is started by the bench.`);
  return value;
};
