/** Whom an app means, by an ID token that it was given before (OpenID Connect Core §3.1.2.1, `id_token_hint`). */
import type { Account } from '../../accounts/account.entity.ts';
import type { App } from '../../apps/app.entity.ts';
import type { ConnectedApps } from '../../apps/connected-apps.ts';
import type { AuthorizationParameters } from '../protocol/authorization-parameters.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import { readIdToken } from '../tokens/id-token.ts';
import type { SigningKeys } from '../tokens/signing-keys.ts';

export class IdTokenHints {
  constructor(
    private readonly deps: {
      keys: SigningKeys;
      issuer: string;
      connectedApps: ConnectedApps;
      findAccount: (id: string) => Promise<Account | null>;
    },
  ) {}

  /**
   * @returns the request, narrowed to that person, whose name need not be typed
   * @throws OAuthError `invalid_request` for what is no ID token of ours for this app
   */
  async narrow(judged: AuthorizationParameters, hint: string, app: App): Promise<AuthorizationParameters> {
    const subject = await this.subjectOf(hint, app);
    const onlySubjects = (judged.onlySubjects ?? [subject]).filter((other) => other === subject);
    if (judged.loginHint !== undefined || judged.prompt.includes('none')) return { ...judged, onlySubjects };
    const loginHint = await this.nameOf(subject, app);
    return { ...judged, onlySubjects, ...(loginHint === null ? {} : { loginHint }) };
  }

  /** The sign-in page must not tell the app a name that it was never told. */
  private async nameOf(subject: string, app: App): Promise<string | null> {
    if (app.subjectType !== 'public') return null;
    const connected = await this.deps.connectedApps.find(subject, app.id);
    if (!connected?.scopes.some((scope) => scope === 'profile' || scope === 'read')) return null;
    return (await this.deps.findAccount(subject))?.username ?? null;
  }

  private async subjectOf(hint: string, app: App): Promise<string> {
    const read = await readIdToken(hint, this.deps);
    if (read?.clientId !== app.clientId) {
      throw OAuthError.invalidRequest('The id_token_hint is no ID token that was issued to this client.');
    }
    return read.subject;
  }
}
