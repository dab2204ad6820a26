/** The nearest point of orientation to a pin, so that a moderator knows the spot. */

import { get } from '../../api/client';
import type { Neighbourhood, PlaceName } from '../../api/shapes';
import { boundsOf } from '../../domain/boundary';
import { distance_m } from '../../domain/boundary';

const NEAR_M = 150;

/** The points of orientation of a neighbourhood; none where the map has none. */
export async function namesOf({ basemap, boundary }: Neighbourhood): Promise<PlaceName[]> {
  if (basemap.kind !== 'archive' || basemap.archive === null) return [];
  try {
    return await get(`/basemap/${encodeURIComponent(basemap.archive)}/names?bbox=${boundsOf(boundary).join(',')}&limit=500`);
  } catch {
    return [];
  }
}

export function nearestName(names: readonly PlaceName[], lon: number, lat: number): string | null {
  let best: { name: string; away: number } | null = null;
  for (const { name, lon: x, lat: y } of names) {
    const away = distance_m([lon, lat], [x, y]);
    if (away <= NEAR_M && (!best || away < best.away)) best = { name, away };
  }
  return best?.name ?? null;
}
