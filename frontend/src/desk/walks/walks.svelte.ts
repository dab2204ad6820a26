/** The walks of one neighbourhood, the one that is open, and what was seen on it. */

import type { List, NewStop, Proposed, Walk, WalkChange, WalkListed, WalkSeen } from '../../api/shapes';
import { Asked } from '../frame/asked.svelte';
import type { Staff } from '../people/staff.svelte';

export class Walks {
  readonly asked = new Asked<readonly WalkListed[]>();
  readonly open = new Asked<Walk>();
  readonly seen = new Asked<WalkSeen>();
  /** So many changes are on their way. */
  saving = $state(0);
  readonly #staff: Staff;
  readonly path: string;
  #last: Promise<unknown> = Promise.resolve();

  constructor(staff: Staff, neighbourhood: string) {
    this.#staff = staff;
    this.path = `/api/neighbourhoods/${neighbourhood}/walks`;
  }

  load(): Promise<void> {
    return this.asked.ask(async (signal) => (await this.#staff.get<List<WalkListed>>(this.path, signal)).items);
  }

  read(id: string): Promise<void> {
    if (this.open.value?.id !== id) {
      this.open.forget();
      this.seen.forget();
    }
    return this.open.ask((signal) => this.#staff.get<Walk>(`${this.path}/${id}`, signal));
  }

  look(id: string): Promise<void> {
    return this.seen.ask((signal) => this.#staff.get<WalkSeen>(`${this.path}/${id}/observations`, signal));
  }

  propose(how: { selection: string; round_trip: boolean; step_free: boolean; speed_km_h: number }): Promise<Proposed> {
    return this.#staff.post<Proposed>(`${this.path}/propose`, how);
  }

  make(walk: WalkChange & { name: string; stops: readonly NewStop[] }): Promise<Walk> {
    return this.#staff.post<Walk>(this.path, walk);
  }

  /** Changes one after another: what was asked last is what stands. */
  change(id: string, change: WalkChange): Promise<void> {
    return this.#inTurn(() => this.#staff.patch<Walk>(`${this.path}/${id}`, change));
  }

  order(id: string): Promise<void> {
    return this.#inTurn(() => this.#staff.post<Walk>(`${this.path}/${id}/order`));
  }

  async pair(id: string): Promise<Walk> {
    const twin = await this.#staff.post<Walk>(`${this.path}/${id}/pair`, {});
    await this.load();
    return twin;
  }

  async remove(id: string, withSeen: boolean): Promise<void> {
    await this.#staff.remove(`${this.path}/${id}${withSeen ? '?observations=true' : ''}`);
    this.open.forget();
    await this.load();
  }

  async decide(id: string, observation: string, status: 'approved' | 'hidden'): Promise<void> {
    await this.#staff.patch(`${this.path}/${id}/observations/${observation}/photo`, { status });
    await this.look(id);
  }

  async #inTurn(act: () => Promise<Walk>): Promise<void> {
    this.saving += 1;
    const mine = this.#last.then(act);
    this.#last = mine.catch(() => undefined);
    try {
      const walk = await mine;
      // An answer to an older change would put back what was changed since.
      if (this.saving === 1 && this.open.value?.id === walk.id) this.open.value = walk;
    } finally {
      this.saving -= 1;
    }
  }
}
