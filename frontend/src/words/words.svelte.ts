/**
 * The words of the pages: one file per vocabulary and language, fetched when needed; switching the language redraws everything.
 * `shared` holds what the tablet needs and others too, `staff` what pages with charts have in common, `phone` what those have that join with
 * a code of a walk, and `photo` what stands beside a photo.
 */

import type { Language } from '../api/shapes';
import type desk from './desk/nl.json';
import type phone from './phone/nl.json';
import type photo from './photo/nl.json';
import type shared from './shared/nl.json';
import type staff from './staff/nl.json';
import type station from './station/nl.json';
import type tablet from './tablet/nl.json';
import type walk from './walk/nl.json';
import type wall from './wall/nl.json';

/** The languages of every page but the tablet's. */
export const STAFF_LANGUAGES = ['nl', 'fr', 'de', 'en'] as const satisfies readonly Language[];
/** The languages of the tablet. */
export const LANGUAGES = [...STAFF_LANGUAGES, 'ar', 'tr', 'uk', 'es', 'pl', 'ro'] as const satisfies readonly Language[];
/** Each language in its own name and script. */
export const LANGUAGE_NAMES: Record<Language, string> = {
  nl: 'Nederlands',
  fr: 'Français',
  de: 'Deutsch',
  en: 'English',
  ar: 'العربية',
  tr: 'Türkçe',
  uk: 'Українська',
  es: 'Español',
  pl: 'Polski',
  ro: 'Română',
};

export type Page = 'tablet' | 'wall' | 'desk' | 'walk' | 'station';

/** One text per kind of number that the language tells apart. */
type Plural = { one: string; other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;
type Tree = { [name: string]: string | Plural | Tree };
type Words = { shared: typeof shared; photo: typeof photo; staff: typeof staff; phone: typeof phone; tablet: typeof tablet; wall: typeof wall; desk: typeof desk; walk: typeof walk; station: typeof station };
type Keys<T> = T extends string | Plural ? '' : { [K in keyof T & string]: Keys<T[K]> extends '' ? K : `${K}.${Keys<T[K]>}` }[keyof T & string];

/** A key of the words: vocabulary, then the names on the way down, with dots. */
export type WordKey = Keys<Words>;
/** What goes into the gaps: `{name}`. A number named `count` also chooses the plural form. */
export type Values = Record<string, string | number>;

/** Files of words by their address, fetched when called. */
export type WordFiles = Record<string, () => Promise<unknown>>;
const ofAll: WordFiles = import.meta.glob('./shared/*.json', { import: 'default' });
const known = new Map<string, Tree>();

let language = $state<Language>('nl');
let words = $state.raw<Tree>({});
let page: Page = 'tablet';
/** Every file that the page reads, and the vocabularies that they are of. */
let files: WordFiles = {};
let vocabularies: readonly string[] = [];
/** The languages that were fetched ahead. */
let ahead: readonly Language[] = [];

/** Fetches the words of a page, its own files and those that all pages share, and shows them, in the language asked for or the best of the reader's own. */
export async function openWords(which: Page, own: WordFiles, asked?: Language): Promise<void> {
  page = which;
  language = asked ?? preferred();
  await addWords({ ...ofAll, ...own });
}

/** Fetches words that only a part of the page needs. */
export async function addWords(more: WordFiles): Promise<void> {
  files = { ...files, ...more };
  vocabularies = [...new Set(Object.keys(files).map((name) => name.split('/').at(-2)!))];
  await setLanguage(language);
  void prefetchWords(ahead);
}

/** Changes the language of the whole page, its direction included. */
export async function setLanguage(next: Language): Promise<void> {
  const spoken = await Promise.all(vocabularies.map(async (which) => [which, await load(which, next)] as const));
  language = next;
  words = Object.fromEntries(spoken);
  document.documentElement.lang = next;
  document.documentElement.dir = directionOf(next);
}

/** The languages that a page speaks. */
const languagesOf = (which: Page): readonly Language[] => (which === 'tablet' ? LANGUAGES : STAFF_LANGUAGES);

const directionOf = (which: Language) => (new Intl.Locale(which).maximize().script === 'Arab' ? 'rtl' : 'ltr');

/** Fetches languages ahead, so that switching also works without network. */
export async function prefetchWords(languages: readonly Language[]): Promise<void> {
  ahead = languages;
  await Promise.allSettled(languages.flatMap((each) => vocabularies.map((which) => load(which, each))));
}

/** The language that is shown. */
export const currentLanguage = (): Language => language;

/** The first of the reader's languages that is offered. */
export function preferred(offered: readonly Language[] = languagesOf(page)): Language {
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  return wanted.find((tag): tag is Language => (offered as readonly string[]).includes(tag)) ?? offered[0] ?? 'nl';
}

/** The words for a key, with the gaps filled. */
export function t(key: WordKey, values: Values = {}): string {
  const found = wordsAt(key);
  if (found === undefined) return key;
  const text = typeof found === 'string' ? found : plural(found as Plural, Number(values.count));
  return text.replace(/\{(\w+)\}/g, (gap, name: string) => {
    const value = values[name];
    return value === undefined ? gap : typeof value === 'number' ? value.toLocaleString(locale()) : apart(value);
  });
}

/** The language with the digits that codes and telephone numbers have here. */
const locale = () => `${language}-u-nu-latn`;

/** A name that may run the other way keeps its own direction, and so do the words around it. */
const apart = (name: string) => (directionOf(language) === 'rtl' || /\p{Script=Arabic}/u.test(name) ? `\u2068${name}\u2069` : name);

/** Words for a slug that the server may have made after this page was built: of the first key that exists. */
export function tOr(keys: string | readonly string[], fallback: WordKey, values?: Values): string {
  const known = [keys].flat().find((key) => wordsAt(key) !== undefined);
  return t((known ?? fallback) as WordKey, values);
}

const wordsAt = (key: string) => key.split('.').reduce<string | Plural | Tree | undefined>((tree, name) => (tree as Tree | undefined)?.[name], words);

const plural = (forms: Plural, count: number) => forms[new Intl.PluralRules(language).select(count)] ?? forms.other;

/** A calendar day (2026-11-17) in words. */
export function dayInWords(day: string, style: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long', year: 'numeric' }): string {
  return new Intl.DateTimeFormat(locale(), { ...style, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

async function load(which: string, next: Language): Promise<Tree> {
  const path = `${which}/${next}`;
  const have = known.get(path);
  if (have) return have;
  const [, file] = Object.entries(files).find(([name]) => name.endsWith(`/${path}.json`)) ?? [];
  if (!file) throw new Error(`no words at ${path}`);
  const tree = (await file()) as Tree;
  known.set(path, tree);
  return tree;
}
