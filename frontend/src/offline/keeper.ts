/**
 * Keeps the tablet page and its map on the device, so that a reload works without network. A service worker: browsers run
 * it on https and on this machine only; elsewhere the page works the same until somebody reloads it without a line.
 * It never sees what people say: requests to /api/ pass it by.
 */

interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Extendable {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Worker {
  addEventListener(name: 'install' | 'activate', heard: (event: Extendable) => void): void;
  addEventListener(name: 'fetch', heard: (event: Fetching) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  readonly location: Location;
}
// The page's types know `self` as a window.
const worker = self as unknown as Worker;

/** Everything the tablet page can load; the build fills it in. */
declare const TABLET_FILES: readonly string[];
/** Another with every build. */
declare const BUILD: string;

const PAGE_SHELF = `page-${BUILD}`;
const MAP_SHELF = 'map';
const PATIENCE_MS = 4000;
/** An address names one thing here, whatever headers went along. */
const SAME = { ignoreVary: true };

worker.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const shelf = await caches.open(PAGE_SHELF);
      await shelf.addAll(['/', ...TABLET_FILES]);
      await worker.skipWaiting();
    })(),
  );
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith('page-') && name !== PAGE_SHELF) await caches.delete(name);
      await worker.clients.claim();
    })(),
  );
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin) return;
  if (pathname === '/' && request.mode === 'navigate') event.respondWith(newest('/', PAGE_SHELF));
  else if (pathname.startsWith('/assets/')) event.respondWith(kept(request));
  else if (pathname.startsWith('/basemap/') && !pathname.endsWith('/archives')) event.respondWith(newest(request, MAP_SHELF));
});

/** From the shelf: files with a hash in their name never change. */
async function kept(request: Request): Promise<Response> {
  return (await caches.match(request, SAME)) ?? fetch(request);
}

/** From the network, or from the shelf when the line is down or slow. */
async function newest(request: Request | '/', name: string): Promise<Response> {
  const shelf = await caches.open(name);
  const fetched = fetch(request).then(async (response) => {
    if (response.ok) await shelf.put(request, response.clone());
    return response;
  });
  const found = await shelf.match(request, SAME);
  if (!found) return fetched;
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(found), PATIENCE_MS));
  return Promise.race([fetched, late]).then(
    (response) => (response.status < 500 ? response : found),
    () => found,
  );
}
