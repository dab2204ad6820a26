/** What a pin holds and which rules it keeps. */

import { geometryOf, type Drawn } from './drawn';

export const FEELINGS = ['safe', 'unsafe', 'mixed'] as const;
export const WHEN = ['morning', 'afternoon', 'evening', 'night', 'dark', 'always'] as const;
export const DAYS = ['week', 'weekend', 'school_hours', 'event'] as const;
export const FREQUENCIES = ['daily', 'weekly', 'monthly', 'less', 'once'] as const;
export const EFFECTS = ['none', 'alert', 'detour', 'avoid', 'accompanied', 'stay'] as const;
export const BASES = ['own', 'heard'] as const;
export const RADII_M = [25, 50, 100, 200] as const;
export const THEMES = [
  'light', 'sight', 'people', 'wayfind', 'path', 'traffic', 'transit', 'clean',
  'noise', 'use', 'harass', 'subst', 'crime', 'guard', 'bond', 'other',
] as const;

export type Feeling = (typeof FEELINGS)[number];
export type When = (typeof WHEN)[number];
export type Day = (typeof DAYS)[number];
export type Frequency = (typeof FREQUENCIES)[number];
export type Effect = (typeof EFFECTS)[number];
export type Basis = (typeof BASES)[number];
export type RadiusM = (typeof RADII_M)[number];
export type Theme = (typeof THEMES)[number];
export type LonLat = readonly [lon: number, lat: number];

export const MOST_THEMES = 3;
export const COMMENT_LIMIT = 280;
export const USUAL_RADIUS_M: RadiusM = 50;

/** One pin as the device keeps it. */
export interface Pin {
  readonly id: string;
  readonly participant: string;
  at: LonLat;
  /** The route or area that is meant; none for a spot. */
  drawn?: Drawn | null;
  feeling: Feeling;
  intensity: 1 | 2 | 3 | null;
  radius_m: RadiusM;
  precision_m: number | null;
  when: When[];
  days: Day[];
  frequency: Frequency | null;
  effect: Effect | null;
  themes: Theme[];
  basis: Basis;
  comment: string | null;
  /** What would help there. */
  help: string | null;
  lang: string;
}

/** A pin on which nothing is chosen but the feeling. */
export function newPin(known: Pick<Pin, 'id' | 'participant' | 'at' | 'feeling' | 'lang'> & Partial<Pin>): Pin {
  return {
    intensity: null,
    radius_m: USUAL_RADIUS_M,
    precision_m: null,
    when: [],
    days: [],
    frequency: null,
    effect: null,
    themes: [],
    basis: 'own',
    comment: null,
    help: null,
    ...known,
  };
}

/** The GeoJSON Feature that the server takes. */
export function toFeature(pin: Pin) {
  const { id: _id, at, drawn, ...properties } = pin;
  return {
    type: 'Feature' as const,
    geometry: geometryOf(at, drawn),
    properties: { ...properties, comment: properties.comment?.trim() || null, help: properties.help?.trim() || null },
  };
}

/** Ticks or unticks one of many; above `most`, nothing changes. */
export function toggled<T>(chosen: readonly T[], one: T, most = Infinity): T[] {
  if (chosen.includes(one)) return chosen.filter((other) => other !== one);
  return chosen.length < most ? [...chosen, one] : [...chosen];
}

/** Ticks a moment: "always" and the single moments exclude each other. */
export function toggledWhen(chosen: readonly When[], one: When): When[] {
  if (one === 'always') return chosen.includes('always') ? [] : ['always'];
  return toggled(chosen.filter((other) => other !== 'always'), one);
}

/** A next larger or smaller ring, or the same at either end. */
export function nextRadius(radius_m: RadiusM, step: 1 | -1): RadiusM {
  return RADII_M[RADII_M.indexOf(radius_m) + step] ?? radius_m;
}

/** How the budget is drawn: half of it safe, half unsafe (the odd one safe), each slot filled or open; pins that depend come after. */
export function slots(budget: number, pins: readonly Pick<Pin, 'feeling'>[]) {
  const count = (feeling: Feeling) => pins.filter((pin) => pin.feeling === feeling).length;
  const used = { safe: count('safe'), unsafe: count('unsafe'), mixed: count('mixed') };
  const left = Math.max(0, budget - pins.length);
  // An open slot sits on the side that has fewest, so both sides stay even.
  const open = { safe: 0, unsafe: 0 };
  for (let n = 0; n < left; n++) {
    const side = used.safe + open.safe <= used.unsafe + open.unsafe ? 'safe' : 'unsafe';
    open[side]++;
  }
  return { used, open, left };
}

/** How exactly the finger pointed: 24 pixels on the ground at this zoom, at least 10 m. */
export function precision(zoom: number, lat: number): number {
  return Math.max(10, Math.round(24 * metresPerPixel(zoom, lat)));
}

/** The ground length of one pixel of a map with 512-pixel tiles. */
export function metresPerPixel(zoom: number, lat: number): number {
  return (40_075_016.686 * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** zoom);
}

/** How close a map must be for so many metres to fill so many pixels; never closer than a house front. */
export function zoomFor(metres: number, px: number, lat: number): number {
  return Math.min(18, Math.log2((metresPerPixel(0, lat) * px) / metres));
}
