import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Everything that the server answers itself, for `vite` in development. */
const serverPaths = [
  '/graphql',
  '/oauth',
  '/.well-known',
  '/sign-in',
  '/sign-up',
  '/sign-out',
  '/set-up',
  '/confirm-email',
  '/inbox',
  '/device',
  '/assets',
  '^/o/',
  '^/profile/?$',
];

/** Compresses scripts and styles once, when they are written whole, beside the originals: the server only picks one. */
const compressed = (): Plugin => ({
  name: 'compressed',
  apply: 'build',
  writeBundle({ dir = '' }, bundle) {
    for (const name of Object.keys(bundle)) {
      if (!/\.(js|css)$/.test(name)) continue;
      writeFileSync(join(dir, `${name}.br`), brotliCompressSync(readFileSync(join(dir, name))));
    }
  },
});

const server = process.env.LATCHKEY_SERVER ?? 'http://localhost:4000';

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [react(), tailwindcss(), compressed()],
  build: {
    outDir: '../build/client-web',
    emptyOutDir: true,
    // `/assets` belongs to the server's own pages.
    assetsDir: 'static',
    // The Content-Security-Policy allows `data:` for images only: fonts and scripts stay files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: Object.fromEntries(serverPaths.map((path) => [path, server])) },
});
