/** What the people around one phone saw at a stop. It is never a pin, and never counted as one. */

import { saidIn, type Caption } from './attachment';

export const FEELING_SCORES = [1, 2, 3, 4, 5] as const;
export type FeelingScore = (typeof FEELING_SCORES)[number];
/** How many people gave each score, from 1 to 5. */
export type Feelings = readonly [number, number, number, number, number];

/** What is looked at, each from 0 (bad) to 3 (good). */
export const LOOKED_AT = ['light', 'sight', 'people', 'path', 'guard', 'clean'] as const;
export type LookedAt = (typeof LOOKED_AT)[number];
export const LOOKS = [0, 1, 2, 3] as const;
export type Look = (typeof LOOKS)[number];

/** Whether what is seen fits what the map says. */
export const FITS = ['confirms', 'nuances', 'contradicts'] as const;
export type Fit = (typeof FITS)[number];

export const LIGHTS = ['day', 'dusk', 'dark'] as const;
export type Light = (typeof LIGHTS)[number];

/** Words, in the order in which they are asked: what is good always comes first. */
export const SAID = ['what_safe', 'what_unsafe', 'keep', 'change', 'who', 'notes'] as const;
export type Said = (typeof SAID)[number];
export const SAID_LIMIT = 500;

/** So many people may stand around one phone. */
const MOST_PEOPLE = 60;

export interface Observation extends Record<Said, string | null> {
  feelings: Feelings;
  scores: Record<LookedAt, Look | null>;
  fits: Fit | null;
  light: Light | null;
  weather: string | null;
  people_there: number | null;
  quick_win: boolean;
  /** What the photo tells, where those who walk tell with photos. */
  caption: Caption | null;
}

export const NOBODY_FELT: Feelings = [0, 0, 0, 0, 0];

export const nothingSeen = (): Observation => ({
  feelings: NOBODY_FELT,
  scores: { light: null, sight: null, people: null, path: null, guard: null, clean: null },
  fits: null,
  what_safe: null,
  what_unsafe: null,
  keep: null,
  change: null,
  who: null,
  notes: null,
  light: null,
  weather: null,
  people_there: null,
  quick_win: false,
  caption: null,
});

export const peopleIn = (feelings: Feelings) => feelings.reduce((sum, people) => sum + people, 0);

/** One more person with this score, or one less; never under nobody, never more than stand around a phone. */
export function felt(feelings: Feelings, score: FeelingScore, more: 1 | -1 = 1): Feelings {
  if (more === 1 && peopleIn(feelings) >= MOST_PEOPLE) return feelings;
  return feelings.map((people, n) => (n === score - 1 ? Math.max(0, people + more) : people)) as unknown as Feelings;
}

/** Whether anything at all was noted. */
export function anythingSeen(seen: Observation): boolean {
  const marked = Object.values(seen.scores).some((score) => score !== null) || [seen.fits, seen.light, seen.weather, seen.people_there].some((mark) => mark !== null);
  const told = seen.caption ? saidIn(seen.caption) !== null : false;
  return marked || told || seen.quick_win || peopleIn(seen.feelings) > 0 || SAID.some((said) => (seen[said] ?? '').trim() !== '');
}

/** As the server takes it: without blanks around words, and nothing in the stead of empty ones. */
export function asTold(stop: string, seen: Observation): Observation & { stop: string } {
  const said = Object.fromEntries(SAID.map((name) => [name, seen[name]?.trim().slice(0, SAID_LIMIT) || null])) as Record<Said, string | null>;
  return { ...seen, ...said, caption: seen.caption ? saidIn(seen.caption) : null, stop };
}
