/** The practice tap: somebody finds one well-known place before the real question. Nothing of it leaves the tablet. */

import type { PlaceName } from '../api/shapes';
import { distance_m } from '../domain/boundary';
import type { LonLat } from '../domain/pin';

const WELL_KNOWN = ['school', 'church', 'town_hall', 'station', 'library', 'park', 'square'];
/** A tap within this distance is right: a school yard is wide. */
const NEAR_M = 90;

/** The best-known landmark, or none. */
export function practicePlace(landmarks: readonly PlaceName[]): PlaceName | null {
  for (const kind of WELL_KNOWN) {
    const found = landmarks.find((place) => place.kind === kind);
    if (found) return found;
  }
  return null;
}

export const isNear = (tap: LonLat, place: PlaceName) => distance_m(tap, [place.lon, place.lat]) <= NEAR_M;
