/** Photos and voice notes, waiting to be looked at. */

import type { Attachment } from '../../api/shapes';
import type { Area } from '../../domain/blur';
import type { Staff } from '../people/staff.svelte';
import { Piles, type Decision } from './piles.svelte';

export class Attachments extends Piles<Attachment> {
  /** How often a photo was blurred here: its address changes with it, so that the new one is shown. */
  #blurred = $state.raw<Readonly<Record<string, number>>>({});

  constructor(staff: Staff, neighbourhood: string) {
    super(staff, `/api/neighbourhoods/${neighbourhood}/attachments`);
  }

  /** A pin has one photo and one voice note at most. */
  keyOf({ pin, kind }: Attachment): string {
    return `${pin}/${kind}`;
  }

  protected decisionOf({ status, reason }: Attachment): Decision {
    return { status, ...(reason !== null && { reason }) };
  }

  /** Where its bytes are. */
  address(one: Attachment): string {
    return `${this.path}/${this.keyOf(one)}?seen=${this.#blurred[this.keyOf(one)] ?? 0}`;
  }

  /** Blurs parts of a photo for good. */
  async blur(one: Attachment, areas: readonly Area[]): Promise<void> {
    const shares = areas.map(({ x, y, width, height }) => [x, y, width, height]);
    await this.staff.post<Attachment>(`${this.path}/${one.pin}/photo/blur`, { areas: shares });
    this.#blurred = { ...this.#blurred, [this.keyOf(one)]: (this.#blurred[this.keyOf(one)] ?? 0) + 1 };
  }
}
