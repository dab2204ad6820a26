/** What a group of residents reads in a chart of a data walk. It has its own count of people and is never mixed with pins. */

import type { Theme } from './pin';

export const STANCES = ['confirms', 'nuances', 'contradicts', 'adds'] as const;
export type Stance = (typeof STANCES)[number];

export const READING_LIMIT = 1000;
export const NEW_PLACE_LIMIT = 120;
/** So many people stand around one chart. */
export const MOST_IN_GROUP = 60;
const USUAL_GROUP = 8;
const MOST_STICKERS = 500;

export interface Response {
  readonly id: string;
  station: string;
  stance: Stance | null;
  interpretation: string;
  /** The id of a kept place. */
  place: string | null;
  /** A place that is not on the list, in their words. */
  new_place: string;
  theme: Theme | null;
  group_size: number;
  /** Stickers at each prompt. */
  stickers: number[];
}

/** An empty one; a group keeps its size from station to station. */
export function newResponse(id: string, station: string, group_size = USUAL_GROUP): Response {
  return { id, station, stance: null, interpretation: '', place: null, new_place: '', theme: null, group_size, stickers: [] };
}

/** Why it cannot be kept yet: the name of what is missing. */
export function missingIn({ stance, interpretation, new_place, stickers }: Response): 'stance' | 'interpretation' | null {
  if (stance === null) return 'stance';
  const bare = interpretation.trim() === '' && new_place.trim() === '' && !stickers.some((many) => many > 0);
  return stance === 'adds' && bare ? 'interpretation' : null;
}

/** As the server takes it. */
export function asRead({ station, stance, interpretation, place, new_place, theme, group_size, stickers }: Response) {
  const named = place === null ? new_place.trim().slice(0, NEW_PLACE_LIMIT) : '';
  const stuck = stickers.flatMap((many, prompt) => (many > 0 ? [[String(prompt), Math.min(MOST_STICKERS, many)] as const] : []));
  return {
    station,
    stance,
    interpretation: interpretation.trim().slice(0, READING_LIMIT),
    place,
    new_place: named || null,
    theme,
    group_size: Math.max(1, Math.min(MOST_IN_GROUP, Math.round(group_size) || 1)),
    stickers: stuck.length > 0 ? Object.fromEntries(stuck) : null,
  };
}

/** The people who read charts: groups that came back to a station count again there, as they stood there again. */
export const readersOf = (responses: readonly Pick<Response, 'group_size'>[]) => responses.reduce((sum, { group_size }) => sum + group_size, 0);
