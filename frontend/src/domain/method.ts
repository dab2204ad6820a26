/** How an answer was found, and what so many people allow. */

/** How much may be said from so many people, least first. */
export const TIERS = ['none', 'first', 'small', 'usual', 'groups', 'city'] as const;
export type Tier = (typeof TIERS)[number];

/** What a tier may open. */
export const ALLOWANCES = ['surface', 'test', 'contested', 'day_night', 'side_by_side', 'group_test', 'rounds'] as const;
export type Allowance = (typeof ALLOWANCES)[number];

/** Fewest people for which a side of a comparison is shown. */
export const FEWEST_A_SIDE = 15;

/** Whether something may be done with so many people. */
export const allows = (method: { readonly allowed: readonly Allowance[] }, what: Allowance) => method.allowed.includes(what);
