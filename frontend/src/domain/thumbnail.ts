/** A small picture of a place: which part of the map to ask the server for, and where the place lies in it. */

import type { MultiPolygon, Point, Polygon, Position } from 'geojson';
import { boundsOf, type Bounds } from './boundary';

/** Pixels of the picture that is asked for: twice as many as are shown, for sharp screens. */
export const WIDTH = 320;
export const HEIGHT = 200;
/** What is shown of it: without the scale, the arrow and the note on its edge, which nobody could read so small. */
export const SHOWN = { x: 36, y: 22.5, width: 248, height: 155 } as const;
/** Pixels that the server leaves around the box it is asked for. */
const MARGIN = 12;
const INNER = { width: WIDTH - 2 * MARGIN, height: HEIGHT - 2 * MARGIN };
/** At least so many metres of ground are shown across. */
const LEAST_M = 320;
const RADIANS = Math.PI / 180;

export type Ground = Point | Polygon | MultiPolygon;

/** Mercator's latitude, in degrees at the equator: as every web map lies flat. */
const up = (lat: number) => Math.log(Math.tan(Math.PI / 4 + (lat * RADIANS) / 2)) / RADIANS;
const down = (y: number) => (2 * Math.atan(Math.exp(y * RADIANS)) - Math.PI / 2) / RADIANS;
const rounded = (degrees: number) => Math.round(degrees * 1e5) / 1e5;

const boxOf = (ground: Ground): Bounds => {
  if (ground.type !== 'Point') return boundsOf(ground);
  const [lon, lat] = ground.coordinates as [number, number];
  return [lon, lat, lon, lat];
};

/** The box to ask for, where the ground takes at most a share of what is shown; rounded to a metre, so that the same place always has the same address. */
export function boxAround(ground: Ground, share = 0.56): Bounds {
  const [west, south, east, north] = boxOf(ground);
  const [x, y] = [(west + east) / 2, (up(south) + up(north)) / 2];
  const least = LEAST_M / (111_195 * Math.cos(down(y) * RADIANS));
  const across = Math.max(least, (east - west) / share, (((up(north) - up(south)) / share) * SHOWN.width) / SHOWN.height);
  const [halfWidth, halfHeight] = [INNER.width, INNER.height].map((side) => (across * side) / SHOWN.width / 2) as [number, number];
  return [x - halfWidth, down(y - halfHeight), x + halfWidth, down(y + halfHeight)].map(rounded) as unknown as Bounds;
}

/** Where a point of the ground lies in the picture of a box. */
function pixel([west, south, east, north]: Bounds, [lon, lat]: Position): string {
  const x = MARGIN + ((lon! - west) / (east - west)) * INNER.width;
  const y = MARGIN + ((up(north) - up(lat!)) / (up(north) - up(south))) * INNER.height;
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

/** The ground as a path on the picture of a box; a point is a stroke without length. */
export function pathOn(box: Bounds, ground: Ground): string {
  if (ground.type === 'Point') return `M${pixel(box, ground.coordinates)}h0`;
  const rings = ground.type === 'Polygon' ? ground.coordinates : ground.coordinates.flat();
  return rings.map((ring) => `M${ring.map((point) => pixel(box, point)).join('L')}Z`).join('');
}
