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
  '/assets',
];

/** Compresses scripts and styles once, at build time, beside the originals: the server only picks one. */
const compressed = (): Plugin => ({
  name: 'compressed',
  apply: 'build',
  enforce: 'post',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (!/\.(js|css)$/.test(file.fileName)) continue;
      const source = brotliCompressSync(file.type === 'chunk' ? file.code : file.source);
      this.emitFile({ type: 'asset', fileName: `${file.fileName}.br`, source });
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
