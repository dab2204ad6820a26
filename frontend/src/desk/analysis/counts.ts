/** Counts of people as charts show them. */

import { FEWEST_SHOWN } from '../../domain/hotspot';

/** Fewer than this are not told: the server sends null. */
export const FEW = FEWEST_SHOWN;

export const countWords = (people: number | null) => (people === null ? `<${FEW}` : String(people));
