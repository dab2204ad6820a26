/** Questions about the edge of a neighbourhood, in degrees. */

import type { MultiPolygon, Polygon, Position } from 'geojson';
import type { LonLat } from './pin';

export type Boundary = Polygon | MultiPolygon;
export type Bounds = readonly [west: number, south: number, east: number, north: number];

const polygonsOf = (boundary: Boundary): Position[][][] => (boundary.type === 'Polygon' ? [boundary.coordinates] : boundary.coordinates);

/** Whether a point lies inside: in an outer ring and in none of its holes. */
export function contains(boundary: Boundary, [lon, lat]: LonLat): boolean {
  return polygonsOf(boundary).some(([outer, ...holes]) => outer !== undefined && inRing(outer, lon, lat) && !holes.some((hole) => inRing(hole, lon, lat)));
}

function inRing(ring: Position[], lon: number, lat: number): boolean {
  let inside = false;
  for (let n = 0, before = ring.length - 1; n < ring.length; before = n++) {
    const [x, y] = ring[n] as [number, number];
    const [px, py] = ring[before] as [number, number];
    if (y > lat !== py > lat && lon < ((px - x) * (lat - y)) / (py - y) + x) inside = !inside;
  }
  return inside;
}

/** The box around it. */
export function boundsOf(boundary: Boundary): Bounds {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const [outer] of polygonsOf(boundary))
    for (const [lon, lat] of outer as [number, number][]) {
      west = Math.min(west, lon);
      south = Math.min(south, lat);
      east = Math.max(east, lon);
      north = Math.max(north, lat);
    }
  return [west, south, east, north];
}

/** The box, grown on every side by a share of its size. */
export function grown([west, south, east, north]: Bounds, share: number): Bounds {
  const [across, up] = [(east - west) * share, (north - south) * share];
  return [west - across, south - up, east + across, north + up];
}

/** Everything outside the boundary as polygons: the world with it cut out, and its holes. */
export function outside(boundary: Boundary): MultiPolygon {
  const polygons = polygonsOf(boundary);
  const world: Position[] = [[-180, -85], [180, -85], [180, 85], [-180, 85], [-180, -85]];
  const outers = polygons.flatMap(([outer]) => (outer ? [outer] : []));
  return { type: 'MultiPolygon', coordinates: [[world, ...outers], ...polygons.flatMap(([, ...holes]) => holes.map((hole) => [hole]))] };
}

/** A point that lies inside: the middle of the box if it does, or the middle of the widest stretch on its line. */
export function middleOf(boundary: Boundary): LonLat {
  const [west, south, east, north] = boundsOf(boundary);
  const lat = (south + north) / 2;
  const middle: LonLat = [(west + east) / 2, lat];
  if (contains(boundary, middle)) return middle;
  const crossings = polygonsOf(boundary)
    .flat()
    .flatMap((ring) =>
      ring.slice(1).flatMap(([x, y], n) => {
        const [px, py] = ring[n] as [number, number];
        return y! > lat !== py > lat ? [px + ((x! - px) * (lat - py)) / (y! - py)] : [];
      }),
    )
    .sort((a, b) => a - b);
  let widest: LonLat = middle;
  let width = 0;
  for (let n = 0; n + 1 < crossings.length; n += 2) {
    const [from, to] = [crossings[n]!, crossings[n + 1]!];
    if (to - from > width) [width, widest] = [to - from, [(from + to) / 2, lat]];
  }
  return widest;
}

/** A circle on the ground as a closed ring of 64 sides. */
export function circle([lon, lat]: LonLat, radius_m: number): Polygon {
  const up = radius_m / 111_195;
  const across = up / Math.cos((lat * Math.PI) / 180);
  const ring = Array.from({ length: 65 }, (_, n) => {
    const angle = (n / 32) * Math.PI;
    return [lon + across * Math.cos(angle), lat + up * Math.sin(angle)];
  });
  return { type: 'Polygon', coordinates: [ring] };
}

/** The distance on the ground between two near points, in metres. */
export function distance_m(one: LonLat, other: LonLat): number {
  const across = (one[0] - other[0]) * Math.cos((((one[1] + other[1]) / 2) * Math.PI) / 180);
  return Math.hypot(across, one[1] - other[1]) * 111_195;
}

/** The distance on the ground from a point to the nearest spot of a line, in metres. */
export function distanceToLine_m(at: LonLat, line: readonly LonLat[]): number {
  const shrink = Math.cos((at[1] * Math.PI) / 180);
  let nearest = Infinity;
  for (let n = 1; n < line.length; n++) {
    const [ax, ay] = [(line[n - 1]![0] - at[0]) * shrink, line[n - 1]![1] - at[1]];
    const [bx, by] = [(line[n]![0] - at[0]) * shrink, line[n]![1] - at[1]];
    const length = (bx - ax) ** 2 + (by - ay) ** 2;
    const along = length === 0 ? 0 : Math.min(1, Math.max(0, -(ax * (bx - ax) + ay * (by - ay)) / length));
    nearest = Math.min(nearest, Math.hypot(ax + along * (bx - ax), ay + along * (by - ay)));
  }
  return nearest * 111_195;
}

/** The area without some rings that lie wholly inside it. */
export function withoutRings(boundary: Boundary, rings: readonly (readonly LonLat[])[]): MultiPolygon {
  const polygons = boundary.type === 'Polygon' ? [boundary.coordinates] : boundary.coordinates;
  const coordinates = polygons.map((polygon) => {
    const whole: Boundary = { type: 'Polygon', coordinates: polygon };
    const inside = rings.filter((ring) => ring.every((corner) => contains(whole, corner)));
    return [...polygon, ...inside.map((ring) => ring.map(([lon, lat]) => [lon, lat]).reverse())];
  });
  return { type: 'MultiPolygon', coordinates };
}
