/** Who sits at the desk, and what their role allows. */

import * as api from '../../api/client';
import { ApiError } from '../../api/client';
import type { Person, SeatRole } from '../../api/shapes';

export type Right = 'see' | 'lead' | 'analyse' | 'facilitate' | 'own';

const RIGHTS: Record<SeatRole, readonly Right[]> = {
  owner: ['see', 'lead', 'analyse', 'facilitate', 'own'],
  facilitator: ['see', 'lead', 'analyse', 'facilitate'],
  analyst: ['see', 'lead', 'analyse'],
  walk_leader: ['see', 'lead'],
  reader: ['see'],
};

export class Staff {
  person = $state.raw<Person | null>(null);
  /** `asking` until the server said who this is; `expired` when the sign-in ended under somebody's hands. */
  state = $state<'asking' | 'out' | 'in' | 'expired'>('asking');
  /** The token of the first owner's address. */
  welcome = $state<string | null>(null);
  /** Why a one-time address did not let anybody in. */
  linkError = $state.raw<ApiError | null>(null);

  /** Reads a one-time address and drops it from the page's own, then asks who this is. */
  async arrive(): Promise<void> {
    const told = new URLSearchParams(location.hash.replace(/^#\/?/, ''));
    const [link, welcome] = [told.get('link'), told.get('welcome')];
    if (link !== null || welcome !== null) history.replaceState(null, '', '#/');
    if (link) {
      try {
        return this.#enter(await api.post<Person>('/api/sign-in', { link }));
      } catch (error) {
        // Used already, perhaps by this very browser: then its sign-in stands.
        if (error instanceof ApiError) this.linkError = error;
      }
    }
    try {
      this.#enter(await api.get<Person>('/api/me'));
      this.linkError = null;
    } catch (error) {
      if (error instanceof ApiError && error.passing) this.linkError = error;
      this.welcome = welcome;
      this.state = 'out';
    }
  }

  async signIn(email: string, password: string): Promise<void> {
    const before = this.person?.id;
    const person = await api.post<Person>('/api/sign-in', { email, password });
    // Somebody else's open work is not theirs.
    if (before !== undefined && before !== person.id) return location.reload();
    this.#enter(person);
  }

  async makeOwner(who: { name: string; email: string; password: string }): Promise<void> {
    this.#enter(await api.post<Person>('/api/welcome', { token: this.welcome, ...who }));
    this.welcome = null;
  }

  async signOut(): Promise<void> {
    await api.post('/api/sign-out');
    this.person = null;
    this.state = 'out';
    history.replaceState(null, '', '#/');
  }

  /** Fetches the seats anew. */
  async refresh(): Promise<void> {
    this.person = await this.get<Person>('/api/me');
  }

  #enter(person: Person): void {
    this.person = person;
    this.linkError = null;
    this.state = 'in';
  }

  may(right: Right, neighbourhood: string): boolean {
    return this.person?.owner === true || RIGHTS[this.roleAt(neighbourhood) ?? 'reader'].includes(right);
  }

  roleAt(neighbourhood: string): SeatRole | undefined {
    return this.person?.seats.find((seat) => seat.neighbourhood === neighbourhood)?.role ?? (this.person?.owner ? 'owner' : undefined);
  }

  // — what they ask of the server; a 401 asks them to sign in again, over what they were doing —

  get = <T>(path: string, signal?: AbortSignal) => this.#watched(api.get<T>(path, signal && { signal }));
  post = <T>(path: string, body?: unknown) => this.#watched(api.post<T>(path, body));
  put = <T>(path: string, body: unknown) => this.#watched(api.put<T>(path, body));
  patch = <T>(path: string, body: unknown) => this.#watched(api.patch<T>(path, body));
  remove = (path: string) => this.#watched(api.remove(path));

  async #watched<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (error instanceof ApiError) this.heard(error);
      throw error;
    }
  }

  /** A refusal that came over another line. */
  heard(error: ApiError): void {
    if (error.status === 401 && this.state === 'in') this.state = 'expired';
  }
}
