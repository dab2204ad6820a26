/** What the wall knows of one gathering, kept true by the live line. */

import { ApiError, get, patch } from '../api/client';
import { listen, type Listening } from '../api/live';
import type { Gathering, Hotspots, List, Neighbourhood, Person, StaffPins, Surface } from '../api/shapes';
import { drawnOf, type Drawn } from '../domain/drawn';
import type { Feeling, LonLat } from '../domain/pin';
import { toQuery, type Selection } from '../domain/selection';
import { STEPS, type Step } from './steps';

/** A pin as a room may see it: where and how it feels, nothing else. */
export interface WallPin {
  id: string;
  at: LonLat;
  drawn: Drawn | null;
  feeling: Feeling;
}

/** Surface, hotspots and pins of one moment. */
export interface Picture {
  /** The change of the server that asked for it; grows. */
  revision: number;
  query: string;
  surface: Surface;
  hotspots: Hotspots;
  /** Null where the step does not show them. */
  pins: readonly WallPin[] | null;
}

/** However fast pins come, the answers are asked for at most this often. */
const PAUSE_MS = 150;
/** A new person's first pin comes in two changes: one question for both. */
const GATHER_MS = 50;
const RETRY_MS = 2000;

export class Evening {
  readonly neighbourhood: Neighbourhood;
  gathering: Gathering = $state.raw()!;
  picture = $state.raw<Picture | null>(null);
  step = $state<Step>(STEPS[0]);
  /** Whether the whole round is shown instead of this gathering. */
  wide = $state(false);
  /** The round's other gatherings that may be shown: those that are still open stay hidden. */
  others = $state.raw<readonly Gathering[]>([]);
  online = $state(true);
  /** The line or an answer was refused: signed out, or the gathering is gone. */
  refused = $state.raw<ApiError | null>(null);

  #line: Listening | undefined;
  #revision = 0;
  #asked = 0;
  /** Something changed since the answers under way were asked for. */
  #stale = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
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

  go(step: Step): void {
    this.step = step;
    if (step === 'points' && this.picture && (!this.picture.pins || this.picture.revision < this.#revision)) this.#ask(0);
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
      this.step = STEPS[0];
      return;
    }
    void this.#findOthers();
    this.#ask(0);
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#asking?.abort();
    this.#asking = undefined;
    this.picture = null;
  }

  async #findOthers(): Promise<void> {
    try {
      const { items } = await get<List<Gathering>>(`/api/neighbourhoods/${this.neighbourhood.id}/gatherings`);
      this.others = items.filter(({ id, round, phase, pins }) => id !== this.gathering.id && round === this.gathering.round && (phase === 'revealed' || phase === 'closed') && pins > 0);
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
    this.#stale = false;
    const revision = this.#revision;
    const query = toQuery(this.selection);
    const base = `/api/neighbourhoods/${this.neighbourhood.id}`;
    const withPins = this.step === 'points';
    this.#asked = performance.now();
    try {
      const { signal } = asking;
      const kept = this.picture?.query === query ? this.picture : null;
      const askPins = async () => wallPins(await get<StaffPins>(`${base}/pins?${query}&basis=own`, { signal }));
      const [surface, hotspots, early] = await Promise.all([
        get<Surface>(`${base}/surface?${query}`, { signal }),
        get<Hotspots>(`${base}/hotspots?${query}`, { signal }),
        withPins && kept?.surface.method.enough ? askPins() : null,
      ]);
      // Under the least number of people nobody's pin may be seen, so it is not even asked for.
      const pins = withPins && surface.method.enough ? (early ?? (await askPins())) : null;
      if (signal.aborted) return;
      this.picture = {
        revision,
        query,
        surface: same(kept?.surface, surface),
        hotspots: same(kept?.hotspots, hotspots),
        pins: pins && same(kept?.pins ?? undefined, pins),
      };
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
    if (this.#stale && this.revealed && !asking.signal.aborted) this.#ask(PAUSE_MS);
  }
}

/** Who may open and reveal. */
export const mayFacilitate = (person: Person, neighbourhood: string) =>
  person.owner || person.seats.some((seat) => seat.neighbourhood === neighbourhood && (seat.role === 'owner' || seat.role === 'facilitator'));

const wallPins = (found: StaffPins): WallPin[] =>
  found.features.map(({ geometry, properties }, n) => ({ id: String(n), ...drawnOf(geometry), feeling: properties.feeling }));

/** The old value if nothing changed, so that nothing is drawn anew. */
const same = <T>(before: T | undefined, now: T): T => (before !== undefined && JSON.stringify(before) === JSON.stringify(now) ? before : now);
