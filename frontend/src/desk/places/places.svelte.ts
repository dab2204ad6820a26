/** The places of one neighbourhood, and the history of the one that is open. */

import type { HistoryEntry, HotspotProperties, List, Place, Places as PlacesAnswer } from '../../api/shapes';
import { Asked } from '../frame/asked.svelte';
import type { Staff } from '../people/staff.svelte';

export class Places {
  readonly asked = new Asked<readonly Place[]>();
  readonly history = new Asked<readonly HistoryEntry[]>();
  readonly #staff: Staff;
  readonly #path: string;

  constructor(staff: Staff, neighbourhood: string) {
    this.#staff = staff;
    this.#path = `/api/neighbourhoods/${neighbourhood}/places`;
  }

  get all(): readonly Place[] {
    return this.asked.value ?? [];
  }

  find(id: string | null): Place | undefined {
    return this.all.find((place) => place.id === id);
  }

  load(): Promise<void> {
    return this.asked.ask(async (signal) => {
      const items: Place[] = [];
      for (let next: string | null = ''; next !== null; ) {
        const page: PlacesAnswer = await this.#staff.get(`${this.#path}${next && `?cursor=${encodeURIComponent(next)}`}`, signal);
        items.push(...page.features);
        next = page.next;
      }
      return items;
    });
  }

  loadHistory(id: string): Promise<void> {
    return this.history.ask(async (signal) => (await this.#staff.get<List<HistoryEntry>>(`${this.#path}/${id}/history`, signal)).items);
  }

  /** Keeps a hotspot of a selection; the server takes its ground and numbers from its own findings. */
  keep(name: string, { kind, centre }: Pick<HotspotProperties, 'kind' | 'centre'>, query = ''): Promise<Place> {
    return this.#staff.post<Place>(`${this.#path}${query && `?${query}`}`, { name, hotspot: { kind, centre } });
  }

  async rename(id: string, name: string): Promise<void> {
    const renamed = await this.#staff.patch<Place>(`${this.#path}/${id}`, { name });
    this.asked.value = this.all.map((place) => (place.id === id ? renamed : place));
    await this.loadHistory(id);
  }

  async remove(id: string): Promise<void> {
    await this.#staff.remove(`${this.#path}/${id}`);
    this.asked.value = this.all.filter((place) => place.id !== id);
  }
}
