/** How a hotspot is told on the desk. */

import type { HotspotProperties } from '../../api/shapes';
import { FEWEST_SHOWN } from '../../domain/hotspot';
import { t } from '../../words/words.svelte';

export const nameOf = (hotspot: HotspotProperties, index: number) => hotspot.place?.name ?? hotspot.name ?? t('desk.map.nameless', { number: index + 1 });

/** "18 of 31 people less safe": the counts in words; a side under three stays unsaid. */
export function areaWords({ kind, people_unsafe, people_safe }: HotspotProperties, everyone: number): string {
  const [unsafe, safe] = [Math.round(people_unsafe), Math.round(people_safe)];
  if (kind === 'contested') return t('desk.map.contested', { unsafe: told(unsafe), safe: told(safe) });
  return t(`desk.map.of.${kind}`, { people: told(kind === 'safe' ? safe : unsafe), everyone });
}

const told = (people: number) => (people < FEWEST_SHOWN ? t('desk.chart.few', { limit: FEWEST_SHOWN }) : people);

/** How many people one mark of a strip stands for, so that the strip keeps to its line. */
export const marksOf = (everyone: number): number => [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((each) => everyone / each <= 48) ?? 5000;
