/** How a hotspot is told on the desk. */

import type { HotspotProperties, Method } from '../../api/shapes';
import { FEWEST_SHOWN } from '../../domain/hotspot';
import { explanationSentence, stabilitySentences, verdictSentence } from '../../words/telling';
import { currentLanguage, t, tOr } from '../../words/words.svelte';

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

/** Reasons and moments that a sentence names at most. */
const MOST_THEMES = 2;

/** What people say of a place, in one or two whole sentences. */
export function saidOf(hotspot: HotspotProperties, everyone: number): string {
  const { kind, people_safe, people_unsafe, themes, when } = hotspot;
  const [safe, unsafe] = [told(Math.round(people_safe)), told(Math.round(people_unsafe))];
  const said = capital(kind === 'contested' ? t('desk.table.of.contested', { safe, unsafe }) : t(`desk.table.of.${kind}`, { people: kind === 'safe' ? safe : unsafe, everyone }));
  const things = [...themes.slice(0, MOST_THEMES).map(({ code }) => inSentence(t(`shared.theme.${code}`))), ...when.slice(0, 1).map(({ code }) => tOr(`desk.moment.${code}`, 'desk.moment.always'))];
  if (things.length === 0) return said;
  return `${said} ${t('desk.table.named', { things: new Intl.ListFormat(currentLanguage()).format(things) })}`;
}

/** How sure that is: the verdict, its stability, and why people differ; or why nothing is known yet. */
export function sureOf(hotspot: HotspotProperties, { test }: Pick<Method, 'test'>): string {
  if (hotspot.kind === 'contested') {
    return [t('staff.texture.contested') + '.', ...(hotspot.explanation ? [explanationSentence(hotspot.explanation)] : []), ...stabilitySentences(hotspot)].join(' ');
  }
  if (!hotspot.verdict) return test.state === 'refused' ? t('desk.table.not_tested') : t('desk.table.untested');
  // "Too few people" is its own whole sentence.
  const key = hotspot.verdict === 'too_few_people' ? [] : [`${t(`staff.texture.${hotspot.verdict}`)}.`];
  return [...key, verdictSentence(hotspot), ...stabilitySentences(hotspot)].join(' ');
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
/** Theme labels may hold a soft hyphen, and keep their capital only in German. */
function inSentence(words: string): string {
  const plain = words.replaceAll('\u00ad', '');
  return currentLanguage() === 'de' ? plain : plain.charAt(0).toLowerCase() + plain.slice(1);
}
