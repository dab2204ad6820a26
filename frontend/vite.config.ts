import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { createHash } from 'node:crypto';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Rolldown } from 'vite';
import { defineConfig } from 'vitest/config';
import { everyPage } from './every-page';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The address that answers /api and /basemap while the pages come from Vite. */
const server = process.env.BUURTSIGNAAL_URL ?? 'http://127.0.0.1:8080';

/** The pages as the server addresses them: `/` is the tablet, the others go by their name. */
const pages: Record<string, string> = { '/': '/tablet.html', '/wall': '/wall.html', '/desk': '/desk.html', '/walk': '/walk.html', '/station': '/station.html' };

/** The script with which a page begins. */
const entryOf = (bundle: Rolldown.OutputBundle, page: string) => Object.values(bundle).find((file) => file.type === 'chunk' && file.facadeModuleId?.endsWith(page))?.fileName;

/** Every built file that a page can load, but letters that only some languages need: the page keeps those itself. */
function filesOf(bundle: Rolldown.OutputBundle, entry: string): string[] {
  const found = new Set<string>();
  const open = [entry];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const file = bundle[name];
    if (!file || found.has(name)) continue;
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

/** What is built together: the tablet's pieces hold nothing that only other pages need. Each keeper knows the pages built with it. */
const keeper = here('src/offline/keeper.ts');
const together: Record<string, Record<string, string>> = {
  tablet: { tablet: here('tablet.html'), offline: keeper },
  phone: { walk: here('walk.html'), station: here('station.html'), 'offline-phone': keeper },
  staff: { wall: here('wall.html'), desk: here('desk.html') },
};

export default defineConfig(({ mode }) => ({
  plugins: [
    svelte(),
    everyPage(),
    {
      name: 'pages-by-their-public-address',
      configureServer: (vite) => void vite.middlewares.use(toPage),
      configurePreviewServer: (vite) => void vite.middlewares.use(toPage),
    },
    {
      name: 'files-of-the-pages-for-the-keeper',
      enforce: 'post',
      generateBundle(_options, bundle) {
        const keeper = bundle['offline.js'] ?? bundle['offline-phone.js'];
        if (keeper?.type !== 'chunk') return;
        const kept: Record<string, { entry: string; files: string[]; build: string }> = {};
        for (const [address, file] of Object.entries(pages)) {
          const [entry, page] = [entryOf(bundle, file), bundle[file.slice(1)]];
          if (entry === undefined || page?.type !== 'asset') continue;
          const files = filesOf(bundle, entry);
          kept[address] = { entry, files, build: createHash('sha256').update(files.join()).update(page.source).update(keeper.code).digest('hex').slice(0, 12) };
        }
        keeper.code = keeper.code.replaceAll('KEPT_PAGES', JSON.stringify(kept));
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
      input: together[mode] ?? Object.assign({}, ...Object.values(together)),
      // A service worker rules the folder it lies in: the keeper lies at the top, under its own name.
      output: {
        entryFileNames: ({ name }) => (name.startsWith('offline') ? '[name].js' : 'assets/[name]-[hash].js'),
        codeSplitting: { groups: [{ name: 'maplibre', test: /node_modules.maplibre-gl/ }] },
      },
    },
  },
  server: { host: '127.0.0.1', proxy: { '/api': server, '/basemap': server } },
  test: { include: ['src/**/*.test.ts', 'tests/*.test.ts'], environment: 'node' },
}));
