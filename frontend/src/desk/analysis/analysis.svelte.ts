/** What the selection says: surface, hotspots, counts, and the single pins when they are asked for. */

import type { Counts, Hotspots, Method, StaffPins, Surface } from '../../api/shapes';
import { Asked } from '../frame/asked.svelte';
import type { Staff } from '../people/staff.svelte';

export class Analysis {
  readonly surface = new Asked<Surface>();
  readonly hotspots = new Asked<Hotspots>();
  readonly counts = new Asked<Counts>();
  readonly pins = new Asked<StaffPins>();
  /** The hotspot that map and list both point at. */
  selected = $state<number | null>(null);
  hovered = $state<number | null>(null);
  readonly #staff: Staff;
  #asked = '';

  constructor(staff: Staff) {
    this.#staff = staff;
  }

  get method(): Method | undefined {
    return this.surface.value?.method ?? this.counts.value?.method;
  }

  /** Asks everything anew for a selection, as its query. */
  async load(neighbourhood: string, query: string): Promise<void> {
    const path = (what: string) => `/api/neighbourhoods/${neighbourhood}/${what}${query && `?${query}`}`;
    const question = `${neighbourhood}?${query}`;
    if (question !== this.#asked) {
      this.selected = this.hovered = null;
      this.pins.forget();
    }
    this.#asked = question;
    await Promise.all([
      this.surface.ask((signal) => this.#staff.get(path('surface'), signal)),
      this.hotspots.ask((signal) => this.#staff.get(path('hotspots'), signal)),
      this.counts.ask((signal) => this.#staff.get(path('counts'), signal)),
    ]);
    if (this.selected !== null && this.selected >= (this.hotspots.value?.features.length ?? 0)) this.selected = null;
  }

  loadPins(neighbourhood: string, query: string): Promise<void> {
    return this.pins.ask((signal) => this.#staff.get(`/api/neighbourhoods/${neighbourhood}/pins${query && `?${query}`}`, signal));
  }
}
