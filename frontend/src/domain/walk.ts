/** A walk with stops: which way goes on, how long it takes, and what is left of it. */

import type { LineString } from 'geojson';
import { distance_m, type Bounds } from './boundary';
import type { LonLat } from './pin';

export const WALK_KINDS = ['exploratory', 'youth_led', 'photovoice'] as const;
export type WalkKind = (typeof WALK_KINDS)[number];
export const STOP_KINDS = ['safe', 'unsafe', 'contested', 'chosen', 'meeting'] as const;
export type StopKind = (typeof STOP_KINDS)[number];

/** Who does what beside who leads. */
export const ROLES = ['scribe', 'photographer', 'timekeeper', 'guest'] as const;
export type WalkRole = (typeof ROLES)[number];

/** Streets are longer than the straight line between their ends: so many times, where no path is known. */
const STREETS_BEND = 1.3;
const START_MIN = 10;
const CLOSING_MIN = 15;
/** A stop that is chosen on the way lies at most this far from the others, in degrees: some five kilometres. */
const NEAR_DEG = 0.05;
const STOP_NAME_LIMIT = 120;

export interface WalkStop {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly point: LonLat;
  readonly place: { readonly id: string; readonly name: string } | null;
  readonly kind: StopKind | null;
  readonly question: string | null;
  /** Whether it is under a roof or inside. */
  readonly shelter?: boolean;
}

/** The way from one stop to another, by their numbers in the plan. */
export interface WalkLeg {
  readonly from: number;
  readonly to: number;
  readonly length_m: number;
  readonly minutes: number;
  readonly geometry: LineString | null;
  /** No path is known: the straight line and what streets add to it. */
  readonly straight: boolean;
}

export interface Walk {
  readonly id: string;
  readonly name: string;
  readonly kind: WalkKind;
  /** 2026-11-25 */
  readonly day: string;
  /** 16:05 */
  readonly start: string;
  readonly round_trip: boolean;
  readonly speed_km_h: number;
  readonly minutes_per_stop: number;
  readonly people: number;
  readonly leader: string;
  readonly phone: string;
  /** A name for each, empty where nobody said; a phone that joined before they were told knows none. */
  readonly roles?: Readonly<Record<WalkRole, string>>;
  readonly rules: string | null;
  /** When somebody walked it beforehand, and what they found. */
  readonly recce_day?: string | null;
  readonly recce_found?: string | null;
  readonly sunset: string | null;
  readonly stops: readonly WalkStop[];
  readonly route: { readonly length_m: number; readonly legs: readonly WalkLeg[] };
  readonly budget: { readonly total_min: number };
  readonly shortcut: { readonly after: number; readonly length_m: number; readonly minutes: number; readonly total_min: number } | null;
  /** The walk along its sheltered stops alone. */
  readonly bad_weather?: { readonly stops: readonly number[]; readonly route: { readonly legs: readonly WalkLeg[] }; readonly total_min: number } | null;
  /** What the other phones noted: how many of them at each stop, and the people around them. */
  readonly others: readonly { readonly stop: string; readonly phones: number; readonly people: number }[];
}

/** Whether those who walk choose and word the stops themselves, and may take back all that they gave. */
export const isTheirs = (kind: WalkKind) => kind !== 'exploratory';

/** The way from one stop to another: as it was planned, or straight where nobody planned it. */
export function legBetween(walk: Walk, from: WalkStop, to: WalkStop): WalkLeg {
  const [start, end] = [from, to].map((stop) => walk.stops.find(({ id, point }) => id === stop.id && point.join() === stop.point.join())?.number);
  const planned = [...walk.route.legs, ...(walk.bad_weather?.route.legs ?? [])].find((leg) => leg.from === start && leg.to === end);
  if (planned) return planned;
  const length_m = Math.round(distance_m(from.point, to.point) * STREETS_BEND);
  const geometry: LineString = { type: 'LineString', coordinates: [[...from.point], [...to.point]] };
  return { from: from.number, to: to.number, length_m, minutes: minutesFor(walk, length_m), geometry, straight: true };
}

