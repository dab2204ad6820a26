/** What can be laid side by side, and how it is asked. */

import { SELECTION_KEYS, toQuery, type Selection, type SelectionKey } from './selection';

/** Two selections of which everything but one thing is the same. */
export interface Pair {
  readonly by: 'gender' | 'age' | 'light' | 'round';
  readonly a: Selection;
  readonly b: Selection;
}

/** How an address names it. */
export const pairId = ({ by, a, b }: Pair) => (by === 'round' ? `round:${a.round?.[0]}:${b.round?.[0]}` : by);

const FIXED: readonly Pair[] = [
  { by: 'gender', a: { gender: ['woman'] }, b: { gender: ['man'] } },
  { by: 'age', a: { age: ['under_12', '12_17', '18_29'] }, b: { age: ['65_plus'] } },
  { by: 'light', a: { when: ['morning', 'afternoon'] }, b: { when: ['dark', 'night'] } },
];

/** Every choice: women and men, young and old, day and dark, and each round with the one after it. */
export function pairsOf(rounds: readonly string[]): Pair[] {
  const sorted = [...new Set(rounds)].sort((one, other) => one.localeCompare(other, undefined, { numeric: true }));
  return [...FIXED, ...sorted.slice(1).map((after, n): Pair => ({ by: 'round', a: { round: [sorted[n]!] }, b: { round: [after] } }))];
}

/** The card of both sides together, as far as they share it: days from the first to the last, and all that was left out. */
export function sharedCard<Card extends { first_day: string | null; last_day: string | null; heard_pins: number }>(a: Card, b: Card): Card {
  const days = [a.first_day, b.first_day, a.last_day, b.last_day].filter((day) => day !== null).sort();
  return { ...a, first_day: days[0] ?? null, last_day: days.at(-1) ?? null, heard_pins: Math.max(a.heard_pins, b.heard_pins) };
}

/** The pair as the server is asked for it; what the sides choose themselves is not asked of both. */
export function pairQuery(shared: Selection, pair: Pair): string {
  const own = new Set([...Object.keys(pair.a), ...Object.keys(pair.b)] as SelectionKey[]);
  // A round has its own gatherings.
  if (own.has('round')) own.add('gathering');
  const common: Selection = Object.fromEntries(SELECTION_KEYS.filter((key) => !own.has(key) && shared[key]).map((key) => [key, shared[key]]));
  const side = (name: 'a' | 'b') => toQuery(pair[name]).split('&').filter(Boolean).map((part) => `${name}.${part}`);
  return [toQuery(common), ...side('a'), ...side('b')].filter(Boolean).join('&');
}
