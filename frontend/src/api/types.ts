// Written by `cargo xtask types` from the server's OpenAPI document; change the server, not this file.

/** An action as it stands. */
export interface Action {
  /** When its answer is promised. */
  readonly answer_due: string;
  readonly answered_on?: string | null;
  readonly co_owner?: string | null;
  readonly cost?: ActionCost | null;
  readonly due?: string | null;
  /** What the pins said of its places when it was proposed. */
  readonly evidence: readonly Evidence[];
  readonly from?: CameFrom | null;
  readonly goal: string;
  readonly history: readonly ActionStep[];
  readonly id: Id;
  readonly indicator?: string | null;
  /** Whether the promised date is over and there is no answer. */
  readonly late: boolean;
  readonly lever?: ActionLever | null;
  readonly measure: string;
  /** What can follow. */
  readonly next: readonly ActionStatus[];
  /** Whether it was promised by a date that is over, and is not done. */
  readonly overdue: boolean;
  readonly owner?: ActionOwner | null;
  readonly places: readonly PlaceRef[];
  readonly problem: string;
  readonly proposed_on: string;
  readonly public_text?: string | null;
  readonly reason?: string | null;
  readonly removed: boolean;
  readonly review_on?: string | null;
  readonly status: ActionStatus;
  readonly type: ActionKind;
  /** The same by occasion. */
  readonly vote_sources: readonly ActionVotes[];
  /** People who were for it; whoever voted on two occasions is in it twice. */
  readonly votes: number;
}

/** What it costs. */
export type ActionCost = "none" | "low" | "middle" | "high";

/**
 * What kind of promise it is: done within three months, a project, a lasting change, a test that can be undone, to
 * keep what is good, or to listen more first.
 */
export type ActionKind = "quick_win" | "project" | "structural" | "test" | "protect" | "listen";

/** What it moves: the levers of crime prevention through environmental design (ISO 22341), physical and social. */
export type ActionLever = "surveillance" | "access" | "territory" | "image" | "activity" | "hardening" | "cohesion" | "connectivity" | "culture" | "guardianship";

/** The function that owns it; who works there is nobody's business here. */
export type ActionOwner = "lighting" | "green" | "cleaning" | "works" | "mobility" | "planning" | "prevention" | "youth_work" | "community" | "transport" | "housing" | "schools" | "shops" | "residents" | "council" | "police";

/** How it stands. */
export type ActionStatus = "proposed" | "prioritised" | "accepted" | "refused" | "planned" | "in_progress" | "done" | "checked" | "reopened";

/** A status that an action had. */
export interface ActionStep {
  /** From which date on. */
  readonly at: string;
  readonly reason?: string | null;
  readonly status: ActionStatus;
}

/** People who were for it on one occasion. */
export interface ActionVotes {
  /** Distinct people. */
  readonly people: number;
  /** The occasion, such as `Buurttafel 17 november`. */
  readonly source: string;
}

/** How old a participant is. */
export type AgeBand = "under_12" | "12_17" | "18_29" | "30_44" | "45_64" | "65_plus";

/** What may be shown. */
export type Allowed = "surface" | "test" | "contested" | "day_night" | "side_by_side" | "group_test" | "rounds";

/** What the test says of the whole map. It never says that there is no difference. */
export type Answer = "difference" | "no_clear_difference";

/** What staff writes of a place. */
export interface AnswerDraft {
  /** What was done, or will be, and when. */
  readonly did: string;
  /** The language it is written in. */
  readonly lang: Language;
  /** When it is looked at again. */
  readonly next_check?: string | null;
  /** What people said. */
  readonly said: string;
  /** What will not be done, and why. */
  readonly will_not?: string;
  /** What residents can do. */
  readonly you_can?: string;
}

/** What is written and published of a place. */
export interface AnswerOfPlace {
  readonly draft?: AnswerDraft | null;
  /** What of it may name someone. */
  readonly flags: readonly Flag[];
  /** What was published, the last first; these never change. */
  readonly published: readonly PublishedAnswer[];
  /** What will stand beside it. */
  readonly shown: AnswerShown;
}

/** What is promised of the place. */
export interface AnswerPromise {
  /** When it is due. */
  readonly due?: string | null;
  /** Why it was refused. */
  readonly reason?: string | null;
  /** How it stood. */
  readonly status: ActionStatus;
  /** What residents read of it. */
  readonly what: string;
}

/** What stands on the page beside what was written, as it was when it was published. */
export interface AnswerShown {
  /** What is promised: the actions of the place that have words for residents. */
  readonly actions: readonly AnswerPromise[];
  /** The date of the last gathering in it. */
  readonly day?: string | null;
  readonly felt?: Felt | null;
}

/** Who publishes. */
export interface Approval {
  /** The name and function of the person who stands for it, as residents read it. */
  readonly approved_by: string;
}

/** What pages need to draw an archive; without an archive everything is left out. */
export interface ArchiveMap {
  /** The archive's name, or null when there is none. */
  readonly archive?: string | null;
  /** Whom to thank, in plain text. */
  readonly attribution?: string | null;
  /** West, south, east, north. */
  readonly bounds?: readonly number[] | null;
  /** The deepest zoom with tiles. */
  readonly max_zoom?: number | null;
  /** The shallowest zoom with tiles. */
  readonly min_zoom?: number | null;
  readonly schema?: Schema | null;
  /** The address with `{z}`, `{x}` and `{y}`. */
  readonly tiles?: string | null;
}

/** What became of the rows of a batch. */
export interface Arrived {
  /** Here already; brought up to date where nobody here decided otherwise. */
  readonly already: number;
  /** Not taken: taken back or deleted here meanwhile. */
  readonly gone: number;
  /** New here. */
  readonly new: number;
}

/** A photo or voice note for a moderator's eyes and ears. */
export interface Attachment {
  readonly basis: Basis;
  readonly caption?: Caption | null;
  /** How long a voice note is. */
  readonly duration_ms?: number | null;
  readonly effect?: Effect | null;
  readonly feeling: Feeling;
  readonly gathering: Id;
  readonly gathering_name: string;
  readonly held_on: string;
  readonly kind: AttachmentKind;
  readonly lat: number;
  readonly lon: number;
  /** The label of the participant, for example A4. */
  readonly participant: string;
  readonly pin: Id;
  readonly radius_m: number;
  /** Why it is hidden. */
  readonly reason?: string | null;
  readonly status: Status;
  readonly themes: readonly Theme[];
  readonly when: readonly When[];
}

/** A moderator's decision about a photo or voice note. */
export interface AttachmentDecision {
  /** With hiding: why. */
  readonly reason?: string | null;
  readonly status: Status;
}

/** What comes with a pin. */
export type AttachmentKind = "photo" | "voice";

/** How many people, in bands: three or four, five to nine, ten or more. */
export type Band = "few" | "some" | "many";

/** Bytes that come as base64 text, read without a copy of the text. */
export type Base64 = string;

/** The map of a neighbourhood as it is stored. */
export type Basemap = {
  /** The archive's name; none means the one that covers the boundary best. */
  readonly archive?: string | null;
  readonly kind: "archive";
} | {
  /** Whom to thank, in plain text. */
  readonly attribution: string;
  readonly kind: "raster";
  /** The deepest zoom that server has. */
  readonly max_zoom: number;
  /** The address with `{z}`, `{x}` and `{y}`, or the WMTS words for them. */
  readonly tiles: string;
} | {
  readonly kind: "style";
  /** The address of the style's JSON. */
  readonly url: string;
};

/** Own experience, or heard from others; heard pins never count as people. */
export type Basis = "own" | "heard";

/** A part of a gathering. What it refers to came in an earlier part or stands in this one. */
export interface Batch {
  /** All photos and voice notes beside these pins: pin and kind. */
  readonly attached?: readonly (Readonly<Record<string, unknown>>)[];
  /** Photos and voice notes themselves. */
  readonly attachments?: readonly (Readonly<Record<string, unknown>>)[];
  /** The pins that were deleted. */
  readonly deleted_pins?: readonly (Readonly<Record<string, unknown>>)[];
  /** Its devices, without what opens the door for them: at the main server they are strangers. */
  readonly devices?: readonly (Readonly<Record<string, unknown>>)[];
  /** The gathering. */
  readonly gathering: Readonly<Record<string, unknown>>;
  /** Its participants. */
  readonly participants?: readonly (Readonly<Record<string, unknown>>)[];
  /** Its pins. */
  readonly pins?: readonly (Readonly<Record<string, unknown>>)[];
  /** All votes on these pins. */
  readonly votes?: readonly (Readonly<Record<string, unknown>>)[];
}

/** What to blur of a photo. */
export interface Blur {
  /** Left, top, width and height as shares of the photo, from 0 to 1; at most 40 areas. */
  readonly areas: readonly (readonly number[])[];
}

/** Where an action was thought of, besides a place. */
export type CameFrom = {
  /** The stop. */
  readonly stop: Id;
  /** The walk. */
  readonly walk: Id;
} | {
  /** The data walk. */
  readonly data_walk: Id;
  readonly response?: Id | null;
  /** The station. */
  readonly station: Id;
};

/** What a participant says of their photo, by the five questions of photovoice (`SHOWeD`): each as long as a comment. */
export interface Caption {
  /** What can we do? */
  readonly act?: string | null;
  /** What is really happening here? */
  readonly happening?: string | null;
  /** How does this relate to our lives? */
  readonly lives?: string | null;
  /** What do you see here? */
  readonly see?: string | null;
  /** Why is it so? */
  readonly why?: string | null;
}

/** What to look out for in a walk. */
export type Caution = "no_stops" | "too_long" | "many_stops" | "large_group" | "no_recce" | "no_network" | "off_paths" | "no_way" | "same_spot" | "close_together" | "place_removed" | "no_safe_stop" | "mostly_unsafe" | "in_the_dark" | "crossing_unlit";

/** What may change of an action; null takes a value away. */
export interface ChangeAction {
  readonly answer_due?: string | null;
  readonly co_owner?: string | null;
  readonly cost?: ActionCost | null;
  readonly due?: string | null;
  readonly goal?: string | null;
  readonly indicator?: string | null;
  readonly lever?: ActionLever | null;
  readonly measure?: string | null;
  readonly owner?: ActionOwner | null;
  readonly places?: readonly Id[] | null;
  readonly problem?: string | null;
  readonly public_text?: string | null;
  /** Why; a refusal needs one. */
  readonly reason?: string | null;
  readonly review_on?: string | null;
  readonly status?: ActionStatus | null;
  readonly type?: ActionKind | null;
}

