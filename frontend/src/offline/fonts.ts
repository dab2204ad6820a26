/** Keeps the letters of the languages that a neighbourhood offers beside the page, so that they are there without network. */

import type { Language } from '../api/shapes';
import { arabic400, arabic600, cyrillic400, cyrillic600 } from '../styles/letters';

/** The files of the languages that the page's first font cannot write. */
const FONTS: Partial<Record<Language, readonly string[]>> = { ar: [arabic400, arabic600], uk: [cyrillic400, cyrillic600] };

/** Fetches what these languages need, once. */
export async function keepFonts(languages: readonly Language[]): Promise<void> {
  if (!('caches' in globalThis)) return;
  try {
    const shelf = await caches.open('fonts');
    for (const file of languages.flatMap((language) => FONTS[language] ?? [])) if (!(await shelf.match(file))) await shelf.add(file);
  } catch {
    // No line, or no more room: the device's own letters are read as well.
  }
}
