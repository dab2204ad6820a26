/** What waits on the device: kept in IndexedDB, so that it outlives a reload, a crash and an empty battery. */

import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

/** One request that the server has not yet acknowledged. */
export interface Letter {
  /** The order in which letters go out. */
  number?: number;
  /** Another each time its words change. */
  version: string;
  gathering: string;
  /** The participant who wrote it, or is it. */
  participant: string;
  kind: 'participant' | 'pin' | 'pin_gone';
  /** The id of what it is about. */
  about: string;
  body: unknown;
}

/** A letter that the server will never take as it is. */
export interface Refusal {
  about: string;
  letter: Letter;
  slug: string;
  field: string | null;
}

interface Shelves extends DBSchema {
  letters: { key: number; value: Letter; indexes: { about: string } };
  refusals: { key: string; value: Refusal };
  /** Small things of a page: which gathering, who is at it, what they had half written. */
  notes: { key: string; value: unknown };
}

export type Store = IDBPDatabase<Shelves>;

export function openStore(name = 'buurtsignaal'): Promise<Store> {
  return openDB<Shelves>(name, 1, {
    upgrade(store) {
      store.createObjectStore('letters', { keyPath: 'number', autoIncrement: true }).createIndex('about', 'about');
      store.createObjectStore('refusals', { keyPath: 'about' });
      store.createObjectStore('notes');
    },
  });
}
