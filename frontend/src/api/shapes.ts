/**
 * The shapes of the server's answers as the pages use them: the generated types, made exact where the API description
 * cannot be (GeoJSON, points as pairs, fields that are null but never missing).
 */

import type { Feature, FeatureCollection, LineString, MultiPolygon, Point, Polygon } from 'geojson';
import type { Station as DrawnStation } from '../domain/data_walk';
import type { LonLat, Pin } from '../domain/pin';
import type { PeopleGrid } from '../domain/surface';
import type * as api from './types';

export type { Explanation, Language, Participant, Schema, Theme, When } from './types';

/** Every field is there; what may be nothing is null. */
type Whole<T> = T extends readonly (infer Item)[] ? readonly Whole<Item>[] : T extends object ? { [K in keyof T]-?: Whole<T[K]> } : T;
/** The same with some fields made exact. */
type Exact<T, Fields> = Omit<Whole<T>, keyof Fields> & Fields;

export type Person = Whole<api.Person>;
export type SeatRole = api.Role;
/** Somebody with a role in a neighbourhood, as its owner sees them. */
export type Seat = Whole<api.Colleague>;
export type ThemeWords = Whole<api.ThemeWords>;
export type PlaceName = Whole<api.Name>;

/** One page of a list. */
export interface List<T> {
  items: readonly T[];
  next: string | null;
}

/** An archive of vector tiles that the server itself serves. */
export interface ArchiveBasemap {
  kind: 'archive';
  archive: string;
  schema: api.Schema;
  tiles: string;
  min_zoom: number;
  max_zoom: number;
  bounds: [number, number, number, number];
  attribution: string;
}

/** Where the map under everything comes from: an archive stands whole or not at all. */
export type Basemap = ArchiveBasemap | { kind: 'archive'; archive: null } | Exclude<Whole<api.Resolved>, { kind: 'archive' }>;
/** The basemap as a change has it. */
export type BasemapChoice = Whole<api.Basemap>;

export type Neighbourhood = Exact<api.Neighbourhood, { boundary: Polygon | MultiPolygon; basemap: Basemap }>;
export type Gathering = Whole<api.Gathering>;
/** A gathering as devices see it; the code only comes to staff. */
export type JoinedGathering = Exact<api.JoinedGathering, { code?: string }>;
export type Joined = Exact<api.Joined, { device_token: string; device_id: string; gathering: JoinedGathering; neighbourhood: Neighbourhood }>;
/** What a device says of a participant; what is left out of the code of the slip stays. */
export type NewParticipant = Whole<Omit<api.NewParticipant, 'note' | 'slip'>> & Pick<api.NewParticipant, 'note' | 'slip'>;
/** What a withdrawal slip opens. */
export type Slip = Exact<api.Slip, { neighbourhood: Neighbourhood; pins: readonly OwnPin[] }>;
export type OwnPin = Feature<PinGeometry, Omit<Pin, 'id' | 'at' | 'drawn'>> & { id: string };
/** What the room is shown of a pin once the gathering is revealed. */
export type RevealedPin = Feature<PinGeometry, Whole<api.RevealedProperties>> & { id: string };
export type Vote = api.Vote;
export type PinGeometry = Point | LineString | Polygon;
export type PinFeature = Feature<PinGeometry, Omit<Pin, 'id' | 'at' | 'drawn'>>;

/** What every picture must say about how it was made. */
export type Method = Whole<api.Method>;
export type Grid = Exact<api.GridAnswer, { corners: readonly [Corner, Corner, Corner, Corner] }> & PeopleGrid;
type Corner = readonly [lon: number, lat: number];
/** Without a grid there are too few voices, and no overall share either. */
export type Surface = { method: Method } & ({ grid: Grid; overall_share: number } | { grid: null; overall_share: number | null });

/** A verdict is null while the test runs, and where there are too few people for one. */
export type HotspotProperties = Exact<api.HotspotProperties, { centre: Corner }>;
export type Hotspots = FeatureCollection<Polygon | MultiPolygon, HotspotProperties> & { method: Method };
/** What the pins said of a place on a date; sides under three are null. */
export type PlacePicture = Exact<api.Picture, { centre: Corner }>;
/** A hotspot that a place has split into. */
export type PlacePart = Exact<api.PlacePart, { centre: Corner }>;
export type PlaceProperties = Exact<api.PlaceProperties, { centre: Corner; picture: PlacePicture | null; parts: readonly PlacePart[] }>;
export type Place = Feature<Point | Polygon | MultiPolygon, PlaceProperties> & { id: string };
export type Places = FeatureCollection<Point | Polygon | MultiPolygon, PlaceProperties> & { features: Place[]; next: string | null };
export type HistoryEntry = Exact<api.HistoryEntry, { picture: PlacePicture | null; parts: readonly PlacePart[] }>;

