/** What a walk leader's phone knows: the walk it joined, where the group is, and what was seen at each stop. */

import type { LonLat } from '../domain/pin';
import { newId } from '../domain/id';
import { anythingSeen, asTold, nothingSeen, type Observation } from '../domain/observation';
import { ahead, isTheirs, legBetween, notYetPlanned, stopsToWalk, type Walk, type WalkLeg, type WalkStop } from '../domain/walk';
import { renewPage } from '../offline/keep';
import { Recording } from '../outbox/recording.svelte';
import { currentLanguage, preferred, prefetchWords, setLanguage, STAFF_LANGUAGES } from '../words/words.svelte';
import { download } from './download.svelte';

export type View = 'plan' | 'rules' | 'way' | 'stop' | 'word' | 'end';

/** What was noted at a stop, and the photo that came with it. */
export interface Seen {
  readonly id: string;
  /** Whether its letter ever went into the outbox. */
  sent: boolean;
  told: Observation;
  photo: { preview: string | null } | null;
}

/** Where the group is, as kept on the phone. */
interface Underway {
  walk: string;
  view: View;
  at: string | null;
  /** When the group came to each stop, and when it left the last one: these stay on the phone. */
  came: Record<string, number>;
  left_at: number | null;
  left_out: string[];
  added: WalkStop[];
  seen: Record<string, Seen>;
}

/** Typing rests this long before it is sent. */
const REST_MS = 500;
const WALKING = 'walking';

class WalkPage {
  view = $state<View>('plan');
  /** The stop where the group is, or to which it walks. */
  at = $state<string | null>(null);
  came = $state<Record<string, number>>({});
  left_at = $state<number | null>(null);
  leftOut = $state.raw<ReadonlySet<string>>(new Set());
  added = $state.raw<readonly WalkStop[]>([]);
  seen = $state<Record<string, Seen>>({});
  /** The stop that is being worded; none for a new one. */
  worded = $state<string | null>(null);
  #resting = new Map<string, ReturnType<typeof setTimeout>>();

  readonly recording = new Recording<Walk>('walk', { onPlan: (walk, first) => this.#planned(walk, first) });

  readonly walk = $derived(this.recording.plan);
  readonly stops = $derived(this.walk ? stopsToWalk(this.walk.stops, this.added, this.leftOut) : []);
  readonly index = $derived(this.stops.findIndex(({ id }) => id === this.at));
  readonly stop = $derived(this.stops[this.index] ?? null);
  readonly next = $derived(this.stops[this.index + 1] ?? null);
  readonly started = $derived(this.at !== null);
  readonly theirs = $derived(this.walk !== null && isTheirs(this.walk.kind));
  /** The ways in the order of the walk, home included where it ends where it began. */
  readonly legs = $derived.by(() => {
    const { walk, stops } = this;
    if (!walk) return [];
    const legs = stops.slice(1).map((stop, n) => legBetween(walk, stops[n]!, stop));
    const [first, last] = [stops[0], stops.at(-1)];
    return walk.round_trip && first && last && first !== last ? [...legs, legBetween(walk, last, first)] : legs;
  });
  readonly ahead = $derived(this.walk && this.stop ? ahead(this.walk, this.stops, this.index, this.view === 'way') : null);

  async open(): Promise<void> {
    await this.recording.open();
  }

  async #planned(walk: Walk, first: boolean): Promise<void> {
    const { languages } = this.recording.joined!.neighbourhood;
    const offered = STAFF_LANGUAGES.filter((language) => languages.includes(language));
    if (offered.length > 0 && !offered.some((language) => language === currentLanguage())) await setLanguage(preferred(offered));
    if (this.walk?.id !== walk.id) await this.#takeUp(walk, first);
    this.added = notYetPlanned(this.added, walk.stops);
    void download.open(this.recording.joined!.neighbourhood, walk, this.added);
    void prefetchWords(offered);
  }

  async #takeUp(walk: Walk, first: boolean): Promise<void> {
    const kept = await this.recording.outbox.note<Underway>(WALKING);
    const same = kept?.walk === walk.id ? kept : null;
    this.view = same && !first ? same.view : 'plan';
    this.at = same?.at ?? null;
    this.came = same?.came ?? {};
    this.left_at = same?.left_at ?? null;
    this.leftOut = new Set(same?.left_out);
    this.added = same?.added ?? [];
    this.seen = same?.seen ?? {};
  }