/** What may change of a data walk. */
export interface ChangeDataWalk {
  readonly day?: string | null;
  readonly languages?: readonly Language[] | null;
  readonly name?: string | null;
  readonly selection?: string | null;
  /** All charts in their new order; one that is left out goes, unless somebody said something of it. */
  readonly stations?: readonly PlannedStation[] | null;
}

/** What may change of a gathering; what is left out stays. */
export interface ChangeGathering {
  readonly held_on?: string | null;
  readonly leave_pin?: string | null;
  readonly name?: string | null;
  readonly phase?: Phase | null;
  readonly pin_budget?: number | null;
  readonly questions?: readonly Question[] | null;
  readonly round?: string | null;
  readonly who_at?: WhoAt | null;
}

/** What may change of a neighbourhood; what is left out stays. */
export interface ChangeNeighbourhood {
  readonly basemap?: Basemap | null;
  readonly boundary?: Readonly<Record<string, unknown>> | null;
  readonly languages?: readonly Language[] | null;
  readonly name?: string | null;
  readonly retention_days?: number | null;
  readonly sigma_m?: number | null;
  readonly themes?: readonly Theme[] | null;
}

/** What may change of a place. */
export interface ChangePlace {
  readonly name: string;
}

/** What staff makes of a response. */
export interface ChangeResponse {
  /** Whether its place is told as disputed by residents; that changes no number of the pins. */
  readonly disputes: boolean;
}

/** What is decided about a walk: what is left out stays, and is as usual in a new one, which needs a name. */
export interface ChangeWalk {
  /** Its date; that of a new one is today. */
  readonly day?: string | null;
  readonly kind?: WalkKind | null;
  readonly leader?: string | null;
  readonly minutes_per_stop?: number | null;
  /** 1 to 120 characters. */
  readonly name?: string | null;
  /** Whether it may take longer than two hours. */
  readonly override?: boolean | null;
  readonly people?: number | null;
  readonly phone?: string | null;
  /** When the route was walked beforehand; an empty text takes it away. */
  readonly recce_day?: string | null;
  /** What was found there, at most 500 characters; an empty text takes it away. */
  readonly recce_found?: string | null;
  readonly roles?: WalkRoles | null;
  readonly round_trip?: boolean | null;
  /** An empty text takes them away. */
  readonly rules?: string | null;
  /** What its stops were proposed from, as the query of an address. */
  readonly selection?: string | null;
  readonly speed_km_h?: number | null;
  /** When it starts, such as `16:05`. */
  readonly start?: string | null;
  readonly step_free?: boolean | null;
  /** All its stops in their order: one without an id is new, one that is not in the list is taken out. */
  readonly stops?: readonly NewStop[] | null;
}

/** The chart that a group stood before, as it was then. */
export interface ChartSeen {
  /** The date of the last gathering in it. */
  readonly last_day?: string | null;
  /** People in it. */
  readonly people: number;
  /** Its title in the first language of the walk. */
  readonly title: string;
}

/** A dense group as a GeoJSON Feature. */
export interface ClusterFeature {
  /** A Polygon around its pins, 25 m wider. */
  readonly geometry: Readonly<Record<string, unknown>>;
  readonly properties: ClusterProperties;
  /** Always `Feature`. */
  readonly type: string;
}

/** How many a dense group is. */
export interface ClusterProperties {
  /** Distinct participants, five at least. */
  readonly people: number;
  /** Their pins, without those that say the same again within 50 m. */
  readonly pins: number;
}

/** Dense groups as a GeoJSON `FeatureCollection`, most people first. */
export interface ClustersAnswer {
  /** How far a pin reaches, in metres. */
  readonly eps_m: number;
  readonly features: readonly ClusterFeature[];
  readonly method: Method;
  /** Always `FeatureCollection`. */
  readonly type: string;
}

