/** A phone or tablet that takes notes of a walk or a data walk: it joins with a code once, and keeps what it needs to go on without a line. */

import { ApiError, get, post } from '../api/client';
import type { Neighbourhood } from '../api/shapes';
import { tidyCode } from '../domain/gathering';
import type { Kind, Refusal } from './letters';
import { Outbox } from './outbox.svelte';

export type Task = 'walk' | 'data_walk';
/** Where each task is written to, and on which page. */
const FOLDERS: Record<Task, string> = { walk: 'walks', data_walk: 'data-walks' };
const PAGES: Record<Task, string> = { walk: '/walk', data_walk: '/station' };

export interface Joined {
  readonly token: string;
  readonly recorder: string;
  readonly task: Task;
  readonly about: string;
  readonly neighbourhood: Neighbourhood;
}

/** What is kept on the device: what it joined, and what it then read of it. */
interface Kept<Plan> extends Joined {
  readonly code: string;
  readonly plan: Plan;
}

export interface RecordingOptions<Plan> {
  /** What is said behind the address of the plan, such as the language. */
  query?: () => string;
  /** A plan came, the first time or anew. `first` when the device has just joined it. */
  onPlan: (plan: Plan, first: boolean) => void | Promise<void>;
}

const AGAIN_MS = 8000;

export class Recording<Plan extends { readonly id: string }> {
  joined = $state.raw<Joined | null>(null);
  plan = $state.raw<Plan | null>(null);
  /** Whether what was kept has been read: until then nobody knows whether a code is needed. */
  opened = $state(false);
  joining = $state(false);
  /** Why joining did not work, as the slug of a refusal; `revoked` when this device was let go. */
  trouble = $state.raw<{ slug: string; code: string } | null>(null);
  outbox = $state.raw<Outbox>() as Outbox;

  readonly #task: Task;
  readonly #options: RecordingOptions<Plan>;
  #code = '';
  #again: ReturnType<typeof setTimeout> | undefined;
  /** How often the plan was asked for anew. */
  #questions = 0;

  constructor(task: Task, options: RecordingOptions<Plan>) {
    this.#task = task;
    this.#options = options;
  }

  /** What this device joined, as the outbox names it. */
  get task(): string {
    return `${FOLDERS[this.#task]}/${this.joined?.about}`;
  }

  /** What the server refused of this task, until somebody mends it or throws it away. */
  get refusals(): readonly Refusal[] {
    return (this.outbox?.refusals ?? []).filter(({ letter }) => letter.task === this.task);
  }

  /** Takes up what the device joined before, or joins with the code in the address. */
  async open(): Promise<void> {
    this.outbox = await Outbox.open({ onRevoked: (task) => task === this.task && this.#revoke(), onOutdated: () => location.reload() });
    const kept = await this.outbox.note<Kept<Plan>>(this.#task);
    const asked = codeInAddress();
    addEventListener('hashchange', () => {
      const code = codeInAddress();
      if (code && tidyCode(code) !== this.#code) void this.join(code);
    });
    if (kept && (asked === null || tidyCode(asked) === kept.code)) {
      await this.#enter(kept, kept.code, kept.plan, false);
      this.opened = true;
      await this.refresh();
    } else if (asked !== null) {
      await this.join(asked);
    }
    this.opened = true;
  }

  /** Joins with a code; without a line it tries again by itself. A code of the other kind opens the other page. */
  async join(typed: string): Promise<void> {
    clearTimeout(this.#again);
    const code = tidyCode(typed);
    this.joining = true;
    try {
      const joined = await post<Joined>('/api/recorders', { code });
      if (joined.task !== this.#task) {
        location.assign(`${PAGES[joined.task]}#code=${code}`);
        return;
      }
      const plan = await get<Plan>(this.#address(joined.about), { token: joined.token });
      const same = this.joined?.about === joined.about;
      this.trouble = null;
      await this.#enter(joined, code, plan, !same);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.trouble = { slug: error.slug, code };
      if (error.passing) this.#again = setTimeout(() => void this.join(code), AGAIN_MS);
    } finally {
      this.joining = false;
    }
  }

  /** Stops trying, to type another code. */
  forgetTrouble(): void {
    clearTimeout(this.#again);
    this.trouble = null;
  }

  /** Reads the plan anew, where there is a line. An answer that comes after a later question is let go. */
  async refresh(): Promise<void> {
    const { joined } = this;
    if (!joined) return;
    const question = (this.#questions += 1);
    try {
      const plan = await get<Plan>(this.#address(joined.about), { token: joined.token });
      if (this.joined === joined && question === this.#questions) await this.#enter(joined, this.#code, plan, false);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 401) this.#revoke();
      // Without a line the device goes on with what it knows.
    }
  }

  /** Puts a letter of this task in the outbox. */
  post(kind: Kind, about: string, body: unknown = null): Promise<void> {
    return this.outbox.post({ task: this.task, participant: null, kind, about, body });
  }

  /** Lets this device go from it. What waits keeps its address and still leaves. */
  async leave(): Promise<void> {
    await this.outbox.forget(this.#task);
    this.joined = this.plan = null;
    this.#code = '';
  }

  #address(about: string): string {
    return `/api/${FOLDERS[this.#task]}/${about}${this.#options.query?.() ?? ''}`;
  }

  async #enter(joined: Joined, code: string, plan: Plan, first: boolean): Promise<void> {
    const { token, recorder, task, about, neighbourhood } = joined;
    if (this.joined?.token !== token) await this.outbox.welcome(`${FOLDERS[task]}/${about}`, token);
    [this.joined, this.#code] = [joined, code];
    await this.#options.onPlan(plan, first);
    this.plan = plan;
    await this.outbox.keep(this.#task, { token, recorder, task, about, neighbourhood, code, plan } satisfies Kept<Plan>);
  }

  #revoke(): void {
    this.trouble = { slug: 'revoked', code: this.#code };
  }
}

/** What a QR card put behind the #, where it reaches no log; the code is then taken out of the address. */
function codeInAddress(): string | null {
  const said = new URLSearchParams(location.hash.slice(1));
  const code = said.get('code');
  if (code === null) return null;
  said.delete('code');
  const rest = said.toString();
  history.replaceState(null, '', location.pathname + (rest && `#${rest}`));
  return code;
}
