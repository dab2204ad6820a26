import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { createHash } from 'node:crypto';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Rolldown } from 'vite';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The address that answers /api and /basemap while the pages come from Vite. */
const server = process.env.BUURTSIGNAAL_URL ?? 'http://127.0.0.1:8080';

/** The pages as the server addresses them: `/` is the tablet, the others go by their name. */
const pages: Record<string, string> = { '/': '/tablet.html', '/wall': '/wall.html', '/desk': '/desk.html' };

/** The script with which the tablet page begins. */
const tabletEntry = (bundle: Rolldown.OutputBundle) => Object.values(bundle).find((file) => file.type === 'chunk' && file.facadeModuleId?.endsWith('tablet.html'))?.fileName;

/** Every built file that the tablet page can load, but words of other pages and letters that only some languages need: the page keeps those itself. */
function tabletFiles(bundle: Rolldown.OutputBundle): string[] {
  const found = new Set<string>();
  const open = [tabletEntry(bundle)];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const file = bundle[name];
    if (!file || found.has(name) || (file.type === 'chunk' && /\/words\/(staff|wall|desk)\//.test(file.facadeModuleId ?? ''))) continue;
    found.add(name);
    const text = file.type === 'chunk' ? file.code : String(file.source);
    for (const [, other] of text.matchAll(/(?:assets\/|\.\/)([\w.-]+\.(?:m?js|css|woff2|svg))/g)) if (bundle[`assets/${other}`]) open.push(`assets/${other}`);
    if (file.type === 'chunk') open.push(...file.imports, ...file.dynamicImports, ...(file.viteMetadata?.importedCss ?? []), ...(file.viteMetadata?.importedAssets ?? []));
  }
  return [...found].filter((name) => !/noto-sans.*\.woff2$/.test(name)).map((name) => `/${name}`).sort();
}

function toPage(request: IncomingMessage, _response: ServerResponse, next: () => void) {
  const page = pages[request.url?.split('?')[0] ?? ''];
  if (page) request.url = page;
  next();
}

/** What is built together: the tablet's pieces hold nothing that only the staff's pages need. */
const together: Record<string, Record<string, string>> = {
  tablet: { tablet: here('tablet.html'), offline: here('src/offline/keeper.ts') },
  staff: { wall: here('wall.html'), desk: here('desk.html') },
};

export default defineConfig(({ mode }) => ({
  plugins: [
    svelte(),
    {
      name: 'pages-by-their-public-address',
      configureServer: (vite) => void vite.middlewares.use(toPage),
      configurePreviewServer: (vite) => void vite.middlewares.use(toPage),
    },
    {
      name: 'files-of-the-tablet-for-the-keeper',
      enforce: 'post',
      generateBundle(_options, bundle) {
        const keeper = bundle['offline.js'];
        if (keeper?.type !== 'chunk') return;
        const files = tabletFiles(bundle);
        const page = bundle['tablet.html'];
        const build = createHash('sha256').update(files.join()).update(page?.type === 'asset' ? page.source : '').update(keeper.code).digest('hex').slice(0, 12);
        const filled = { TABLET_FILES: files, TABLET_ENTRY: tabletEntry(bundle), BUILD: build };
        for (const [name, value] of Object.entries(filled)) keeper.code = keeper.code.replaceAll(name, JSON.stringify(value));
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
    rolldownOptions: {
      input: together[mode] ?? { ...together['tablet'], ...together['staff'] },
      // A service worker rules the folder it lies in: the keeper lies at the top, under its own name.
      output: {
        entryFileNames: ({ name }) => (name === 'offline' ? 'offline.js' : 'assets/[name]-[hash].js'),
        codeSplitting: { groups: [{ name: 'maplibre', test: /node_modules.maplibre-gl/ }] },
      },
    },
  },
  server: { host: '127.0.0.1', proxy: { '/api': server, '/basemap': server } },
  test: { include: ['src/**/*.test.ts', 'tests/*.test.ts'], environment: 'node' },
}));
