/** The promises of a neighbourhood, and what is answered to residents of its places. */

import type { Action, ActionStatus, AnswerDraft, AnswerOfPlace, ChangeAction, Effect, Kept, List, NewAction } from '../../api/shapes';
import { Asked } from '../frame/asked.svelte';
import type { Staff } from '../people/staff.svelte';

export class Actions {
  readonly asked = new Asked<readonly Action[]>();
  readonly kept = new Asked<Kept>();
  readonly effect = new Asked<Effect>();
  readonly answer = new Asked<AnswerOfPlace>();
  readonly #staff: Staff;
  readonly path: string;

  constructor(staff: Staff, id: string) {
    this.#staff = staff;
    this.path = `/api/neighbourhoods/${id}`;
  }

  get all(): readonly Action[] {
    return this.asked.value ?? [];
  }

  find(id: string | null): Action | undefined {
    return this.all.find((action) => action.id === id);
  }

  async load(): Promise<void> {
    await this.asked.ask(async (signal) => (await this.#staff.get<List<Action>>(`${this.path}/actions`, signal)).items);
    await this.kept.ask((signal) => this.#staff.get<Kept>(`${this.path}/actions/kept`, signal));
  }

  async make(told: NewAction): Promise<Action> {
    const made = await this.#staff.post<Action>(`${this.path}/actions`, told);
    await this.load();
    return made;
  }

  async change(id: string, change: ChangeAction): Promise<void> {
    await this.#staff.patch<Action>(`${this.path}/actions/${id}`, change);
    await this.load();
  }

  move(id: string, status: ActionStatus, reason?: string): Promise<void> {
    return this.change(id, { status, ...reason && { reason } });
  }

  async vote(id: string, source: string, people: number): Promise<void> {
    await this.#staff.put<Action>(`${this.path}/actions/${id}/votes`, { source, people });
    await this.load();
  }

  async remove(id: string): Promise<void> {
    await this.#staff.remove(`${this.path}/actions/${id}`);
    await this.load();
  }

  loadEffect(id: string): Promise<void> {
    this.effect.forget();
    return this.effect.ask((signal) => this.#staff.get<Effect>(`${this.path}/actions/${id}/effect`, signal));
  }

  loadAnswer(place: string): Promise<void> {
    this.answer.forget();
    return this.answer.ask((signal) => this.#staff.get<AnswerOfPlace>(`${this.path}/places/${place}/answer`, signal));
  }

  write(place: string, draft: AnswerDraft): Promise<void> {
    return this.answer.ask(() => this.#staff.put<AnswerOfPlace>(`${this.path}/places/${place}/answer`, draft));
  }

  async publish(place: string, approved_by: string): Promise<void> {
    await this.#staff.post(`${this.path}/places/${place}/answer/publish`, { approved_by });
    await this.loadAnswer(place);
  }
}
