/** Asks the browser to keep the tablet page and the map of its neighbourhood, where it can. */

import type { Basemap } from '../api/shapes';
import type { Bounds } from '../domain/boundary';
import { tilesOver } from '../domain/tiles';

const MOST_TILES = 600;

/** Lets the page itself be kept. */
export function keepPage(): void {
  if (import.meta.env.PROD && 'serviceWorker' in navigator) void navigator.serviceWorker.register('/offline.js').catch(() => undefined);
}

/** Fetches the map of a neighbourhood ahead, so that it is there when the line is not. */
export async function keepMap(basemap: Basemap, bounds: Bounds): Promise<void> {
  if (basemap.kind !== 'archive' || basemap.archive === null || !('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.ready;
  for (const { z, x, y } of tilesOver(bounds, Math.max(basemap.min_zoom, 11), basemap.max_zoom, MOST_TILES)) {
    const address = basemap.tiles.replace('{z}', String(z)).replace('{x}', String(x)).replace('{y}', String(y));
    try {
      await fetch(address, { priority: 'low' });
    } catch {
      return;
    }
  }
}
