/** What the phone fetches before the group leaves, so that it needs no network on the way. */

import type { Neighbourhood } from '../api/shapes';
import { boundsOfWalk, legBetween, type Walk, type WalkStop } from '../domain/walk';
import { keepMap, pageKept, untilKept } from '../offline/keep';

class Download {
  /** `open` where the browser keeps no page: then it must stay open. */
  page = $state<'kept' | 'not_yet' | 'open'>('not_yet');
  /** The share of the map's pieces that are there; 1 where the map is somebody else's and cannot be kept. */
  map = $state(0);
  map_failed = $state(false);
  busy = $state(false);
  /** The browser's answer whether it keeps the page. */
  asked: Promise<void> = Promise.resolve();
  #around = '';

  readonly complete = $derived(this.page !== 'not_yet' && this.map === 1);

  /** Fetches what is missing. The same once more is no work. */
  async open(neighbourhood: Neighbourhood, walk: Walk, added: readonly WalkStop[], again = false): Promise<void> {
    const stops = [...walk.stops, ...added];
    const legs = walk.stops.slice(1).map((stop, n) => legBetween(walk, walk.stops[n]!, stop));
    const bounds = stops.length > 0 ? boundsOfWalk(stops, [...legs, ...walk.route.legs]) : null;
    const around = JSON.stringify([walk.id, bounds]);
    void this.#awaitPage();
    if (this.busy || (around === this.#around && this.map === 1 && !again)) return;
    this.#around = around;
    this.busy = true;
    this.map_failed = false;
    // The map's own code and letters: a page that is not kept must have them before the line goes.
    const library = import('../map/engine').then(() => true, () => false);
    const kept = bounds === null || (await keepMap(neighbourhood.basemap, bounds, (share) => (this.map = Math.min(share, 0.99))));
    const ready = await library;
    this.map_failed = !kept || !ready;
    this.map = kept && ready ? 1 : this.map;
    this.busy = false;
  }

  async #awaitPage(): Promise<void> {
    await this.asked;
    await untilKept();
    const kept = pageKept();
    this.page = kept === 'kept' ? 'kept' : 'open';
  }
}

export const download = new Download();
