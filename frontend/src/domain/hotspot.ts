/** An area found on the surface, and how it is told. */

import type { Feeling } from './pin';

export const HOTSPOT_KINDS = ['safe', 'unsafe', 'contested'] as const;
export const VERDICTS = ['signal', 'unclear', 'few'] as const;

export type HotspotKind = (typeof HOTSPOT_KINDS)[number];
export type Verdict = (typeof VERDICTS)[number];

/** The fewest people for which anything is drawn in colour. */
export const FEWEST_PEOPLE = 5;
/** In the room, groups smaller than this join the others, so that nobody can be singled out. */
export const FEWEST_SHOWN = 3;

/** The shape that stands for a kind. */
export const shapeOf = (kind: HotspotKind): Feeling => (kind === 'contested' ? 'mixed' : kind);

/** How many marks of each kind the people strip has: unsafe, safe, and the rest of everyone; sides under three join the rest. */
export function strip(hotspot: { kind: HotspotKind; people_unsafe: number; people_safe: number }, everyone: number) {
  const shown = (people: number) => (people >= FEWEST_SHOWN ? Math.round(people) : 0);
  const [unsafe, safe] = [shown(hotspot.people_unsafe), shown(hotspot.people_safe)];
  const rest = Math.max(0, everyone - unsafe - safe);
  const sides: { feeling: Feeling; people: number }[] = [
    { feeling: 'unsafe', people: unsafe },
    { feeling: 'safe', people: safe },
  ];
  if (hotspot.kind === 'safe') sides.reverse();
  return { sides: sides.filter((side) => side.people > 0), rest };
}