const minutesFor = (walk: Walk, length_m: number) => length_m / ((walk.speed_km_h * 1000) / 60);

/** The order of the stops: some in the walkers' own words, those added on the way behind the others, without those that a short-cut leaves out. */
export function stopsToWalk(planned: readonly WalkStop[], added: readonly WalkStop[], left_out: ReadonlySet<string>): WalkStop[] {
  const known = new Set(planned.map(({ id }) => id));
  const worded = planned.map((stop) => added.find(({ id }) => id === stop.id) ?? stop);
  return [...worded, ...added.filter(({ id }) => !known.has(id))].filter(({ id }) => !left_out.has(id)).map((stop, n) => ({ ...stop, number: n + 1 }));
}

/** Those that the plan does not hold yet as they were worded. */
export const notYetPlanned = (added: readonly WalkStop[], planned: readonly WalkStop[]) =>
  added.filter((own) => !planned.some((stop) => stop.id === own.id && stop.name === own.name && stop.question === own.question && stop.point.every((value, n) => Math.abs(value - own.point[n]!) < 1e-6)));

/** What is still to come. */
export interface Ahead {
  readonly stops: number;
  readonly length_m: number;
  readonly minutes: number;
}

/** What is left from a stop on: the ways, the halts and, at the end, the closing talk. `onWay` when the group has yet to reach it. */
export function ahead(walk: Walk, stops: readonly WalkStop[], at: number, onWay: boolean): Ahead {
  let [length_m, minutes] = [0, CLOSING_MIN];
  const left = stops.slice(at + (onWay ? 0 : 1));
  let from = stops[onWay ? at - 1 : at];
  for (const stop of left) {
    if (from) {
      const leg = legBetween(walk, from, stop);
      length_m += leg.length_m;
      minutes += leg.minutes;
    }
    // Where the group only meets it does not halt.
    if (stop.kind !== 'meeting') minutes += walk.minutes_per_stop;
    from = stop;
  }
  const [first] = stops;
  if (walk.round_trip && from && first && from.id !== first.id) {
    const home = legBetween(walk, from, first);
    length_m += home.length_m;
    minutes += home.minutes;
  }
  return { stops: left.length, length_m, minutes: Math.round(minutes) };
}

/** The whole of it before anybody left, the first words included. */
export const wholeMinutes = (walk: Walk, stops: readonly WalkStop[]) => ahead(walk, stops, 0, true).minutes + START_MIN;

/** Whole minutes until a moment; less than nothing when it has passed. */
export const minutesUntil = (moment_ms: number, now_ms: number) => Math.ceil((moment_ms - now_ms) / 60_000);

/** Metres as a walker reads them: to ten, from a kilometre on to a tenth of one. */
export function readableLength(length_m: number): { value: number; unit: 'm' | 'km' } {
  return length_m < 995 ? { value: Math.round(length_m / 10) * 10, unit: 'm' } : { value: Math.round(length_m / 100) / 10, unit: 'km' };
}

/** The box around all stops and ways, with a street's width of room. */
export function boundsOfWalk(stops: readonly WalkStop[], legs: readonly WalkLeg[]): Bounds {
  const points = [...stops.map(({ point }) => point), ...legs.flatMap(({ geometry }) => (geometry?.coordinates ?? []) as unknown as LonLat[])];
  const room = 0.0012;
  const [lons, lats] = [points.map(([lon]) => lon), points.map(([, lat]) => lat)];
  return [Math.min(...lons) - room, Math.min(...lats) - room, Math.max(...lons) + room, Math.max(...lats) + room];
}

/** Whether a stop that somebody words on the way can be one: it has a name, and lies where the walk is. */
export function canBeStop(name: string, point: LonLat, stops: readonly WalkStop[]): boolean {
  const called = name.trim();
  return called !== '' && called.length <= STOP_NAME_LIMIT && stops.every((stop) => Math.abs(stop.point[0] - point[0]) < NEAR_DEG && Math.abs(stop.point[1] - point[1]) < NEAR_DEG);
}