  #remember(): void {
    const { walk, view, at, came, left_at, seen } = this;
    if (!walk) return;
    const underway: Underway = { walk: walk.id, view: view === 'word' ? 'plan' : view, at, came, left_at, left_out: [...this.leftOut], added: [...this.added], seen };
    void this.recording.outbox.keep(WALKING, underway);
  }

  // — the way —

  show(view: View): void {
    this.#flush();
    this.view = view;
    scrollTo(0, 0);
    this.#remember();
    // Where there is a line: what the others noted meanwhile, and what the desk changed.
    if (view === 'stop' || view === 'end') void this.recording.refresh();
  }

  /** Leaves for the first stop. */
  start(): void {
    const [first] = this.stops;
    if (first) this.goTo(first.id);
  }

  /** Walks to a stop. */
  goTo(id: string): void {
    this.left_at = Date.now();
    this.at = id;
    this.show('way');
  }

  /** The group is there. */
  arrive(): void {
    if (!this.at) return;
    this.came[this.at] ??= Date.now();
    this.show('stop');
  }

  /** Goes on from where the group is, or where it walks to. */
  resume(): void {
    this.show(this.at !== null && this.came[this.at] !== undefined ? 'stop' : 'way');
  }

  /** Opens a stop from the list, wherever the group is. */
  look(id: string): void {
    this.at = id;
    this.resume();
  }

  /** Leaves out the stops that the short-cut skips. */
  takeShortcut(): void {
    const after = this.walk?.shortcut?.after;
    if (after !== undefined) this.#leaveOut(({ number }) => number > after);
  }

  /** Goes on along the sheltered stops alone. */
  stayDry(): void {
    const dry = this.walk?.bad_weather?.stops;
    if (dry) this.#leaveOut(({ number }) => !dry.includes(number));
  }

  /** Leaves out stops where the group was not yet; where it walks to one of these, it walks to the next. */
  #leaveOut(skips: (stop: WalkStop) => boolean): void {
    const skipped = this.walk!.stops.filter((stop) => skips(stop) && this.came[stop.id] === undefined);
    const on = this.stops.slice(this.index).find((stop) => !skipped.some(({ id }) => id === stop.id));
    this.leftOut = new Set([...this.leftOut, ...skipped.map(({ id }) => id)]);
    if (this.at === null || !this.leftOut.has(this.at)) this.#remember();
    else if (on) this.goTo(on.id);
    else this.finish();
  }

  walkAll(): void {
    this.leftOut = new Set();
    this.#remember();
  }

  finish(): void {
    this.show('end');
  }

  /** The way to the stop where the group is, or to which it walks. */
  get leg(): WalkLeg | null {
    return this.index > 0 ? this.legs[this.index - 1]! : null;
  }

  // — what is seen —

  told(id: string): Observation {
    return this.seen[id]?.told ?? nothingSeen();
  }

  /** Notes something at a stop: kept at once, sent when the typing rests. */
  note(id: string, change: Partial<Observation>): void {
    const known = this.seen[id] ?? { id: newId(), sent: false, told: nothingSeen(), photo: null };
    this.seen[id] = { ...known, told: { ...known.told, ...change } };
    this.#remember();
    clearTimeout(this.#resting.get(id));
    this.#resting.set(id, setTimeout(() => this.#flush(id), REST_MS));
  }

  #flush(only?: string): void {
    for (const [stop, timer] of [...this.#resting]) {
      if (only !== undefined && stop !== only) continue;
      clearTimeout(timer);
      this.#resting.delete(stop);
      void this.#send(stop);
    }
  }

  async #send(stop: string): Promise<void> {
    const seen = this.seen[stop];
    if (!seen || (!seen.sent && !anythingSeen(seen.told) && !seen.photo)) return;
    seen.sent = true;
    await this.recording.post('observation', seen.id, asTold(stop, $state.snapshot(seen.told) as Observation));
    this.#remember();
  }

  /** Keeps a photo beside what was noted at a stop. */
  async keepPhoto(stop: string, image: string, preview: string | null): Promise<void> {
    if (!this.seen[stop]) this.note(stop, {});
    const seen = this.seen[stop]!;
    seen.photo = { preview };
    if (!seen.sent) {
      clearTimeout(this.#resting.get(stop));
      this.#resting.delete(stop);
      await this.#send(stop);
    }
    await this.recording.post('observation_photo', seen.id, { image });
    this.#remember();
  }

  async dropPhoto(stop: string): Promise<void> {
    const seen = this.seen[stop];
    if (!seen?.photo) return;
    seen.photo = null;
    await this.recording.post('observation_photo_gone', seen.id);
    this.#remember();
  }

  // — stops of their own —

  word(id: string | null): void {
    this.worded = id;
    this.view = 'word';
  }

  /** Adds a stop, or gives one other words. */
  async keepStop({ name, point, question }: { name: string; point: LonLat; question: string }): Promise<void> {
    const known = this.stops.find(({ id }) => id === this.worded);
    const stop: WalkStop = { place: null, kind: 'chosen', number: this.stops.length + 1, ...known, id: known?.id ?? newId(), name: name.trim(), point, question: question.trim() || null };
    this.added = [...this.added.filter(({ id }) => id !== stop.id), stop];
    await this.recording.post('stop', stop.id, { name: stop.name, point: stop.point, question: stop.question });
    this.worded = null;
    this.show('plan');
  }

  /** Takes back everything that was given: here, and at the server. */
  async withdraw(): Promise<void> {
    for (const timer of this.#resting.values()) clearTimeout(timer);
    this.#resting.clear();
    const sent = Object.values(this.seen).filter((seen) => seen.sent);
    this.seen = {};
    this.added = [];
    for (const { id } of sent) await this.recording.post('observation_gone', id);
    await this.recording.post('given_gone', this.walk!.id);
    this.#remember();
  }

  /** Empties this phone for another walk. What waits still leaves. */
  async handOver(): Promise<void> {
    this.#flush();
    await this.recording.leave();
    await this.recording.outbox.forget(WALKING);
    this.view = 'plan';
    this.at = null;
    if (!this.recording.outbox.full) void renewPage();
  }
}

export const page = new WalkPage();
