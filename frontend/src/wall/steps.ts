/** The steps of a reveal, and the keys that walk through them. */

import type { Hotspots, Method } from '../api/shapes';
import type { HotspotKind } from '../domain/hotspot';
import { allows } from '../domain/method';
import type { When } from '../domain/pin';

export const STEPS = ['points', 'safe', 'unsafe', 'both', 'contested', 'day', 'evening', 'dark', 'tour'] as const;
export type Step = (typeof STEPS)[number];

/** The steps that show one part of the day, and what was said of it. */
export const MOMENTS = { day: ['morning', 'afternoon'], evening: ['evening'], dark: ['dark', 'night'] } as const satisfies Partial<Record<Step, readonly When[]>>;
export type Moment = keyof typeof MOMENTS;
export const isMoment = (step: Step): step is Moment => step in MOMENTS;

/** Where the reveal stands: a step, and in the tour the number of the hotspot. */
export interface Stop {
  readonly step: Step;
  readonly place: number | null;
}
export const START: Stop = { step: 'points', place: null };

/** The steps that so many people allow, and a stop of the tour for each hotspot. */
export function stopsOf(found: { method: Method; hotspots: Hotspots } | null): Stop[] {
  const simple = (step: Step): Stop => ({ step, place: null });
  const first = (['points', 'safe', 'unsafe', 'both'] as const).map(simple);
  if (!found?.method.enough) return first;
  return [
    ...first,
    ...(allows(found.method, 'contested') ? [simple('contested')] : []),
    ...(allows(found.method, 'day_night') ? (Object.keys(MOMENTS) as Moment[]).map(simple) : []),
    ...found.hotspots.features.map((_, n): Stop => ({ step: 'tour', place: n + 1 })),
  ];
}

/** The steps among the stops, each once. */
export const stepsOf = (stops: readonly Stop[]): Step[] => [...new Set(stops.map(({ step }) => step))];

/** The same stop of another list, or the nearest before it: places come and go while people pin. */
export function kept(now: Stop, stops: readonly Stop[]): Stop {
  return stops.find((stop) => sameStop(stop, now)) ?? stops.findLast((stop) => order(stop) <= order(now)) ?? stops[0] ?? START;
}
const order = ({ step, place }: Stop) => STEPS.indexOf(step) * 10_000 + (place ?? 0);
export const sameStop = (one: Stop, other: Stop) => one.step === other.step && one.place === other.place;

/** What arrow keys and the two buttons of a clicker mean. */
export function stopFor(key: string, now: Stop, stops: readonly Stop[]): Stop | null {
  const at = stops.findIndex((stop) => sameStop(stop, now));
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
    case 'PageDown':
    case ' ':
      return stops[Math.min(at + 1, stops.length - 1)] ?? null;
    case 'ArrowLeft':
    case 'ArrowUp':
    case 'PageUp':
      return stops[Math.max(at - 1, 0)] ?? null;
    case 'Home':
      return stops[0] ?? null;
    case 'End':
      return stops.at(-1) ?? null;
    default:
      return null;
  }
}

/** What the same keys mean among comparisons: null leaves them, undefined means nothing. */
export function pairFor(key: string, now: number | null, pairs: number): number | null | undefined {
  if (key.toLowerCase() === 'v') return now === null ? 0 : null;
  if (now === null) return undefined;
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
    case 'PageDown':
    case ' ':
      return Math.min(now + 1, pairs - 1);
    case 'ArrowLeft':
    case 'ArrowUp':
    case 'PageUp':
      return now === 0 ? null : now - 1;
    case 'Escape':
      return null;
    default:
      return undefined;
  }
}

/** Whether a step shows hotspots of a kind. */
export const shows = (step: Step, kind: HotspotKind) => step === kind || step === 'both' || step === 'tour' || isMoment(step);
