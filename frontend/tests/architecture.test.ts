import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '..', 'src');
/** From the ground up: a folder imports only itself and folders on lower lines. */
const LAYERS = [['domain', 'styles'], ['api'], ['words'], ['ui', 'outbox', 'offline'], ['map'], ['charts'], ['tablet', 'wall', 'desk', 'walk', 'station']];
const level = (folder: string) => LAYERS.findIndex((layer) => layer.includes(folder));

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((path) => /\.(svelte|ts)$/.test(path) && !path.endsWith('.test.ts'));
const text = new Map(files.map((file) => [file, readFileSync(join(SRC, file), 'utf8')]));
/** Every import of the project's own files, as [from folder, to folder]. Types carry no code but do carry knowledge: they count too. */
const imports = files.flatMap((file) =>
  [...text.get(file)!.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => {
    const target = normalize(join(dirname(file), match[1]!));
    return { file, from: file.split('/')[0]!, to: target.split('/')[0]! };
  }),
);

it('every folder has its line', () => {
  expect([...new Set(files.map((file) => file.split('/')[0]!))].filter((folder) => level(folder) < 0)).toEqual([]);
});

it('nothing imports upwards, and roles never import each other', () => {
  const breaches = imports.filter(({ from, to }) => from !== to && level(to) >= level(from));
  expect(breaches.filter(({ from, to }) => !(from === 'domain' && to === 'domain'))).toEqual([]);
});

it('the domain is plain: no page, no framework', () => {
  const breaches = files.filter((file) => file.startsWith('domain/') && (/\bfrom '(?!\.\/|geojson')/.test(text.get(file)!) || /\b(document|window|navigator|\$state)\b/.test(text.get(file)!)));
  expect(breaches).toEqual([]);
});

it('only the engine knows the map library', () => {
  const knows = files.filter((file) => /['"]maplibre-gl/.test(text.get(file)!));
  // The style is plain data, typed by the library's own description of it.
  expect(knows.sort()).toEqual(['map/engine.ts', 'map/style.ts']);
  expect(text.get('map/style.ts')).toMatch(/import type \{[^}]*\} from 'maplibre-gl'/);
  const eager = files.filter((file) => /^import (?!type)[^;]*from '[^']*\/engine'/m.test(text.get(file)!));
  expect(eager).toEqual([]);
});

it('every browser test watches for errors in its pages', () => {
  const specs = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.spec.ts'));
  const unwatched = specs.filter((name) => !/import \{ expect, test\b[^}]*\} from '\.\/watched'/.test(readFileSync(join(import.meta.dirname, name), 'utf8')));
  expect(unwatched).toEqual([]);
});
