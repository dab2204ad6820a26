/** Sends what people put down, in order and for as long as it takes. Nothing leaves the device before the server has it. */

import { ApiError, put, remove } from '../api/client';
import type { Participant } from '../api/shapes';
import { newId } from '../domain/id';
import { addressed, besideOf, hangsOn, openStore, PATHS, thingOf, type Change, type Letter, type Refusal, type Store, type Written } from './letters';

const EVERY_MS = 4000;
const LONGEST_WAIT_MS = 60_000;
/** A photo over a thin line takes its time. */
const LARGE_PATIENCE_MS = 120_000;

const EVERYTHING: ('letters' | 'refusals' | 'notes')[] = ['letters', 'refusals', 'notes'];
/** The note that holds the token of each task. */
const TOKENS = 'tokens';

export interface OutboxOptions {
  /** Hears a participant's label. */
  onLabel?: (participant: string, label: string) => void;
  /** The server no longer knows this device: what is for this task waits until somebody types the code again. */
  onRevoked?: (task: string) => void;
  /** A newer version of the page took the box over: this one writes nothing more and must be loaded anew. */
  onOutdated?: () => void;
}

export class Outbox {
  /** How many letters wait. */
  waiting = $state(0);
  /** What the server refused for good, until somebody mends it or throws it away. */
  refusals = $state.raw<readonly Refusal[]>([]);
  /** Whether the last attempt reached the server. */
  reachable = $state(true);
  /** Whether the browser promised to keep the storage. */
  kept = $state(false);
  /** The device has no room: what was said last is only in the memory of this page, until there is. */
  full = $state(false);

  readonly #store: Store;
  readonly #options: OutboxOptions;
  readonly #ends: (() => void)[] = [];
  /** Written, not yet in the store: letters, and the small things of the page that were said with them. */
  #loose: Letter[] = [];
  #notes = new Map<string, unknown>();
  #shelving: Promise<void> = Promise.resolve();
  #draining: Promise<void> | null = null;
  #again = false;
  #closed = false;
  #notBefore = 0;
  #wait = 0;
  /** With what this device may write, by task. */
  #tokens: Readonly<Record<string, string>> = {};
  #revoked = new Set<string>();

  private constructor(store: Store, options: OutboxOptions) {
    this.#store = store;
    this.#options = options;
  }

  /** Opens it with whatever waited from before, and starts sending. */
  static async open(options: OutboxOptions, name?: string): Promise<Outbox> {
    const outbox = new Outbox(await openStore(name, options.onOutdated), options);
    await outbox.#count();
    outbox.#tokens = (await outbox.note<Record<string, string>>(TOKENS)) ?? {};
    outbox.#listen();
    void outbox.drain();
    return outbox;
  }

