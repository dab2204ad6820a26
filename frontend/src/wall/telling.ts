/** What the wall says in words at a step: chosen from the hotspots, always in people. */

import type { Hotspots, HotspotProperties, Method } from '../api/shapes';
import { FEWEST_SHOWN } from '../domain/hotspot';
import { isMoment, shows, type Step } from './steps';

type Side = 'safe' | 'unsafe';

/** A hotspot with the number that its tab has on the map. */
export interface Numbered {
  number: number;
  hotspot: HotspotProperties;
}

/** One sentence: so many of so many people feel so, there. */
export interface Line extends Numbered {
  side: Side;
  people: number;
  of: number;
}

export type Telling =
  | { kind: 'few' }
  | { kind: 'points' }
  /** Enough people, but no area where many say the same. */
  | { kind: 'nothing'; step: Exclude<Step, 'points' | 'tour'> }
  /** Areas where people differ, most people first. */
  | { kind: 'contested'; places: Numbered[] }
  /** Safe first; `missing` is the side that has no area while the other has. `places` counts the areas shown. */
  | { kind: 'places'; lines: Line[]; missing: Side | null; contested: Numbered | null; places: number };

export function telling(step: Exclude<Step, 'tour'>, method: Method, hotspots: Hotspots): Telling {
  if (!method.enough) return { kind: 'few' };
  if (step === 'points') return { kind: 'points' };
  const shown = numbered(hotspots).filter(({ hotspot }) => shows(step, hotspot.kind));
  if (step === 'contested') {
    const places = shown.filter(isTold);
    return places.length > 0 ? { kind: 'contested', places } : { kind: 'nothing', step };
  }
  if (shown.length === 0) return { kind: 'nothing', step };
  const together = step === 'both' || isMoment(step);
  const sides: readonly Side[] = together ? ['safe', 'unsafe'] : [step];
  const lines = sides.flatMap((side) => {
    const top = most(shown.filter(({ hotspot }) => hotspot.kind === side), side);
    return top ? [{ ...top, side, people: peopleOf(top.hotspot, side), of: method.people }] : [];
  });
  const missing = together ? (sides.find((side) => !lines.some((line) => line.side === side)) ?? null) : null;
  const contested = shown.find(isTold) ?? null;
  return { kind: 'places', lines, missing: lines.length > 0 ? missing : null, contested, places: shown.length };
}

/** Whether both sides of a contested place may be told: nobody stands alone. */
const isTold = ({ hotspot }: Numbered) => hotspot.kind === 'contested' && Math.min(hotspot.people_safe, hotspot.people_unsafe) >= FEWEST_SHOWN;

/** Every hotspot with its number: the same at every step. */
export const numbered = (hotspots: Hotspots): Numbered[] => hotspots.features.map(({ properties }, n) => ({ number: n + 1, hotspot: properties }));

export const peopleOf = (hotspot: HotspotProperties, side: Side) => (side === 'safe' ? hotspot.people_safe : hotspot.people_unsafe);

const most = (found: readonly Numbered[], side: Side) => [...found].sort((a, b) => peopleOf(b.hotspot, side) - peopleOf(a.hotspot, side))[0];
