/** A route or an area that a pin means instead of a spot, and which rules it keeps. */

import type { LineString, Point, Polygon } from 'geojson';
import type { LonLat } from './pin';

/** Corners in their order; an area ends where it begins without saying so. */
export interface Drawn {
  readonly kind: 'line' | 'area';
  readonly corners: readonly LonLat[];
}

export const MOST_CORNERS = 100;
const LENGTHS_M = [20, 5000] as const;
const AREAS_M2 = [400, 250_000] as const;

/** What keeps a drawing from being kept. */
export type Trouble = 'few' | 'many' | 'small' | 'large' | 'crossing';

/** The geometry that the server takes: a point unless something is drawn. */
export function geometryOf(at: LonLat, drawn?: Drawn | null): Point | LineString | Polygon {
  if (!drawn) return { type: 'Point', coordinates: round(at) };
  const corners = drawn.corners.map(round);
  if (drawn.kind === 'line') return { type: 'LineString', coordinates: corners };
  return { type: 'Polygon', coordinates: [[...corners, corners[0]!]] };
}

/** The other way round: what is drawn, and a point on it. */
export function drawnOf(geometry: Point | LineString | Polygon): { at: LonLat; drawn: Drawn | null } {
  if (geometry.type === 'Point') return { at: geometry.coordinates as [number, number], drawn: null };
  const drawn: Drawn =
    geometry.type === 'LineString'
      ? { kind: 'line', corners: geometry.coordinates as [number, number][] }
      : { kind: 'area', corners: geometry.coordinates[0]!.slice(0, -1) as [number, number][] };
  return { at: middleOf(drawn), drawn };
}

/** A point on a route halfway along, or the middle of an area's corners. */
export function middleOf({ kind, corners }: Drawn): LonLat {
  if (kind === 'area') return [mean(corners.map(([lon]) => lon)), mean(corners.map(([, lat]) => lat))];
  let left = length_m(corners) / 2;
  for (const [n, to] of corners.slice(1).entries()) {
    const from = corners[n]!;
    const metres = length_m([from, to]);
    if (left <= metres && metres > 0) return [from[0] + ((to[0] - from[0]) * left) / metres, from[1] + ((to[1] - from[1]) * left) / metres];
    left -= metres;
  }
  return corners[0]!;
}

/** Says what is wrong with a drawing, if anything, as the server would. */
export function troubleWith({ kind, corners }: Drawn): Trouble | null {
  if (corners.length < (kind === 'line' ? 2 : 3)) return 'few';
  if (corners.length > MOST_CORNERS) return 'many';
  if (kind === 'area' && crosses(corners)) return 'crossing';
  const [size, [least, most]] = kind === 'line' ? [length_m(corners), LENGTHS_M] : [area_m2(corners), AREAS_M2];
  return size < least ? 'small' : size > most ? 'large' : null;
}

/** The length of a line on the ground. */
export function length_m(corners: readonly LonLat[]): number {
  const plane = onPlane(corners);
  return plane.slice(1).reduce((sum, [x, y], n) => sum + Math.hypot(x - plane[n]![0], y - plane[n]![1]), 0);
}

/** How wide the box around a drawing is from corner to corner. */
export function span_m({ corners }: Drawn): number {
  const [lons, lats] = [corners.map(([lon]) => lon), corners.map(([, lat]) => lat)];
  return length_m([[Math.min(...lons), Math.min(...lats)], [Math.max(...lons), Math.max(...lats)]]);
}

function area_m2(corners: readonly LonLat[]): number {
  const plane = onPlane(corners);
  return Math.abs(plane.reduce((sum, [x, y], n) => {
    const [px, py] = plane[(n + plane.length - 1) % plane.length]!;
    return sum + (px * y - x * py) / 2;
  }, 0));
}

/** Metres from the first corner; good for the few kilometres that a drawing may be long. */
function onPlane(corners: readonly LonLat[]): [number, number][] {
  const [lon0, lat0] = corners[0] ?? [0, 0];
  const across = 111_320 * Math.cos((lat0 * Math.PI) / 180);
  return corners.map(([lon, lat]) => [(lon - lon0) * across, (lat - lat0) * 111_320]);
}

/** Whether two sides of a ring meet that are no neighbours. */
function crosses(corners: readonly LonLat[]): boolean {
  const side = (n: number) => [corners[n]!, corners[(n + 1) % corners.length]!] as const;
  for (let a = 0; a < corners.length; a++)
    for (let b = a + 1; b < corners.length; b++) {
      const neighbours = b === a + 1 || (a === 0 && b === corners.length - 1);
      if (!neighbours && meet(...side(a), ...side(b))) return true;
    }
  return false;
}

function meet(a: LonLat, b: LonLat, c: LonLat, d: LonLat): boolean {
  const turn = (p: LonLat, q: LonLat, r: LonLat) => Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
  return turn(a, b, c) !== turn(a, b, d) && turn(c, d, a) !== turn(c, d, b);
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
/** Seven decimals say nothing more: six are 11 cm. */
const round = ([lon, lat]: LonLat): [number, number] => [Math.round(lon * 1e6) / 1e6, Math.round(lat * 1e6) / 1e6];
