/** What the wall knows of one gathering, kept true by the live line. */

import { ApiError, get, patch } from '../api/client';
import { listen, type Listening } from '../api/live';
import type { Gathering, Hotspots, List, Neighbourhood, Person, StaffPins, Surface } from '../api/shapes';
import { drawnOf, type Drawn } from '../domain/drawn';
import type { Feeling, LonLat } from '../domain/pin';
import { toQuery, type Selection } from '../domain/selection';
import { isMoment, kept, MOMENTS, sameStop, START, stopsOf, type Moment, type Stop } from './steps';
import { followed } from './tour';

/** A pin as a room may see it: where and how it feels, nothing else. */
export interface WallPin {
  id: string;
  at: LonLat;
  drawn: Drawn | null;
  feeling: Feeling;
}

/** Words that a moderator approved, and the place they are about. */
export interface Quote {
  at: LonLat;
  feeling: Feeling;
  words: string;
}

/** Surface, hotspots and pins of one state of the server. */
export interface Picture {
  /** The change of the server that asked for it; grows. */
  revision: number;
  query: string;
  surface: Surface;
  hotspots: Hotspots;
  /** Null where the step does not show them. */
  pins: readonly WallPin[] | null;
  quotes: readonly Quote[] | null;
}

/** The same of one part of the day. */
export interface MomentPicture {
  step: Moment;
  query: string;
  surface: Surface;
  hotspots: Hotspots;
}

/** However fast pins come, the answers are asked for at most this often. */
const PAUSE_MS = 150;
/** A new person's first pin comes in two changes: one question for both. */
const GATHER_MS = 50;
const RETRY_MS = 2000;
/** The picture does not wait for its verdicts: the live line tells when they are there. */
const AT_ONCE = 'wait_ms=0';
/** While the test runs and nothing is heard of it. */
const TEST_MS = 2500;

export class Evening {
  readonly neighbourhood: Neighbourhood;
  gathering: Gathering = $state.raw()!;
  picture = $state.raw<Picture | null>(null);
  moment = $state.raw<MomentPicture | null>(null);
  stop = $state.raw<Stop>(START);
  /** How far the test of the signal is, in percent. */
  percent = $state(0);
  /** Whether the whole round is shown instead of this gathering. */
  wide = $state(false);
  /** The round's other gatherings that may be shown: those that are still open stay hidden. */
  others = $state.raw<readonly Gathering[]>([]);
  /** The rounds that may be shown, each with its gatherings: one that opens later must not slip in. */
  rounds = $state.raw<ReadonlyMap<string, readonly string[]>>(new Map());
  online = $state(true);
  /** The line or an answer was refused: signed out, or the gathering is gone. */
  refused = $state.raw<ApiError | null>(null);

  #line: Listening | undefined;
  #revision = 0;
  #asked = 0;
  /** Something changed since the answers under way were asked for. */
  #stale = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #look: ReturnType<typeof setTimeout> | undefined;
  #asking: AbortController | undefined;

  private constructor(neighbourhood: Neighbourhood, gathering: Gathering) {
    this.neighbourhood = neighbourhood;
    this.gathering = gathering;
  }

  static async open(id: string): Promise<Evening> {
    const { neighbourhood } = await get<{ neighbourhood: Neighbourhood }>(`/api/gatherings/${encodeURIComponent(id)}`);
    const gathering = await get<Gathering>(`/api/neighbourhoods/${neighbourhood.id}/gatherings/${encodeURIComponent(id)}`);
    const evening = new Evening(neighbourhood, gathering);
    evening.#follow();
    return evening;
  }

  close(): void {
    this.#line?.close();
    this.#forget();
  }

  /** Whether others' pins may be seen. */
  get revealed(): boolean {
    return this.gathering.phase === 'revealed' || this.gathering.phase === 'closed';
  }

  /** Where the reveal can stand. */
  get stops(): Stop[] {
    return stopsOf(this.picture && { method: this.picture.surface.method, hotspots: this.picture.hotspots });
  }

  get step() {
    return this.stop.step;
  }

