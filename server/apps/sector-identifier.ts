/** Apps that are one party, told the same pairwise subjects: the document that lists their redirect URIs (OpenID Connect Core §8.1). */
import type { OutboundRequests } from '../http/outbound.ts';
import { OutboundError } from '../http/outbound.ts';
import type { UserError } from '../kernel/domain-error.ts';
import type { AppDetails } from './app-draft.ts';

export interface SectorDocument {
  readonly uri: string;
  /** Null where the document could not be read. */
  readonly redirectUris: ReadonlySet<string> | null;
}

/** Bytes. */
const maxDocument = 65_536;

export class SectorIdentifiers {
  constructor(private readonly deps: { outbound: OutboundRequests }) {}

  /** @param uri null: the app has none */
  async read(uri: string | null): Promise<SectorDocument | null> {
    if (uri === null) return null;
    try {
      const { status, body } = await this.deps.outbound.get(uri, { accept: 'application/json', maxBytes: maxDocument });
      return { uri, redirectUris: status === 200 ? listIn(body) : null };
    } catch (error) {
      if (error instanceof OutboundError) return { uri, redirectUris: null };
      throw error;
    }
  }
}

const listIn = (body: string): ReadonlySet<string> | null => {
  try {
    const list: unknown = JSON.parse(body);
    return Array.isArray(list) ? new Set(list.filter((uri) => typeof uri === 'string')) : null;
  } catch {
    return null;
  }
};

/** OpenID Connect Registration §5: every redirect URI stands in the document, else anybody could join the sector. */
export const sectorProblems = (
  { sectorIdentifierUri: uri, redirectUris }: AppDetails,
  document: SectorDocument | null,
): UserError[] => {
  if (uri === null) return [];
  const problem = (message: string): UserError[] => [{ code: 'INVALID', message, path: ['sectorIdentifierUri'] }];
  const listed = document?.uri === uri ? document.redirectUris : null;
  if (listed === null) return problem('No JSON array of redirect URIs could be read from this address.');
  return redirectUris.every((redirectUri) => listed.has(redirectUri))
    ? []
    : problem('The document at this address does not list every redirect URI of the app.');
};