/** A hexagon of the city's grid; under five people it says nothing but where it is. */
export type HexProperties = Whole<api.HexProperties>;
export type Hexes = FeatureCollection<Polygon, HexProperties> & { method: Method; resolution: number; overall_share: number | null };

/** An area where two sides differ. */
export type DifferenceProperties = Exact<api.DifferenceProperties, { centre: Corner }>;
/** Two selections side by side: the same cells, the same colours. */
export type Comparison = Exact<
  api.ComparisonAnswer,
  { a: ComparedSide; b: ComparedSide; areas: FeatureCollection<Polygon | MultiPolygon, DifferenceProperties> }
>;
export interface ComparedSide {
  method: Method;
  grid: Grid;
}
/** Counts of people, not pins; under three is null. */
export type Counts = Exact<api.CountsAnswer, { method: Method }>;

/** What an interviewer noted of a participant. */
export type InterviewNote = Whole<api.InterviewNote>;
export type CommentStatus = api.Status;
export type Comment = Whole<api.Comment>;
export type Attachment = Whole<api.Attachment>;
/** A pin as staff reads it, with approved words only. */
export type StaffPinProperties = Omit<Whole<api.Told>, 'participant' | 'precision_m' | 'lang' | 'help'> & { gathering: string; round: string; held_on: string };
export type StaffPins = FeatureCollection<PinGeometry, StaffPinProperties>;

export type WalkStop = Exact<api.WalkStop, { point: LonLat }>;
export type WalkLeg = Exact<api.WalkLeg, { geometry: LineString | null }>;
/** A walk with what follows from it: the way, the time, what to look out for. */
export type Walk = Exact<api.Walk, { stops: readonly WalkStop[]; route: Omit<Whole<api.WalkRoute>, 'legs' | 'geometry'> & { legs: readonly WalkLeg[] } }>;
export type WalkListed = Whole<api.WalkListed>;
export type NewStop = Omit<api.NewStop, 'point'> & { point: readonly number[] };
export type WalkChange = Omit<api.ChangeWalk, 'stops'> & { stops?: readonly NewStop[] };
export type Proposed = Omit<Whole<api.ProposedStops>, 'stops'> & { stops: readonly (Omit<Whole<api.NewStop>, 'point'> & { point: LonLat })[] };
/** What the phones of a walk noted, stop by stop. */
export type WalkSeen = Whole<api.WalkSeen>;
export type StopSeen = Whole<api.StopSeen>;
/** What phones noted at a place, walk by walk. */
export type SeenAtPlace = Whole<api.SeenAtPlace>;

/** A chart of a data walk with its sentences, and what was read in it. */
export type Station = Omit<Whole<api.Station>, 'chart'> & DrawnStation;
export type PlannedStation = Whole<api.PlannedStation>;
export type Figure = Whole<api.Figure>;
export type DataWalkName = Whole<api.DataWalkName>;
export type DataWalk = Exact<api.DataWalk, { stations: readonly Station[]; planned: readonly PlannedStation[] }>;
export type DataWalkPlan = api.NewDataWalk;
export type Response = Whole<api.Response>;
export type Responses = Whole<api.ResponsesAnswer>;
export type Summary = Whole<api.Summary>;

/** A promise about places. */
export type ActionStatus = api.ActionStatus;
export type ActionKind = api.ActionKind;
export type ActionOwner = api.ActionOwner;
export type ActionLever = api.ActionLever;
export type ActionCost = api.ActionCost;
export type Action = Exact<api.Action, { evidence: readonly (Whole<api.Evidence> & { picture: PlacePicture | null })[] }>;
export type NewAction = api.NewAction;
export type ChangeAction = api.ChangeAction;
export type Kept = Whole<api.Kept>;
export type Effect = Whole<api.EffectAnswer>;
export type EffectChange = Whole<api.EffectChange>;
export type AnswerDraft = Whole<api.AnswerDraft>;
export type AnswerOfPlace = Whole<api.AnswerOfPlace>;

/** What became of the letters of a tablet's file. */
export type TakenIn = Whole<api.TakenIn>;
export type LetterRefused = Whole<api.Refused>;

/** What the live line says. */
export interface LiveEvents {
  gathering: Whole<api.GatheringEvent>;
  surface: { revision: number };
  /** How far the test of the signal is. */
  verdicts: { revision: number; percent: number };
}

/** A refusal, as RFC 9457 has it. */
export interface Problem {
  type: string;
  status: number;
  field?: string;
  detail?: string;
}
