/** What the selection says: surface, hotspots, counts, and the single pins when they are asked for. */

import type { Counts, Hexes, HexProperties, HotspotProperties, Hotspots, Method, StaffPins, Surface } from '../../api/shapes';
import { Asked } from '../frame/asked.svelte';
import type { Staff } from '../people/staff.svelte';
import { ordered, type Order } from './order';

export class Analysis {
  readonly surface = new Asked<Surface>();
  readonly hotspots = new Asked<Hotspots>();
  readonly counts = new Asked<Counts>();
  readonly pins = new Asked<StaffPins>();
  readonly hexes = new Asked<Hexes>();
  /** How small the hexagons are: 8 to 11 of the city's grid. */
  resolution = $state(10);
  /** The hexagon that was pressed. */
  hex = $state.raw<HexProperties | null>(null);
  sorting = $state<Order>('people');
  /** The hotspot that map and list both point at. */
  selected = $state<number | null>(null);
  hovered = $state<number | null>(null);
  readonly #staff: Staff;
  #asked = '';

  constructor(staff: Staff) {
    this.#staff = staff;
  }

  get method(): Method | undefined {
    // The test's progress comes with the hotspots.
    return this.hotspots.value?.method ?? this.surface.value?.method ?? this.counts.value?.method;
  }

  /** Asks everything anew for a selection, as its query. */
  async load(neighbourhood: string, query: string): Promise<void> {
    const path = (what: string) => `/api/neighbourhoods/${neighbourhood}/${what}${query && `?${query}`}`;
    const question = `${neighbourhood}?${query}`;
    if (question !== this.#asked) {
      this.selected = this.hovered = null;
      this.pins.forget();
      this.hexes.forget();
      this.hex = null;
    }
    this.#asked = question;
    await Promise.all([
      this.surface.ask((signal) => this.#staff.get(`${path('surface')}${query ? '&' : '?'}wait_ms=0`, signal)),
      // The places do not wait for their verdicts.
      this.hotspots.ask((signal) => this.#staff.get(`${path('hotspots')}${query ? '&' : '?'}wait_ms=0`, signal)),
      this.counts.ask((signal) => this.#staff.get(path('counts'), signal)),
    ]);
    if (this.selected !== null && this.selected >= (this.hotspots.value?.features.length ?? 0)) this.selected = null;
  }

  /** Asks again for what the test changes. */
  async follow(neighbourhood: string, query: string): Promise<void> {
    const path = `/api/neighbourhoods/${neighbourhood}/hotspots${query && `?${query}`}`;
    await this.hotspots.ask((signal) => this.#staff.get(path, signal));
  }

  /** The indices of the hotspots in the order asked for. */
  order(name: (hotspot: HotspotProperties, index: number) => string): number[] {
    const found = this.hotspots.value;
    return found ? ordered(found, this.sorting, (index) => name(found.features[index]!.properties, index)) : [];
  }

  loadHexes(neighbourhood: string, query: string, resolution: number): Promise<void> {
    this.hex = null;
    const path = `/api/neighbourhoods/${neighbourhood}/hexes?${[query, `resolution=${resolution}`].filter(Boolean).join('&')}`;
    return this.hexes.ask((signal) => this.#staff.get(path, signal));
  }

  loadPins(neighbourhood: string, query: string): Promise<void> {
    return this.pins.ask((signal) => this.#staff.get(`/api/neighbourhoods/${neighbourhood}/pins${query && `?${query}`}`, signal));
  }
}
