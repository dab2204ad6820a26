/** What waits on the device: kept in IndexedDB, so that it outlives a reload, a crash and an empty battery. */

import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';

export type Kind = 'participant' | 'pin' | 'pin_gone' | 'vote' | 'vote_gone' | 'photo' | 'photo_gone' | 'voice' | 'voice_gone';

/** What is said in a letter. */
export interface Written {
  gathering: string;
  /** The participant who wrote it, or is it. */
  participant: string;
  kind: Kind;
  /** The id of the participant or the pin that it is about. */
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

const VERSION = 2;

/** What a letter is about, whichever way it says it: a pin and its deletion are one topic, its photo is another. */
export function topicOf({ kind, about, participant }: Pick<Written, 'kind' | 'about' | 'participant'>): string {
  const thing = kind.replace('_gone', '');
  return thing === 'vote' ? `${thing} ${about} ${participant}` : `${thing} ${about}`;
}

/** What else the store holds about a letter. */
export const addressed = <L extends Written>(letter: L): L & Pick<Letter, 'topic' | 'large'> => ({
  ...letter,
  topic: topicOf(letter),
  large: letter.kind === 'photo' || letter.kind === 'voice' ? 1 : 0,
});

/** Opens the store, and takes over the letters that an earlier version of the page left in it. `onOutdated` hears that a newer version wants it. */
export function openStore(name = 'buurtsignaal', onOutdated?: () => void): Promise<Store> {
  return openDB<Shelves>(name, VERSION, {
    async upgrade(store, from, _to, change) {
      if (from === 0) {
        store.createObjectStore('notes');
        store.createObjectStore('letters', { keyPath: 'number', autoIncrement: true });
      }
      const letters = change.objectStore('letters');
      letters.createIndex('topic', 'topic');
      letters.createIndex('large', 'large');
      if (from === 0) {
        store.createObjectStore('refusals', { keyPath: 'topic' });
        return;
      }
      for (const letter of await letters.getAll()) await letters.put(addressed(letter));
      (letters as unknown as { deleteIndex(name: string): void }).deleteIndex('about');
      const refusals = await change.objectStore('refusals').getAll();
      store.deleteObjectStore('refusals');
      const shelf = store.createObjectStore('refusals', { keyPath: 'topic' });
      for (const refusal of refusals) {
        const letter = addressed(refusal.letter);
        await shelf.put({ ...refusal, topic: letter.topic, letter });
      }
    },
    blocking(_from, _to, event) {
      (event.target as IDBDatabase).close();
      onOutdated?.();
    },
  });
}
