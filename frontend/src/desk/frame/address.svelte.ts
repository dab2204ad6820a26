/** Where one is on the desk: neighbourhood, room, thing and selection. All of it stands behind the #, so nothing lands in a log. */

import { fromQuery, toQuery, type Selection } from '../../domain/selection';

export const ROOMS = ['map', 'gatherings', 'moderate', 'places', 'walks', 'data-walks', 'actions', 'export', 'settings'] as const;
export type Room = (typeof ROOMS)[number];

export interface Spot {
  /** The neighbourhood by its slug; null is the list of all. */
  readonly slug: string | null;
  readonly room: Room;
  /** One gathering, or `new`. */
  readonly thing: string | null;
  readonly selection: Selection;
  /** What a room shows of itself: the layer of the map, the pile of comments. */
  readonly view: string | null;
}

const START: Spot = { slug: null, room: 'map', thing: null, selection: {}, view: null };

/** Reads `#/sluiskwartier/map?round=2026-1`; what it does not know becomes the start. */
export function readSpot(hash: string): Spot {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [slug, room, thing] = path.split('/').map((part) => decode(part));
  return {
    slug: slug && slug !== '-' ? slug : null,
    room: ROOMS.find((each) => each === room) ?? 'map',
    thing: (slug === '-' ? room : thing) || null,
    selection: fromQuery(query),
    view: new URLSearchParams(query).get('view'),
  };
}

/** Writes it back. */
export function writeSpot({ slug, room, thing, selection, view }: Spot): string {
  const path = slug === null ? (thing ? ['-', thing] : []) : [slug, room, ...(thing ? [thing] : [])];
  const query = [toQuery(selection), view ? `view=${encodeURIComponent(view)}` : ''].filter(Boolean).join('&');
  return `#/${path.map(encodeURIComponent).join('/')}${query && `?${query}`}`;
}

/** The address of the page, kept in step with the spot. */
export class Address {
  spot = $state.raw<Spot>(START);

  constructor() {
    this.#read();
    addEventListener('hashchange', () => this.#read());
  }

  #read(): void {
    this.spot = readSpot(location.hash);
  }

  /** The address of a spot that differs so from this one. */
  to(change: Partial<Spot>): string {
    const other = change.room !== undefined || change.slug !== undefined;
    // Another room starts at its beginning; the selection goes along inside one neighbourhood.
    const fresh = other ? { thing: null, view: null, ...(change.slug !== undefined && change.slug !== this.spot.slug && { selection: {} }) } : {};
    return writeSpot({ ...this.spot, ...fresh, ...change });
  }

  /** Goes there; `quietly` leaves no step to go back to. */
  go(change: Partial<Spot>, quietly = false): void {
    const hash = this.to(change);
    if (hash === location.hash) return;
    if (quietly) history.replaceState(null, '', hash);
    else history.pushState(null, '', hash);
    this.#read();
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
