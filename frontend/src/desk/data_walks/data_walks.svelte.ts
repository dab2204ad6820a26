/** The data walks of a neighbourhood, and what was read at them. */

import type { DataWalk, DataWalkName, DataWalkPlan, List, PlannedStation, Responses, Summary } from '../../api/shapes';
import { Asked } from '../frame/asked.svelte';
import type { Staff } from '../people/staff.svelte';

export class DataWalks {
  readonly asked = new Asked<readonly DataWalkName[]>();
  readonly one = new Asked<DataWalk>();
  readonly responses = new Asked<Responses>();
  readonly summary = new Asked<Summary>();
  readonly #staff: Staff;
  readonly path: string;

  constructor(staff: Staff, id: string) {
    this.#staff = staff;
    this.path = `/api/neighbourhoods/${id}`;
  }

  load(): Promise<void> {
    return this.asked.ask(async (signal) => (await this.#staff.get<List<DataWalkName>>(`${this.path}/data-walks`, signal)).items);
  }

  open(id: string, lang: string): Promise<void> {
    if (this.one.value && this.one.value.id !== id) this.one.forget();
    return this.one.ask((signal) => this.#staff.get<DataWalk>(`${this.path}/data-walks/${id}?lang=${lang}`, signal));
  }

  async loadResponses(id: string, lang: string): Promise<void> {
    await this.responses.ask((signal) => this.#staff.get<Responses>(`${this.path}/data-walks/${id}/responses`, signal));
    await this.summary.ask((signal) => this.#staff.get<Summary>(`${this.path}/data-walks/${id}/summary?lang=${lang}`, signal));
  }

  async plan(told: DataWalkPlan): Promise<DataWalk> {
    const made = await this.#staff.post<DataWalk>(`${this.path}/data-walks`, told);
    await this.load();
    return made;
  }

  /** Stores the stations in their new order and wording; a refusal leaves everything as it was. */
  async arrange(id: string, lang: string, stations: readonly PlannedStation[]): Promise<void> {
    const changed = await this.#staff.patch<DataWalk>(`${this.path}/data-walks/${id}?lang=${lang}`, { stations });
    await this.one.ask(() => Promise.resolve(changed));
  }

  async remove(id: string): Promise<void> {
    await this.#staff.remove(`${this.path}/data-walks/${id}`);
    await this.load();
  }

  async dispute(id: string, response: string, disputes: boolean, lang: string): Promise<void> {
    await this.#staff.patch(`${this.path}/data-walks/${id}/responses/${response}`, { disputes });
    await this.loadResponses(id, lang);
  }
}
