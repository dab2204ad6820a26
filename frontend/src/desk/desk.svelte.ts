/** Everything the desk knows, in one place that its parts find through the context. */

import { createContext } from 'svelte';
import type { Neighbourhood, ThemeWords } from '../api/shapes';
import { toQuery } from '../domain/selection';
import { Actions } from './actions/actions.svelte';
import { Analysis } from './analysis/analysis.svelte';
import { Attachments } from './comments/attachments.svelte';
import { Comments } from './comments/comments.svelte';
import { DataWalks } from './data_walks/data_walks.svelte';
import { Address } from './frame/address.svelte';
import { Asked } from './frame/asked.svelte';
import { Gatherings } from './gatherings/gatherings.svelte';
import { Neighbourhoods } from './neighbourhoods/neighbourhoods.svelte';
import { Staff, type Right } from './people/staff.svelte';
import { Places } from './places/places.svelte';
import { Walks } from './walks/walks.svelte';

export class Desk {
  readonly address = new Address();
  readonly staff = new Staff();
  readonly neighbourhoods = new Neighbourhoods(this.staff);
  readonly themes = new Asked<ThemeWords[]>();
  readonly analysis = new Analysis(this.staff);
  /** The neighbourhood that the address names. */
  readonly here = $derived<Neighbourhood | undefined>(this.neighbourhoods.find(this.address.spot.slug));
  readonly #hereId = $derived(this.here?.id ?? '');
  readonly gatherings = $derived(new Gatherings(this.staff, this.#hereId));
  readonly comments = $derived(new Comments(this.staff, this.#hereId));
  readonly attachments = $derived(new Attachments(this.staff, this.#hereId));
  /** How much waits for a moderator. */
  readonly toCheck = $derived(this.comments.pile('waiting').length + this.attachments.pile('waiting').length);
  readonly places = $derived(new Places(this.staff, this.#hereId));
  readonly walks = $derived(new Walks(this.staff, this.#hereId));
  readonly dataWalks = $derived(new DataWalks(this.staff, this.#hereId));
  readonly actions = $derived(new Actions(this.staff, this.#hereId));
  readonly query = $derived(toQuery(this.address.spot.selection));

  /** Asks what waits for a moderator. */
  lookWhatWaits(): void {
    void this.comments.load('waiting');
    void this.attachments.load('waiting');
  }

  may(right: Right): boolean {
    return this.here !== undefined && this.staff.may(right, this.here.id);
  }
}

export const [useDesk, provideDesk] = createContext<Desk>();
