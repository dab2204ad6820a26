/** Which map tiles lie over a box. */

import type { Bounds } from './boundary';

export interface Tile {
  z: number;
  x: number;
  y: number;
}

/** The tiles over a box from zoom to zoom, the far ones first; no more than `most`. */
export function tilesOver([west, south, east, north]: Bounds, from: number, to: number, most: number): Tile[] {
  const tiles: Tile[] = [];
  for (let z = from; z <= to; z++) {
    const [left, right] = [column(west, z), column(east, z)];
    const [top, bottom] = [row(north, z), row(south, z)];
    if (tiles.length + (right - left + 1) * (bottom - top + 1) > most) break;
    for (let x = left; x <= right; x++) for (let y = top; y <= bottom; y++) tiles.push({ z, x, y });
  }
  return tiles;
}

const column = (lon: number, z: number) => Math.floor(((lon + 180) / 360) * 2 ** z);
const row = (lat: number, z: number) => {
  const angle = (lat * Math.PI) / 180;
  return Math.floor(((1 - Math.asinh(Math.tan(angle)) / Math.PI) / 2) * 2 ** z);
};
