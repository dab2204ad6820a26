/** A neighbourhood and its places as paths of a small drawing. */

import type { MultiPolygon, Polygon, Position } from 'geojson';
import { boundsOf } from './boundary';

export interface Plan {
  readonly width: number;
  readonly height: number;
  pathOf: (shape: Polygon | MultiPolygon) => string;
  pointOf: (at: readonly [number, number]) => readonly [number, number];
}

/** Lays a boundary into a drawing of so many units wide, north up and true to its shape. */
export function planOf(boundary: Polygon | MultiPolygon, width: number, margin = 6): Plan {
  const [west, south, east, north] = boundsOf(boundary);
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = (width - 2 * margin) / Math.max(1e-9, (east - west) * squeeze);
  const pointOf = ([lon, lat]: readonly [number, number]) => [margin + (lon - west) * squeeze * scale, margin + (north - lat) * scale] as const;
  const ring = (points: readonly Position[]) => `M${points.map((point) => pointOf([point[0]!, point[1]!]).map((part) => part.toFixed(1)).join(' ')).join('L')}Z`;
  const polygons = (shape: Polygon | MultiPolygon) => (shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates);
  return {
    width,
    height: (north - south) * scale + 2 * margin,
    pathOf: (shape) => polygons(shape).flat().map(ring).join(''),
    pointOf,
  };
}
