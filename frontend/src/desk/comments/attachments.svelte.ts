/** Photos and voice notes, waiting to be looked at; and the way back from a decision. */

import type { Attachment, CommentStatus, List } from '../../api/shapes';
import type { Area } from '../../domain/blur';
import { Asked } from '../frame/asked.svelte';
import type { Staff } from '../people/staff.svelte';

export const PILES = ['waiting', 'approved', 'hidden'] as const satisfies readonly CommentStatus[];

/** A pin has one photo and one voice note at most. */
export const keyOf = ({ pin, kind }: Attachment) => `${pin}/${kind}`;

export class Attachments {
  readonly waiting = new Asked<Attachment[]>();
  readonly approved = new Asked<Attachment[]>();
  readonly hidden = new Asked<Attachment[]>();
  /** Decisions of this sitting, the last one at the end, as they were before. */
  undoable = $state.raw<readonly Attachment[]>([]);
  /** How often a photo was blurred here: its address changes with it, so that the new one is shown. */
  #blurred = $state.raw<Readonly<Record<string, number>>>({});
  readonly #staff: Staff;
  readonly #path: string;

  constructor(staff: Staff, neighbourhood: string) {
    this.#staff = staff;
    this.#path = `/api/neighbourhoods/${neighbourhood}/attachments`;
  }

  pile(status: CommentStatus): readonly Attachment[] {
    return this[status].value ?? [];
  }

  /** Where its bytes are. */
  address(one: Attachment): string {
    return `${this.#path}/${keyOf(one)}?seen=${this.#blurred[keyOf(one)] ?? 0}`;
  }

  load(status: CommentStatus): Promise<void> {
    return this[status].ask(async (signal) => {
      const items: Attachment[] = [];
      for (let next: string | null = ''; next !== null; ) {
        const cursor = next && `&cursor=${encodeURIComponent(next)}`;
        const page: List<Attachment> = await this.#staff.get(`${this.#path}?status=${status}${cursor}`, signal);
        items.push(...page.items);
        next = page.next;
      }
      return items;
    });
  }

  /** Decides on one; it moves to its pile once the server has it. */
  async decide(one: Attachment, status: CommentStatus, reason?: string): Promise<void> {
    await this.#send(one, status, reason ?? null);
    this.undoable = [...this.undoable, one];
  }

  /** Takes the last decision back; gives what it was about, as it was. */
  async undo(): Promise<Attachment | undefined> {
    const before = this.undoable.at(-1);
    if (!before) return undefined;
    await this.#send(before, before.status, before.reason);
    this.undoable = this.undoable.slice(0, -1);
    return before;
  }

  /** Blurs parts of a photo for good. */
  async blur(one: Attachment, areas: readonly Area[]): Promise<void> {
    const shares = areas.map(({ x, y, width, height }) => [x, y, width, height]);
    await this.#staff.post<Attachment>(`${this.#path}/${one.pin}/photo/blur`, { areas: shares });
    this.#blurred = { ...this.#blurred, [keyOf(one)]: (this.#blurred[keyOf(one)] ?? 0) + 1 };
  }

  async #send(one: Attachment, status: CommentStatus, reason: string | null): Promise<void> {
    const decided = await this.#staff.patch<Attachment>(`${this.#path}/${keyOf(one)}`, { status, ...(reason !== null && { reason }) });
    for (const each of PILES) {
      const pile = this[each];
      if (!pile.value) continue;
      const others = pile.value.filter((other) => keyOf(other) !== keyOf(one));
      pile.value = each === decided.status ? [decided, ...others] : others;
    }
  }
}
