/**
 * Compares what an operation reaches with what its token holds: once for each operation, before anything runs. Every field of every
 * fragment counts, whether a directive skips it or not, so there is no way around by aliases, fragments or interfaces.
 */
import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { Principal } from './context.ts';
import type { OperationShape } from './operation-shape.ts';
import { missingScopes } from './require-scopes.ts';

/** @throws GraphQLError FORBIDDEN with the missing scopes; HTTP 403 with the challenge of RFC 6750 §3.1 */
export const guardScopes = (shape: OperationShape, { scopes: held, jkt }: Pick<Principal, 'scopes' | 'jkt'>): void => {
  let missing: Set<string> | undefined;
  const fields: string[] = [];
  for (const [access, field] of shape.access) {
    const lacking = missingScopes(access, held);
    if (lacking.length === 0) continue;
    missing ??= new Set();
    for (const scope of lacking) missing.add(scope);
    fields.push(field);
  }
  if (missing === undefined) return;
  const scopes = [...missing];
  const scheme = jkt === null ? 'Bearer' : 'DPoP'; // RFC 9449 §7.1: that of the token.
  throw new GraphQLError(`This token lacks ${scopes.length === 1 ? 'the scope' : 'the scopes'} ${scopes.join(', ')}.`, {
    extensions: {
      code: 'FORBIDDEN',
      missingScopes: scopes,
      fields,
      http: {
        status: 403,
        headers: new HeaderMap([
          ['www-authenticate', `${scheme} realm="latchkey", error="insufficient_scope", scope="${scopes.join(' ')}"`],
        ]),
      },
    },
  });
};
