/** The language somebody chose for the desk, kept in this browser. */

import type { Language } from '../../api/shapes';
import { STAFF_LANGUAGES, setLanguage } from '../../words/words.svelte';

const PLACE = 'buurtsignaal.desk.language';

export function rememberedLanguage(): Language | undefined {
  try {
    return STAFF_LANGUAGES.find((each) => each === localStorage.getItem(PLACE));
  } catch {
    return undefined;
  }
}

export async function chooseLanguage(language: Language): Promise<void> {
  await setLanguage(language);
  try {
    localStorage.setItem(PLACE, language);
  } catch {
    // A browser that keeps nothing still shows it now.
  }
}
