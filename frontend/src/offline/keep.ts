/** Asks the browser to keep a page and the map of its neighbourhood, where it can, and brings a newer page in when nobody is at work. */

import type { Basemap } from '../api/shapes';
import type { Bounds } from '../domain/boundary';
import { tilesOver } from '../domain/tiles';

const MOST_TILES = 600;
/** A tablet may stand for days without being loaded: so often it asks for a newer page. */
const ASK_MS = 30 * 60_000;

let registration: ServiceWorkerRegistration | null = null;
/** A newer keeper rules: this page is the old one, and works until it is loaded anew. */
let outdated = false;

/** Lets the page itself be kept, by the keeper that was built with it. A newer one that has waited is taken at once: nothing is typed yet. */
export async function keepPage(keeper = '/offline.js', page = '/'): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  const ruled = serviceWorker.controller !== null;
  serviceWorker.addEventListener('controllerchange', () => (outdated = outdated || ruled));
  try {
    registration = await serviceWorker.register(keeper, { scope: page, updateViaCache: 'none' });
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
export function pageKept(): 'kept' | 'not_yet' | 'no_keeper' {
  if (!('serviceWorker' in navigator)) return 'no_keeper';
  return registration?.active ? 'kept' : 'not_yet';
}

/** Resolves when the page is kept, or when it never will be. */
export async function untilKept(): Promise<void> {
  const coming = registration?.installing ?? registration?.waiting;
  if (!coming || registration?.active) return;
  await new Promise<void>((resolve) => coming.addEventListener('statechange', () => ['activated', 'redundant'].includes(coming.state) && resolve()));
}

/** Fetches the map of an area ahead, so that it is there when the line is not. `onPart` hears the share that is there. Says whether all of it is: never where the map is somebody else's. */
export async function keepMap(basemap: Basemap, bounds: Bounds, onPart?: (share: number) => void): Promise<boolean> {
  if (basemap.kind !== 'archive') return false;
  if (basemap.archive === null) return true;
  const tiles = tilesOver(bounds, Math.max(basemap.min_zoom, 11), basemap.max_zoom, MOST_TILES);
  const addresses = tiles.map(({ z, x, y }) => basemap.tiles.replace('{z}', String(z)).replace('{x}', String(x)).replace('{y}', String(y)));
  try {
    // On plain http there is no shelf, only what the browser keeps for a while of what it fetched.
    const shelf = 'caches' in globalThis ? await caches.open('map') : null;
    const keep = async (address: string) => {
      if (!shelf) await fetch(address);
      else if (!(await shelf.match(address, { ignoreVary: true }))) await shelf.add(address);
    };
    // A few at a time: whoever looks at the map meanwhile goes first.
    for (let n = 0; n < addresses.length; n += 4) {
      await Promise.all(addresses.slice(n, n + 4).map(keep));
      onPart?.(Math.min(1, (n + 4) / addresses.length));
    }
    return true;
  } catch {
    // The line broke, or there is no more room: the map goes as far as it goes.
    return false;
  }
}
