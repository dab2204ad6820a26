/** What residents wrote, waiting to be looked at; and the way back from a decision. */

import type { Comment, CommentStatus, List } from '../../api/shapes';
import { Asked } from '../frame/asked.svelte';
import type { Staff } from '../people/staff.svelte';

export type Decision = { status: CommentStatus; wording?: string; help_wording?: string; reason?: string };

export class Comments {
  readonly waiting = new Asked<Comment[]>();
  readonly approved = new Asked<Comment[]>();
  readonly hidden = new Asked<Comment[]>();
  /** Decisions of this sitting, the last one at the end, as they were before. */
  undoable = $state.raw<readonly Comment[]>([]);
  readonly #staff: Staff;
  readonly #path: string;

  constructor(staff: Staff, neighbourhood: string) {
    this.#staff = staff;
    this.#path = `/api/neighbourhoods/${neighbourhood}/comments`;
  }

  pile(status: CommentStatus): readonly Comment[] {
    return this[status].value ?? [];
  }

  load(status: CommentStatus): Promise<void> {
    return this[status].ask(async (signal) => {
      const items: Comment[] = [];
      for (let next: string | null = ''; next !== null; ) {
        const cursor = next && `&cursor=${encodeURIComponent(next)}`;
        const page: List<Comment> = await this.#staff.get(`${this.#path}?status=${status}${cursor}`, signal);
        items.push(...page.items);
        next = page.next;
      }
      return items;
    });
  }

  /** Decides on one; it moves to its pile once the server has it. */
  async decide(comment: Comment, decision: Decision): Promise<void> {
    await this.#send(comment, decision);
    this.undoable = [...this.undoable, comment];
  }

  /** Takes the last decision back; gives the comment as it was. */
  async undo(): Promise<Comment | undefined> {
    const before = this.undoable.at(-1);
    if (!before) return undefined;
    const { status, wording, help_wording, reason } = before;
    const now = (['waiting', 'approved', 'hidden'] as const).flatMap((each) => this.pile(each)).find((each) => each.pin === before.pin);
    await this.#send(now ?? before, { status, ...(wording !== null && { wording }), ...(help_wording !== null && { help_wording }), ...(reason !== null && { reason }) }, before);
    this.undoable = this.undoable.slice(0, -1);
    return before;
  }

  /** `place` is the comment in whose stead it was: its order in the pile is kept. */
  async #send(comment: Comment, decision: Decision, place?: Comment): Promise<void> {
    const decided = await this.#staff.patch<Comment>(`${this.#path}/${comment.pin}`, decision);
    for (const status of ['waiting', 'approved', 'hidden'] as const) {
      const pile = this[status];
      if (!pile.value) continue;
      const others = pile.value.filter((each) => each.pin !== comment.pin);
      const at = place && status === decided.status ? this.#placeOf(place, others) : 0;
      pile.value = decided.status === status ? others.toSpliced(at, 0, decided) : others;
    }
  }

  /** The server lists by pin: an undone one goes back to where it stood. */
  #placeOf(comment: Comment, others: readonly Comment[]): number {
    const at = others.findIndex((each) => each.pin > comment.pin);
    return at < 0 ? others.length : at;
  }
}
