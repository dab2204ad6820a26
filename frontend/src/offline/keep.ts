/** Asks the browser to keep the tablet page and the map of its neighbourhood, where it can, and brings a newer page in when nobody is at work. */

import type { Basemap } from '../api/shapes';
import type { Bounds } from '../domain/boundary';
import { tilesOver } from '../domain/tiles';

const MOST_TILES = 600;
/** A tablet may stand for days without being loaded: so often it asks for a newer page. */
const ASK_MS = 30 * 60_000;

let registration: ServiceWorkerRegistration | null = null;
/** A newer keeper rules: this page is the old one, and works until it is loaded anew. */
let outdated = false;

/** Lets the page itself be kept. A newer one that has waited is taken at once: nothing is typed yet. */
export async function keepPage(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  const ruled = serviceWorker.controller !== null;
  serviceWorker.addEventListener('controllerchange', () => (outdated = outdated || ruled));
  try {
    registration = await serviceWorker.register('/offline.js', { updateViaCache: 'none' });
  } catch {
    // The browser has no room or forbids it: the page works while it is open.
    return;
  }
  if (registration?.waiting) await renewPage();
  const ask = () => void registration?.update().catch(() => undefined);
  setInterval(ask, ASK_MS);
  addEventListener('online', ask);
}

/** Loads the newer version of the page, if there is one. Call it only when nothing on the screen would be lost. */
export async function renewPage(): Promise<void> {
  const { waiting } = registration ?? {};
  if (waiting) {
    const taken = new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
    waiting.postMessage('take over');
    await taken;
  }
  if (waiting || outdated) location.reload();
}

/** Whether the page can be opened without network: `no_keeper` where the browser allows none (plain http), `not_yet` while it is being fetched. */
export async function pageKept(): Promise<'kept' | 'not_yet' | 'no_keeper'> {
  if (!('serviceWorker' in navigator)) return 'no_keeper';
  return (await navigator.serviceWorker.getRegistration().catch(() => undefined))?.active ? 'kept' : 'not_yet';
}

/** Fetches the map of a neighbourhood ahead, so that it is there when the line is not. */
export async function keepMap(basemap: Basemap, bounds: Bounds): Promise<void> {
  if (basemap.kind !== 'archive' || basemap.archive === null || !('caches' in globalThis)) return;
  const tiles = tilesOver(bounds, Math.max(basemap.min_zoom, 11), basemap.max_zoom, MOST_TILES);
  const addresses = tiles.map(({ z, x, y }) => basemap.tiles.replace('{z}', String(z)).replace('{x}', String(x)).replace('{y}', String(y)));
  try {
    const shelf = await caches.open('map');
    // A few at a time: whoever looks at the map meanwhile goes first.
    for (let n = 0; n < addresses.length; n += 4) {
      await Promise.all(addresses.slice(n, n + 4).map(async (address) => (await shelf.match(address, { ignoreVary: true })) ?? shelf.add(address)));
    }
  } catch {
    // The line broke, or there is no more room: the map goes as far as it goes.
  }
}
