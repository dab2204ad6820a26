/** Wrong codes at the lock: after three the lock rests a while, also when it is closed and opened again. */

const TRIES = 3;
const REST_S = 20;

class Wrong {
  /** Whole seconds until the lock listens again. */
  rest = $state(0);
  #tries = 0;
  #until = 0;

  /** One more wrong code. */
  add(): void {
    this.#tries += 1;
    if (this.#tries % TRIES !== 0) return;
    this.#until = performance.now() + REST_S * 1000;
    this.#tick();
  }

  forget(): void {
    this.#tries = 0;
  }

  #tick(): void {
    this.rest = Math.max(0, Math.ceil((this.#until - performance.now()) / 1000));
    if (this.rest > 0) setTimeout(() => this.#tick(), 250);
  }
}

export const wrong = new Wrong();
