/** Serves the built web client: one page for every address of its own, and the files that this page loads. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express, { type RequestHandler, type Response, Router } from 'express';
import type { Config } from './config.ts';
import { paths } from './urls.ts';

/** The places of the client's `routes.tsx`; at any other address its page says that there is nothing. */
const places = /^\/(?:(?:account|developer|admin)(?:\/.*)?)?$/;

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** The page, with the operator's name of the service in it. Read anew each time: a new build may replace it. */
const readPage = async (folder: string, serviceName: string): Promise<string> => {
  const html = await readFile(join(folder, 'index.html'), 'utf8').catch((cause: unknown) => {
    throw new Error(`there is no web client in ${folder}: npm start and npm run dev build it`, { cause });
  });
  const name = escaped(serviceName);
  return html
    .replace(/(<meta name="application-name" content=")[^"]*/, (_, start: string) => start + name)
    .replace(/<title>[^<]*/, () => `<title>${name}`);
};

/** What the build compressed once is sent so to whoever takes it. */
const preferCompressed: RequestHandler = (req, res, next) => {
  const type = /\.(js|css)$/.exec(req.path)?.[1];
  if (type !== undefined) {
    res.vary('Accept-Encoding');
    if (req.acceptsEncodings('br')) {
      req.url = `${req.path}.br`;
      res.set('Content-Encoding', 'br').type(type);
    }
  }
  next();
};

/** A page wants HTML; programs that ask for something else at a wrong address get the server's own answer. */
const wantsPage = (accept: string | undefined): boolean => accept?.includes('text/html') ?? false;

const sendPage = (res: Response, status: number, html: string): void => {
  res.status(status).set({ 'Content-Security-Policy': policy, 'Cache-Control': 'no-cache' }).type('html').send(html);
};

/**
 * Mounted after everything else: addresses that are nobody's are the client's.
 *
 * @param folder what `vite build` wrote
 */
export const webClientRoutes = ({ folder, config }: { folder: string; config: Pick<Config, 'name'> }): Router => {
  const router = Router();
  const file = { index: false, redirect: false, etag: false, lastModified: false } as const;
  router.use(
    paths.webClientFiles,
    preferCompressed,
    // The names hold a hash of the content. A missing file must not be answered with a page.
    express.static(join(folder, 'static'), { ...file, immutable: true, maxAge: '1y' }),
    (_req, res, next) => {
      res.removeHeader('Content-Encoding');
      next('router');
    },
  );
  router.get('/icon.svg', express.static(folder, { ...file, maxAge: '1d' }));
  router.get('/{*path}', async (req, res, next) => {
    const own = places.test(req.path) || req.path === paths.webClientCallback;
    if (own || wantsPage(req.headers.accept)) sendPage(res, own ? 200 : 404, await readPage(folder, config.name));
    else next();
  });
  return router;
};
