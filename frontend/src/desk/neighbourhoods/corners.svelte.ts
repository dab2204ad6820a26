/** A boundary under somebody's hands: its corners, and the way back from each change. */

import type { Polygon } from 'geojson';
import type { Boundary } from '../../domain/boundary';
import type { LonLat } from '../../domain/pin';

interface State {
  readonly ring: readonly LonLat[];
  /** A file that has more than one plain ring: it is taken as it is. */
  readonly whole: unknown;
}

/** More corners than these cannot be told apart by hand. */
export const MOST_CORNERS = 150;
/** What a boundary is thinned to, for the hand. */
const THIN = 60;

export class Corners {
  #state = $state.raw<State>({ ring: [], whole: null });
  #before = $state.raw<readonly State[]>([]);

  constructor(boundary?: Boundary) {
    if (boundary) this.#state = stateOf(boundary);
  }

  get ring(): readonly LonLat[] {
    return this.#state.ring;
  }

  /** Whether it came from a file and has parts or holes, which cannot be moved corner by corner. */
  get isWhole(): boolean {
    return this.#state.whole !== null;
  }

  get canUndo(): boolean {
    return this.#before.length > 0;
  }

  /** Whether each corner can be moved and deleted. */
  get byHand(): boolean {
    return !this.isWhole && this.ring.length <= MOST_CORNERS;
  }

  /** What goes to the server; nothing until there are three corners. */
  get boundary(): unknown {
    if (this.#state.whole !== null) return this.#state.whole;
    return this.ring.length >= 3 ? polygonOf(this.ring) : null;
  }

  /** What can be drawn of it, also while it is only a line. */
  get drawn(): Boundary | null {
    if (this.#state.whole !== null) return geometryOf(this.#state.whole);
    return this.ring.length >= 2 ? polygonOf(this.ring) : null;
  }

  add(at: LonLat): void {
    this.#set({ ring: [...this.ring, at], whole: null });
  }

  /** Puts a corner between two others, before the one at `index`. */
  insert(index: number, at: LonLat): void {
    this.#set({ ring: this.ring.toSpliced(index, 0, at), whole: null });
  }

  move(index: number, at: LonLat): void {
    this.#set({ ring: this.ring.with(index, at), whole: null });
  }

  remove(index: number): void {
    this.#set({ ring: this.ring.toSpliced(index, 1), whole: null });
  }

  /** Leaves out the corners that matter least to the shape. */
  thin(): void {
    this.#set({ ring: thinned(this.ring, THIN), whole: null });
  }

  empty(): void {
    this.#set({ ring: [], whole: null });
  }

  /** Takes a boundary from a file, as it is. */
  take(value: unknown): void {
    this.#set(stateOf(value));
  }

  /** Remembers where a drag began: what follows until the next change is one step back. */
  hold(): void {
    this.#before = [...this.#before, this.#state].slice(-100);
  }

  /** Moves without a step of its own, while a corner is held. */
  drag(index: number, at: LonLat): void {
    this.#state = { ring: this.ring.with(index, at), whole: null };
  }

  undo(): void {
    const state = this.#before.at(-1);
    if (!state) return;
    this.#before = this.#before.slice(0, -1);
    this.#state = state;
  }

  #set(state: State): void {
    this.hold();
    this.#state = { ...state, ring: state.ring.map(([lon, lat]) => [round6(lon), round6(lat)] as const) };
  }
}

/** Takes away, one by one, the corner that makes the smallest triangle with its neighbours (Visvalingam and Whyatt 1993). */
export function thinned(ring: readonly LonLat[], most: number): LonLat[] {
  const left = [...ring];
  const area = (n: number) => {
    const [[ax, ay], [bx, by], [cx, cy]] = [left.at(n - 1)!, left[n]!, left[(n + 1) % left.length]!];
    return Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay));
  };
  while (left.length > Math.max(3, most)) {
    let least = 0;
    let smallest = Infinity;
    for (let n = 0; n < left.length; n++) {
      const size = area(n);
      if (size < smallest) [least, smallest] = [n, size];
    }
    left.splice(least, 1);
  }
  return left;
}

const round6 = (degrees: number) => Math.round(degrees * 1e6) / 1e6;
const polygonOf = (ring: readonly LonLat[]): Polygon => ({ type: 'Polygon', coordinates: [[...ring, ring[0]!].map(([lon, lat]) => [lon, lat])] });

/** One plain ring becomes corners; anything else stays as it is, for the server to judge. */
function stateOf(value: unknown): State {
  const geometry = geometryOf(value);
  const rings = geometry?.type === 'Polygon' ? geometry.coordinates : geometry?.coordinates.length === 1 ? geometry.coordinates[0]! : null;
  const ring = rings?.length === 1 ? rings[0]! : null;
  if (!ring || ring.length < 4 || !ring.every((at) => at.length >= 2 && at.every(Number.isFinite))) return { ring: [], whole: value };
  const open = ring.slice(0, -1);
  const closed = ring[0]![0] === ring.at(-1)![0] && ring[0]![1] === ring.at(-1)![1];
  return { ring: (closed ? open : ring).map(([lon, lat]) => [lon!, lat!] as const), whole: null };
}

/** The one polygon in a geometry, a Feature or a collection of one; null where there is none to draw. */
export function geometryOf(value: unknown): Boundary | null {
  const json = value as { type?: string; geometry?: unknown; features?: unknown[]; coordinates?: unknown } | null;
  switch (json?.type) {
    case 'Polygon':
    case 'MultiPolygon':
      return Array.isArray(json.coordinates) && json.coordinates.length > 0 && numbersOnly(json.coordinates) ? (json as Boundary) : null;
    case 'Feature':
      return geometryOf(json.geometry);
    case 'FeatureCollection':
      return json.features?.length === 1 ? geometryOf(json.features[0]) : null;
    default:
      return null;
  }
}

const numbersOnly = (coordinates: unknown[]): boolean => coordinates.flat(4).every((each) => typeof each === 'number' && Number.isFinite(each));
