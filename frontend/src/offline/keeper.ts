/**
 * Keeps one page (the tablet's, the walk's, the station's) and its map on the device, so that it opens without network. A
 * service worker: browsers run it on https and on this machine only; elsewhere the page works the same until somebody opens it
 * anew without a line. It never sees what people say: requests to /api/ pass it by.
 *
 * A page and its files come from one shelf, filled whole before it serves anything: never half of an old page and half of a
 * new one. A newer keeper waits until the page says that nobody is at work, and leaves the shelf before its own standing
 * for pages that are still open on it.
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
  addEventListener(name: 'message', heard: (event: Extendable & { readonly data: unknown }) => void): void;
  addEventListener(name: 'fetch', heard: (event: Fetching) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  readonly location: Location;
  readonly registration: { readonly scope: string };
}
// The page's types know `self` as a window.
const worker = self as unknown as Worker;

interface KeptPage {
  /** The script with which the page of this build begins. */
  readonly entry: string;
  /** Everything that the page can load. */
  readonly files: readonly string[];
  /** Another with every build. */
  readonly build: string;
}
/** The pages of this build by their address; the build fills it in. */
declare const KEPT_PAGES: Readonly<Record<string, KeptPage>>;

/** The one page that this keeper was asked to keep. */
const ADDRESS = new URL(worker.registration.scope).pathname;
const PAGE = KEPT_PAGES[ADDRESS]!;
const PAGE_SHELVES = ADDRESS === '/' ? 'page-' : `page${ADDRESS}-`;
const PAGE_SHELF = PAGE_SHELVES + PAGE.build;
const MAP_SHELF = 'map';
/** An address names one thing here, whatever headers went along. */
const SAME = { ignoreVary: true };

worker.addEventListener('install', (event) => event.waitUntil(fill()));

worker.addEventListener('activate', (event) =>
  event.waitUntil(
    (async () => {
      // In the order in which they were made.
      const others = (await caches.keys()).filter((name) => name.startsWith(PAGE_SHELVES) && name !== PAGE_SHELF);
      for (const name of others.slice(0, -1)) await caches.delete(name);
      await worker.clients.claim();
    })(),
  ),
);

worker.addEventListener('message', (event) => {
  if (event.data === 'take over') event.waitUntil(worker.skipWaiting());
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin) return;
  if (pathname === ADDRESS && request.mode === 'navigate') event.respondWith(page(request));
  else if (pathname.startsWith('/assets/')) event.respondWith(kept(request));
  else if (pathname.startsWith('/basemap/') && pathname.endsWith('.mvt')) event.respondWith(tile(event));
});

/** Takes the page and all its files in, or nothing. */
async function fill(): Promise<void> {
  const first = await fetch(ADDRESS, { cache: 'no-cache' });
  // While a server is being renewed its page may be of another build than this keeper.
  if (!first.ok || !(await first.clone().text()).includes(PAGE.entry)) throw new Error('the page is of another build');
  const shelf = await caches.open(PAGE_SHELF);
  await shelf.addAll(PAGE.files);
  await shelf.put(ADDRESS, first);
}

async function page(request: Request): Promise<Response> {
  return (await (await caches.open(PAGE_SHELF)).match(ADDRESS, SAME)) ?? fetch(request);
}

/** Files with a hash in their name never change. */
async function kept(request: Request): Promise<Response> {
  return (await caches.match(request, SAME)) ?? fetch(request);
}

/** A piece of the map, from the shelf at once; what the network has meanwhile is there the next time. */
async function tile(event: Fetching): Promise<Response> {
  const { request } = event;
  const shelf = await caches.open(MAP_SHELF);
  const fetched = fetch(request).then(async (response) => {
    // A map that the device has no room for is still a map that can be seen.
    if (response.ok) await shelf.put(request, response.clone()).catch(() => undefined);
    return response;
  });
  const found = await shelf.match(request, SAME);
  if (!found) return fetched;
  event.waitUntil(fetched.catch(() => undefined));
  return found;
}
