/** A comparison that a page shows: asked for, refused with a reason, and asked again while its test runs. */

import { ApiError } from './client';
import type { Comparison } from './shapes';
import { pairQuery, type Pair } from '../domain/comparison';
import type { Selection } from '../domain/selection';

const TEST_MS = 1500;

export class Comparing {
  answer = $state.raw<Comparison | null>(null);
  /** Why it may not be shown: too few people on a side. */
  refused = $state.raw<ApiError | null>(null);
  readonly #get: <T>(path: string, signal: AbortSignal) => Promise<T>;
  #asking: AbortController | undefined;
  #look: ReturnType<typeof setTimeout> | undefined;
  #asked = '';

  constructor(get: <T>(path: string, signal: AbortSignal) => Promise<T>) {
    this.#get = get;
  }

  /** Asks; another question than before takes the old answer away. */
  async ask(neighbourhood: string, shared: Selection, pair: Pair): Promise<void> {
    this.stop();
    const path = `/api/neighbourhoods/${neighbourhood}/comparison?${pairQuery(shared, pair)}`;
    if (path !== this.#asked) this.answer = null;
    this.#asked = path;
    const asking = (this.#asking = new AbortController());
    try {
      const answer = await this.#get<Comparison>(path, asking.signal);
      if (asking.signal.aborted) return;
      this.answer = answer;
      this.refused = null;
      if (answer.test.state === 'running') this.#look = setTimeout(() => void this.ask(neighbourhood, shared, pair), TEST_MS);
    } catch (error) {
      if (asking.signal.aborted) return;
      this.refused = error instanceof ApiError ? error : new ApiError({ type: 'unknown', status: 0 });
    }
  }

  /** Waits for nothing any more. */
  stop(): void {
    this.#asking?.abort();
    clearTimeout(this.#look);
  }
}
