/** What the preview shows of each feature. */

import type { HotspotProperties, StaffPinProperties } from '../../api/shapes';
import { t } from '../../words/words.svelte';

export const HOTSPOT_COLUMNS = ['name', 'kind', 'people', 'people_unsafe', 'people_safe', 'pins', 'area'] as const;
export const PIN_COLUMNS = ['feeling', 'round', 'held_on', 'when', 'themes', 'effect', 'radius', 'basis', 'comment'] as const;

export const hotspotRow = ({ name, kind, people, people_unsafe, people_safe, pins, area_m2 }: HotspotProperties): string[] => [
  name ?? '–',
  kind === 'contested' ? t('staff.texture.contested') : t(`shared.feeling.${kind}`),
  number(people),
  number(people_unsafe),
  number(people_safe),
  number(pins),
  t('desk.column.hectares', { area: Math.round(area_m2 / 100) / 100 }),
];

export const pinRow = ({ feeling, round, held_on, when, themes, effect, radius_m, basis, comment }: StaffPinProperties): string[] => [
  t(`shared.feeling.${feeling}`),
  round,
  held_on ?? '–',
  when.map((each) => t(`desk.when_short.${each}`)).join(', ') || '–',
  themes.map((each) => t(`shared.theme.${each}`)).join(', ') || '–',
  effect ? t(`shared.effect.${effect}`) : '–',
  `${radius_m} m`,
  t(`desk.basis.${basis}`),
  comment ?? '–',
];

const number = (count: number) => String(Math.round(count));
