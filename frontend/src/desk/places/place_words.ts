/** How a place and its history are told on the desk. */

import type { HistoryEntry, Place, PlacePicture } from '../../api/shapes';
import { FEWEST_SHOWN, strip, VERDICTS, type HotspotKind, type Verdict } from '../../domain/hotspot';
import { dayInWords, t } from '../../words/words.svelte';

const SHORT: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' };

const told = (people: number | null) => people ?? t('desk.chart.few', { limit: FEWEST_SHOWN });

/** "9 of 31 people felt less safe here." */
export function said({ kind, people_unsafe, people_safe, everyone }: PlacePicture): string {
  if (kind === 'contested') return t('desk.place.said.contested', { unsafe: told(people_unsafe), safe: told(people_safe) });
  return t(`desk.place.said.${kind}`, { people: told(kind === 'safe' ? people_safe : people_unsafe), everyone });
}

/** A time in words, where the reader is. */
export const momentInWords = (at: string) => dayInWords(localDay(at), SHORT);

const localDay = (at: string) => {
  const moment = new Date(at);
  return [moment.getFullYear(), String(moment.getMonth() + 1).padStart(2, '0'), String(moment.getDate()).padStart(2, '0')].join('-');
};

export const entryDay = (entry: HistoryEntry) => (entry.day ? dayInWords(entry.day, SHORT) : entry.at ? momentInWords(entry.at) : '');

const names = (entry: HistoryEntry) => entry.others.map((other) => `“${other.name}”`).join(', ');
const kindWords = (kind: HotspotKind | null | undefined) => (kind ? t(`desk.place.kind.${kind}`) : '');

/** What happened, as plain sentences. */
export function entryWords(entry: HistoryEntry): string[] {
  const { what, picture } = entry;
  const people = picture ? [said(picture)] : [];
  const name = entry.name ?? '';
  switch (what) {
    case 'counted':
      return people;
    case 'changed':
      return [t('desk.place.told.changed', { before: kindWords(entry.kind_before), now: kindWords(picture?.kind) }), ...people];
    case 'moved':
    case 'found':
      return [t(`desk.place.told.${what}`), ...people];
    case 'lost':
      return [t('desk.place.told.lost'), t('desk.place.told.lost_means')];
    case 'merged':
      return [t('desk.place.told.merged', { names: names(entry) })];
    case 'split':
      return [t('desk.place.told.split', { count: entry.parts.length })];
    case 'split_off':
      return [t('desk.place.told.split_off', { name })];
    case 'kept':
      return [
        t('desk.place.told.kept', { name }),
        ...(entry.others.length > 0 ? [t('desk.place.told.split_from', { names: names(entry) })] : []),
        ...(entry.selection ? [t('desk.place.told.selection'), ...people] : []),
      ];
    case 'renamed':
      return [t('desk.place.told.renamed', { name, before: entry.name_before ?? '' })];
    case 'removed':
      return [t('desk.place.told.removed')];
  }
}

/** The marks of a picture: its sides, and the others of everyone; a side under three joins them. */
export const marks = (picture: PlacePicture) =>
  strip({ ...picture, people_unsafe: picture.people_unsafe ?? 0, people_safe: picture.people_safe ?? 0 }, picture.everyone);

/** How sure it is: nothing where no test looked at it. */
export function textureOf({ properties: { state, picture } }: Place): Verdict | 'contested' | null {
  if (state !== 'found' || !picture) return null;
  if (picture.kind === 'contested') return 'contested';
  return VERDICTS.find((verdict) => verdict === picture.verdict) ?? null;
}
