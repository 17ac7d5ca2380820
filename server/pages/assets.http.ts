/** The files of the server's own pages: read once, named by their content, kept by browsers for ever. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Request, type Response, Router } from 'express';
import { methodNotAllowed } from '../http/route-ends.ts';
import { paths } from '../urls.ts';

interface Asset {
  readonly path: string;
  readonly type: string;
  readonly content: Buffer;
  /** Absent where compression gains nothing. */
  readonly gzip?: Buffer;
}

const asset = (name: string, type: string, content: Buffer): Asset => {
  const hash = createHash('sha256').update(content).digest('base64url').slice(0, 12);
  const [, stem, extension] = /^(.+)\.(\w+)$/.exec(name) ?? [];
  const gzip = type.startsWith('font/') ? {} : { gzip: gzipSync(content, { level: 9 }) };
  return { path: `${paths.assets}/${stem}-${hash}.${extension}`, type, content, ...gzip };
};

const fontFace = (font: Asset, unicodeRange: string): string =>
  `@font-face { font-family: "Inter Variable"; font-style: normal; font-weight: 100 900; font-display: swap;
  src: url(${font.path}) format("woff2-variations"); unicode-range: ${unicodeRange}; }\n`;

const font = (subset: string): Asset => {
  const file = import.meta.resolve(`@fontsource-variable/inter/files/inter-${subset}-wght-normal.woff2`);
  return asset(`inter-${subset}.woff2`, 'font/woff2', readFileSync(fileURLToPath(file)));
};

/** Subresource Integrity §3.3 */
const integrityOf = (content: Buffer): string => `sha256-${createHash('sha256').update(content).digest('base64')}`;

const own = (name: string): Buffer => readFileSync(new URL(name, import.meta.url));

export class Assets {
  private readonly latin = font('latin');
  /** Loaded by browsers only where such a letter stands on the page. */
  private readonly latinExtended = font('latin-ext');
  private readonly theme = asset(
    'theme.css',
    'text/css; charset=utf-8',
    Buffer.concat([
      Buffer.from(
        fontFace(
          this.latin,
          'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD',
        ) +
          fontFace(
            this.latinExtended,
            'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF',
          ),
      ),
      own('theme.css'),
    ]),
  );
  private readonly brand = asset('icon.svg', 'image/svg+xml', own('icon.svg'));

  private readonly submitScript = asset(
    'submit.js',
    'text/javascript; charset=utf-8',
    // In the oldest words there are: it must run wherever a script runs at all.
    Buffer.from('document.forms[0].submit();\n'),
  );

  private readonly goOnScript = asset(
    'go-on.js',
    'text/javascript; charset=utf-8',
    // A frame that never loads holds nobody up.
    Buffer.from(
      "var next = document.getElementById('continue').href, goOn = function () { location.replace(next); };\n" +
        "addEventListener('load', goOn);\nsetTimeout(goOn, 4000);\n",
    ),
  );

  readonly stylesheet = this.theme.path;
  readonly font = this.latin.path;
  readonly icon = this.brand.path;
  /** Sends the first form of the page. */
  readonly submit = { path: this.submitScript.path, integrity: integrityOf(this.submitScript.content) };

  /** Follows the page's link `#continue` once everything on the page is there. */
  readonly goOn = { path: this.goOnScript.path, integrity: integrityOf(this.goOnScript.content) };

  get all(): readonly Asset[] {
    return [this.latin, this.latinExtended, this.theme, this.brand, this.submitScript, this.goOnScript];
  }
}

const send = (file: Asset) => (req: Request, res: Response) => {
  res.set({
    'Content-Type': file.type,
    'Cache-Control': 'public, max-age=31536000, immutable',
    Vary: 'Accept-Encoding',
  });
  if (file.gzip && req.acceptsEncodings('gzip') === 'gzip') res.set('Content-Encoding', 'gzip').end(file.gzip);
  else res.end(file.content);
};

export const assetRoutes = (assets: Assets): Router => {
  const router = Router();
  for (const file of assets.all) router.route(file.path).get(send(file)).all(methodNotAllowed('GET', 'HEAD'));
  return router;
};
