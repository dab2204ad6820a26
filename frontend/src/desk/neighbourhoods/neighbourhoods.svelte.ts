/** The neighbourhoods where somebody has a role. */

import type { ArchiveBasemap, BasemapChoice, Language, List, Neighbourhood } from '../../api/shapes';
import type { Boundary } from '../../domain/boundary';
import type { Theme } from '../../domain/pin';
import { Asked } from '../frame/asked.svelte';
import type { Staff } from '../people/staff.svelte';

export interface NeighbourhoodChange {
  name?: string;
  boundary?: unknown;
  languages?: readonly Language[];
  themes?: readonly Theme[];
  basemap?: BasemapChoice;
  sigma_m?: number;
  retention_days?: number;
}

export class Neighbourhoods {
  readonly asked = new Asked<Neighbourhood[]>();
  readonly archives = new Asked<ArchiveBasemap[]>();
  readonly #staff: Staff;

  constructor(staff: Staff) {
    this.#staff = staff;
  }

  get all(): readonly Neighbourhood[] {
    return this.asked.value ?? [];
  }

  find(name: string | null): Neighbourhood | undefined {
    return this.all.find((each) => each.slug === name || each.id === name);
  }

  load(): Promise<void> {
    return this.asked.ask(async (signal) => {
      const items: Neighbourhood[] = [];
      for (let next: string | null = ''; next !== null; ) {
        const page: List<Neighbourhood> = await this.#staff.get(`/api/neighbourhoods${next && `?cursor=${encodeURIComponent(next)}`}`, signal);
        items.push(...page.items);
        next = page.next;
      }
      return items.sort((a, b) => a.name.localeCompare(b.name));
    });
  }

  /** The maps that the server holds. */
  loadArchives(): Promise<void> {
    return this.archives.ask((signal) => this.#staff.get('/basemap/archives', signal));
  }

  async make(name: string, boundary: Boundary, languages: readonly Language[]): Promise<Neighbourhood> {
    const made = await this.#staff.post<Neighbourhood>('/api/neighbourhoods', { name, boundary, languages });
    this.#keep(made);
    return made;
  }

  async change(id: string, change: NeighbourhoodChange): Promise<Neighbourhood> {
    const changed = await this.#staff.patch<Neighbourhood>(`/api/neighbourhoods/${id}`, change);
    this.#keep(changed);
    return changed;
  }

  #keep(one: Neighbourhood): void {
    this.asked.value = [...this.all.filter((other) => other.id !== one.id), one].sort((a, b) => a.name.localeCompare(b.name));
  }
}
