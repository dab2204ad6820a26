/** An answer of the server that a view waits for. The old answer stays until the new one is there. */

import { ApiError } from '../../api/client';

export class Asked<T> {
  value = $state.raw<T | undefined>(undefined);
  error = $state.raw<ApiError | undefined>(undefined);
  waiting = $state(false);
  #current: AbortController | undefined;

  /** Asks; a newer question makes the older one void. */
  async ask(question: (signal: AbortSignal) => Promise<T>): Promise<void> {
    this.#current?.abort();
    const current = (this.#current = new AbortController());
    this.waiting = true;
    try {
      const value = await question(current.signal);
      if (current.signal.aborted) return;
      this.value = value;
      this.error = undefined;
    } catch (error) {
      if (current.signal.aborted) return;
      this.error = asApiError(error);
    }
    this.waiting = false;
  }

  /** Forgets the answer, so that nobody takes it for that of another question. */
  forget(): void {
    this.#current?.abort();
    this.waiting = false;
    this.value = undefined;
    this.error = undefined;
  }
}

export const asApiError = (error: unknown) => (error instanceof ApiError ? error : new ApiError({ type: 'unknown', status: 0, detail: String(error) }));
