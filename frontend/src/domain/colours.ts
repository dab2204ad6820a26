/** The fixed colours of the surface: hue is feeling, strength is people. Never rescaled, so an evening compares. */

export type Rgb = readonly [red: number, green: number, blue: number];

/** The five class colours at 10, 30, 50, 70 and 90 % unsafe. */
const HUES = {
  light: ['#2166ac', '#67a9cf', '#f7f7f7', '#f1a340', '#b35806'],
  dark: ['#3f8fd0', '#67a9cf', '#d9d6cf', '#f1a340', '#e07b1a'],
} as const;

export type Ground = keyof typeof HUES;

/** People at a spot → how opaque it is drawn: four flat steps. Below the first there is no colour, only stipple. */
export const BANDS = [
  { people: 5, opacity: 0.3 },
  { people: 8, opacity: 0.48 },
  { people: 11, opacity: 0.64 },
  { people: 15, opacity: 0.78 },
] as const;

export const classColours = (ground: Ground): readonly string[] => HUES[ground];

/** The colour of a share of unsafe (0–1): continuous between the class colours, flat beyond the outer two. */
export function shareColour(share: number, ground: Ground): Rgb {
  const at = Math.min(1, Math.max(0, (share - 0.1) / 0.8)) * 4;
  const low = Math.min(3, Math.floor(at));
  const [from, to] = [rgb(HUES[ground][low]!), rgb(HUES[ground][low + 1]!)];
  const mix = (n: 0 | 1 | 2) => Math.round(from[n] + (to[n] - from[n]) * (at - low));
  return [mix(0), mix(1), mix(2)];
}

/** The flat opacity for so many people (0 below five). */
export function bandOpacity(people: number): number {
  return BANDS.findLast((band) => people >= band.people)?.opacity ?? 0;
}

const rgb = (hex: string): Rgb => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
