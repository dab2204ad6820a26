/** The shapes of the server's answers, by their names in the API description. */

import type { Feature, FeatureCollection, MultiPolygon, Point, Polygon } from 'geojson';
import type { Age, Gender, Kind, Phase, Question, Role } from '../domain/gathering';
import type { HotspotKind, Verdict } from '../domain/hotspot';
import type { Basis, Effect, Feeling, Pin, Theme, When } from '../domain/pin';
import type { PeopleGrid } from '../domain/surface';

export type SeatRole = 'owner' | 'facilitator' | 'analyst' | 'walk_leader' | 'reader';
export type Language = 'nl' | 'fr' | 'de' | 'en';

export interface Person {
  id: string;
  name: string;
  email: string;
  owner: boolean;
  seats: { neighbourhood: string; role: SeatRole }[];
}

/** One page of a list. */
export interface List<T> {
  items: T[];
  next: string | null;
}

export interface ThemeWords {
  code: Theme;
  labels: Record<Language, string>;
  sensitive: boolean;
}

export type Schema = 'buurtsignaal' | 'openmaptiles' | 'shortbread';

/** An archive of vector tiles that the server itself serves. */
export interface ArchiveBasemap {
  kind: 'archive';
  archive: string;
  schema: Schema;
  tiles: string;
  min_zoom: number;
  max_zoom: number;
  bounds: [number, number, number, number];
  attribution: string;
}

/** Where the map under everything comes from, as answers have it. */
export type Basemap =
  | ArchiveBasemap
  | { kind: 'archive'; archive: null }
  | { kind: 'raster'; tiles: string; attribution: string; max_zoom: number }
  | { kind: 'style'; url: string };

/** The basemap as a change has it. */
export type BasemapChoice = { kind: 'archive'; archive: string | null } | Exclude<Basemap, { kind: 'archive' }>;

export interface Neighbourhood {
  id: string;
  slug: string;
  name: string;
  boundary: Polygon | MultiPolygon;
  languages: Language[];
  themes: Theme[];
  basemap: Basemap;
  sigma_m: number;
  retention_days: number;
}

/** A name on the map that can be looked up. */
export interface PlaceName {
  name: string;
  kind: string;
  lon: number;
  lat: number;
}

export interface Gathering {
  id: string;
  neighbourhood: string;
  kind: Kind;
  name: string;
  round: string;
  held_on: string | null;
  code: string;
  phase: Phase;
  pin_budget: number | null;
  questions: Question[];
  people: number;
  pins: number;
}

/** A gathering as devices see it; the code only comes to staff. */
export type JoinedGathering = Pick<Gathering, 'id' | 'kind' | 'name' | 'phase' | 'held_on' | 'pin_budget' | 'questions'> & { code?: string };

export interface Joined {
  device_token: string;
  device: string;
  gathering: JoinedGathering;
  neighbourhood: Neighbourhood;
}

export interface NewParticipant {
  age: Age | null;
  gender: Gender | null;
  role: Role | null;
}

export interface Participant {
  id: string;
  label: string;
}

export type PinFeature = Feature<Point, Omit<Pin, 'id' | 'at'>>;

/** What every picture must say about how it was made. */
export interface Method {
  people: number;
  pins: number;
  heard_pins: number;
  gatherings: number;
  first_day: string | null;
  last_day: string | null;
  sigma_m: number;
  cell_m: number;
  min_people: number;
  enough: boolean;
  version: string;
}

export interface Grid extends PeopleGrid {
  cell_m: number;
  /** North-west, north-east, south-east, south-west. */
  corners: [[number, number], [number, number], [number, number], [number, number]];
}

export interface Surface {
  method: Method;
  overall_share: number;
  grid: Grid | null;
}

export interface HotspotProperties {
  kind: HotspotKind;
  name: string | null;
  people_unsafe: number;
  people_safe: number;
  people: number;
  pins: number;
  share_unsafe: number;
  area_m2: number;
  centre: [number, number];
  themes: { code: Theme; people: number }[];
  when: { code: When; people: number }[];
  /** Absent until the test of the signal exists. */
  verdict?: Verdict;
}

export type Hotspots = FeatureCollection<Polygon | MultiPolygon, HotspotProperties> & { method: Method };

/** Counts of people, not pins; under three is null. */
export interface Counts {
  method: Method;
  themes: { code: Theme; safe: number | null; unsafe: number | null }[];
  when: { code: When; safe: number | null; unsafe: number | null }[];
  effects: { code: Effect; people: number | null }[];
  rounds: string[];
  gatherings: { id: string; name: string }[];
}

export interface StaffPinProperties {
  gathering: string;
  round: string;
  held_on: string | null;
  feeling: Feeling;
  intensity: 1 | 2 | 3 | null;
  radius_m: number;
  when: When[];
  days: string[];
  frequency: string | null;
  effect: Effect | null;
  themes: Theme[];
  basis: Basis;
  comment: string | null;
}

export type StaffPins = FeatureCollection<Point, StaffPinProperties>;

export type CommentStatus = 'waiting' | 'approved' | 'hidden';

export interface Comment {
  pin: string;
  gathering: string;
  gathering_name: string;
  held_on: string | null;
  participant: string;
  lon: number;
  lat: number;
  feeling: Feeling;
  when: When[];
  themes: Theme[];
  effect: Effect | null;
  radius_m: number;
  basis: Basis;
  comment: string;
  status: CommentStatus;
  wording: string | null;
  reason: string | null;
}

export interface Seat {
  name: string;
  email: string;
  role: SeatRole;
}

/** What the live line says. */
export interface LiveEvents {
  gathering: { phase: Phase; people: number; pins: number };
  surface: { revision: number };
}

export interface Problem {
  type: string;
  status: number;
  field?: string;
  detail?: string;
}
