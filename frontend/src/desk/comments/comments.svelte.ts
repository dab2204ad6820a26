/** What residents wrote, waiting to be looked at. */

import type { Comment } from '../../api/shapes';
import type { Staff } from '../people/staff.svelte';
import { Piles, type Decision as Decided } from './piles.svelte';

export interface Decision extends Decided {
  wording?: string;
  help_wording?: string;
}

export class Comments extends Piles<Comment, Decision> {
  constructor(staff: Staff, neighbourhood: string) {
    super(staff, `/api/neighbourhoods/${neighbourhood}/comments`);
  }

  keyOf({ pin }: Comment): string {
    return pin;
  }

  protected decisionOf({ status, wording, help_wording, reason }: Comment): Decision {
    return { status, ...(wording !== null && { wording }), ...(help_wording !== null && { help_wording }), ...(reason !== null && { reason }) };
  }
}
