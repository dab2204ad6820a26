/** A comparison in words: never "no difference", and always what such a comparison cannot tell. */

import type { Comparison } from '../api/shapes';
import type { Pair } from '../domain/comparison';
import { t } from './words.svelte';

/** The choice, in words. */
export const pairWords = (pair: Pair) => t(`staff.compare.pair.${pair.by}`, rounds(pair));

/** What stands over each map. */
export const sideWords = ({ by, ...pair }: Pair, side: 'a' | 'b') => t(`staff.compare.side.${by}.${side}`, { name: pair[side].round?.[0] ?? '' });

/** What the test found, in one sentence. */
export function comparisonHeadline({ test, areas }: Comparison): string {
  if (test.verdict === 'difference' && areas.features.length > 0) return t('staff.compare.found', { count: areas.features.length });
  if (test.verdict === 'no_clear_difference') return t('staff.compare.none');
  return t('staff.compare.untested');
}

/** Each area of a clear difference, in the order of the numbers on the map. */
export const areaSentences = ({ areas }: Comparison, pair: Pair) =>
  areas.features.map(({ properties: { name, more_unsafe } }, n) =>
    t('staff.compare.area', { name: name ?? t('staff.compare.place', { number: n + 1 }), more: t(`staff.compare.more.${pair.by}.${more_unsafe}`, rounds(pair)) }),
  );

const NOTES = ['regression_to_the_mean', 'small_groups', 'absence_proves_nothing'] as const;
/** What this comparison cannot tell. */
export const noteSentences = ({ notes }: Comparison) => NOTES.filter((note) => notes.includes(note)).map((note) => t(`staff.compare.note.${note}`));

const rounds = ({ a, b }: Pair) => ({ a: a.round?.[0] ?? '', b: b.round?.[0] ?? '' });
