import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, STAFF_LANGUAGES } from './words.svelte';

const HERE = import.meta.dirname;
const VOCABULARIES = readdirSync(HERE, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
/** `shared` and `photo` are loaded by the tablet. */
const languagesOf = (vocabulary: string): readonly string[] => (['shared', 'photo', 'tablet'].includes(vocabulary) ? LANGUAGES : STAFF_LANGUAGES);
type Tree = { [name: string]: string | Tree };

const read = (page: string, language: string) => JSON.parse(readFileSync(join(HERE, page, `${language}.json`), 'utf8')) as Tree;
const isPlural = (tree: Tree) => typeof tree['one'] === 'string' && typeof tree['other'] === 'string';
/** The kinds of whole number that a language tells apart: of a million, which no page counts, some make one more. */
function formsOf(language: string): string[] {
  const rules = new Intl.PluralRules(language);
  return [...new Set(['other', ...Array.from({ length: 1000 }, (_, count) => rules.select(count))])].sort();
}
const flat = (tree: Tree, prefix: string): [key: string, texts: string[], forms?: string[]][] =>
  Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'string'
      ? [[`${prefix}.${name}`, [value]] as [string, string[]]]
      : isPlural(value)
        ? [[`${prefix}.${name}`, Object.values(value) as string[], Object.keys(value).sort()] as [string, string[], string[]]]
        : flat(value, `${prefix}.${name}`),
  );
const gaps = (texts: string[]) => [...new Set(texts.flatMap((text) => text.match(/\{\w+\}/g) ?? []))].sort();

const sources = new Map(
  readdirSync(join(HERE, '..'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(svelte|ts)$/.test(path) && !path.endsWith('.test.ts'))
    .map((path) => [path, readFileSync(join(HERE, '..', path), 'utf8')]),
);
const namedIn = (text: string) => [...text.matchAll(/['"`]((?:shared|staff|phone|photo|tablet|wall|desk|walk|station)\.[\w.]+)['"`]/g)].map((match) => match[1]!);
const named = new Set([...sources.values()].flatMap(namedIn));
/** Keys put together from a fixed beginning and a word of a list: `shared.theme.${code}`. */
const beginningsIn = (text: string) => [...text.matchAll(/`((?:shared|staff|phone|photo|tablet|wall|desk|walk|station)\.[\w.]*)\$\{/g)].map((match) => match[1]!);
const beginnings = [...new Set([...sources.values()].flatMap(beginningsIn))];

/** Every file that a page can load, from its first one on. */
function loadedBy(first: string): string[] {
  const found = new Set<string>();
  for (const open = [first]; open.length > 0; ) {
    const path = open.pop()!;
    if (found.has(path)) continue;
    found.add(path);
    const targets = [...sources.get(path)!.matchAll(/(?:import|export)(?! type\b)[^;'"]*?\(?\s*'(\.[^']+)'/g)].map((match) => join(dirname(path), match[1]!));
    open.push(...targets.flatMap((target) => [target, `${target}.ts`, `${target.replace(/\.js$/, '')}.svelte.ts`].filter((each) => sources.has(each))));
  }
  return [...found];
}
const LOADED: Record<string, string[]> = {
  tablet: ['shared', 'photo', 'tablet'],
  wall: ['shared', 'staff', 'wall'],
  desk: ['shared', 'staff', 'desk'],
  walk: ['shared', 'phone', 'photo', 'walk'],
  station: ['shared', 'staff', 'phone', 'station'],
};

describe.each(VOCABULARIES)('the words of %s', (page) => {
  const dutch = new Map(flat(read(page, 'nl'), page).map(([key, texts]) => [key, texts]));

  it('are in the languages of their pages', () => {
    expect(readdirSync(join(HERE, page)).sort()).toEqual(languagesOf(page).map((language) => `${language}.json`).sort());
  });

  it.each(languagesOf(page))('are complete in %s, with the same gaps and every plural form', (language) => {
    const all = flat(read(page, language), page);
    const words = new Map(all.map(([key, texts]) => [key, texts]));
    const wanted = formsOf(language);
    for (const [key, , forms] of all) if (forms) expect(forms, key).toEqual(wanted);
    expect([...words.keys()].sort()).toEqual([...dutch.keys()].sort());
    for (const [key, texts] of words) {
      expect(gaps(texts), key).toEqual(gaps(dutch.get(key)!));
      expect(texts.every((text) => text.trim() !== ''), key).toBe(true);
    }
  });

  it('are all used', () => {
    const unused = [...dutch.keys()].filter((key) => !named.has(key) && !beginnings.some((beginning) => key.startsWith(beginning)));
    expect(unused).toEqual([]);
  });
});

it('no page names a key that does not exist', () => {
  const known = new Set(VOCABULARIES.flatMap((page) => flat(read(page, 'nl'), page).map(([key]) => key)));
  expect([...named].filter((key) => !known.has(key))).toEqual([]);
});

it.each(Object.keys(LOADED))('the page of %s names only words that it loads', (page) => {
  const keys = loadedBy(`${page}/main.ts`).flatMap((path) => [...namedIn(sources.get(path)!), ...beginningsIn(sources.get(path)!)]);
  expect(keys.length).toBeGreaterThan(20);
  expect(keys.filter((key) => !LOADED[page]!.includes(key.split('.')[0]!))).toEqual([]);
});

it('what the tablet does not need is no word that it loads', () => {
  const texts = loadedBy('tablet/main.ts').map((path) => sources.get(path)!);
  const keys = new Set(texts.flatMap(namedIn));
  const starts = texts.flatMap(beginningsIn);
  const idle = flat(read('shared', 'nl'), 'shared').filter(([key]) => !keys.has(key) && !starts.some((start) => key.startsWith(start)));
  expect(idle.map(([key]) => key)).toEqual([]);
});
