import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The address that answers /api and /basemap while the pages come from Vite. */
const server = process.env.BUURTSIGNAAL_URL ?? 'http://127.0.0.1:8080';

/** The pages as the server addresses them: `/` is the tablet, the others go by their name. */
const pages: Record<string, string> = { '/': '/tablet.html', '/wall': '/wall.html', '/desk': '/desk.html' };

export default defineConfig({
  plugins: [
    svelte(),
    {
      name: 'pages-by-their-public-address',
      configureServer(vite) {
        vite.middlewares.use((request, _response, next) => {
          const page = pages[request.url?.split('?')[0] ?? ''];
          if (page) request.url = page;
          next();
        });
      },
    },
  ],
  build: {
    target: 'es2022',
    assetsDir: 'assets',
    // Nothing becomes a data: address, so that a strict content security policy holds.
    assetsInlineLimit: 0,
    // The map library is one large chunk, loaded when a map opens.
    chunkSizeWarningLimit: 1200,
    rolldownOptions: { input: [here('tablet.html'), here('wall.html'), here('desk.html')] },
  },
  server: { host: '127.0.0.1', proxy: { '/api': server, '/basemap': server } },
  test: { include: ['src/**/*.test.ts', 'tests/*.test.ts'], environment: 'node' },
});
