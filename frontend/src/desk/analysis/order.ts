/** The order of the list of hotspots. Their numbers stay those of the map. */

import type { Hotspots } from '../../api/shapes';
import type { Verdict } from '../../domain/hotspot';

export const ORDERS = ['people', 'verdict', 'unsafe', 'safe', 'name'] as const;
export type Order = (typeof ORDERS)[number];

const SURE: readonly (Verdict | null)[] = ['signal', 'no_clear_signal', 'too_few_people', null];

/** Their indices in the order asked for; what is equal keeps the order of most people first. */
export function ordered({ features }: Pick<Hotspots, 'features'>, order: Order, name: (index: number) => string): number[] {
  const all = features.map((_, index) => index);
  const of = (index: number) => features[index]!.properties;
  const by = (rank: (index: number) => number) => all.toSorted((a, b) => rank(a) - rank(b));
  switch (order) {
    case 'people':
      return all;
    case 'verdict':
      return by((index) => SURE.indexOf(of(index).kind === 'contested' ? null : of(index).verdict));
    case 'unsafe':
    case 'safe':
      return by((index) => -of(index)[`people_${order}`]);
    case 'name':
      return all.toSorted((a, b) => name(a).localeCompare(name(b)));
  }
}