/** Someone who works in a neighbourhood. */
export interface Colleague {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

/** The words of a pin for a moderator's eyes. */
export interface Comment {
  readonly basis: Basis;
  /** What the resident wrote. */
  readonly comment?: string | null;
  readonly effect?: Effect | null;
  readonly feeling: Feeling;
  /** What these words seem to point at: a hint for whoever checks them. */
  readonly flags: readonly Flag[];
  readonly gathering: Id;
  readonly gathering_name: string;
  readonly held_on: string;
  /** What the resident wrote that would help. */
  readonly help?: string | null;
  /** What others read instead of what would help. */
  readonly help_wording?: string | null;
  readonly lat: number;
  readonly lon: number;
  /** The label of the participant, for example A4. */
  readonly participant: string;
  readonly pin: Id;
  readonly radius_m: number;
  /** Why it is hidden. */
  readonly reason?: string | null;
  readonly status: Status;
  readonly themes: readonly Theme[];
  readonly when: readonly When[];
  /** What others read instead. */
  readonly wording?: string | null;
}

/** Two selections on the same cells and with the same overall share, to be drawn with the same colours. */
export interface ComparisonAnswer {
  readonly a: SideAnswer;
  /** Where they differ more than chance explains, the largest area first; empty where nothing does, or nobody knows. */
  readonly areas: DifferencesAnswer;
  readonly b: SideAnswer;
  /** What tells them apart. */
  readonly by: Differs;
  /** What must be said beside the maps. */
  readonly notes: readonly Note[];
  /** The share of unsafe over all cells of both. */
  readonly overall_share: number;
  readonly test: DifferenceTest;
}

/** A place where people do not feel the same. */
export interface Contested {
  /** Longitude and latitude of a point inside. */
  readonly centre: readonly number[];
  /** What explains it, as a word: `time`, `group`, `theme`, `mixed` or `open`; null where so few people allow no answer. */
  readonly explained_by?: string | null;
  /** A Polygon or `MultiPolygon`. */
  readonly geometry: Readonly<Record<string, unknown>>;
  /** How it is called. */
  readonly name?: string | null;
  /** Distinct people who spoke of it. */
  readonly people: number;
  /** Those who feel safe there; null for fewer than three. */
  readonly people_safe?: number | null;
  /** Those who feel less safe there; null for fewer than three. */
  readonly people_unsafe?: number | null;
  readonly place?: Id | null;
  /** Approved words of one who feels safe there. */
  readonly safe_words?: string | null;
  /** Approved words of one who feels less safe there. */
  readonly unsafe_words?: string | null;
}

/** The charts' numbers, in people; fewer than three are null. */
export interface CountsAnswer {
  readonly effects: readonly Told_Effect[];
  /** The gatherings there are to choose from. */
  readonly gatherings: readonly GatheringName[];
  readonly method: Method;
  /** The rounds there are to choose from. */
  readonly rounds: readonly string[];
  readonly themes: readonly SidesAnswer_Theme[];
  readonly when: readonly SidesAnswer_When[];
}

/** A data walk as staff sees it. */
export interface DataWalk {
  /** What recorders join with; null for those who may not lead a data walk. */
  readonly code?: string | null;
  readonly day: string;
  readonly id: Id;
  /** The language of the stations' sentences. */
  readonly lang: string;
  readonly languages: readonly Language[];
  readonly name: string;
  /** What staff planned: the same stations with what was written in every language. */
  readonly planned: readonly PlannedStation[];
  readonly selection: string;
  readonly stations: readonly Station[];
}

/** A data walk as a recorder sees it. */
export interface DataWalkAtStation {
  readonly day: string;
  readonly id: Id;
  /** The language of the sentences. */
  readonly lang: string;
  readonly languages: readonly Language[];
  readonly name: string;
  /** The kept places that a group may speak of. */
  readonly places: readonly PlaceRef[];
  readonly stations: readonly Station[];
  /** The themes that a group may speak of. */
  readonly themes: readonly Theme[];
}

/** A data walk in a list. */
export interface DataWalkName {
  readonly day: string;
  readonly id: Id;
  readonly name: string;
  /** How many stations it has. */
  readonly stations: number;
}

/** On which days it feels so. */
export type Day = "week" | "weekend" | "school_hours" | "event";

/** What is decided about a photo. */
export interface DecidePhoto {
  readonly status: Status;
}

/** A moderator's decision. */
export interface Decision {
  /** With an approval: what others read instead of what would help. */
  readonly help_wording?: string | null;
  /** With hiding: why. */
  readonly reason?: string | null;
  readonly status: Status;
  /** With an approval: what others read instead. */
  readonly wording?: string | null;
}

/** The density of pins, with an edge correction and a weight per person. */
export interface DensityAnswer {
  /** A person's n pins weigh `1 / n^gamma` each. */
  readonly gamma: number;
  readonly grid?: DensityGrid | null;
  readonly method: Method;
}

/** The cells of a density, row by row from the north-west. */
export interface DensityGrid {
  readonly cell_m: number;
  readonly cols: number;
  /** Longitude and latitude of the corners: north-west, north-east, south-east, south-west. */
  readonly corners: readonly (readonly number[])[];
  /** Pins per square kilometre; null where fewer than five people speak around. */
  readonly per_km2: readonly (number | null)[];
  readonly rows: number;
}

/** An area as a GeoJSON Feature. */
export interface DifferenceFeature {
  /** A Polygon or `MultiPolygon`. */
  readonly geometry: Readonly<Record<string, unknown>>;
  readonly properties: DifferenceProperties;
  /** Always `Feature`. */
  readonly type: string;
}

/** What is known of an area where two selections differ. */
export interface DifferenceProperties {
  readonly area_m2: number;
  /** Longitude and latitude of a point inside. */
  readonly centre: readonly number[];
  /** Which of the two feels less safe there. */
  readonly more_unsafe: Side;
  /** The nearest point of orientation or street, where the map knows one. */
  readonly name?: string | null;
  /** People of each side there; fewer than three are null. */
  readonly people_a?: number | null;
  readonly people_b?: number | null;
  readonly share_a: number;
  readonly share_b: number;
}

/** Whether the difference can be chance. */
export interface DifferenceTest {
  /** By cell: 0 too few people to tell, 1 no clear difference, 2 the first is more unsafe, 3 the second is. */
  readonly cells?: readonly number[] | null;
  /** How often chance alone reaches the largest difference, as a share. */
  readonly p_value?: number | null;
  /** How far it is, in percent. */
  readonly percent: number;
  readonly refused?: Untested | null;
  readonly state: TestState;
  readonly verdict?: Answer | null;
}

/** Areas as a GeoJSON `FeatureCollection`. */
export interface DifferencesAnswer {
  readonly features: readonly DifferenceFeature[];
  /** Always `FeatureCollection`. */
  readonly type: string;
}

/** What tells two selections apart. */
export type Differs = "groups" | "times" | "rounds" | "other";

/** An action as it stands on the wall. */
export interface Draft {
  /** When it is due. */
  readonly due?: string | null;
  /** What would be done. */
  readonly measure: string;
  /** The function that owns it, as a word; null for "not yet". */
  readonly owner?: string | null;
  /** The places it is about. */
  readonly places: readonly string[];
  /** How it stands, as a word. */
  readonly status: string;
  /** People who voted for it. */
  readonly votes: number;
}

/** A theme and the people of two groups who speak of it. */
export interface Dumbbell {
  /** People of each group, three at least. */
  readonly people: readonly number[];
  /** The theme. */
  readonly theme: Theme;
}

/** What two groups speak of where they feel less safe. */
export interface Dumbbells {
  /** The words of the two groups. */
  readonly names: readonly string[];
  /** What they are told apart by. */
  readonly of: GroupedBy;
  /** How many people each has. */
  readonly people: readonly number[];
  /** The themes, the largest difference first. */
  readonly rows: readonly Dumbbell[];
}

/** What one phone noted. */
export type EachObservation = Observation & ({
  /** The id of the observation. */
  readonly id: Id;
  readonly photo?: Status | null;
});

/** What the person does because of it. */
export type Effect = "none" | "alert" | "detour" | "avoid" | "accompanied" | "stay";

/** Before and after an action, place by place. */
export interface EffectAnswer {
  /** The first date that is after; null while the action is not done. */
  readonly after_from?: string | null;
  /** The last date that is before. */
  readonly before_until: string;
  readonly places: readonly EffectAtPlace[];
}

/** Before and after at one place. */
export interface EffectAtPlace {
  readonly effect?: EffectAtSpot | null;
  readonly place: PlaceRef;
}

/** What people said of a place before and after. */
export interface EffectAtSpot {
  /** After. */
  readonly after: SideOf;
  /** Of those who go around it or stay away. */
  readonly avoidance: EffectChange;
  /** Before. */
  readonly before: SideOf;
  /** Of those who feel less safe. */
  readonly less_safe: EffectChange;
}

/** How one share changed. */
export interface EffectChange {
  /** The share after, less the share before; null where there are too few people. */
  readonly difference?: number | null;
  /** What can be said of it. */
  readonly finding: Finding;
  /** Between these two the difference lies, nineteen times of twenty. */
  readonly interval?: readonly number[] | null;
}

/** What the pins said of a place when the action was made. */
export interface Evidence {
  /** The date of the last gathering in the picture. */
  readonly day?: string | null;
  /** Its name then. */
  readonly name: string;
  readonly picture?: Picture | null;
  /** The place. */
  readonly place: Id;
}

/** Why people differ at a contested hotspot. */
export type Explanation = {
  readonly by: "time";
  readonly dark: number;
  readonly day: number;
} | {
  readonly by: "group";
  readonly less: string;
  readonly less_share: number;
  readonly more: string;
  readonly more_share: number;
  readonly of: GroupedBy;
} | {
  readonly by: "theme";
  readonly safe: Theme;
  readonly unsafe: Theme;
} | {
  readonly by: "mixed";
  readonly people: number;
} | {
  readonly by: "open";
};

/** How it feels there. */
export type Feeling = "safe" | "unsafe" | "mixed";

/** What the pins say of the place in public: people rounded to five, so that no share looks larger than it is. */
export interface Felt {
  /** What they feel. */
  readonly kind: Kind;
  /** Those who spoke of it. */
  readonly people: number;
  /** Those who feel safe there. */
  readonly people_safe: number;
  /** Those who feel less safe there. */
  readonly people_unsafe: number;
}

/** A theme and the people who feel less safe because of it. */
export interface FeltTheme {
  /** How many, three at least. */
  readonly people: number;
  /** The theme. */
  readonly theme: Theme;
}

/** A number that others counted, typed by staff with where it comes from; it is shown next to the pins, never over them. */
export interface Figure {
  /** What was counted, such as `broken lamps reported`. */
  readonly label: string;
  /** Of which time, such as `2025`. */
  readonly period: string;
  /** Who counted it. */
  readonly source: string;
  /** The number as it is shown, such as `34` or `12 %`. */
  readonly value: string;
}

/** What can be said of a before and after. */
export type Finding = "too_few" | "conversation" | "may_be_chance" | "less" | "more";

/** Whether what a group sees fits what the map says. */
export type Fits = "confirms" | "nuances" | "contradicts";

/** How often what was seen fits the map. */
export interface FitsCounts {
  /** It fits. */
  readonly confirms: number;
  /** It does not. */
  readonly contradicts: number;
  /** It fits in part. */
  readonly nuances: number;
}

/** What words seem to point at. A hint for whoever writes and for whoever checks, never a refusal. */
export type Flag = "name" | "house_number" | "contact" | "plate" | "group";

/** How often the person comes there. */
export type Frequency = "daily" | "weekly" | "monthly" | "less" | "once";

/** A gathering as staff sees it. */
export interface Gathering {
  readonly code: string;
  readonly held_on: string;
  readonly id: Id;
  /** Where tablets join, where it is another address than the page's: at a hub. */
  readonly join_address?: string | null;
  readonly kind: GatheringKind;
  /** What a facilitator types on a tablet to leave it. */
  readonly leave_pin: string;
  readonly name: string;
  readonly neighbourhood: Id;
  /** Distinct participants with a pin, or who agreed with one. */
  readonly people: number;
  readonly phase: Phase;
  readonly pin_budget?: number | null;
  readonly pins: number;
  readonly questions: readonly Question[];
  readonly round: string;
  readonly who_at: WhoAt;
}

/** The event `gathering`: how far it is. */
export interface GatheringEvent {
  readonly people: number;
  readonly phase: Phase;
  readonly pins: number;
}

/** How pins are collected. */
export type GatheringKind = "table" | "interview" | "street" | "online";

/** A gathering by name. */
export interface GatheringName {
  readonly id: Id;
  readonly name: string;
}

/** A participant's gender. */
export type Gender = "woman" | "man" | "other";

/** A stop as those who walk choose and word it. */
export interface GivenStop {
  /** 1 to 120 characters. */
  readonly name: string;
  /** Longitude and latitude. */
  readonly point: readonly number[];
  /** At most 500 characters. */
  readonly question?: string | null;
}

/** The cells of a surface, row by row from the north-west. */
export interface GridAnswer {
  readonly cell_m: number;
  readonly cols: number;
  /** Longitude and latitude of the corners: north-west, north-east, south-east, south-west. */
  readonly corners: readonly (readonly number[])[];
  /** 1 where the middle of the cell lies inside the boundary, else 0. */
  readonly inside: readonly number[];
  /** How many people have an own pin within 1.5 sigma. */
  readonly people_near: readonly number[];
  /** How many people feel safe. */
  readonly people_safe: readonly number[];
  /** How many people feel unsafe. */
  readonly people_unsafe: readonly number[];
  readonly rows: number;
  /** What stands out: 0 too few people to tell, 1 no clear signal, 2 unsafe, 3 safe; null where that is not known (yet). */
  readonly verdicts?: readonly number[] | null;
}

/** What people are told apart by. */
export type GroupedBy = "gender" | "age" | "role";

/**
 * How many people stood there when it was said so: the sizes of their groups added up. Whoever stood in two groups, or
 * at two stations, is in it twice.
 */
export interface Heads {
  /** People in them. */
  readonly people: number;
  /** Groups. */
  readonly responses: number;
}

/** A hexagon as a GeoJSON Feature. */
export interface HexFeature {
  /** A Polygon. */
  readonly geometry: Readonly<Record<string, unknown>>;
  readonly properties: HexProperties;
  /** Always `Feature`. */
  readonly type: string;
}

/** What is known of a hexagon; everything is null where fewer than five people speak. */
export interface HexProperties {
  /** Its H3 number. */
  readonly h3: string;
  readonly people?: number | null;
  readonly people_safe?: number | null;
  readonly people_unsafe?: number | null;
  /** The false discovery rate at which it would just stand out (Benjamini and Hochberg). */
  readonly q?: number | null;
  /** The share of unsafe, drawn towards the overall share by two people. */
  readonly share_unsafe?: number | null;
  readonly stands_out?: StandsOut | null;
  readonly verdict?: Verdict | null;
  /** Gi* of the standardised residual of the share, with the six neighbours: above zero is more unsafe than the whole. */
  readonly z?: number | null;
}

/** Hexagons as a GeoJSON `FeatureCollection`, in the order of their H3 numbers. */
export interface HexesAnswer {
  readonly features: readonly HexFeature[];
  readonly method: Method;
  /** The share of unsafe over all hexagons; null where there is no map. */
  readonly overall_share?: number | null;
  /** H3 resolution, 8 to 11. */
  readonly resolution: number;
  /** Always `FeatureCollection`. */
  readonly type: string;
}

/** One thing that happened to a place. */
export interface HistoryEntry {
  /** When staff did it; null for what the pins said. */
  readonly at?: string | null;
  /** The date of the last gathering whose pins said it; null for what staff did. */
  readonly day?: string | null;
  readonly kind_before?: Kind | null;
  /** The name from then on; of a place that was split off its own. */
  readonly name?: string | null;
  readonly name_before?: string | null;
  /** The places that it merged with, that were split off, or that it was split from. */
  readonly others: readonly PlaceRef[];
  /** The hotspots that it split into besides its own. */
  readonly parts: readonly PlacePart[];
  readonly picture?: Picture | null;
  /** The selection it was kept from, as the query of an address; empty for all pins. */
  readonly selection?: string | null;
  readonly what: What;
}

/** Which hotspot is meant: of what kind, and a point of it, longitude and latitude. */
export interface HotspotAt {
  readonly centre: readonly number[];
  readonly kind: Kind;
}

/** A hotspot as a GeoJSON Feature. */
export interface HotspotFeature {
  /** A Polygon or `MultiPolygon`. */
  readonly geometry: Readonly<Record<string, unknown>>;
  readonly properties: HotspotProperties;
  /** Always `Feature`. */
  readonly type: string;
}

/** What is known of a hotspot. */
export interface HotspotProperties {
  readonly area_m2: number;
  /** Longitude and latitude of a point inside. */
  readonly centre: readonly number[];
  readonly explanation?: Explanation | null;
  /** Whether it is gone without one of the people. */
  readonly hangs_on_one?: boolean | null;
  readonly kind: Kind;
  /** The nearest point of orientation or street, where the map knows one. */
  readonly name?: string | null;
  readonly people: number;
  readonly people_safe: number;
  readonly people_unsafe: number;
  readonly pins: number;
  readonly place?: PlaceRef | null;
  /** The share of unsafe, the mean over the area. */
  readonly share_unsafe: number;
  readonly stability?: Stability | null;
  /** The share of resamples of the people in which it stays. */
  readonly stays?: number | null;
  /** What people speak of there, most first; fewer than three people are not told. */
  readonly themes: readonly Told_Theme[];
  readonly verdict?: Verdict | null;
  /** When it is so, most first; fewer than three people are not told. */
  readonly when: readonly Told_When[];
}

/** Hotspots as a GeoJSON `FeatureCollection`, most people first. */
export interface HotspotsAnswer {
  readonly features: readonly HotspotFeature[];
  readonly method: Method;
  /** Always `FeatureCollection`. */
  readonly type: string;
}

/** A random UUID (version 4) in lower-case text; its order tells nothing about who came when. */
export type Id = string;

/** What an interviewer noted of a participant. */
export interface InterviewNote {
  readonly note: string;
  /** The label of the participant, for example A4. */
  readonly participant: string;
}

/** What a device joins with. */
export interface Join {
  readonly code: string;
}

/** What a device needs to work, also without network. */
export interface Joined {
  /** The device's letter, only in the answer to joining. */
  readonly device?: string | null;
  readonly device_id?: Id | null;
  /** The bearer token, only in the answer to joining. */
  readonly device_token?: string | null;
  readonly gathering: JoinedGathering;
  readonly neighbourhood: Neighbourhood;
}

/** A gathering as those who follow it see it. */
export interface JoinedGathering {
  /** The join code, for staff only. */
  readonly code?: string | null;
  readonly held_on: string;
  readonly id: Id;
  readonly kind: GatheringKind;
  /** What a facilitator types on the tablet to leave it, also without network. */
  readonly leave_pin: string;
  readonly name: string;
  readonly phase: Phase;
  readonly pin_budget?: number | null;
  readonly questions: readonly Question[];
  readonly who_at: WhoAt;
}

/** How a neighbourhood keeps its promises. */
export interface Kept {
  /** Those that were accepted, whatever became of them. */
  readonly accepted: number;
  /** Actions on the board. */
  readonly actions: number;
  /** Those that heard yes or no. */
  readonly answered: number;
  /** Those that were checked with residents. */
  readonly checked: number;
  /** Those that are done, the checked ones included. */
  readonly done: number;
  /** Whether one at least is to be done soon: a quick win that is accepted or further. */
  readonly has_quick_win: boolean;
  /** Whether one at least is the residents' own, or keeps what is good. */
  readonly has_residents_own: boolean;
  /** Those that wait and are over the promised date. */
  readonly late: number;
  /** Days from proposal to answer, the middle one; null where nothing was answered. */
  readonly median_days?: number | null;
  /** Those promised by a date that is over, and not done. */
  readonly overdue: number;
}

/** What a hotspot is: people feel safe there, unsafe, or they differ. */
export type Kind = "safe" | "unsafe" | "contested";

/** A theme's words in the four languages of the pages. */
export interface Labels {
  /** German. */
  readonly de: string;
  /** English. */
  readonly en: string;
  /** French. */
  readonly fr: string;
  /** Dutch. */
  readonly nl: string;
}

/** A language of the tablet; the other pages have the first four. */
export type Language = "nl" | "fr" | "de" | "en" | "ar" | "tr" | "uk" | "es" | "pl" | "ro";

/** One request that the tablet would have made. */
export interface Letter {
  /** The participant or the pin it is about. */
  readonly about: Id;
  /** What the request says; null where it deletes. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** What it brings. */
  readonly kind: LetterKind;
  /** Who wrote it; a vote is theirs. */
  readonly participant: Id;
}

/** What a letter brings. */
export type LetterKind = "participant" | "pin" | "pin_gone" | "vote" | "vote_gone" | "photo" | "photo_gone" | "voice" | "voice_gone";

/** How light it is. */
export type Light = "day" | "dusk" | "dark";

/** The mean of a score, and of how many phones. */
export interface MeanScore {
  /** The mean from 0 to 3. */
  readonly mean: number;
  /** So many phones scored it. */
  readonly phones: number;
  /** What was scored. */
  readonly what: string;
}

/** What the bytes of an attachment are. */
export type Media = "image/jpeg" | "audio/webm" | "audio/mp4" | "audio/ogg";

/** What was said of a chart or a place. */
export interface Merged {
  /** Those who add something. */
  readonly adds: Heads;
  /** All of it. */
  readonly all: Heads;
  /** Those who confirm it. */
  readonly confirms: Heads;
  /** Those for whom it is not so. */
  readonly contradicts: Heads;
  /** Whether staff tells it as disputed by residents. */
  readonly disputed: boolean;
  /** Those for whom it is not quite so. */
  readonly nuances: Heads;
  /** Stickers at each prompt, by its number from 0. */
  readonly stickers: Readonly<Record<string, number>>;
}

/** What all phones saw at one stop; nothing that any of them noted is left out. */
export interface MergedObservations {
  /** What each phone noted, by its random id. */
  readonly each: readonly EachObservation[];
  /** How many people chose each score from 1 to 5. */
  readonly feelings: readonly number[];
  /** Whether it fits the map. */
  readonly fits: FitsCounts;
  /** So many phones noted something. */
  readonly phones: number;
  /** So many phones said that it could be done within weeks. */
  readonly quick_wins: number;
  /** The scores that somebody gave. */
  readonly scores: readonly MeanScore[];
}

/** From how many, when and how an answer was found; stands beside every picture of it. */
export interface Method {
  /** What may be shown of so many people. */
  readonly allowed: readonly Allowed[];
  /** Edge of a cell, in metres. */
  readonly cell_m: number;
  /** Whether there is a map. */
  readonly enough: boolean;
  /** The date of the first of them. */
  readonly first_day?: string | null;
  /** Gatherings that the pins come from. */
  readonly gatherings: number;
  /** Pins that were only heard; never counted as people. */
  readonly heard_pins: number;
  /** The date of the last of them. */
  readonly last_day?: string | null;
  /** Areas nearer than this to each other are one, in metres. */
  readonly merge_m: number;
  /** The smallest hotspot, in square metres. */
  readonly min_area_m2: number;
  /** Fewest people for a map, a cell and a hotspot. */
  readonly min_people: number;
  /** Fewest own pins for a map. */
  readonly min_pins: number;
  /** Fewest people for a theme or a time to be told. */
  readonly min_told: number;
  /** People within so many sigma speak about a cell. */
  readonly near_sigmas: number;
  /** A hotspot reaches down to this part of its peak. */
  readonly peak_part: number;
  /** Distinct participants with an own pin. */
  readonly people: number;
  /** Own pins. */
  readonly pins: number;
  readonly refused?: Refusal | null;
  /** The share of a cell is drawn towards the overall share by so many people. */
  readonly shrink_people: number;
  /** Width of the kernel, in metres. */
  readonly sigma_m: number;
  /** How it was tested whether hotspots can be chance. */
  readonly test: Test;
  /** The step that so many people stand on. */
  readonly tier: Tier;
  /** Version of the method. */
  readonly version: string;
}

/** A name on the map. */
export interface Name {
  /** `street`, or the class of the point of orientation or locality. */
  readonly kind: string;
  /** Where it is; for a street a point on it. */
  readonly lat: number;
  /** Where it is; for a street a point on it. */
  readonly lon: number;
  /** As the people there write it. */
  readonly name: string;
}

/** A neighbourhood as pages see it. */
export interface Neighbourhood {
  readonly basemap: Resolved;
  /** GeoJSON Polygon or `MultiPolygon`. */
  readonly boundary: Readonly<Record<string, unknown>>;
  readonly id: Id;
  readonly languages: readonly Language[];
  readonly name: string;
  readonly retention_days: number;
  readonly sigma_m: number;
  readonly slug: string;
  readonly themes: readonly Theme[];
}

/** What a new action needs: a problem or a measure. */
export interface NewAction {
  /** When its answer is promised; in six weeks where it is left out. */
  readonly answer_due?: string | null;
  readonly co_owner?: string | null;
  readonly cost?: ActionCost | null;
  readonly due?: string | null;
  readonly from?: CameFrom | null;
  readonly goal?: string;
  readonly indicator?: string | null;
  readonly lever?: ActionLever | null;
  readonly measure?: string;
  readonly owner?: ActionOwner | null;
  /** The places it is about; none for the whole area. */
  readonly places?: readonly Id[];
  readonly problem?: string;
  readonly public_text?: string | null;
  readonly review_on?: string | null;
  readonly type: ActionKind;
}

/** What a new data walk needs. */
export interface NewDataWalk {
  /** Its date. */
  readonly day: string;
  /** `nl`, `fr`, `de` or `en`; those of the neighbourhood where they are left out. */
  readonly languages?: readonly Language[] | null;
  readonly name: string;
  /** The selection of its charts, as the query of an address. */
  readonly selection?: string;
  /** The charts, in order; the usual ones where they are left out. */
  readonly stations?: readonly PlannedStation[] | null;
}

/** What a new gathering needs. */
export interface NewGathering {
  /** Its date; today where it is left out. */
  readonly held_on?: string | null;
  readonly kind: GatheringKind;
  /** Four digits that a facilitator types on a tablet to leave it; by lot where they are left out. */
  readonly leave_pin?: string | null;
  readonly name: string;
  /** Pins for each participant: six where it is left out, no limit where it is null. */
  readonly pin_budget?: number | null;
  /** What is asked; the usual where it is left out. */
  readonly questions?: readonly Question[] | null;
  readonly round: string;
  readonly who_at?: WhoAt | null;
}

/** What a new neighbourhood needs. */
export interface NewNeighbourhood {
  /** GeoJSON: a Polygon or `MultiPolygon`, or a Feature or collection with one. */
  readonly boundary: Readonly<Record<string, unknown>>;
  readonly languages: readonly Language[];
  readonly name: string;
}

/** What the twin of a walk is called, and when it is. */
export interface NewPair {
  /** Its date; that of the walk where it is left out. */
  readonly day?: string | null;
  /** 1 to 120 characters; that of the walk where it is left out. */
  readonly name?: string | null;
}

/** What a device says of a participant. */
export interface NewParticipant {
  readonly age?: AgeBand | null;
  readonly gender?: Gender | null;
  /** What the interviewer noted, for the eyes of moderators: at most 2000 characters. */
  readonly note?: string | null;
  readonly role?: Part | null;
  /** The code of their withdrawal slip, made by the device; where it is left out, the one known before stays. */
  readonly slip?: string | null;
}

/** A photo beside a pin. */
export interface NewPhoto {
  readonly caption?: Caption | null;
  /** Whether the participant said yes for this photo; without it nothing is taken. */
  readonly consent: boolean;
  /** A JPEG, PNG or WebP file as base64 text. */
  readonly image: Base64;
}

/** What a device says of a pin. `geometry` is a GeoJSON Point, `LineString` or Polygon in longitude and latitude. */
export interface NewPin {
  /** Where: `{"type": "Point", "coordinates": [lon, lat]}`, or a route or an area. */
  readonly geometry: Shape;
  /** What is told. */
  readonly properties: Told;
}

/** What a new place needs: a hotspot, or the spot that people point out. */
export interface NewPlace {
  /** A GeoJSON Point or Polygon inside the boundary. */
  readonly geometry?: Readonly<Record<string, unknown>> | null;
  readonly hotspot?: HotspotAt | null;
  /** 1 to 120 characters; of a hotspot, where it is left out, the nearest point of orientation or street. */
  readonly name?: string | null;
}

/** What a recorder says that a group read in a chart. */
export interface NewResponse {
  /** How many people stood there. */
  readonly group_size: number;
  /** What they read in it: at most 1000 characters. */
  readonly interpretation?: string;
  /** A place that is not on the list, in their words: at most 120 characters. */
  readonly new_place?: string | null;
  readonly place?: Id | null;
  /** Whether it fits what they know. */
  readonly stance: Stance;
  /** The station. */
  readonly station: Id;
  /** Stickers at each prompt, by its number from 0. */
  readonly stickers?: Readonly<Record<string, number>> | null;
  readonly theme?: Theme | null;
}

/** A stop as it is asked for. */
export interface NewStop {
  readonly id?: Id | null;
  readonly kind?: StopKind | null;
  /** 1 to 120 characters. */
  readonly name: string;
  readonly place?: Id | null;
  /** Longitude and latitude. */
  readonly point: readonly number[];
  /** What is asked there beside the usual, at most 500 characters. */
  readonly question?: string | null;
  /** Whether it is under a roof or inside. */
  readonly shelter?: boolean;
}

/** A voice note beside a pin. */
export interface NewVoice {
  /** The recording as base64 text, at most 1.5 MB. */
  readonly audio: Base64;
  /** How long it is: at most 60000. */
  readonly duration_ms: number;
  /** What it is. */
  readonly type: Media;
}

/** A photo beside an observation. */
export interface NewWalkPhoto {
  /** A JPEG, PNG or WebP file as base64 text. */
  readonly image: Base64;
}

/** What must be said beside two maps. */
export type Note = "regression_to_the_mean" | "small_groups" | "absence_proves_nothing";

/** What became of an observation or a photo. */
export interface NotedAnswer {
  readonly id: Id;
  readonly photo?: Status | null;
}

/** So much the other phones noted at a stop: not what, only how many. */
export interface NotedByOthers {
  /** So many people gave a feeling. */
  readonly people: number;
  /** So many phones. */
  readonly phones: number;
  readonly stop: Id;
}

/** What the people with one phone saw at one stop. */
export interface Observation {
  readonly caption?: Caption | null;
  /** What should change. */
  readonly change?: string | null;
  /** How many people chose each score from 1 to 5, silently and before they talked. */
  readonly feelings?: readonly number[];
  readonly fits?: Fits | null;
  /** What should stay. */
  readonly keep?: string | null;
  readonly light?: Light | null;
  /** Anything else. */
  readonly notes?: string | null;
  /** How many other people were there. */
  readonly people_there?: number | null;
  /** Whether it could be done within weeks. */
  readonly quick_win?: boolean;
  /** What was scored from 0 to 3. */
  readonly scores?: ObservedScores;
  /** The stop. */
  readonly stop: Id;
  /** The weather, in a few words. */
  readonly weather?: string | null;
  /** What makes it feel safe. */
  readonly what_safe?: string | null;
  /** What makes it feel less safe. */
  readonly what_unsafe?: string | null;
  /** Who should do it. */
  readonly who?: string | null;
}

/** What is scored from 0 (bad) to 3 (good), each only where the group says something of it. */
export interface ObservedScores {
  /** Upkeep. */
  readonly clean?: number | null;
  /** Whoever could help. */
  readonly guard?: number | null;
  /** Light. */
  readonly light?: number | null;
  /** The way on foot. */
  readonly path?: number | null;
  /** Other people. */
  readonly people?: number | null;
  /** To see and be seen. */
  readonly sight?: number | null;
}

/** What a place was kept from: a hotspot, or a spot that people drew. */
export type Origin = "hotspot" | "drawn";

/** The outbox of a tablet, or the next part of it, in the order of writing. */
export interface Outbox {
  /** The tablet's id. */
  readonly device: Id;
  /** Always `buurtsignaal-outbox/1`. */
  readonly format: string;
  /** The gathering that the tablet joined. */
  readonly gathering: Id;
  readonly letters: readonly Letter[];
}

/** A list; `next` is where the next page begins. */
export interface Page_Action {
  /** The things. */
  readonly items: readonly ({
    /** When its answer is promised. */
    readonly answer_due: string;
    readonly answered_on?: string | null;
    readonly co_owner?: string | null;
    readonly cost?: ActionCost | null;
    readonly due?: string | null;
    /** What the pins said of its places when it was proposed. */
    readonly evidence: readonly Evidence[];
    readonly from?: CameFrom | null;
    readonly goal: string;
    readonly history: readonly ActionStep[];
    readonly id: Id;
    readonly indicator?: string | null;
    /** Whether the promised date is over and there is no answer. */
    readonly late: boolean;
    readonly lever?: ActionLever | null;
    readonly measure: string;
    /** What can follow. */
    readonly next: readonly ActionStatus[];
    /** Whether it was promised by a date that is over, and is not done. */
    readonly overdue: boolean;
    readonly owner?: ActionOwner | null;
    readonly places: readonly PlaceRef[];
    readonly problem: string;
    readonly proposed_on: string;
    readonly public_text?: string | null;
    readonly reason?: string | null;
    readonly removed: boolean;
    readonly review_on?: string | null;
    readonly status: ActionStatus;
    readonly type: ActionKind;
    /** The same by occasion. */
    readonly vote_sources: readonly ActionVotes[];
    /** People who were for it; whoever voted on two occasions is in it twice. */
    readonly votes: number;
  })[];
  /** The cursor of the next page, if there is one. */
  readonly next?: string | null;
}

/** A list; `next` is where the next page begins. */
export interface Page_Attachment {
  /** The things. */
  readonly items: readonly ({
    readonly basis: Basis;
    readonly caption?: Caption | null;
    /** How long a voice note is. */
    readonly duration_ms?: number | null;
    readonly effect?: Effect | null;
    readonly feeling: Feeling;
    readonly gathering: Id;
    readonly gathering_name: string;
    readonly held_on: string;
    readonly kind: AttachmentKind;
    readonly lat: number;
    readonly lon: number;
    /** The label of the participant, for example A4. */
    readonly participant: string;
    readonly pin: Id;
    readonly radius_m: number;
    /** Why it is hidden. */
    readonly reason?: string | null;
    readonly status: Status;
    readonly themes: readonly Theme[];
    readonly when: readonly When[];
  })[];
  /** The cursor of the next page, if there is one. */
  readonly next?: string | null;
}

/** A list; `next` is where the next page begins. */
export interface Page_Comment {
  /** The things. */
  readonly items: readonly ({
    readonly basis: Basis;
    /** What the resident wrote. */
    readonly comment?: string | null;
    readonly effect?: Effect | null;
    readonly feeling: Feeling;
    /** What these words seem to point at: a hint for whoever checks them. */
    readonly flags: readonly Flag[];
    readonly gathering: Id;
    readonly gathering_name: string;
    readonly held_on: string;
    /** What the resident wrote that would help. */
    readonly help?: string | null;
    /** What others read instead of what would help. */
    readonly help_wording?: string | null;
    readonly lat: number;
    readonly lon: number;
    /** The label of the participant, for example A4. */
    readonly participant: string;
    readonly pin: Id;
    readonly radius_m: number;
    /** Why it is hidden. */
    readonly reason?: string | null;
    readonly status: Status;
    readonly themes: readonly Theme[];
    readonly when: readonly When[];
    /** What others read instead. */
    readonly wording?: string | null;
  })[];
  /** The cursor of the next page, if there is one. */
  readonly next?: string | null;
}

/** A list; `next` is where the next page begins. */
export interface Page_DataWalkName {
  /** The things. */
  readonly items: readonly ({
    readonly day: string;
    readonly id: Id;
    readonly name: string;
    /** How many stations it has. */
    readonly stations: number;
  })[];
  /** The cursor of the next page, if there is one. */
  readonly next?: string | null;
}

/** A list; `next` is where the next page begins. */
export interface Page_Gathering {
  /** The things. */
  readonly items: readonly ({
    readonly code: string;
    readonly held_on: string;
    readonly id: Id;
    /** Where tablets join, where it is another address than the page's: at a hub. */
    readonly join_address?: string | null;
    readonly kind: GatheringKind;
    /** What a facilitator types on a tablet to leave it. */
    readonly leave_pin: string;
    readonly name: string;
    readonly neighbourhood: Id;
    /** Distinct participants with a pin, or who agreed with one. */
    readonly people: number;
    readonly phase: Phase;
    readonly pin_budget?: number | null;
    readonly pins: number;
    readonly questions: readonly Question[];
    readonly round: string;
    readonly who_at: WhoAt;
  })[];
  /** The cursor of the next page, if there is one. */
  readonly next?: string | null;
}

/** A list; `next` is where the next page begins. */
export interface Page_HistoryEntry {
  /** The things. */
  readonly items: readonly ({
    /** When staff did it; null for what the pins said. */
    readonly at?: string | null;
    /** The date of the last gathering whose pins said it; null for what staff did. */
    readonly day?: string | null;
    readonly kind_before?: Kind | null;
    /** The name from then on; of a place that was split off its own. */
    readonly name?: string | null;
    readonly name_before?: string | null;
    /** The places that it merged with, that were split off, or that it was split from. */
    readonly others: readonly PlaceRef[];
    /** The hotspots that it split into besides its own. */
    readonly parts: readonly PlacePart[];
    readonly picture?: Picture | null;
    /** The selection it was kept from, as the query of an address; empty for all pins. */
    readonly selection?: string | null;
    readonly what: What;
  })[];
  /** The cursor of the next page, if there is one. */
  readonly next?: string | null;
}

/** A list; `next` is where the next page begins. */
export interface Page_InterviewNote {
  /** The things. */
  readonly items: readonly ({
    readonly note: string;
    /** The label of the participant, for example A4. */
    readonly participant: string;
  })[];
  /** The cursor of the next page, if there is one. */
  readonly next?: string | null;
}

/** A list; `next` is where the next page begins. */
export interface Page_Neighbourhood {
  /** The things. */
  readonly items: readonly ({
    readonly basemap: Resolved;
    /** GeoJSON Polygon or `MultiPolygon`. */
    readonly boundary: Readonly<Record<string, unknown>>;
    readonly id: Id;
    readonly languages: readonly Language[];
    readonly name: string;
    readonly retention_days: number;
    readonly sigma_m: number;
    readonly slug: string;
    readonly themes: readonly Theme[];
  })[];
  /** The cursor of the next page, if there is one. */
  readonly next?: string | null;
}

/** A list; `next` is where the next page begins. */
export interface Page_SeenAtPlace {
  /** The things. */
  readonly items: readonly (MergedObservations & {
    readonly day: string;
    readonly name: string;
    readonly start: string;
    /** The walk. */
    readonly walk: Id;
  })[];
  /** The cursor of the next page, if there is one. */
  readonly next?: string | null;
}

/** A list; `next` is where the next page begins. */
export interface Page_WalkListed {
  /** The things. */
  readonly items: readonly ({
    readonly day: string;
    readonly id: Id;
    readonly kind: WalkKind;
    readonly name: string;
    /** So many observations were noted: one for each phone and stop. */
    readonly observations: number;
    readonly pair?: Id | null;
    readonly start: string;
    readonly stops: number;
  })[];
  /** The cursor of the next page, if there is one. */
  readonly next?: string | null;
}

/** The map of a time of day. */
export interface Panel {
  /** People who speak of it; fewer than three are null. */
  readonly people?: number | null;
  /** Its places, the largest first. */
  readonly places: readonly PlaceMark[];
  readonly refused?: Why | null;
  /** When. */
  readonly time: Time;
}

/** What a participant is in the neighbourhood. */
export type Part = "resident" | "visitor" | "works_here" | "shopkeeper" | "professional" | "pupil_student";

/** A participant's label. */
export interface Participant {
  readonly id: Id;
  /** The device's letter and a number, for example A3. */
  readonly label: string;
}

/** Someone with an account. */
export interface Person {
  /** Their address, in lower case. */
  readonly email: string;
  /** Id of the account. */
  readonly id: Id;
  /** What colleagues call them. */
  readonly name: string;
  /** Whether they own the whole installation. */
  readonly owner: boolean;
  /** Their roles. */
  readonly seats: readonly Seat[];
}

/** How far the gathering is. While it is open, nobody sees the pins of others. */
export type Phase = "draft" | "open" | "revealed" | "closed";

/** What the pins said of a place on a date: numbers of the hotspot found there, which has five people or more. */
export interface Picture {
  /** Area, in square metres. */
  readonly area_m2: number;
  /** Longitude and latitude of a point inside. */
  readonly centre: readonly number[];
  /** Distinct participants with an own pin anywhere in the selection. */
  readonly everyone: number;
  /** What the hotspot was. */
  readonly kind: Kind;
  /** Distinct participants with an own pin there. */
  readonly people: number;
  /** Distinct participants who feel safe there; null for fewer than three. */
  readonly people_safe?: number | null;
  /** Distinct participants who feel unsafe there; null for fewer than three. */
  readonly people_unsafe?: number | null;
  /** Own pins there. */
  readonly pins: number;
  /** The share of unsafe, the mean over the area. */
  readonly share_unsafe: number;
  /** Width of the kernel, in metres. */
  readonly sigma_m: number;
  readonly verdict?: Verdict | null;
  /** Version of the method. */
  readonly version: string;
}

/** A pin as its own device sees it: a GeoJSON Feature. */
export interface PinFeature {
  readonly geometry: Shape;
  readonly id: Id;
  readonly properties: Told;
  /** Always `Feature`. */
  readonly type: string;
}

/** A place as a GeoJSON Feature. */
export interface PlaceFeature {
  /** A Point, Polygon or `MultiPolygon`: where it was last found. */
  readonly geometry: Readonly<Record<string, unknown>>;
  readonly id: Id;
  readonly properties: PlaceProperties;
  /** Always `Feature`. */
  readonly type: string;
}

/** A place on a map. */
export interface PlaceMark {
  /** Longitude and latitude of a point inside. */
  readonly centre: readonly number[];
  /** Those who feel as the chart says; null for fewer than three. */
  readonly feel_so?: number | null;
  /** A Polygon or `MultiPolygon`. */
  readonly geometry: Readonly<Record<string, unknown>>;
  /** What people feel there. */
  readonly kind: Kind;
  /** How it is called. */
  readonly name?: string | null;
  /** Distinct people who spoke of it. */
  readonly people: number;
  readonly place?: Id | null;
  readonly verdict?: Verdict | null;
}

/** Another hotspot on the ground of a place, which nobody has kept: the place has split. */
export interface PlacePart {
  /** Area, in square metres. */
  readonly area_m2: number;
  /** Longitude and latitude of a point inside. */
  readonly centre: readonly number[];
  /** What it is. */
  readonly kind: Kind;
  /** Distinct participants with an own pin there. */
  readonly people: number;
}

/** What is known of a place. */
export interface PlaceProperties {
  /** Longitude and latitude of a point inside. */
  readonly centre: readonly number[];
  /** When its name, its hotspot or its numbers last changed. */
  readonly changed_at: string;
  /** The date of the last gathering whose pins were in that picture. */
  readonly day?: string | null;
  readonly kind?: Kind | null;
  readonly name: string;
  readonly origin: Origin;
  /** Other hotspots on its ground now: it has split, and each may be kept as a place of its own. */
  readonly parts: readonly PlacePart[];
  readonly picture?: Picture | null;
  readonly state: State;
  /** The other places that are the same hotspot now: they have merged. */
  readonly together: readonly PlaceRef[];
}

/** A place by name. */
export interface PlaceRef {
  /** Its id. */
  readonly id: Id;
  /** How people call it. */
  readonly name: string;
}

/** Places as a GeoJSON `FeatureCollection`, by name. */
export interface PlacesAnswer {
  readonly features: readonly PlaceFeature[];
  /** The cursor of the next page, if there is one. */
  readonly next?: string | null;
  /** Always `FeatureCollection`. */
  readonly type: string;
}

/** A station as staff plans it. */
export interface PlannedStation {
  /** Numbers that others counted, each with its source; for `figures` alone. */
  readonly figures?: readonly Figure[];
  readonly id?: Id | null;
  readonly kind: StationKind;
  /** Two or three prompts in the stead of the usual ones, by language. */
  readonly prompts?: Readonly<Record<string, readonly string[]>>;
  /** Titles in the stead of the one made from the chart, by language. */
  readonly titles?: Readonly<Record<string, string>>;
}

/** What stops are proposed from, and for whom. */
export interface ProposeStops {
  /** Six where it is left out. */
  readonly minutes_per_stop?: number | null;
  readonly round_trip?: boolean;
  /** The pins that say what people feel at each place, as the query of an address; all where it is left out. */
  readonly selection?: string;
  /** Three where it is left out. */
  readonly speed_km_h?: number | null;
  readonly step_free?: boolean;
}

/** Stops as they could be, in the order of the shortest way. */
export interface ProposedStops {
  /** What there is too little of: `safe`, `contested`, or places at all. */
  readonly lacking: readonly string[];
  /** So many places there are to choose from. */
  readonly places: number;
  readonly stops: readonly NewStop[];
}

/** A published answer in a list. */
export interface PublishedAnswer {
  readonly approved_by: string;
  readonly published_on: string;
  /** Its name in addresses: the page is `/answers/{slug}`. */
  readonly slug: string;
}

/** A role for someone, with a name and a password if the account is new. */
export interface PutPerson {
  readonly name?: string | null;
  readonly password?: string | null;
  readonly role: Role;
}

/** What a gathering may ask, next to the feeling; a caption is asked with a photo. */
export type Question = "radius" | "when" | "themes" | "effect" | "comment" | "help" | "photo" | "caption" | "voice" | "age" | "gender" | "role";

/** Approved words of a resident. */
export interface Quote {
  /** How it feels there. */
  readonly feeling: Feeling;
  /** The hotspot's name that it is about; never a finer spot. */
  readonly place?: string | null;
  /** The words as a moderator let them through. */
  readonly words: string;
}

/** What became of a photo or voice note. */
export interface Received {
  /** Who may get it: nobody but moderators while it waits. */
  readonly status: Status;
}

/** The code of a walk or data walk. */
export interface RecorderJoin {
  readonly code: string;
}

/** What a phone gets to know when it joins a walk or data walk. */
export interface RecorderJoined {
  /** The walk or data walk. */
  readonly about: Id;
  readonly neighbourhood: Neighbourhood;
  /** Its id. */
  readonly recorder: Id;
  readonly task: Task;
  /** The token that each of its requests brings. */
  readonly token: string;
}

/** Why there is no map. */
export interface Refusal {
  /** Distinct people that would do; null where people are not what is lacking. */
  readonly needs?: number | null;
  readonly why: Why;
}

/** A letter that was not taken. */
export interface Refused {
  readonly about: Id;
  /** The field at fault. */
  readonly field?: string | null;
  readonly kind: LetterKind;
  /** Stable name of the reason. */
  readonly slug: string;
}

/** The map of a neighbourhood as pages draw it. */
export type Resolved = ArchiveMap & {
  readonly kind: "archive";
} | {
  /** Whom to thank, in plain text. */
  readonly attribution: string;
  readonly kind: "raster";
  /** The deepest zoom that server has. */
  readonly max_zoom: number;
  /** The address with `{z}`, `{x}` and `{y}`. */
  readonly tiles: string;
} | {
  readonly kind: "style";
  /** The address of the style's JSON. */
  readonly url: string;
};

/** What a group read in a chart, as staff sees it. */
export interface Response {
  readonly data_walk: Id;
  /** Whether the place is told as disputed by residents because of it. */
  readonly disputes: boolean;
  readonly group_size: number;
  readonly id: Id;
  readonly interpretation: string;
  readonly new_place?: string | null;
  readonly place?: PlaceRef | null;
  /** The chart as it was then. */
  readonly seen: ChartSeen;
  readonly stance: Stance;
  readonly station: Id;
  readonly stickers: Readonly<Record<string, number>>;
  readonly theme?: Theme | null;
}

/** Responses, and what they come to in people of their own count. */
export interface ResponsesAnswer {
  readonly items: readonly Response[];
  readonly merged: Merged;
  /** The same by station. */
  readonly stations: readonly StationMerged[];
}

/** A pin of somebody in the room, without anything that leads to them: a GeoJSON Feature, rounded to four decimals. */
export interface RevealedPin {
  readonly geometry: Shape;
  readonly id: Id;
  readonly properties: RevealedProperties;
  /** Always `Feature`. */
  readonly type: string;
}

/** The pins of a revealed gathering: a GeoJSON `FeatureCollection`. */
export interface RevealedPins {
  readonly features: readonly RevealedPin[];
  /** Always `FeatureCollection`. */
  readonly type: string;
}

/** What the room is shown of a pin. */
export interface RevealedProperties {
  /** So many others feel so there too. */
  readonly agree: number;
  readonly basis: Basis;
  /** The words that a moderator approved. */
  readonly comment?: string | null;
  /** So many others do not. */
  readonly disagree: number;
  readonly effect?: Effect | null;
  readonly feeling: Feeling;
  /** What would help, in the words that a moderator approved. */
  readonly help?: string | null;
  readonly radius_m: number;
  readonly themes: readonly Theme[];
  readonly when: readonly When[];
}

/** What a person is in one neighbourhood. */
export type Role = "owner" | "facilitator" | "analyst" | "walk_leader" | "reader";

/** What one group said. */
export interface SaidBy {
  /** How many they were. */
  readonly people: number;
  /** The place it is about, by name. */
  readonly place?: string | null;
  /** How it fits. */
  readonly stance: Stance;
  /** Their words. */
  readonly words: string;
}

/** How the layers and attributes of an archive are called. */
export type Schema = "buurtsignaal" | "openmaptiles" | "shortbread";

/** A role in a neighbourhood. */
export interface Seat {
  /** The neighbourhood's id. */
  readonly neighbourhood: Id;
  /** What the person is there. */
  readonly role: Role;
}

/** What was seen at a place on one walk. */
export type SeenAtPlace = MergedObservations & {
  readonly day: string;
  readonly name: string;
  readonly start: string;
  /** The walk. */
  readonly walk: Id;
};

/** A GeoJSON geometry in longitude and latitude. */
export type Shape = {
  /** Longitude and latitude in degrees. */
  readonly coordinates: readonly number[];
  readonly type: "Point";
} | {
  /** The corners. */
  readonly coordinates: readonly (readonly number[])[];
  readonly type: "LineString";
} | {
  /** The one ring, which ends where it begins. */
  readonly coordinates: readonly (readonly (readonly number[])[])[];
  readonly type: "Polygon";
};

/** One of the two selections. */
export type Side = "a" | "b";

/** One of the two selections. */
export interface SideAnswer {
  readonly grid: GridAnswer;
  readonly method: Method;
}

/** What people say of a place on one side of an action. */
export interface SideOf {
  /** Distinct people who speak of it; null for fewer than five. */
  readonly people?: number | null;
  /** Those who go around it or stay away; in the same way. */
  readonly people_avoid?: number | null;
  /** Those who feel less safe there; null where the people are, and for fewer than three. */
  readonly people_unsafe?: number | null;
}

/** A word and the people who say it on each side. */
export interface SidesAnswer_Theme {
  /** What a pin is about; codes are stable, `other` stays last. */
  readonly code: "light" | "sight" | "people" | "wayfind" | "path" | "traffic" | "transit" | "clean" | "noise" | "use" | "harass" | "subst" | "crime" | "guard" | "bond" | "other";
  readonly safe?: number | null;
  readonly unsafe?: number | null;
}

/** A word and the people who say it on each side. */
export interface SidesAnswer_When {
  /** When it feels so; `dark` is not an hour. */
  readonly code: "morning" | "afternoon" | "evening" | "night" | "dark" | "always";
  readonly safe?: number | null;
  readonly unsafe?: number | null;
}

/** How someone signs in: e-mail and password, or a one-time address. */
export type SignIn = {
  /** The address. */
  readonly email: string;
  /** The password. */
  readonly password: string;
} | {
  /** The token. */
  readonly link: string;
};

/** What a slip opens. */
export interface Slip {
  /** The name of the gathering. */
  readonly gathering: string;
  readonly held_on: string;
  readonly neighbourhood: Neighbourhood;
  /** The holder's own pins, in their own words. */
  readonly pins: readonly PinFeature[];
  /** Whether its holder took back all they said. */
  readonly withdrawn: boolean;
}

/** How well a hotspot stands when other people had come. */
export type Stability = "robust" | "fair" | "fragile";

/** What a group says of a chart. */
export type Stance = "confirms" | "nuances" | "contradicts" | "adds";

/** The side on which a hexagon stands out. */
export type StandsOut = "unsafe" | "safe";

/**
 * How a place stands: a hotspot now; one before but not now; never one so far; too few people in the whole
 * neighbourhood to know; taken off the list.
 */
export type State = "found" | "lost" | "unseen" | "unknown" | "removed";

/** A station with everything that stands on it, in one language. */
export interface Station {
  /** What it cannot tell, in words. */
  readonly cannot_tell: string;
  /** The chart. */
  readonly chart: StationChart;
  /** From when it is, in words. */
  readonly dates: string;
  /** Its id. */
  readonly id: Id;
  /** What it shows. */
  readonly kind: StationKind;
  /** Its place in the walk, from 1. */
  readonly number: number;
  /** Whether staff wrote the prompts. */
  readonly own_prompts: boolean;
  /** What staff wrote in its stead; null where the title is made from the chart. */
  readonly own_title?: string | null;
  /** Distinct people behind it. */
  readonly people: number;
  /** Their pins. */
  readonly pins: number;
  /** Two or three questions to the group. */
  readonly prompts: readonly string[];
  /** The question above it, in a few words. */
  readonly question: string;
  /** Where it comes from, in words. */
  readonly source: string;
  /** The title, a sentence: made from the chart, or what staff wrote. */
  readonly title: string;
}

/** What a station shows. */
export type StationChart = {
  /** Distinct people that would do; null where people are not what is lacking. */
  readonly needs?: number | null;
  readonly of: "refused";
  /** The reason. */
  readonly why: Why;
} | {
  /** By age, gender and role. */
  readonly fields: readonly WhoField[];
  readonly of: "who";
} | {
  readonly of: "places";
  /** The places. */
  readonly places: readonly PlaceMark[];
} | {
  readonly of: "contested";
  /** The places. */
  readonly places: readonly Contested[];
} | {
  readonly of: "when";
  /** One for each time of day, at the same scale. */
  readonly panels: readonly Panel[];
} | {
  readonly of: "why";
  /** The rows. */
  readonly rows: readonly ThemeRow[];
  /** The columns. */
  readonly themes: readonly Theme[];
} | {
  readonly of: "differences";
  /** The pairs of groups. */
  readonly pairs: readonly Dumbbells[];
} | {
  readonly of: "words";
  /** Approved words. */
  readonly quotes: readonly Quote[];
} | {
  /** What others counted. */
  readonly counted: readonly Figure[];
  /** People who feel less safe somewhere, and why, most first. */
  readonly felt: readonly FeltTheme[];
  readonly of: "figures";
} | {
  /** What was proposed so far. */
  readonly drafts: readonly Draft[];
  /** So many rows are left open. */
  readonly empty_rows: number;
  readonly of: "actions";
};

/** What a station shows, in the order of a room. */
export type StationKind = "who" | "safe" | "unsafe" | "contested" | "when" | "why" | "differences" | "words" | "figures" | "actions";

/** What was said of one station. */
export interface StationMerged {
  readonly merged: Merged;
  readonly station: Id;
}

/** The sentences about what was read at one station. */
export interface StationSummary {
  /** What was said, in people. */
  readonly merged: Merged;
  /** Its place in the walk. */
  readonly number: number;
  /** What groups said, word for word, with their size. */
  readonly said: readonly SaidBy[];
  /** The same as sentences. */
  readonly sentences: readonly string[];
  /** The station. */
  readonly station: Id;
  /** The title of the chart as it stands. */
  readonly title: string;
}

/** How a comment stands. */
export type Status = "waiting" | "approved" | "hidden";

/** Where a walk halts. */
export interface StopAsPlanned {
  /** Its random id, which stays when it moves. */
  readonly id: Id;
  readonly kind?: StopKind | null;
  /** How it is called. */
  readonly name: string;
  readonly place?: PlaceRef | null;
  /** Longitude and latitude. */
  readonly point: readonly number[];
  /** What is asked there beside the usual. */
  readonly question?: string | null;
  /** Whether it is under a roof or inside. */
  readonly shelter: boolean;
}

/** Why a stop is one: what people feel there, what the walkers chose, or where they meet. */
export type StopKind = "safe" | "unsafe" | "contested" | "chosen" | "meeting";

/** What all phones saw at a stop. */
export type StopSeen = MergedObservations & ({
  readonly name: string;
  /** Its place in the order; null for one that was taken out since. */
  readonly number?: number | null;
  readonly place?: PlaceRef | null;
  /** The stop. */
  readonly stop: Id;
});

/** What a data walk brought, to be read out at the next meeting. */
export interface Summary {
  /** The language of the sentences. */
  readonly lang: string;
  /** How many spoke. */
  readonly lead: string;
  /** Everything put together. */
  readonly merged: Merged;
  /** What to do with it. */
  readonly next: string;
  /** What holds for the whole, as sentences: disputed places, places that were missing, actions. */
  readonly sentences: readonly string[];
  /** By station, in order. */
  readonly stations: readonly StationSummary[];
  /** Above it. */
  readonly title: string;
}

/**
 * The people surface: the share of unsafe of a cell is `(people_unsafe + 2 p0) / (people_unsafe + people_safe + 2)`,
 * with `p0` the overall share.
 */
export interface SurfaceAnswer {
  readonly grid?: GridAnswer | null;
  readonly method: Method;
  /** The share of unsafe over all cells; null where there are too few voices. */
  readonly overall_share?: number | null;
}

/** What became of the letters. */
export interface TakenIn {
  /** Already here; what they say may be newer. */
  readonly already: number;
  /** Not taken, and why. */
  readonly refused: readonly Refused[];
  /** New here, or taken back here. */
  readonly taken: number;
}

/** What a recorder takes notes of. */
export type Task = "walk" | "data_walk";

/** How it was tested whether hotspots can be chance. */
export interface Test {
  /** The chance of at least one false signal (`within_participant`), or the share of false ones among signals (`hexes`). */
  readonly alpha: number;
  readonly by?: TestedBy | null;
  /** How far it is, in percent. */
  readonly percent: number;
  /** Seed of the shuffles: the same pins give the same answer. */
  readonly seed?: number | null;
  /** Shuffles of each person's feelings; null where nothing is shuffled. */
  readonly shuffles?: number | null;
  readonly state: TestState;
}

/** How far a test is. */
export type TestState = "refused" | "running" | "done";

/** Which test was used. */
export type TestedBy = "within_participant" | "hexes";

/** What a pin is about; codes are stable, `other` stays last. */
export type Theme = "light" | "sight" | "people" | "wayfind" | "path" | "traffic" | "transit" | "clean" | "noise" | "use" | "harass" | "subst" | "crime" | "guard" | "bond" | "other";

/** What people speak of at a place. */
export interface ThemeRow {
  /** A band for each theme of the chart; null for fewer than three people. */
  readonly bands: readonly (Band | null)[];
  /** What people feel there. */
  readonly kind: Kind;
  /** How it is called. */
  readonly name?: string | null;
  /** Distinct people who spoke of it. */
  readonly people: number;
}

/** A theme with its words. */
export interface ThemeWords {
  readonly code: Theme;
  readonly labels: Labels;
  readonly sensitive: boolean;
}

/** How many people speak, in steps that allow more and more. */
export type Tier = "none" | "first" | "small" | "usual" | "groups" | "city";

/** A time of day that has a map of its own. */
export type Time = "day" | "evening" | "dark";

/** What a participant tells of a pin; everything but the feeling may be left out. */
export interface Told {
  /** Own or heard. */
  readonly basis?: Basis;
  /** In their own words: at most 280 characters. */
  readonly comment?: string | null;
  /** On which days. */
  readonly days?: readonly Day[];
  readonly effect?: Effect | null;
  /** How it feels. */
  readonly feeling: Feeling;
  readonly frequency?: Frequency | null;
  /** What would help there: at most 280 characters, moderated together with the comment. */
  readonly help?: string | null;
  /** A bit, clearly, strongly: 1 to 3. */
  readonly intensity?: number | null;
  /** The language of the tablet, such as `nl`. */
  readonly lang?: string | null;
  /** Whose pin. */
  readonly participant: Id;
  /** How exactly it could be placed, in metres. */
  readonly precision_m?: number | null;
  /** How wide: 25, 50, 100 or 200 m. */
  readonly radius_m?: number;
  /** Why: at most three. */
  readonly themes?: readonly Theme[];
  /** When. */
  readonly when?: readonly When[];
}

/** A word and the people who say it. */
export interface Told_Effect {
  /** What the person does because of it. */
  readonly code: "none" | "alert" | "detour" | "avoid" | "accompanied" | "stay";
  readonly people?: number | null;
}

/** A word and the people who say it. */
export interface Told_Theme {
  /** What a pin is about; codes are stable, `other` stays last. */
  readonly code: "light" | "sight" | "people" | "wayfind" | "path" | "traffic" | "transit" | "clean" | "noise" | "use" | "harass" | "subst" | "crime" | "guard" | "bond" | "other";
  readonly people?: number | null;
}

/** A word and the people who say it. */
export interface Told_When {
  /** When it feels so; `dark` is not an hour. */
  readonly code: "morning" | "afternoon" | "evening" | "night" | "dark" | "always";
  readonly people?: number | null;
}

/** Why there is no test. */
export type Untested = "too_few_people";

/** Whether chance can be ruled out: a signal, no clear signal (which is not "safe"), or too few people to tell. */
export type Verdict = "signal" | "no_clear_signal" | "too_few_people";

/** What somebody says to a pin of somebody else. */
export type Vote = "agree" | "disagree";

/** A walk with what follows from it. */
export type Walk = WalkAsPlanned & ({
  readonly bad_weather?: WalkInBadWeather | null;
  readonly budget: WalkBudget;
  /** The code with which phones join; null while the walk is too long and nobody decided that it may be. */
  readonly code?: string | null;
  readonly pair?: WalkPair | null;
  readonly route: WalkRoute;
  readonly shortcut?: WalkShortcut | null;
  readonly stops: readonly WalkStop[];
  /** When the sun sets that day, on the clock there; null where it does not. */
  readonly sunset?: string | null;
  /** The time zone of its clock. */
  readonly time_zone: string;
  readonly warnings: readonly WalkWarning[];
});

/** A walk as it was planned. */
export interface WalkAsPlanned {
  /** Its date, such as `2026-11-25`. */
  readonly day: string;
  /** Its random id. */
  readonly id: Id;
  /** Who leads it and why. */
  readonly kind: WalkKind;
  /** Who leads, as the group calls them; may be empty. */
  readonly leader: string;
  /** How long it halts, in minutes. */
  readonly minutes_per_stop: number;
  /** How people call it. */
  readonly name: string;
  /** How many walk along. */
  readonly people: number;
  /** The telephone to call on the way; may be empty. */
  readonly phone: string;
  /** When who leads walked the route beforehand, such as `2026-11-21`. */
  readonly recce_day?: string | null;
  /** What they found: works, events. */
  readonly recce_found?: string | null;
  /** Who does what beside. */
  readonly roles: WalkRoles;
  /** Whether it ends where it starts. */
  readonly round_trip: boolean;
  /** Rules of this walk beside the usual ones. */
  readonly rules?: string | null;
  /** What its stops were proposed from, as the query of an address; empty for all pins. */
  readonly selection: string;
  /** How fast the group walks, in kilometres an hour. */
  readonly speed_km_h: number;
  /** When it starts, on the clock there, such as `16:05`. */
  readonly start: string;
  /** Whether it must do without steps. */
  readonly step_free: boolean;
}

/** What a walk takes, in minutes. */
export interface WalkBudget {
  /** Closing together. */
  readonly closing_min: number;
  /** What a walk takes at most. */
  readonly limit_min: number;
  /** Whether it takes longer than that. */
  readonly over: boolean;
  /** Whether somebody decided that it may. */
  readonly override: boolean;
  /** Welcome, roles and rules. */
  readonly start_min: number;
  /** At the stops. */
  readonly stops_min: number;
  /** All together. */
  readonly total_min: number;
  /** On the way. */
  readonly walking_min: number;
}

/** The walk when the weather is bad: along its sheltered stops alone. */
export interface WalkInBadWeather {
  /** The way along them. */
  readonly route: WalkRoute;
  /** The numbers of its stops: the sheltered ones, and where the group meets. */
  readonly stops: readonly number[];
  /** What it takes, in minutes. */
  readonly total_min: number;
}

/**
 * Who leads a walk and why: a group that looks with a list of questions; young people who show their area; people
 * who tell with photos.
 */
export type WalkKind = "exploratory" | "youth_led" | "photovoice";

/** The way from one stop to another. */
export interface WalkLeg {
  /** The number of the stop it starts from. */
  readonly from: number;
  /** A GeoJSON `LineString`; null where the network has no way. */
  readonly geometry?: Readonly<Record<string, unknown>> | null;
  /** How long it is, in metres; where it is straight, an estimate. */
  readonly length_m: number;
  /** How long the group walks, in minutes. */
  readonly minutes: number;
  /** Whether it is a straight line, or the length of one times 1.3, in the stead of a way along streets. */
  readonly straight: boolean;
  /** The number of the stop it leads to. */
  readonly to: number;
}

/** A walk in the list. */
export interface WalkListed {
  readonly day: string;
  readonly id: Id;
  readonly kind: WalkKind;
  readonly name: string;
  /** So many observations were noted: one for each phone and stop. */
  readonly observations: number;
  readonly pair?: Id | null;
  readonly start: string;
  readonly stops: number;
}

/** The other walk of a pair by day and in the dark. */
export interface WalkPair {
  readonly day: string;
  readonly id: Id;
  readonly name: string;
  readonly start: string;
}

/**
 * Who does what beside who leads: a name for each, empty where nobody said. The names stand on the leader's sheet and on
 * the phones of the group, in no file that leaves, and go when the walk was kept long enough.
 */
export interface WalkRoles {
  /** An official or somebody else who listens and does not defend. */
  readonly guest?: string;
  /** Takes photos of places, not of people. */
  readonly photographer?: string;
  /** Fills in the form. */
  readonly scribe?: string;
  /** Walks at the back, so that nobody stays behind, and minds the time. */
  readonly timekeeper?: string;
}

/** The whole way. */
export interface WalkRoute {
  /** A GeoJSON `LineString`, or a `MultiLineString` where a part of the way is not known; null without a way. */
  readonly geometry?: Readonly<Record<string, unknown>> | null;
  /** From stop to stop. */
  readonly legs: readonly WalkLeg[];
  /** How long it is, in metres. */
  readonly length_m: number;
  /** Whether all of it is straight lines, as no network is known. */
  readonly straight: boolean;
}

/** What was seen on a walk, stop by stop. It stands beside the pins and is counted with none of them. */
export interface WalkSeen {
  /** So many phones noted something. */
  readonly phones: number;
  /** In the order of the walk, then those that were taken out since and where something was noted. */
  readonly stops: readonly StopSeen[];
}

/** A way to end early. */
export interface WalkShortcut {
  /** The number of the stop after which it turns to the end. */
  readonly after: number;
  /** How long the way from there to the end is, in metres. */
  readonly length_m: number;
  /** How long the group walks from there to the end, in minutes. */
  readonly minutes: number;
  /** What the whole walk then takes, in minutes. */
  readonly total_min: number;
}

/** A stop as it is shown. */
export type WalkStop = StopAsPlanned & {
  /** When the group arrives, on the clock there. */
  readonly arrive: string;
  /** When it goes on. */
  readonly leave: string;
  /** Its place in the order, from 1. */
  readonly number: number;
};

/** A walk as a phone takes it along. */
export type WalkToDo = Walk & {
  /** At which stops the other phones of the group noted something. */
  readonly others: readonly NotedByOthers[];
  /** What this phone has noted already. */
  readonly own: readonly EachObservation[];
};

/** Something to look out for. */
export interface WalkWarning {
  /** What it is. */
  readonly slug: Caution;
  /** The number of the stop it is about. */
  readonly stop?: number | null;
}

/** The first owner introduces themselves. */
export interface Welcome {
  /** Their address. */
  readonly email: string;
  /** What colleagues call them. */
  readonly name: string;
  /** Their password, 10 to 200 characters. */
  readonly password: string;
  /** The token of the address that the first start printed. */
  readonly token: string;
}

/**
 * What happened to a place. By staff: kept, renamed, split off or from, removed. By the pins: counted anew, another
 * kind, moved or reshaped, not found any more, found (again), merged with others, split into parts.
 */
export type What = "kept" | "renamed" | "split_off" | "removed" | "counted" | "changed" | "moved" | "lost" | "found" | "merged" | "split";

/** When it feels so; `dark` is not an hour. */
export type When = "morning" | "afternoon" | "evening" | "night" | "dark" | "always";

/** Who is asked about themselves: each person, or the table once for all at it. */
export type WhoAt = "person" | "table";

/** A band and its people. */
export interface WhoBand {
  /** The band's word. */
  readonly code: string;
  /** Its people; null for fewer than three: they are hardly heard. */
  readonly people?: number | null;
}

/** The bands of age, gender or role. */
export interface WhoField {
  /** Each band with its people; fewer than three are null. */
  readonly bands: readonly WhoBand[];
  /** Which. */
  readonly of: GroupedBy;
  /** People who did not say, and those of bands too small to tell. */
  readonly others: number;
}

/** Why a selection has no map. */
export type Why = "too_few_voices" | "group_too_small" | "too_few_for_times" | "too_many_fields";

/** What a participant says to a pin. */
export interface Word {
  readonly vote: Vote;
}
