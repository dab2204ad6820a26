/** The names on the map that can be searched or picked from a list, also once the line is down. */

import { get } from '../api/client';
import type { Neighbourhood, PlaceName } from '../api/shapes';
import { boundsOf, contains } from '../domain/boundary';

const MOST = 12;
const LANDMARKS = 80;

class Names {
  /** Points of orientation inside the neighbourhood, by name. */
  landmarks = $state.raw<readonly PlaceName[]>([]);
  #of: string | null = null;
  #path = '';
  #neighbourhood: Neighbourhood | null = null;
  #seen = new Map<string, PlaceName>();

  /** Whether this map has names at all. */
  get offered(): boolean {
    return this.#path !== '';
  }

  /** Fetches the landmarks of a neighbourhood ahead. */
  async open(neighbourhood: Neighbourhood): Promise<void> {
    const { basemap } = neighbourhood;
    const archive = basemap.kind === 'archive' ? basemap.archive : null;
    if (this.#of === `${neighbourhood.id} ${archive}` && this.landmarks.length > 0) return;
    this.#of = `${neighbourhood.id} ${archive}`;
    this.#neighbourhood = neighbourhood;
    this.#path = archive === null ? '' : `/basemap/${encodeURIComponent(archive)}/names?bbox=${boundsOf(neighbourhood.boundary).join(',')}`;
    if (!this.offered) return;
    try {
      const found = await get<PlaceName[]>(`${this.#path}&limit=${LANDMARKS}`);
      this.landmarks = found.filter(({ lon, lat }) => contains(neighbourhood.boundary, [lon, lat]));
      this.#keep(this.landmarks);
    } catch {
      // The search and the map still work; the next person's start tries again.
    }
  }

  /** Looks a name up: on the server, or among what was seen before when the line is down. */
  async find(typed: string, signal: AbortSignal): Promise<PlaceName[]> {
    const wanted = fold(typed.trim());
    if (!wanted || !this.offered) return [];
    try {
      const found = await get<PlaceName[]>(`${this.#path}&q=${encodeURIComponent(typed.trim())}&limit=${MOST}`, { signal });
      this.#keep(found);
      return this.#insideFirst(found);
    } catch (error) {
      if (signal.aborted) throw error;
      return this.#insideFirst([...this.#seen.values()].filter(({ name }) => fold(name).split(/[\s'’-]+/).some((word) => word.startsWith(wanted)) || fold(name).startsWith(wanted))).slice(0, MOST);
    }
  }

  #keep(found: readonly PlaceName[]): void {
    for (const place of found) this.#seen.set(`${place.name} ${place.kind}`, place);
  }

  #insideFirst(found: readonly PlaceName[]): PlaceName[] {
    const inside = ({ lon, lat }: PlaceName) => this.#neighbourhood !== null && contains(this.#neighbourhood.boundary, [lon, lat]);
    return [...found.filter(inside), ...found.filter((place) => !inside(place))];
  }
}

/** Letters without capitals and accents. */
const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

export const names = new Names();
