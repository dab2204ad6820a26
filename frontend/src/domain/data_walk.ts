/** Charts on the walls of a room, for groups of residents to read: what a station shows, and the marks of its chart. */

import type { MultiPolygon, Polygon } from 'geojson';
import type { HotspotKind, Verdict } from './hotspot';
import type { Feeling, LonLat, Theme } from './pin';

export const STATION_KINDS = ['who', 'safe', 'unsafe', 'contested', 'when', 'why', 'differences', 'words', 'figures', 'actions'] as const;
export type StationKind = (typeof STATION_KINDS)[number];
export const BANDS = ['few', 'some', 'many'] as const;
export type Band = (typeof BANDS)[number];

interface Named {
  readonly name: string | null;
  readonly place: string | null;
  readonly people: number;
  readonly centre: LonLat;
  readonly geometry: Polygon | MultiPolygon;
}
/** A place on the map of a station; `feel_so` is null for fewer than three people. */
export interface PlaceMark extends Named {
  readonly kind: HotspotKind;
  readonly feel_so: number | null;
  readonly verdict: Verdict | null;
}
export interface ContestedPlace extends Named {
  readonly people_safe: number | null;
  readonly people_unsafe: number | null;
  readonly safe_words: string | null;
  readonly unsafe_words: string | null;
}

/** What a drawing needs of a place. */
export type PlaceOnMap = Pick<PlaceMark, 'name' | 'kind' | 'centre' | 'geometry'>;

/** What a station shows, by what it is of. */
export type StationChart =
  | { readonly of: 'refused'; readonly why: string; readonly needs: number | null }
  | { readonly of: 'who'; readonly fields: readonly { readonly of: 'age' | 'gender' | 'role'; readonly bands: readonly { readonly code: string; readonly people: number | null }[]; readonly others: number }[] }
  | { readonly of: 'places'; readonly places: readonly PlaceMark[] }
  | { readonly of: 'contested'; readonly places: readonly ContestedPlace[] }
  | { readonly of: 'when'; readonly panels: readonly { readonly time: 'day' | 'evening' | 'dark'; readonly people: number | null; readonly refused: string | null; readonly places: readonly PlaceMark[] }[] }
  | { readonly of: 'why'; readonly themes: readonly Theme[]; readonly rows: readonly { readonly name: string | null; readonly kind: HotspotKind; readonly people: number; readonly bands: readonly (Band | null)[] }[] }
  | { readonly of: 'differences'; readonly pairs: readonly { readonly of: string; readonly names: readonly [string, string]; readonly people: readonly [number, number]; readonly rows: readonly { readonly theme: Theme; readonly people: readonly [number, number] }[] }[] }
  | { readonly of: 'words'; readonly quotes: readonly { readonly feeling: Feeling; readonly words: string; readonly place: string | null }[] }
  | { readonly of: 'figures'; readonly felt: readonly { readonly theme: Theme; readonly people: number }[]; readonly counted: readonly { readonly label: string; readonly value: string; readonly period: string; readonly source: string }[] }
  | { readonly of: 'actions'; readonly drafts: readonly { readonly measure: string; readonly places: readonly string[]; readonly owner: string | null; readonly status: string; readonly votes: number }[]; readonly empty_rows: number };

export interface Station {
  readonly id: string;
  readonly number: number;
  readonly kind: StationKind;
  readonly question: string;
  readonly title: string;
  readonly prompts: readonly string[];
  readonly chart: StationChart;
  readonly people: number;
  readonly pins: number;
  readonly dates: string;
  readonly source: string;
  readonly cannot_tell: string;
}

export interface DataWalk<Language extends string = string> {
  readonly id: string;
  readonly name: string;
  readonly day: string;
  readonly languages: readonly Language[];
  readonly lang: Language;
  readonly stations: readonly Station[];
  readonly places: readonly { readonly id: string; readonly name: string }[];
  readonly themes: readonly Theme[];
}

/** How many marks stand for a band: three or four people, five to nine, ten or more. */
export const marksOf = (band: Band | null) => (band === null ? 0 : BANDS.indexOf(band) + 1);

/** The length of a bar, as a share of the longest. */
export const shareOf = (people: number | null, all: readonly (number | null)[]) => (people ?? 0) / Math.max(1, ...all.map((one) => one ?? 0));
