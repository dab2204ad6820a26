/** An area found on the surface, and how it is told. */

import type { Feeling } from './pin';

export const HOTSPOT_KINDS = ['safe', 'unsafe', 'contested'] as const;
export const VERDICTS = ['signal', 'no_clear_signal', 'too_few_people'] as const;
export const STABILITIES = ['robust', 'fair', 'fragile'] as const;

export type HotspotKind = (typeof HOTSPOT_KINDS)[number];
/** Whether it can be chance, and whether that can be known. */
export type Verdict = (typeof VERDICTS)[number];
/** Whether the place stays when other people had come. */
export type Stability = (typeof STABILITIES)[number];

/** The fewest people for which anything is drawn in colour. */
export const FEWEST_PEOPLE = 5;
/** In the room, groups smaller than this join the others, so that nobody can be singled out. */
export const FEWEST_SHOWN = 3;

/** The shape that stands for a kind. */
export const shapeOf = (kind: HotspotKind): Feeling => (kind === 'contested' ? 'mixed' : kind);

/**
 * How many marks of each kind the people strip has: one side only, both, the other side only, and the rest of everyone.
 * `people` are distinct: whoever feels safe and unsafe there is one person. Fewer than three of a kind join the rest.
 */
export function strip(hotspot: { kind: HotspotKind; people_unsafe: number; people_safe: number; people?: number }, everyone: number) {
  const [all_unsafe, all_safe] = [Math.round(hotspot.people_unsafe), Math.round(hotspot.people_safe)];
  const both = Math.max(0, Math.min(all_unsafe, all_safe, all_unsafe + all_safe - Math.round(hotspot.people ?? Infinity)));
  const shown = (people: number) => (people >= FEWEST_SHOWN ? people : 0);
  const sides: { feeling: Feeling; people: number }[] = [
    { feeling: 'unsafe', people: shown(all_unsafe - both) },
    { feeling: 'mixed', people: shown(both) },
    { feeling: 'safe', people: shown(all_safe - both) },
  ];
  if (hotspot.kind === 'safe') sides.reverse();
  return { sides: sides.filter((side) => side.people > 0), rest: Math.max(0, everyone - sides.reduce((sum, { people }) => sum + people, 0)) };
}
