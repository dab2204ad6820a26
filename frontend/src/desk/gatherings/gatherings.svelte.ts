/** The gatherings of one neighbourhood, and the live line of the one that is open. */

import { listen, type Listening } from '../../api/live';
import type { Gathering, List, TakenIn } from '../../api/shapes';
import { takesPins, type Kind, type Phase, type Question, type WhoAt } from '../../domain/gathering';
import { Asked } from '../frame/asked.svelte';
import type { Staff } from '../people/staff.svelte';
import type { TabletFile } from './tablet-file';

export interface NewGathering {
  kind: Kind;
  name: string;
  round: string;
  held_on: string;
  pin_budget: number | null;
  questions: readonly Question[];
  who_at: WhoAt;
  /** Four digits. */
  leave_pin: string;
}

export class Gatherings {
  readonly asked = new Asked<Gathering[]>();
  /** Counts up whenever anything that is counted may have changed. */
  changes = $state(0);
  /** Whether the live line stands. */
  live = $state(false);
  readonly #staff: Staff;
  readonly #neighbourhood: string;
  #line: { id: string; listening: Listening } | undefined;
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor(staff: Staff, neighbourhood: string) {
    this.#staff = staff;
    this.#neighbourhood = neighbourhood;
  }

  get all(): readonly Gathering[] {
    return this.asked.value ?? [];
  }

  find(id: string | null): Gathering | undefined {
    return this.all.find((gathering) => gathering.id === id);
  }

  /** The gathering that people are pinning at now. */
  get open(): Gathering | undefined {
    return this.all.find((gathering) => gathering.phase === 'open') ?? this.all.find((gathering) => gathering.phase === 'revealed');
  }

  get rounds(): string[] {
    return [...new Set(this.all.map((gathering) => gathering.round))].sort().reverse();
  }

  load(): Promise<void> {
    return this.asked.ask(async (signal) => {
      const items: Gathering[] = [];
      for (let next: string | null = ''; next !== null; ) {
        const page: List<Gathering> = await this.#staff.get(`${this.#path}${next && `?cursor=${encodeURIComponent(next)}`}`, signal);
        items.push(...page.items);
        next = page.next;
      }
      return items;
    });
  }

  async make(gathering: Omit<NewGathering, 'leave_pin'>): Promise<Gathering> {
    const made = await this.#staff.post<Gathering>(this.#path, gathering);
    this.#keep(made);
    return made;
  }

  async change(id: string, change: Partial<NewGathering> & { phase?: Phase }): Promise<Gathering> {
    const changed = await this.#staff.patch<Gathering>(`${this.#path}/${id}`, change);
    this.#keep(changed);
    this.changes++;
    return changed;
  }

  /** Takes in a tablet's file, or a part of it. */
  takeIn(id: string, part: TabletFile): Promise<TakenIn> {
    return this.#staff.post(`${this.#path}/${id}/outboxes`, part);
  }

  /**
   * Follows one gathering at most: a browser keeps only six lines open to one server, and any change in the neighbourhood is
   * heard on each of them.
   */
  follow(id: string | undefined): void {
    const gathering = this.find(id ?? null);
    const wanted = gathering && takesPins(gathering.phase) ? gathering.id : undefined;
    if (this.#line?.id === wanted) return;
    this.unfollow();
    if (wanted === undefined) return;
    const listening = listen(`/api/gatherings/${wanted}/events`, {
      on: {
        gathering: (told) => {
          const one = this.find(wanted);
          if (one) this.#keep({ ...one, ...told });
        },
        surface: () => this.#lookSoon(),
      },
      onLine: (open) => (this.live = open),
      onRefused: (error) => this.#staff.heard(error),
    });
    this.#line = { id: wanted, listening };
  }

  unfollow(): void {
    this.#line?.listening.close();
    this.#line = undefined;
    this.live = false;
    clearTimeout(this.#soon);
    this.#soon = undefined;
  }

  #lookSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      this.changes++;
      if (this.all.filter((gathering) => takesPins(gathering.phase)).length > 1) void this.load();
    }, 1200);
  }

  #keep(one: Gathering): void {
    const known = this.all.some((other) => other.id === one.id);
    this.asked.value = known ? this.all.map((other) => (other.id === one.id ? one : other)) : [one, ...this.all];
  }

  get #path(): string {
    return `/api/neighbourhoods/${this.#neighbourhood}/gatherings`;
  }
}