  /** What the step is about: the whole evening, or one part of the day; null while it is not there. */
  get shown(): { surface: Surface; hotspots: Hotspots } | null {
    if (!isMoment(this.step)) return this.picture;
    return this.moment?.step === this.step ? this.moment : null;
  }

  /** Whether the test of what is shown is under way. */
  get testing(): boolean {
    return this.shown?.hotspots.method.test.state === 'running';
  }

  go(stop: Stop): void {
    if (sameStop(this.stop, stop)) return;
    this.stop = stop;
    if (this.picture && this.#lacks(stop, this.picture)) this.#ask(0);
  }

  #lacks({ step }: Stop, picture: Picture): boolean {
    const fresh = picture.revision >= this.#revision;
    if (step === 'points') return !picture.pins || !fresh;
    if (step === 'tour') return !picture.quotes || !fresh;
    return isMoment(step) && !(this.moment?.step === step && fresh);
  }

  async widen(wide: boolean): Promise<void> {
    this.wide = wide;
    await this.#findOthers();
    this.#ask(0);
  }

  /** Opens or reveals the gathering for everybody. */
  async change(phase: 'open' | 'revealed'): Promise<void> {
    this.gathering = await patch<Gathering>(`/api/neighbourhoods/${this.neighbourhood.id}/gatherings/${this.gathering.id}`, { phase });
    this.#phaseChanged();
  }

  get selection(): Selection {
    if (!this.wide) return { gathering: [this.gathering.id] };
    // Named one by one too: a gathering of this round that opens later must not slip in.
    return { round: [this.gathering.round], gathering: [this.gathering.id, ...this.others.map(({ id }) => id)] };
  }

