import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const HERE = import.meta.dirname;
const LANGUAGES = ['nl', 'fr', 'de', 'en'];
const PAGES = readdirSync(HERE, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
type Tree = { [name: string]: string | Tree };

const read = (page: string, language: string) => JSON.parse(readFileSync(join(HERE, page, `${language}.json`), 'utf8')) as Tree;
const isPlural = (tree: Tree) => typeof tree['one'] === 'string' && typeof tree['other'] === 'string';
const flat = (tree: Tree, prefix: string): [key: string, texts: string[]][] =>
  Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'string'
      ? [[`${prefix}.${name}`, [value]] as [string, string[]]]
      : isPlural(value)
        ? [[`${prefix}.${name}`, Object.values(value) as string[]] as [string, string[]]]
        : flat(value, `${prefix}.${name}`),
  );
const gaps = (texts: string[]) => [...new Set(texts.flatMap((text) => text.match(/\{\w+\}/g) ?? []))].sort();

const sources = readdirSync(join(HERE, '..'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(svelte|ts)$/.test(path) && !path.endsWith('.test.ts'))
  .map((path) => readFileSync(join(HERE, '..', path), 'utf8'))
  .join('\n');
const named = new Set([...sources.matchAll(/['"`]((?:shared|tablet|wall|desk)\.[\w.]+)['"`]/g)].map((match) => match[1]!));
/** Keys put together from a fixed beginning and a word of a list: `shared.theme.${code}`. */
const beginnings = [...new Set([...sources.matchAll(/`((?:shared|tablet|wall|desk)\.[\w.]*)\$\{/g)].map((match) => match[1]!))];

describe.each(PAGES)('the words of %s', (page) => {
  const dutch = new Map(flat(read(page, 'nl'), page));

  it.each(LANGUAGES)('are complete in %s, with the same gaps', (language) => {
    const words = new Map(flat(read(page, language), page));
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
  const known = new Set(PAGES.flatMap((page) => flat(read(page, 'nl'), page).map(([key]) => key)));
  expect([...named].filter((key) => !known.has(key))).toEqual([]);
});
