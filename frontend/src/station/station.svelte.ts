/** What a recorder's tablet or phone knows: the data walk it joined, the station it stands at, and what groups read there. */

import type { Language } from '../api/shapes';
import type { DataWalk } from '../domain/data_walk';
import { newId } from '../domain/id';
import { asRead, missingIn, newResponse, readersOf, type Response } from '../domain/response';
import { keepFonts } from '../offline/fonts';
import { boundsOf } from '../domain/boundary';
import { keepMap, renewPage } from '../offline/keep';
import { Recording } from '../outbox/recording.svelte';
import { currentLanguage, preferred, prefetchWords, setLanguage } from '../words/words.svelte';

/** What was read at a data walk, as kept on the device. */
interface Noted {
  walk: string;
  at: string | null;
  draft: Response | null;
  responses: Response[];
}
const NOTED = 'responses';

class StationPage {
  at = $state<string | null>(null);
  /** What is being typed. */
  draft = $state<Response | null>(null);
  responses = $state.raw<readonly Response[]>([]);
  /** What is missing in the draft, once somebody tried to keep it. */
  missing = $state<ReturnType<typeof missingIn>>(null);

  readonly recording: Recording<DataWalk<Language>> = new Recording<DataWalk<Language>>('data_walk', {
    query: () => (this.recording.plan?.languages.includes(currentLanguage()) ? `?lang=${currentLanguage()}` : ''),
    onPlan: (walk) => this.#planned(walk),
  });

  readonly walk = $derived(this.recording.plan);
  readonly station = $derived(this.walk?.stations.find(({ id }) => id === this.at) ?? null);
  readonly here = $derived(this.responses.filter(({ station }) => station === this.at));
  /** Whether the draft changes something that was recorded before. */
  readonly edits = $derived(this.responses.some(({ id }) => id === this.draft?.id));

  async open(): Promise<void> {
    await this.recording.open();
    this.#takeStation();
    addEventListener('hashchange', () => this.#takeStation());
  }

  async #planned(walk: DataWalk<Language>): Promise<void> {
    if (this.walk?.id === walk.id) return;
    const kept = await this.recording.outbox.note<Noted>(NOTED);
    const same = kept?.walk === walk.id ? kept : null;
    this.responses = same?.responses ?? [];
    this.at = same?.at ?? null;
    this.draft = same?.draft ?? null;
    const { neighbourhood } = this.recording.joined!;
    if (!walk.languages.includes(currentLanguage())) await setLanguage(preferred(walk.languages));
    void prefetchWords(walk.languages);
    void keepFonts(walk.languages);
    void keepMap(neighbourhood.basemap, boundsOf(neighbourhood.boundary));
    void import('../map/engine').catch(() => undefined);
  }

  /** Changes the language of the page and of the sentences. */
  async speak(language: Language): Promise<void> {
    await setLanguage(language);
    await this.recording.refresh();
  }

  /** Takes the number of a station out of the address of its QR code. */
  #takeStation(): void {
    const number = Number(new URLSearchParams(location.hash.slice(1)).get('station'));
    const asked = this.walk?.stations.find((station) => station.number === number);
    if (!asked) return;
    history.replaceState(null, '', location.pathname);
    this.choose(asked.id);
  }

  choose(station: string | null): void {
    if (station !== null && station !== this.at) this.#begin(station);
    this.at = station;
    scrollTo(0, 0);
    this.#remember();
    void this.recording.refresh();
  }

  /** A new response, at the same station and for a group as large as the one before. */
  #begin(station: string): void {
    this.draft = newResponse(newId(), station, this.draft?.group_size ?? this.responses.at(-1)?.group_size);
    this.missing = null;
  }

  say(change: Partial<Response>): void {
    if (!this.at) return;
    if (!this.draft) this.#begin(this.at);
    Object.assign(this.draft!, change);
    if (this.missing !== null) this.missing = missingIn(this.draft!);
    this.#remember();
  }

  /** Keeps what was typed and makes room for the next group. Says whether it could. */
  async keep(): Promise<boolean> {
    if (!this.draft) return false;
    const said = $state.snapshot(this.draft) as Response;
    this.missing = missingIn(said);
    if (this.missing !== null) return false;
    this.responses = [...this.responses.filter(({ id }) => id !== said.id), said];
    this.#begin(said.station);
    this.#remember();
    await this.recording.post('response', said.id, asRead(said));
    return true;
  }

  edit(id: string): void {
    const said = this.responses.find((one) => one.id === id);
    if (!said) return;
    this.draft = { ...said, stickers: [...said.stickers] };
    this.missing = null;
    this.#remember();
  }

  /** Leaves what was recorded as it was. */
  leaveEdit(): void {
    if (this.at) this.#begin(this.at);
    this.#remember();
  }

  async remove(id: string): Promise<void> {
    this.responses = this.responses.filter((one) => one.id !== id);
    if (this.draft?.id === id && this.at) this.#begin(this.at);
    this.#remember();
    await this.recording.post('response_gone', id);
  }

  readers(station: string): number {
    return readersOf(this.responses.filter((one) => one.station === station));
  }

  async handOver(): Promise<void> {
    await this.recording.leave();
    await this.recording.outbox.forget(NOTED);
    this.at = this.draft = null;
    this.responses = [];
    if (!this.recording.outbox.full) void renewPage();
  }

  #remember(): void {
    if (!this.walk) return;
    const noted: Noted = { walk: this.walk.id, at: this.at, draft: this.draft, responses: [...this.responses] };
    void this.recording.outbox.keep(NOTED, noted);
  }
}

export const page = new StationPage();
