/** The parameters of a request. Each came at most once; one without a value is as if it were not there (RFC 6749 §3.1, §3.2). */
export type Parameters = ReadonlyMap<string, string>;

/** @param fields as they were sent, none of them twice */
export const readParameters = (fields: Iterable<[string, string]>): Parameters =>
  new Map([...fields].filter(([, value]) => value !== ''));
