/** The lists that an action chooses from. */

import type { ActionCost, ActionKind, ActionLever, ActionOwner } from '../../api/shapes';

export const KINDS: readonly ActionKind[] = ['quick_win', 'project', 'structural', 'test', 'protect', 'listen'];
/** Police last: the owner of most of what people name is another. */
export const OWNERS: readonly ActionOwner[] = [
  'lighting', 'green', 'cleaning', 'works', 'mobility', 'planning', 'prevention', 'youth_work', 'community', 'transport', 'housing', 'schools', 'shops', 'residents', 'council', 'police',
];
export const LEVERS: readonly ActionLever[] = ['surveillance', 'access', 'territory', 'image', 'activity', 'hardening', 'cohesion', 'connectivity', 'culture', 'guardianship'];
export const COSTS: readonly ActionCost[] = ['none', 'low', 'middle', 'high'];