  #listen(): void {
    const now = () => {
      this.#notBefore = 0;
      void this.drain();
    };
    const seen = () => document.visibilityState === 'visible' && now();
    const timer = setInterval(() => void this.drain(), EVERY_MS);
    this.#ends.push(() => clearInterval(timer));
    if (typeof document === 'undefined') return;
    addEventListener('online', now);
    document.addEventListener('visibilitychange', seen);
    this.#ends.push(() => removeEventListener('online', now), () => document.removeEventListener('visibilitychange', seen));
    // Without the promise the browser may empty the storage; there is no such promise on plain http.
    void navigator.storage?.persist?.().then((kept) => (this.kept = kept));
  }

  /** Stops sending and lets go of the storage, once what is under way has ended. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const end of this.#ends) end();
    await this.#draining;
    this.#store.close();
  }

  // — writing —

  /** Puts a letter in the box. A later word on the same topic replaces an earlier one and takes its place in the row. */
  async post(written: Written): Promise<void> {
    const letter: Letter = { ...addressed({ ...written, body: $state.snapshot(written.body) }), version: newId() };
    const earlier = this.#loose.findIndex(({ topic }) => topic === letter.topic);
    if (earlier >= 0) this.#loose[earlier] = letter;
    else this.#loose.push(letter);
    await this.#shelve();
    void this.drain();
  }

  /** Puts what was written in the store. Without room it stays in memory and is tried again. */
  #shelve(): Promise<void> {
    this.#shelving = this.#shelving.then(async () => {
      try {
        // In one stroke: what the page shows as said is in the box, whenever it is cut off.
        await this.#keepAll([...this.#loose], [...this.#notes]);
        this.full = false;
      } catch (error) {
        if (!(error instanceof DOMException)) throw error;
        this.full = !(await this.#keepSome());
      }
      await this.#count();
    });
    return this.#shelving;
  }

  async #keepAll(written: readonly Letter[], notes: readonly (readonly [string, unknown])[]): Promise<void> {
    if (written.length + notes.length === 0) return;
    const change = this.#store.transaction(EVERYTHING, 'readwrite', { durability: 'strict' });
    await whole(change, async () => {
      const letters = change.objectStore('letters');
      for (const letter of written) {
        const [earlier] = await letters.index('topic').getAllKeys(letter.topic);
        // In its place: a pin never overtakes the participant who made it.
        await letters.put(earlier === undefined ? letter : { ...letter, number: earlier });
        await change.objectStore('refusals').delete(letter.topic);
        if (letter.kind.endsWith('_gone')) await withoutAttachments(change, letter);
      }
      for (const [key, value] of notes) await (value === undefined ? change.objectStore('notes').delete(key) : change.objectStore('notes').put(value, key));
    });
    written.forEach((letter) => this.#drop(letter));
    for (const [key, value] of notes) if (this.#notes.get(key) === value) this.#notes.delete(key);
  }

  /** Where not everything has room: as much as has, in order, a large picture left out. Says whether it was everything after all. */
  async #keepSome(): Promise<boolean> {
    for (const letter of [...this.#loose]) {
      try {
        await this.#keepAll([letter], []);
      } catch (error) {
        if (!(error instanceof DOMException)) throw error;
        if (!letter.large) return false;
      }
    }
    await this.#keepAll([], [...this.#notes]).catch(() => undefined);
    return this.#loose.length + this.#notes.size === 0;
  }

  /** Sends a refused letter once more. */
  async retry(refusal: Refusal): Promise<void> {
    const { task, participant, kind, about, body } = refusal.letter;
    await this.post({ task, participant, kind, about, body });
  }

  /** Throws a refused letter away: only ever on somebody's word. */
  async discard(refusal: Refusal): Promise<void> {
    const change = this.#store.transaction(EVERYTHING, 'readwrite');
    await change.objectStore('refusals').delete(refusal.topic);
    await withoutAttachments(change, refusal.letter);
    await change.done;
    await this.#count();
  }

  /** What waits for a task, in the order in which it leaves. */
  async waitingFor(task: string): Promise<Omit<Written, 'task'>[]> {
    const letters = [...(await this.#store.getAllFromIndex('letters', 'large')), ...this.#loose];
    return letters.filter((letter) => letter.task === task).map(({ kind, about, participant, body }) => ({ kind, about, participant, body }));
  }

  /** How many people's letters wait, and how many of the letters are for another task than this. */
  async waitingOf(task: string): Promise<{ people: number; elsewhere: number }> {
    const letters = [...(await this.#store.getAll('letters')), ...this.#loose];
    return { people: new Set(letters.map(({ participant }) => participant)).size, elsewhere: letters.filter((letter) => letter.task !== task).length };
  }

  /** The device has a new token for a task: it is kept, and what waited for it may go. */
  async welcome(task: string, token: string): Promise<void> {
    // Another page of this device may have joined something meanwhile.
    this.#tokens = { ...this.#tokens, ...(await this.note<Record<string, string>>(TOKENS)), [task]: token };
    this.#revoked.delete(task);
    this.#notBefore = 0;
    await this.keep(TOKENS, this.#tokens);
    void this.drain();
  }

  // — small things of a page —

  async note<T>(key: string): Promise<T | undefined> {
    return (await this.#store.get('notes', key)) as T | undefined;
  }

  /** Keeps a small thing; without room it is gone with the page, and `full` says so. */
  keep(key: string, value: unknown): Promise<void> {
    this.#notes.set(key, $state.snapshot(value));
    return this.#shelve();
  }

  forget(key: string): Promise<void> {
    return this.keep(key, undefined);
  }

  // — sending —

  /** Sends what waits, oldest first, until the box is empty or the line breaks. Calls during a run make one more. */
  drain(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    if (this.#draining) {
      this.#again = true;
      return this.#draining;
    }
    this.#draining = this.#alone(() => this.#run()).finally(() => {
      this.#draining = null;
      if (this.#again && !this.#closed) {
        this.#again = false;
        void this.drain();
      }
    });
    return this.#draining;
  }

  /** One tab of the page at a time sends, where the browser can tell tabs apart. */
  async #alone(work: () => Promise<void>): Promise<void> {
    if (typeof navigator === 'undefined' || !navigator.locks) return work();
    await navigator.locks.request('buurtsignaal-outbox', { ifAvailable: true }, async (lock) => {
      if (lock) await work();
      else await this.#count();
    });
  }

  async #run(): Promise<void> {
    // Not the clock of the tablet: that may be years off, and be put right meanwhile.
    if (performance.now() < this.#notBefore) return;
    while (!this.#closed) {
      // What has left made room.
      if (this.#loose.length + this.#notes.size > 0) await this.#shelve();
      const letter = (await this.#next()) ?? (this.full ? this.#loose.find(({ task }) => !this.#revoked.has(task)) : undefined);
      if (!letter) return;
      const token = this.#tokens[letter.task];
      if (token === undefined) {
        this.#revoke(letter.task);
        continue;
      }
      try {
        await this.#send(letter, token);
        await this.#sent(letter);
        this.reachable = true;
        this.#wait = 0;
      } catch (error) {
        // The store is full or broken: later.
        if (error instanceof DOMException) return;
        if (!(error instanceof ApiError)) throw error;
        if (error.status === 401 || error.status === 403) {
          this.#revoke(letter.task);
        } else if (error.passing) {
          // Later, in the same order: when the server says, or else a busy server gets more and more time.
          this.reachable = error.status !== 0;
          this.#wait = Math.min(LONGEST_WAIT_MS, error.waitMs ?? (this.#wait * 2 || EVERY_MS / 2));
          this.#notBefore = performance.now() + (error.status === 0 ? 0 : this.#wait);
          return;
        } else {
          this.reachable = true;
          await this.#refuse(letter, error);
        }
      } finally {
        await this.#count();
      }
    }
  }

  /** The letter that goes out next: oldest first, the large ones last. */
  async #next(): Promise<Letter | null> {
    const look = this.#store.transaction(['letters', 'refusals']);
    // Within one value of an index the order is that of the letters' numbers.
    for await (const { value: letter } of look.objectStore('letters').index('large')) {
      if (this.#revoked.has(letter.task)) continue;
      // A photo waits until what it hangs on is mended, where that was refused.
      if (letter.large && (await look.objectStore('refusals').getKey(hangsOn(letter))) !== undefined) continue;
      return letter;
    }
    return null;
  }

  async #send(letter: Letter, token: string): Promise<void> {
    const path = `/api/${letter.task}/${PATHS[thingOf(letter.kind)](letter)}`;
    if (letter.kind.endsWith('_gone')) {
      await remove(path, { token }).catch((error: unknown) => {
        // Already gone, or never arrived: either way it is not there.
        if (!(error instanceof ApiError) || ![404, 410].includes(error.status)) throw error;
      });
    } else if (letter.kind === 'participant') {
      const { label } = await put<Participant>(path, letter.body, { token });
      this.#options.onLabel?.(letter.about, label);
    } else {
      await put<unknown>(path, letter.body, { token, ...(letter.large === 1 && { patience_ms: LARGE_PATIENCE_MS }) });
    }
  }

  /** Moves a letter to the refused ones, in one stroke, so that it is never in neither place. */
  async #refuse(letter: Letter, error: ApiError): Promise<void> {
    const refusal: Refusal = { topic: letter.topic, about: letter.about, letter, slug: error.slug, field: error.field ?? null };
    await this.#settle(letter, (change) => change.objectStore('refusals').put(refusal));
  }

  /** Takes an acknowledged letter out. */
  #sent(letter: Letter): Promise<void> {
    return this.#settle(letter);
  }

  /** Ends a letter's wait, unless a newer one was put in its place meanwhile. */
  async #settle(letter: Letter, also?: (change: Change) => Promise<unknown>): Promise<void> {
    const change = this.#store.transaction(EVERYTHING, 'readwrite');
    await whole(change, async () => {
      if (letter.number === undefined) {
        await also?.(change);
        return;
      }
      const now = await change.objectStore('letters').get(letter.number);
      if (now?.version !== letter.version) return;
      await change.objectStore('letters').delete(letter.number);
      await also?.(change);
    });
    if (letter.number === undefined) this.#drop(letter);
  }

  #drop({ version }: Letter): void {
    this.#loose = this.#loose.filter((one) => one.version !== version);
  }

  #revoke(task: string): void {
    if (this.#revoked.has(task)) return;
    this.#revoked.add(task);
    this.#options.onRevoked?.(task);
  }

  async #count(): Promise<void> {
    this.waiting = (await this.#store.count('letters')) + this.#loose.length;
    this.refusals = await this.#store.getAll('refusals');
  }
}

/** What hangs on something goes with it. */
async function withoutAttachments(change: Change, { kind, about }: Letter): Promise<void> {
  for (const topic of besideOf(kind, about)) {
    for (const key of await change.objectStore('letters').index('topic').getAllKeys(topic)) await change.objectStore('letters').delete(key);
    await change.objectStore('refusals').delete(topic);
  }
}

/** A change that happens whole or not at all; its end and its error are one. */
async function whole(change: Change, work: () => Promise<void>): Promise<void> {
  const done = change.done;
  try {
    await Promise.all([work(), done]);
  } catch (error) {
    await done.catch(() => undefined);
    throw change.error ?? error;
  }
}
