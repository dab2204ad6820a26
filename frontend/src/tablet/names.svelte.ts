/** The names on the map that can be searched or picked from a list: fetched once, kept on the device, looked up there. */

import { get } from '../api/client';
import type { Neighbourhood, PlaceName } from '../api/shapes';
import { boundsOf, contains, distance_m } from '../domain/boundary';
import type { LonLat } from '../domain/pin';
import { findNames, isLandmark } from '../domain/names';
import { tablet } from './tablet.svelte';

const MOST_FOUND = 12;
const NEAR_M = 150;
const MOST_LANDMARKS = 80;
const MOST = 5000;

/** As kept on the device. */
interface Kept {
  path: string;
  names: readonly PlaceName[];
}

class Names {
  #all = $state.raw<readonly PlaceName[]>([]);
  #boundary: Neighbourhood['boundary'] | null = null;
  #path = $state('');

  /** The nearest name within some steps of a spot. */
  near(at: LonLat): string | null {
    let best = { name: null as string | null, away: NEAR_M };
    for (const { name, lon, lat } of this.#all) {
      const away = distance_m(at, [lon, lat]);
      if (away < best.away) best = { name, away };
    }
    return best.name;
  }

  /** Points of orientation inside the neighbourhood, by name. */
  readonly landmarks = $derived(this.#all.filter((place) => isLandmark(place) && this.#inside(place)).slice(0, MOST_LANDMARKS));
  /** Whether this map has names at all. */
  readonly offered = $derived(this.#path !== '');

  /** Fetches the names of a neighbourhood ahead; without a line it takes those that were kept. */
  async open({ basemap, boundary }: Neighbourhood): Promise<void> {
    const archive = basemap.kind === 'archive' ? basemap.archive : null;
    const path = archive === null ? '' : `/basemap/${encodeURIComponent(archive)}/names?bbox=${boundsOf(boundary).join(',')}&all=true&limit=${MOST}`;
    if (this.#path === path && this.#all.length > 0) return;
    [this.#path, this.#boundary, this.#all] = [path, boundary, []];
    if (path === '') return;
    const kept = await tablet.outbox.note<Kept>('names');
    if (kept?.path === path) this.#all = kept.names;
    try {
      const fresh: Kept = { path, names: await get<PlaceName[]>(path) };
      if (this.#path !== path) return;
      this.#all = fresh.names;
      await tablet.outbox.keep('names', fresh);
    } catch {
      // The map itself still works; the next person's start tries again.
    }
  }

  find(typed: string): PlaceName[] {
    const found = findNames(this.#all, typed, MOST_FOUND);
    return [...found.filter((place) => this.#inside(place)), ...found.filter((place) => !this.#inside(place))];
  }

  #inside({ lon, lat }: PlaceName): boolean {
    return this.#boundary !== null && contains(this.#boundary, [lon, lat]);
  }
}

export const names = new Names();
