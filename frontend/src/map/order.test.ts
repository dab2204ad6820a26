import { expect, it } from 'vitest';
import { ORDER, layerAbove, rank } from './order';
import { rasterTemplate, styleOf, vectorLayers, type Look } from './style';

const LOOK: Look = { theme: 'light', names: 1, origin: 'http://x', fonts: { regular: [], italic: [], medium: [], bold: [] } };
const ours = (...ids: string[]) => ids.map((id) => ({ id, names: id.endsWith('-name') }));

it('a layer outside the list cannot be drawn', () => {
  expect(() => rank('something-new')).toThrow('not in the order');
  expect(new Set(ORDER).size).toBe(ORDER.length);
});

it('new layers find their place whatever came first', () => {
  expect(layerAbove('surface', ours('ground', 'water', 'street-name', 'pins'))).toBe('street-name');
  expect(layerAbove('mask', ours('ground', 'surface', 'street-name'))).toBe('surface');
  expect(layerAbove('pins', ours('ground', 'street-name', 'edge'))).toBeUndefined();
});

it('on another map style, marks go under its names and pins on top', () => {
  const theirs = [{ id: 'their-road', names: false }, { id: 'their-name', names: true }];
  expect(layerAbove('surface', theirs)).toBe('their-name');
  expect(layerAbove('mask', [{ id: 'their-road', names: false }, { id: 'surface', names: false }, { id: 'their-name', names: true }])).toBe('surface');
  expect(layerAbove('pins', theirs)).toBeUndefined();
});

it.each(['buurtsignaal', 'openmaptiles', 'shortbread'] as const)('the look of %s has every kind of layer, in order', (schema) => {
  const layers = vectorLayers(schema, LOOK);
  const ids = layers.map((layer) => layer.id);
  expect(ids).toEqual(expect.arrayContaining(['residential', 'park', 'water', 'building', 'path', 'minor-casing', 'minor', 'rail', 'street-name', 'place-name', 'locality-name']));
  expect(ids.map(rank)).toEqual(ids.map(rank).sort((a, b) => a - b));
});

it('pictures and other styles are basemaps too', () => {
  expect(rasterTemplate('https://t/{TileMatrix}/{TileRow}/{TileCol}.png')).toBe('https://t/{z}/{y}/{x}.png');
  expect(styleOf({ kind: 'style', url: 'https://s/style.json' }, LOOK)).toBe('https://s/style.json');
  expect(styleOf({ kind: 'archive', archive: null }, LOOK)).toMatchObject({ layers: [{ id: 'ground' }] });
  expect(styleOf({ kind: 'raster', tiles: 'https://t/{z}/{x}/{y}.png', attribution: 'A', max_zoom: 18 }, LOOK)).toMatchObject({ sources: { raster: { maxzoom: 18 } } });
});
