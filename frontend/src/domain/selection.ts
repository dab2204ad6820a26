/** The filter of which every surface, hotspot, chart and export is a function. */

export const SELECTION_KEYS = ['round', 'gathering', 'feeling', 'theme', 'when', 'basis', 'role', 'age', 'gender', 'from', 'to'] as const;
export type SelectionKey = (typeof SELECTION_KEYS)[number];

/** Values of one key mean *or*; different keys mean *and*; a missing key means everything. */
export type Selection = { readonly [key in SelectionKey]?: readonly string[] };

/** Writes it as an address has it, in one fixed order, so that equal selections give equal addresses. */
export function toQuery(selection: Selection): string {
  const query = new URLSearchParams();
  for (const key of SELECTION_KEYS) for (const value of [...new Set(selection[key] ?? [])].sort()) query.append(key, value);
  return query.toString();
}

/** Reads it back; keys it does not know are left out. */
export function fromQuery(query: string | URLSearchParams): Selection {
  const found: { [key in SelectionKey]?: string[] } = {};
  for (const [key, value] of new URLSearchParams(query)) {
    if (!isKey(key) || value === '') continue;
    const values = (found[key] ??= []);
    if (!values.includes(value)) values.push(value);
  }
  return found;
}

/** The selection with one value more, or without it if it was there. */
export function toggledValue(selection: Selection, key: SelectionKey, value: string): Selection {
  const values = selection[key] ?? [];
  return withValues(selection, key, values.includes(value) ? values.filter((other) => other !== value) : [...values, value]);
}

/** The selection with the values of one key replaced; no values takes the key out. */
export function withValues(selection: Selection, key: SelectionKey, values: readonly string[]): Selection {
  const { [key]: _old, ...rest } = selection;
  return values.length > 0 ? { ...rest, [key]: values } : rest;
}

/** Each chosen value with its key, for chips. */
export function chosen(selection: Selection): { key: SelectionKey; value: string }[] {
  return SELECTION_KEYS.flatMap((key) => (selection[key] ?? []).map((value) => ({ key, value })));
}

export const sameSelection = (one: Selection, other: Selection) => toQuery(one) === toQuery(other);

const isKey = (key: string): key is SelectionKey => (SELECTION_KEYS as readonly string[]).includes(key);