  #follow(): void {
    this.#line = listen(`/api/gatherings/${this.gathering.id}/events`, {
      on: {
        gathering: (now) => {
          const before = this.gathering.phase;
          this.gathering = { ...this.gathering, ...now };
          if (before !== now.phase) this.#phaseChanged();
        },
        surface: ({ revision }) => {
          this.#revision = Math.max(this.#revision, revision);
          if (this.revealed) this.#ask(PAUSE_MS);
        },
        verdicts: ({ percent }) => {
          this.percent = percent;
          if (percent >= 100 && this.revealed) this.#ask(PAUSE_MS);
        },
      },
      onLine: (open) => {
        this.online = open;
        // Whatever happened while nobody listened.
        if (open && this.revealed) this.#ask(PAUSE_MS);
      },
      onRefused: (error) => (this.refused = error),
    });
    if (this.revealed) this.#phaseChanged();
  }

  #phaseChanged(): void {
    if (!this.revealed) {
      this.#forget();
      this.wide = false;
      this.stop = START;
      return;
    }
    void this.#findOthers();
    this.#ask(0);
  }

  #forget(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#look);
    this.#timer = undefined;
    this.#asking?.abort();
    this.#asking = undefined;
    this.picture = this.moment = null;
  }

  async #findOthers(): Promise<void> {
    try {
      const { items } = await get<List<Gathering>>(`/api/neighbourhoods/${this.neighbourhood.id}/gatherings`);
      const told = items.filter(({ phase, pins }) => (phase === 'revealed' || phase === 'closed') && pins > 0);
      this.others = told.filter(({ id, round }) => id !== this.gathering.id && round === this.gathering.round);
      this.rounds = new Map(told.map(({ round }) => [round, told.filter((one) => one.round === round).map(({ id }) => id)]));
    } catch {
      // Without the list the control stays away; nothing else needs it.
    }
  }

  /** Asks at once, or soon: after a pause that gathers the changes. */
  #ask(pause_ms: number): void {
    if (pause_ms === 0) {
      this.#asking?.abort();
      this.#asking = undefined;
      clearTimeout(this.#timer);
      this.#timer = undefined;
      void this.#fetch();
      return;
    }
    if (this.#asking) this.#stale = true;
    if (this.#timer !== undefined || this.#asking) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#fetch();
    }, Math.max(GATHER_MS, this.#asked + pause_ms - performance.now()));
  }

  async #fetch(): Promise<void> {
    const asking = (this.#asking = new AbortController());
    clearTimeout(this.#look);
    this.#stale = false;
    const revision = this.#revision;
    const query = toQuery(this.selection);
    const { step } = this.stop;
    this.#asked = performance.now();
    try {
      const { signal } = asking;
      const before = this.picture?.query === query ? this.picture : null;
      const pinsWanted = step === 'points' || step === 'tour';
      const askPins = () => get<StaffPins>(`${this.#path}/pins?${query}&basis=own`, { signal });
      const [surface, hotspots, moment, early] = await Promise.all([
        get<Surface>(`${this.#path}/surface?${query}&${AT_ONCE}`, { signal }),
        get<Hotspots>(`${this.#path}/hotspots?${query}&${AT_ONCE}`, { signal }),
        isMoment(step) ? this.#askMoment(step, signal) : null,
        pinsWanted && before?.surface.method.enough ? askPins() : null,
      ]);
      // Under the least number of people nobody's pin may be seen, so it is not even asked for.
      const pins = pinsWanted && surface.method.enough ? (early ?? (await askPins())) : null;
      if (signal.aborted) return;
      const now: Picture = {
        revision,
        query,
        surface: same(before?.surface, surface),
        hotspots: same(before?.hotspots, hotspots),
        pins: pins && step === 'points' ? same(before?.pins ?? undefined, wallPins(pins)) : null,
        quotes: pins && step === 'tour' ? same(before?.quotes ?? undefined, quotesOf(pins)) : null,
      };
      this.stop = kept(followed(this.stop, before?.hotspots, now.hotspots), stopsOf({ method: now.surface.method, hotspots: now.hotspots }));
      if (moment) this.moment = same(this.moment ?? undefined, moment);
      this.picture = now;
      this.percent = hotspots.method.test.percent;
      this.online = true;
    } catch (error) {
      if (asking.signal.aborted) return;
      if (error instanceof ApiError && !error.passing) this.refused = error;
      else {
        this.online = false;
        this.#timer ??= setTimeout(() => {
          this.#timer = undefined;
          void this.#fetch();
        }, RETRY_MS);
      }
    } finally {
      if (this.#asking === asking) this.#asking = undefined;
    }
    if (asking.signal.aborted || !this.revealed) return;
    // Somebody walked on meanwhile: what their step shows was not asked for.
    if (this.#stale || (this.picture && this.#lacks(this.stop, this.picture))) this.#ask(PAUSE_MS);
    else if (this.testing) this.#look = setTimeout(() => this.#ask(0), TEST_MS);
  }

  async #askMoment(step: Moment, signal: AbortSignal): Promise<MomentPicture> {
    const query = toQuery({ ...this.selection, when: MOMENTS[step] });
    const [surface, hotspots] = await Promise.all([get<Surface>(`${this.#path}/surface?${query}&${AT_ONCE}`, { signal }), get<Hotspots>(`${this.#path}/hotspots?${query}&${AT_ONCE}`, { signal })]);
    return { step, query, surface, hotspots };
  }

  get #path(): string {
    return `/api/neighbourhoods/${this.neighbourhood.id}`;
  }
}

/** Who may open and reveal. */
export const mayFacilitate = (person: Person, neighbourhood: string) =>
  person.owner || person.seats.some((seat) => seat.neighbourhood === neighbourhood && (seat.role === 'owner' || seat.role === 'facilitator'));

const wallPins = (found: StaffPins): WallPin[] =>
  found.features.map(({ geometry, properties }, n) => ({ id: String(n), ...drawnOf(geometry), feeling: properties.feeling }));

/** Only what a moderator approved comes with a pin; what was heard from others is not asked for. */
const quotesOf = (found: StaffPins): Quote[] =>
  found.features.flatMap(({ geometry, properties: { comment, feeling } }) => (comment ? [{ at: drawnOf(geometry).at, feeling, words: comment }] : []));

/** The old value if nothing changed, so that nothing is drawn anew. */
const same = <T>(before: T | undefined, now: T): T => (before !== undefined && JSON.stringify(before) === JSON.stringify(now) ? before : now);
