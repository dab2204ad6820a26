/** What residents gave, in three piles by what a moderator decided of it; and the way back from a decision. */

import type { Comment, CommentStatus, List } from '../../api/shapes';
import { Asked } from '../frame/asked.svelte';
import type { Staff } from '../people/staff.svelte';

export const PILES = ['waiting', 'approved', 'hidden'] as const satisfies readonly CommentStatus[];

/** Something that a moderator looks at. */
export type Checked = Pick<Comment, 'pin' | 'feeling' | 'status' | 'reason' | 'lon' | 'lat' | 'gathering_name'>;
export interface Decision {
  status: CommentStatus;
  reason?: string;
}

export abstract class Piles<T extends Checked, D extends Decision = Decision> {
  readonly waiting = new Asked<T[]>();
  readonly approved = new Asked<T[]>();
  readonly hidden = new Asked<T[]>();
  /** Decisions of this sitting, the last one at the end: what it was about as it was, and where in its pile. */
  #decided = $state.raw<readonly { before: T; at: number }[]>([]);
  protected readonly staff: Staff;
  protected readonly path: string;

  constructor(staff: Staff, path: string) {
    this.staff = staff;
    this.path = path;
  }

  /** What tells one from another, and its place in the address. */
  abstract keyOf(one: T): string;
  /** The decision that makes it what it is. */
  protected abstract decisionOf(one: T): D;

  pile(status: CommentStatus): readonly T[] {
    return this[status].value ?? [];
  }

  get undoable(): boolean {
    return this.#decided.length > 0;
  }

  load(status: CommentStatus): Promise<void> {
    return this[status].ask(async (signal) => {
      const items: T[] = [];
      for (let next: string | null = ''; next !== null; ) {
        const cursor = next && `&cursor=${encodeURIComponent(next)}`;
        const page: List<T> = await this.staff.get(`${this.path}?status=${status}${cursor}`, signal);
        items.push(...page.items);
        next = page.next;
      }
      return items;
    });
  }

  /** Decides on one; it moves to its pile once the server has it. */
  async decide(one: T, decision: D): Promise<void> {
    const at = this.pile(one.status).findIndex((each) => this.keyOf(each) === this.keyOf(one));
    await this.#send(one, decision, 0);
    this.#decided = [...this.#decided, { before: one, at }];
  }

  /** Takes the last decision back; gives what it was about, as it was. */
  async undo(): Promise<T | undefined> {
    const last = this.#decided.at(-1);
    if (!last) return undefined;
    await this.#send(last.before, this.decisionOf(last.before), last.at);
    this.#decided = this.#decided.slice(0, -1);
    return last.before;
  }

  async #send(one: T, decision: D, at: number): Promise<void> {
    const decided = await this.staff.patch<T>(`${this.path}/${this.keyOf(one)}`, decision);
    for (const status of PILES) {
      const pile = this[status];
      if (!pile.value) continue;
      const others = pile.value.filter((each) => this.keyOf(each) !== this.keyOf(one));
      pile.value = decided.status === status ? others.toSpliced(at, 0, decided) : others;
    }
  }
}
