/** What a tablet knows: the gathering it joined, who holds it now, and what they put down. */

import { ApiError, get, post } from '../api/client';
import { listen, type Listening } from '../api/live';
import type { Joined, JoinedGathering, Neighbourhood, NewParticipant, Vote } from '../api/shapes';
import type { Caption } from '../domain/attachment';
import { NOBODY, asksMore, asksWho, takesPins, tidyCode, type Phase, type Question, type Who } from '../domain/gathering';
import type { Drawn } from '../domain/drawn';
import { newId } from '../domain/id';
import { newPin, toFeature, type Basis, type Feeling, type LonLat, type Pin } from '../domain/pin';
import { boundsOf, contains } from '../domain/boundary';
import { newSlip } from '../domain/slip';
import { keepFonts } from '../offline/fonts';
import { keepMap, renewPage } from '../offline/keep';
import type { Kind } from '../outbox/letters';
import { Outbox } from '../outbox/outbox.svelte';
import { speaking } from './speaking.svelte';
import { currentLanguage, preferred, prefetchWords, setLanguage } from '../words/words.svelte';

export type View = 'opening' | 'join' | 'start' | 'who' | 'practice' | 'map' | 'others' | 'done';

/** A pin of the person who holds the tablet, with the street it is near: that name stays on the device. */
export interface MyPin extends Pin {
  near: string | null;
  /** The photo that came with it, small, and what was said of it; the photo itself is a letter of its own. */
  photo?: { preview: string | null; caption: Caption } | null;
  /** The voice note that came with it. */
  voice?: { duration_ms: number } | null;
}

/** The gathering and its token, as kept on the device. */
interface Membership extends Joined {
  code: string;
}

/** The person at work, as kept on the device until they hand over. */
interface AtWork {
  participant: string;
  sent: boolean;
  who: Who;
  note?: string;
  pins: MyPin[];
  view: View;
  /** Missing in what an earlier version of the page kept. */
  slip?: string;
  votes?: Record<string, Vote>;
}

/** Why joining did not work, as the slug of the server's refusal; `revoked` when this tablet was let go. */
export type JoinTrouble = { slug: string; code: string } | null;

const AGAIN_MS = 8000;
/** Typing rests this long before it is sent. */
const REST_MS = 500;

class Tablet {
  view = $state<View>('opening');
  membership = $state.raw<Membership | null>(null);
  phase = $state<Phase>('open');
  trouble = $state.raw<JoinTrouble>(null);
  joining = $state(false);
  /** What stands before the page for the facilitator: the lock, or what is behind it. */
  facilitator = $state<'lock' | 'sheet' | null>(null);
  /** The code of another gathering, until the facilitator lets this tablet go there. */
  #wanted: string | null = null;

  who = $state<Who>({ ...NOBODY });
  /** What an interviewer writes down about the talk. */
  note = $state('');
  /** Who sits at this table, where that is asked once; null until somebody answered. */
  tableWho = $state.raw<Who | null>(null);
  /** The person asked for all the time they need: nothing empties the screen. */
  clockStopped = $state(false);
  /** How much larger than usual this person wants the letters. */
  letters = $state<1 | 1.5 | 2>(1);
  pins = $state<MyPin[]>([]);
  /** The code of the person's withdrawal slip. */
  slip = $state(newSlip());
  /** What the person says to the pins of others, by pin. */
  votes = $state.raw<Readonly<Record<string, Vote>>>({});
  /** The code of a slip that somebody holds up to the tablet: empty while it is typed, null while nobody does. */
  heldUp = $state<string | null>(null);
  /** Counts up whenever others said something: their pins are to be read anew. */
  changes = $state(0);
  /** The pin whose sheet is open. */
  told = $state<string | null>(null);
  /** The pin that is being moved. */
  moved = $state<string | null>(null);

  outbox = $state.raw<Outbox>() as Outbox;
  #devices: Record<string, string> = {};
  #participant = newId();
  /** Whether the participant's own letter went into the box: only people who pin leave a trace. */
  #sent = false;
  #live: Listening | null = null;
  #again: ReturnType<typeof setTimeout> | undefined;
  #resting = new Map<string, ReturnType<typeof setTimeout>>();

