/** What waits on the device: kept in IndexedDB, so that it outlives a reload, a crash and an empty battery. */

import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';

/** What a letter can be about, and where it goes under its task. */
export const PATHS = {
  participant: ({ about }) => `participants/${about}`,
  pin: ({ about }) => `pins/${about}`,
  vote: ({ about, participant }) => `pins/${about}/votes/${participant}`,
  photo: ({ about }) => `pins/${about}/photo`,
  voice: ({ about }) => `pins/${about}/voice`,
  stop: ({ about }) => `stops/${about}`,
  observation: ({ about }) => `observations/${about}`,
  observation_photo: ({ about }) => `observations/${about}/photo`,
  given: () => 'given',
  response: ({ about }) => `responses/${about}`,
} satisfies Record<string, (letter: Pick<Written, 'about' | 'participant'>) => string>;
type Thing = keyof typeof PATHS;
/** What comes beside something else: it is large, waits until everything small has left, and goes with what it hangs on. */
const BESIDE: Partial<Record<Thing, Thing>> = { photo: 'pin', voice: 'pin', observation_photo: 'observation' };

export type Kind = Thing | `${Exclude<Thing, 'participant'>}_gone`;

/** What is said in a letter. */
export interface Written {
  /** What the device joined, and the start of the letter's address: `gatherings/…`, `walks/…`, `data-walks/…`. It has one token for each. */
  task: string;
  /** The participant who wrote it, or is it; none where somebody notes for a group. */
  participant: string | null;
  kind: Kind;
  /** The id of what it is about: the participant, the pin, the stop, the observation, the response. */
  about: string;
  body: unknown;
}

/** One request that the server has not yet acknowledged. */
export interface Letter extends Written {
  /** The order in which letters go out. */
  number?: number;
  /** Another each time its words change. */
  version: string;
  /** A later letter on the same topic replaces this one. */
  topic: string;
  /** Pictures and voices wait until everything small has left. */
  large: 0 | 1;
}

/** A letter that the server will never take as it is. */
export interface Refusal {
  topic: string;
  about: string;
  letter: Letter;
  slug: string;
  field: string | null;
}

interface Shelves extends DBSchema {
  letters: { key: number; value: Letter; indexes: { topic: string; large: number } };
  refusals: { key: string; value: Refusal };
  /** Small things of a page: which gathering, who is at it, what they had half written. */
  notes: { key: string; value: unknown };
}

export type Store = IDBPDatabase<Shelves>;
/** A change of everything in one stroke. */
export type Change = IDBPTransaction<Shelves, ('letters' | 'refusals' | 'notes')[], 'readwrite'>;

const VERSION = 3;

/** What a kind of letter is about, whichever way it says it. */
export const thingOf = (kind: Kind) => kind.replace('_gone', '') as Thing;

/** What a letter replaces and is replaced by: a pin and its deletion are one topic, its photo is another. */
export function topicOf({ kind, about, participant }: Pick<Written, 'kind' | 'about' | 'participant'>): string {
  const thing = thingOf(kind);
  return thing === 'vote' ? `${thing} ${about} ${participant}` : `${thing} ${about}`;
}

/** The topic of what a large letter hangs on. */
export const hangsOn = ({ kind, about }: Letter) => `${BESIDE[thingOf(kind)]} ${about}`;

/** The topics of what hangs on something. */
export const besideOf = (kind: Kind, about: string) => Object.keys(BESIDE).filter((beside) => BESIDE[beside as Thing] === thingOf(kind)).map((beside) => `${beside} ${about}`);

/** What else the store holds about a letter. */
export const addressed = <L extends Written>(letter: L): L & Pick<Letter, 'topic' | 'large'> => ({
  ...letter,
  topic: topicOf(letter),
  large: letter.kind in BESIDE ? 1 : 0,
});

/** A letter of an earlier version of the page, which knew gatherings only. */
const taken = ({ gathering, ...letter }: Letter & { gathering?: string }) => addressed({ ...letter, task: letter.task ?? `gatherings/${gathering}` });

/** Opens the store, and takes over the letters that an earlier version of the page left in it. `onOutdated` hears that a newer version wants it. */
export function openStore(name = 'buurtsignaal', onOutdated?: () => void): Promise<Store> {
  return openDB<Shelves>(name, VERSION, {
    async upgrade(store, from, _to, change) {
      if (from === 0) {
        store.createObjectStore('notes');
        store.createObjectStore('letters', { keyPath: 'number', autoIncrement: true });
      }
      const letters = change.objectStore('letters');
      if (from < 2) {
        letters.createIndex('topic', 'topic');
        letters.createIndex('large', 'large');
      }
      if (from === 0) {
        store.createObjectStore('refusals', { keyPath: 'topic' });
        return;
      }
      for (const letter of await letters.getAll()) await letters.put(taken(letter));
      const refusals = (await change.objectStore('refusals').getAll()).map((refusal) => ({ ...refusal, letter: taken(refusal.letter) }));
      if (from === 1) {
        (letters as unknown as { deleteIndex(name: string): void }).deleteIndex('about');
        store.deleteObjectStore('refusals');
        store.createObjectStore('refusals', { keyPath: 'topic' });
      }
      const shelf = change.objectStore('refusals');
      for (const refusal of refusals) await shelf.put({ ...refusal, topic: refusal.letter.topic });
      const notes = change.objectStore('notes');
      const tokens = Object.entries((await notes.get('tokens')) ?? {}).map(([gathering, token]) => [`gatherings/${gathering}`, token]);
      await notes.put(Object.fromEntries(tokens), 'tokens');
    },
    blocking(_from, _to, event) {
      (event.target as IDBDatabase).close();
      onOutdated?.();
    },
  });
}
