/** A browser without JavaScript: keeps cookies, fills in the forms that it is shown, and follows no redirect by itself. */

export interface Answer {
  status: number;
  headers: Headers;
  body: string;
  /** Where a redirect leads. */
  location: string | null;
}

export class TestBrowser {
  private readonly cookies = new Map<string, string>();

  /** @param issuer the server's origin; another node of it can be named for each request by an absolute URL */
  constructor(readonly issuer: string) {}

  get cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  cookie(nameStart: string): string | undefined {
    return [...this.cookies].find(([name]) => name.startsWith(nameStart))?.[1];
  }

  setCookie(name: string, value: string): void {
    this.cookies.set(name, value);
  }

  get(address: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send(address, { headers });
  }

  head(address: string): Promise<Answer> {
    return this.send(address, { method: 'HEAD' });
  }

  post(address: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send(address, { method: 'POST', body: new URLSearchParams(fields), headers });
  }

  /** Opens a page and sends its form back with these fields added. */
  async fillIn(address: string, fields: Record<string, string>): Promise<Answer> {
    const page = await this.get(address);
    return this.post(address, { ...hiddenFields(page.body), ...fields });
  }

  /** Signs in by the form; ends where the form leads. */
  signIn(identifier: string, password: string, address = '/sign-in'): Promise<Answer> {
    return this.fillIn(address, { identifier, password });
  }

  private async send(address: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(new URL(address, this.issuer), {
      ...init,
      redirect: 'manual',
      headers: {
        accept: 'text/html',
        ...init.headers,
        ...(this.cookies.size > 0 ? { cookie: this.cookieHeader } : {}),
      },
    });
    for (const line of response.headers.getSetCookie()) this.keep(line);
    return {
      status: response.status,
      headers: response.headers,
      body: await response.text(),
      location: response.headers.get('location'),
    };
  }

  private keep(line: string): void {
    const [pair = ''] = line.split(';');
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    if (/max-age=0/i.test(line)) this.cookies.delete(name);
    else this.cookies.set(name, pair.slice(at + 1));
  }
}

/** The hidden fields of a page's form. */
export const hiddenFields = (html: string): Record<string, string> =>
  Object.fromEntries(
    [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