  /** What this tablet joined, as the outbox names it. */
  readonly task = $derived(`gatherings/${this.membership?.gathering.id}`);
  readonly gathering = $derived<JoinedGathering | null>(this.membership?.gathering ?? null);
  readonly neighbourhood = $derived<Neighbourhood | null>(this.membership?.neighbourhood ?? null);
  readonly questions = $derived<readonly Question[]>(this.gathering?.questions ?? []);
  readonly left = $derived(this.gathering?.pin_budget == null ? Infinity : Math.max(0, this.gathering.pin_budget - this.pins.length));
  readonly takesPins = $derived(takesPins(this.phase));
  /** Whether one person after the other uses this tablet: then it empties itself, and only a facilitator takes it elsewhere. */
  readonly shared = $derived(this.gathering?.kind === 'table' || this.gathering?.kind === 'street');
  /** Whether this person is asked who they are; a table that is asked once is not asked again. */
  readonly asksPerson = $derived(asksWho(this.questions).length > 0 && !(this.gathering?.who_at === 'table' && this.tableWho !== null));
  /** Refusals about the person who holds the tablet now, and those that earlier people left. */
  readonly refusals = $derived((this.outbox?.refusals ?? []).filter((refusal) => refusal.letter.participant === this.#participant));
  readonly earlierRefusals = $derived((this.outbox?.refusals ?? []).filter(({ letter }) => letter.participant !== null && letter.participant !== this.#participant));

  /** Takes up where the tablet was: after a reload, a crash, an empty battery. */
  async open(): Promise<void> {
    this.outbox = await Outbox.open({
      onRevoked: (task) => this.#revoked(task),
      // Everything is kept: the newer page goes on where this one was.
      onOutdated: () => location.reload(),
    });
    this.#devices = (await this.outbox.note<Record<string, string>>('devices')) ?? {};
    const kept = await this.outbox.note<Membership>('membership');
    const asked = codeInAddress();
    this.#takeSlip();
    addEventListener('hashchange', () => {
      if (this.#takeSlip()) return;
      const code = codeInAddress();
      dropAddress();
      if (code && tidyCode(code) !== this.membership?.code) this.#goTo(code);
    });
    if (kept) {
      dropAddress();
      await this.#enter(kept);
      await this.#takeUp();
      if (asked && tidyCode(asked) !== kept.code) this.#goTo(asked);
      else void this.refresh();
    } else if (asked) {
      await this.join(asked);
    } else {
      this.view = 'join';
    }
  }

  // — the gathering —

  /** Joins with a code; while the gathering is not open or the line is down, it tries again by itself. */
  async join(typed: string): Promise<void> {
    clearTimeout(this.#again);
    const code = tidyCode(typed);
    this.joining = true;
    try {
      const joined = await post<Joined>('/api/join', { code });
      const revoked = this.trouble?.slug === 'revoked' && this.membership?.gathering.id === joined.gathering.id;
      this.trouble = null;
      dropAddress();
      await this.#enter({ ...joined, code });
      if (revoked) await this.#takeUp();
      else await this.handOver();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.trouble = { slug: error.slug, code };
      this.view = 'join';
      if (error.passing || error.slug === 'gathering_not_open') this.#again = setTimeout(() => void this.join(code), AGAIN_MS);
      else dropAddress();
    } finally {
      this.joining = false;
    }
  }

  /** Another gathering: from a shared tablet only with the facilitator's code, as long as this gathering goes on. */
  #goTo(code: string): void {
    if (!this.shared || !this.takesPins || this.view === 'join') return void this.join(code);
    this.#wanted = code;
    this.facilitator = 'lock';
  }

  /** The facilitator's code was right. */
  unlock(): void {
    const code = this.#wanted;
    this.facilitator = code ? null : 'sheet';
    this.#wanted = null;
    if (code) void this.join(code);
  }

  /** Closes what stands before the page for the facilitator. */
  lock(): void {
    this.facilitator = this.#wanted = null;
  }

  /** Lets this tablet go from its gathering. What waits keeps its address and still leaves. */
  async leave(): Promise<void> {
    this.lock();
    this.#live?.close();
    await this.handOver();
    await this.outbox.forget('membership');
    this.membership = null;
    this.view = 'join';
  }

  /** What waits for this gathering, as a file that the desk can take in. */
  async file(): Promise<File | null> {
    const gathering = this.gathering!;
    const device = this.#devices[gathering.id];
    const letters = await this.outbox.waitingFor(this.task);
    if (!device || letters.length === 0) return null;
    const words = JSON.stringify({ format: 'buurtsignaal-outbox/1', gathering: gathering.id, device, letters });
    return new File([words], `buurtsignaal-${this.membership!.device}.json`, { type: 'application/json' });
  }

  /** Stops trying, to type another code. */
  forgetTrouble(): void {
    clearTimeout(this.#again);
    this.trouble = null;
    dropAddress();
  }

  async #enter(membership: Membership): Promise<void> {
    const { id } = membership.gathering;
    this.membership = membership;
    this.phase = membership.gathering.phase;
    await this.outbox.keep('membership', membership);
    await this.outbox.welcome(this.task, membership.device_token);
    if (membership.device_id) {
      this.#devices = { ...this.#devices, [id]: membership.device_id };
      await this.outbox.keep('devices', this.#devices);
    }
    const table = await this.outbox.note<{ gathering: string; who: Who }>('table');
    this.tableWho = table?.gathering === id ? table.who : null;
    const { languages } = membership.neighbourhood;
    if (!languages.includes(currentLanguage())) await setLanguage(preferred(languages));
    void prefetchWords(languages);
    void keepFonts(languages);
    void keepMap(membership.neighbourhood.basemap, boundsOf(membership.neighbourhood.boundary));
    this.#live?.close();
    this.#live = listen(`/api/gatherings/${id}/events`, {
      token: membership.device_token,
      on: { gathering: ({ phase }) => this.#phase(phase), surface: () => this.changes++ },
      onRefused: (error) => error.status === 401 && this.#revoked(`gatherings/${id}`),
    });
  }

  /** Reads the gathering anew: its questions or budget may have changed. */
  async refresh(): Promise<void> {
    const { membership } = this;
    if (!membership) return;
    try {
      const fresh = await get<Pick<Joined, 'gathering' | 'neighbourhood'>>(`/api/gatherings/${membership.gathering.id}`, { token: membership.device_token });
      if (this.membership !== membership) return;
      this.membership = { ...membership, ...fresh };
      this.#phase(fresh.gathering.phase);
      await this.outbox.keep('membership', this.membership);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) this.#revoked(`gatherings/${membership.gathering.id}`);
      // Without a line the tablet goes on with what it knows.
    }
  }

  #phase(phase: Phase): void {
    if (this.phase === phase) return;
    const opened = !takesPins(this.phase) && takesPins(phase);
    this.phase = phase;
    if (opened) void this.refresh();
  }

  #revoked(task: string): void {
    if (!this.membership || task !== this.task) return;
    this.#live?.close();
    this.trouble = { slug: 'revoked', code: this.membership.code };
    this.view = 'join';
  }

  // — the person —

  async #takeUp(): Promise<void> {
    const atWork = await this.outbox.note<AtWork>('person');
    if (!atWork) {
      this.view = 'start';
      return;
    }
    this.#participant = atWork.participant;
    this.#sent = atWork.sent;
    this.who = atWork.who;
    this.note = atWork.note ?? '';
    this.pins = atWork.pins;
    this.view = atWork.view;
    this.votes = atWork.votes ?? {};
    if (atWork.slip) this.slip = atWork.slip;
    else if (this.#sent) this.#introduce();
  }

  /** Begins with a new person. */
  begin(practice: boolean): void {
    if (this.gathering?.who_at === 'table' && this.tableWho) this.who = this.tableWho;
    this.show(this.asksPerson ? 'who' : practice ? 'practice' : 'map');
  }

  show(view: View): void {
    this.view = view;
    this.told = this.moved = null;
    this.#remember();
  }

  /** Empties the screen, the drafts and the history for the next person. What waits in the outbox stays. */
  async handOver(): Promise<void> {
    this.#flush();
    this.lock();
    this.told = this.moved = null;
    this.pins = [];
    this.who = { ...NOBODY };
    this.note = '';
    this.clockStopped = false;
    this.letters = 1;
    this.#participant = newId();
    this.slip = newSlip();
    this.votes = {};
    this.heldUp = null;
    this.#sent = false;
    await this.outbox.forget('person');
    this.view = 'start';
    speaking.off();
    if (this.neighbourhood) await setLanguage(preferred(this.neighbourhood.languages)).catch(() => undefined);
    void this.refresh();
    // Between two people nothing is on the screen that a newer page would take away; what has no room elsewhere would be.
    if (!this.outbox.full) void renewPage();
  }

  #remember(): void {
    const atWork: AtWork = { participant: this.#participant, sent: this.#sent, who: this.who, note: this.note, pins: this.pins, view: this.view, slip: this.slip, votes: this.votes };
    void this.outbox.keep('person', atWork);
  }

  answerWho(answers: Partial<Who>): void {
    this.who = { ...this.who, ...answers };
    if (this.#sent) this.#introduce();
    this.#remember();
  }

  /** Keeps the answers of a whole table for everybody who comes to this tablet. */
  async answerTable(who: Who): Promise<void> {
    this.tableWho = who;
    await this.outbox.keep('table', { gathering: this.gathering!.id, who });
  }

  /** Keeps an interviewer's notes; with notes somebody leaves a trace also without a pin. */
  write(note: string): void {
    this.note = note;
    this.#introduce();
    this.#remember();
  }

  /** Says who the participant is, before anything of theirs: only people who pin, vote or are noted leave a trace. */
  #introduce(): void {
    this.#sent = true;
    const note = this.gathering?.kind === 'interview' && this.note.trim() ? { note: this.note.trim() } : {};
    void this.#post('participant', this.#participant, { ...this.who, ...note, slip: this.slip } satisfies NewParticipant);
  }

  /** Puts a letter of the person in the outbox. */
  #post(kind: Kind, about: string, body: unknown = null): Promise<void> {
    return this.outbox.post({ task: this.task, participant: this.#participant, kind, about, body });
  }

  // — pins —

  inside(at: LonLat): boolean {
    return this.neighbourhood !== null && contains(this.neighbourhood.boundary, at);
  }

  /** Puts a new pin; its sheet opens if the gathering asks anything. */
  place(at: LonLat, feeling: Feeling, precision_m: number, near: string | null, drawn: Drawn | null = null, basis: Basis = 'own'): MyPin {
    const known = { id: newId(), participant: this.#participant, at, drawn, feeling, precision_m, basis, lang: currentLanguage() };
    const pin: MyPin = { ...newPin(known), near };
    this.pins.push(pin);
    if (!this.#sent) this.#introduce();
    this.#send(pin);
    if (asksMore(this.questions)) this.told = pin.id;
    this.#remember();
    return pin;
  }

  /** Changes what is told of a pin; it is kept at once and sent when the typing rests. */
  tell(id: string, change: Partial<MyPin>): void {
    const pin = this.pins.find((one) => one.id === id);
    if (!pin) return;
    Object.assign(pin, change);
    this.#remember();
    clearTimeout(this.#resting.get(id));
    this.#resting.set(id, setTimeout(() => this.#flush(id), REST_MS));
  }

  /** Closes the sheet and sends what was typed last. */
  closeSheet(): void {
    if (this.told) this.#flush(this.told);
    this.told = null;
  }

  #flush(only?: string): void {
    for (const [id, timer] of [...this.#resting]) {
      if (only !== undefined && id !== only) continue;
      clearTimeout(timer);
      this.#resting.delete(id);
      const pin = this.pins.find((one) => one.id === id);
      if (pin) this.#send(pin);
    }
  }

  #send(pin: MyPin): void {
    const { near: _near, photo: _photo, voice: _voice, ...sent } = pin;
    void this.#post('pin', pin.id, toFeature(sent));
  }

  /** Sends something beside a pin, once it is in the outbox. */
  async attach<K extends 'photo' | 'voice'>(pin: MyPin, kind: K, body: unknown, shown: NonNullable<MyPin[K]>): Promise<void> {
    await this.#post(kind, pin.id, body);
    Object.assign(pin, { [kind]: shown });
    this.#remember();
  }

  /** Takes back what was beside a pin. */
  async detach(pin: MyPin, kind: 'photo' | 'voice'): Promise<void> {
    pin[kind] = null;
    this.#remember();
    await this.#post(`${kind}_gone`, pin.id);
  }

  move(id: string, at: LonLat, precision_m: number, near: string | null): void {
    this.moved = null;
    this.tell(id, { at, precision_m, near });
    this.#flush(id);
  }

  remove(id: string): void {
    clearTimeout(this.#resting.get(id));
    this.#resting.delete(id);
    this.pins = this.pins.filter((pin) => pin.id !== id);
    if (this.told === id) this.told = null;
    if (this.moved === id) this.moved = null;
    void this.#post('pin_gone', id);
    this.#remember();
  }

  // — the pins of others —

  /** The token of the gathering, to read what it shows. */
  get token(): string {
    return this.membership?.device_token ?? '';
  }

  /** Says something to a pin of somebody else; the same word again takes it back. */
  vote(pin: string, vote: Vote): void {
    const { [pin]: before, ...others } = this.votes;
    const gone = before === vote;
    this.votes = gone ? others : { ...others, [pin]: vote };
    if (!this.#sent) this.#introduce();
    void (gone ? this.#post('vote_gone', pin) : this.#post('vote', pin, { vote }));
    this.#remember();
  }

  // — the slip —

  /** Takes the code of a slip out of the address; says whether there is one. */
  #takeSlip(): boolean {
    const code = new URLSearchParams(location.hash.slice(1)).get('slip');
    if (code === null) return false;
    dropAddress();
    this.heldUp = code;
    return true;
  }
}

/** The code that a QR card put behind the #, where it reaches no log. */
function codeInAddress(): string | null {
  return new URLSearchParams(location.hash.slice(1)).get('code');
}

function dropAddress(): void {
  if (location.hash) history.replaceState(null, '', location.pathname);
}

export const tablet = new Tablet();
