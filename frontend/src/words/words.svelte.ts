/**
 * The words of the pages: one file per vocabulary and language, fetched when needed; switching the language redraws everything.
 * `shared` holds what the tablet needs and others too, `staff` what only the wall and the desk have in common.
 */

import type { Language } from '../api/shapes';
import type desk from './desk/nl.json';
import type shared from './shared/nl.json';
import type staff from './staff/nl.json';
import type tablet from './tablet/nl.json';
import type wall from './wall/nl.json';

/** The languages of the wall and the desk. */
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

export type Page = 'tablet' | 'wall' | 'desk';
/** What has files of words. */
type Vocabulary = 'shared' | 'staff' | Page;
/** The vocabularies of each page. */
const VOCABULARIES: Record<Page, readonly Vocabulary[]> = { tablet: ['shared', 'tablet'], wall: ['shared', 'staff', 'wall'], desk: ['shared', 'staff', 'desk'] };

/** One text per kind of number that the language tells apart. */
type Plural = { one: string; other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;
type Tree = { [name: string]: string | Plural | Tree };
type Words = { shared: typeof shared; staff: typeof staff; tablet: typeof tablet; wall: typeof wall; desk: typeof desk };
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
let own: WordFiles = {};

/** Fetches the words of a page from its files and shows them, in the language asked for or the best of the reader's own. */
export async function openWords(which: Page, files: WordFiles, asked?: Language): Promise<void> {
  [page, own] = [which, files];
  await setLanguage(asked ?? preferred());
}

/** Changes the language of the whole page, its direction included. */
export async function setLanguage(next: Language): Promise<void> {
  const spoken = await Promise.all(VOCABULARIES[page].map(async (which) => [which, await load(which, next)] as const));
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
  await Promise.allSettled(languages.flatMap((each) => VOCABULARIES[page].map((which) => load(which, each))));
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

async function load(which: Vocabulary, next: Language): Promise<Tree> {
  const path = `${which}/${next}`;
  const have = known.get(path);
  if (have) return have;
  const [, file] = Object.entries(which === 'shared' ? ofAll : own).find(([name]) => name.endsWith(`/${path}.json`)) ?? [];
  if (!file) throw new Error(`no words at ${path}`);
  const tree = (await file()) as Tree;
  known.set(path, tree);
  return tree;
}
