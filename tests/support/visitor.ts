/** A browser without a screen: keeps cookies, follows no redirect by itself, fills in the forms of the server's pages. */

/** The characters that React escapes in an attribute. */
const unescaped = (text: string): string =>
  text.replace(
    /&(amp|quot|#x27|lt|gt);/g,
    (_, name) => ({ amp: '&', quot: '"', '#x27': "'", lt: '<', gt: '>' })[name as 'amp'] ?? '',
  );

const attribute = (tag: string, name: string): string | undefined => {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? undefined : unescaped(value);
};

export class Page {
  readonly response: Response;
  readonly html: string;
  readonly url: URL;

  constructor(response: Response, html: string, url: URL) {
    this.response = response;
    this.html = html;
    this.url = url;
  }

  get status(): number {
    return this.response.status;
  }

  /** Where it sends the browser on to, as an absolute address. */
  get location(): string | null {
    const location = this.response.headers.get('location');
    return location === null ? null : new URL(location, this.url).href;
  }

  /** Where the page's form goes to, and what its hidden and prefilled fields hold. */
  get form(): { action: string; fields: Record<string, string> } {
    const form = /<form[^>]*method="post"[^>]*>/i.exec(this.html)?.[0];
    if (form === undefined)
      throw new Error(`${this.url.pathname} answered ${this.status} without a form: ${this.html.slice(0, 500)}`);
    const inputs = this.html.slice(this.html.indexOf(form)).match(/<input[^>]*>/g) ?? [];
    const fields = inputs.flatMap((tag) => {
      const name = attribute(tag, 'name');
      return name === undefined ? [] : [[name, attribute(tag, 'value') ?? ''] as const];
    });
    return { action: attribute(form, 'action') ?? this.url.href, fields: Object.fromEntries(fields) };
  }
}

export class Visitor {
  readonly cookies = new Map<string, string>();
  #origin: string;

  constructor(node: { origin: string }) {
    this.#origin = node.origin;
  }

  /** Goes on at another node of the same service, with the same cookies. */
  moveTo(node: { origin: string }): void {
    this.#origin = node.origin;
  }

  async request(address: string | URL, init: RequestInit = {}): Promise<Page> {
    const named = new URL(address, this.#origin);
    // Whatever host the issuer's links name, it is this node that answers.
    const url = new URL(named.pathname + named.search, this.#origin);
    const headers = new Headers(init.headers);
    if (this.cookies.size > 0)
      headers.set('cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
    return new Page(response, await response.text(), url);
  }

  get(address: string | URL): Promise<Page> {
    return this.request(address);
  }

  /** Sends the page's form with its hidden fields and these. */
  submit(page: Page, fields: Readonly<Record<string, string>> = {}): Promise<Page> {
    const { action, fields: given } = page.form;
    return this.request(new URL(action, page.url), {
      method: 'POST',
      body: new URLSearchParams({ ...given, ...fields }),
    });
  }

  /** Opens an address and goes where it leads, as long as that is on this server. */
  async open(address: string | URL): Promise<Page> {
    let page = await this.get(address);
    for (let hops = 0; page.location !== null && hops < 10; hops++) {
      if (new URL(page.location).host !== page.url.host && !page.location.startsWith(this.#origin)) break;
      page = await this.get(page.location);
    }
    return page;
  }

  #keep(cookie: string): void {
    const [pair = '', ...attributes] = cookie.split(';');
    const name = pair.slice(0, pair.indexOf('=')).trim();
    const gone = attributes.some((text) => /^\s*max-age=0$/i.test(text) || /^\s*expires=Thu, 01 Jan 1970/i.test(text));
    if (gone) this.cookies.delete(name);
    else this.cookies.set(name, pair.slice(pair.indexOf('=') + 1).trim());
  }
}
