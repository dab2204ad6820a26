/** Refusals of the server, in words beside the field that they are about. */

import type { ApiError } from '../../api/client';
import { tOr } from '../../words/words.svelte';

/** The words for a refusal. */
export function wrongWords(error: ApiError): string {
  if (error.field !== undefined && ['invalid', 'bad_request', 'email_taken', 'phase'].includes(error.slug)) {
    const words = tOr(`desk.wrong.${root(error.field)}`, 'shared.problem.invalid');
    // Only the server can say where a drawn line goes wrong.
    return error.field === 'boundary' && error.detail ? `${words} (${error.detail})` : words;
  }
  return tOr([`desk.problem.${error.slug}`, `staff.problem.${error.slug}`, `shared.problem.${error.slug}`], 'shared.problem.unknown');
}

/** The words if the refusal is about this field. */
export const wrongAt = (error: ApiError | null, field: string) => (error?.field !== undefined && root(error.field) === field ? wrongWords(error) : undefined);

/** The words if it is about none of these. */
export const wrongElsewhere = (error: ApiError | null, fields: readonly string[]) => (error && !fields.includes(root(error.field ?? '')) ? wrongWords(error) : undefined);

/** The name of the field on the page: of `basemap.tiles` the last part, of `languages[1]` the first. */
const root = (field: string) => field.split('[')[0]?.split('.').at(-1) ?? '';
