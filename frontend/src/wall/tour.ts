/** The tour of hotspots: what is told at each, and staying at one while others come and go. */

import type { Hotspots } from '../api/shapes';
import { boundsOf, contains, distance_m, type Bounds } from '../domain/boundary';
import type { Feeling } from '../domain/pin';
import type { Quote } from './evening.svelte';
import type { Stop } from './steps';

/** A hotspot that moved less than this is the same. */
const SAME_M = 120;

/** The stop of the same hotspot in a newer list, where its number may be another. */
export function followed(stop: Stop, before: Hotspots | undefined, now: Hotspots): Stop {
  const was = stop.place === null ? undefined : before?.features[stop.place - 1]?.properties;
  if (!was || before === now) return stop;
  const nearest = now.features
    .map(({ properties }, n) => ({ place: n + 1, same: properties.kind === was.kind, metres: distance_m(properties.centre, was.centre) }))
    .filter(({ metres }) => metres <= SAME_M)
    .sort((a, b) => Number(b.same) - Number(a.same) || a.metres - b.metres)[0];
  return nearest ? { ...stop, place: nearest.place } : stop;
}

/** At most this many quotes, and none longer than what the back row can read. */
const MOST_QUOTES = 2;
const LONGEST_QUOTE = 140;

/** What people said inside a hotspot: of a contested place one of each side first. */
export function quotesAt({ geometry, properties: { kind } }: Hotspots['features'][number], quotes: readonly Quote[]): Quote[] {
  const here = quotes.filter(({ at, words }) => words.length <= LONGEST_QUOTE && contains(geometry, at)).sort((a, b) => a.words.localeCompare(b.words));
  const of = (...feelings: Feeling[]) => here.filter(({ feeling }) => feelings.includes(feeling));
  if (kind !== 'contested') return [...of(kind), ...of('mixed')].slice(0, MOST_QUOTES);
  return [...of('safe').slice(0, 1), ...of('unsafe').slice(0, 1), ...of('mixed')].slice(0, MOST_QUOTES);
}

/** Metres around a hotspot that stay in view, so that the room still knows where it is. */
const AROUND_M = 110;

/** What the map flies to: the hotspot with its surroundings. */
export function viewOf({ geometry }: Hotspots['features'][number]): Bounds {
  const [west, south, east, north] = boundsOf(geometry);
  const up = AROUND_M / 111_320;
  const aside = up / Math.cos((((south + north) / 2) * Math.PI) / 180);
  return [west - aside, south - up, east + aside, north + up];
}
