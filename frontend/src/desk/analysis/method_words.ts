/** The method card in words: what was counted, how, and what was left out. */

import type { Method } from '../../api/shapes';
import { chosen } from '../../domain/selection';
import { tierSentence } from '../../words/telling';
import { currentLanguage, dayInWords, t } from '../../words/words.svelte';
import type { Desk } from '../desk.svelte';
import { valueWords } from '../selection/words';

/** One side of a comparison. */
export interface Side {
  name: string;
  method: Method;
}

/** Each fact with its name, in the order of the card. */
export function methodFacts(method: Method, sides?: readonly Side[]): [name: string, value: string][] {
  const { test } = method;
  const counted = ({ people, pins }: Method) => t('desk.method.people', { people, pins });
  return [
    ...(sides ? sides.map((side): [string, string] => [side.name, counted(side.method)]) : [[t('desk.method.unit'), counted(method)] as [string, string]]),
    [t('desk.method.heard'), t('desk.method.heard_out', { count: method.heard_pins })],
    [t('desk.method.from'), t('desk.method.gatherings', { count: method.gatherings })],
    [t('desk.method.days'), daysOf(method)],
    [t('desk.method.width'), t('desk.method.sigma', { sigma: method.sigma_m })],
    [t('desk.method.floor'), t('desk.method.floor_is', { people: method.min_people, pins: method.min_pins })],
    ...(sides ? [] : [[t('desk.method.test'), testOf(method)] as [string, string]]),
    ...(!sides && test.state !== 'refused' && test.seed !== null ? [[t('desk.method.seed'), String(test.seed)] as [string, string]] : []),
    [t('desk.method.area'), t('desk.method.area_is', { part: percent(method.peak_part), area: method.min_area_m2, merge: method.merge_m })],
    [t('desk.method.near'), t('desk.method.near_is', { metres: Math.round(method.near_sigmas * method.sigma_m), told: method.min_told })],
    [t('desk.method.shrink'), t('desk.method.shrink_is', { people: method.shrink_people })],
    [t('desk.method.version'), method.version],
  ];
}

/** The whole card as text, to stand beside a picture. */
export function methodText(desk: Desk, method: Method, sides?: readonly Side[]): string {
  const names = new Map(desk.gatherings.all.map((gathering) => [gathering.id, gathering.name]));
  const picked = chosen(desk.address.spot.selection).map(({ key, value }) => valueWords(key, value, names));
  return [
    `${t('desk.method.title')}: ${desk.here?.name ?? ''}`,
    `${t('desk.selection.title')}: ${picked.join(' × ') || t('desk.selection.everything')}`,
    ...methodFacts(method, sides).map(([name, value]) => `${name}: ${value}`),
    ...(sides ? [] : [tierSentence(method)]),
    location.href,
  ].join('\n');
}

function testOf({ test }: Method): string {
  if (test.state === 'refused' || test.by === null) return t('desk.method.tested.refused');
  if (test.state === 'running') return t('staff.test.running', { percent: Math.round(test.percent) });
  return t(`desk.method.tested.${test.by}`, { shuffles: test.shuffles ?? 0, alpha: percent(test.alpha) });
}

const percent = (share: number) => (share * 100).toLocaleString(currentLanguage(), { maximumFractionDigits: 1 });

function daysOf({ first_day, last_day }: Method): string {
  if (!first_day || !last_day) return '–';
  if (first_day === last_day) return dayInWords(first_day);
  return [first_day, last_day].map((day) => dayInWords(day, { day: 'numeric', month: 'short', year: 'numeric' })).join(' – ');
}
