import { expect, it } from 'vitest';
import type { Hotspots, HotspotProperties, Method } from '../api/shapes';
import { telling } from './telling';

const method: Method = {
  people: 31, pins: 165, heard_pins: 3, gatherings: 1, first_day: '2026-11-17', last_day: '2026-11-17',
  sigma_m: 100, cell_m: 25, min_people: 5, min_pins: 10, min_told: 3, near_sigmas: 1.5, peak_part: 0.5, min_area_m2: 2000, merge_m: 75, shrink_people: 2,
  enough: true, refused: null, tier: 'usual', allowed: ['surface', 'test', 'contested', 'day_night', 'side_by_side'],
  test: { by: 'within_participant', state: 'done', percent: 100, shuffles: 999, seed: 2026, alpha: 0.05 }, version: 'people-surface/2',
};
const hotspot = (kind: HotspotProperties['kind'], name: string | null, people_safe: number, people_unsafe: number): Hotspots['features'][number] => ({
  type: 'Feature',
  geometry: { type: 'Polygon', coordinates: [] },
  properties: { kind, name, people_safe, people_unsafe, people: people_safe + people_unsafe, pins: 20, share_unsafe: 0.5, area_m2: 9000, centre: [4, 51], themes: [], when: [], verdict: null, stability: null, stays: null, hangs_on_one: null, explanation: null, place: null },
});
const found = (...features: Hotspots['features']): Hotspots => ({ type: 'FeatureCollection', method, features });

it('says nothing of places while there are too few people', () => {
  expect(telling('both', { ...method, people: 4, enough: false }, found(hotspot('safe', 'Park', 4, 0)))).toEqual({ kind: 'few' });
});

it('tells the side of the step, with the number on the map', () => {
  const hotspots = found(hotspot('unsafe', 'Kerkpad', 2, 18), hotspot('safe', 'Park', 9, 1), hotspot('safe', 'Hof', 12, 0));
  expect(telling('safe', method, hotspots)).toMatchObject({ lines: [{ side: 'safe', number: 3, people: 12, of: 31 }], places: 2, missing: null });
  expect(telling('unsafe', method, hotspots)).toMatchObject({ lines: [{ side: 'unsafe', number: 1, people: 18 }], places: 1 });
});

it('puts safe first where both are told', () => {
  const told = telling('both', method, found(hotspot('unsafe', 'Kerkpad', 2, 18), hotspot('safe', 'Park', 9, 1), hotspot('contested', 'Plein', 5, 6)));
  expect(told).toMatchObject({ lines: [{ side: 'safe' }, { side: 'unsafe' }], contested: { number: 3 }, places: 3, missing: null });
});

it('says which side has no place', () => {
  expect(telling('both', method, found(hotspot('unsafe', null, 0, 18)))).toMatchObject({ missing: 'safe' });
});

it('says plainly that nothing is found', () => {
  expect(telling('safe', method, found(hotspot('unsafe', 'Kerkpad', 2, 18)))).toEqual({ kind: 'nothing', step: 'safe' });
  expect(telling('both', method, found())).toEqual({ kind: 'nothing', step: 'both' });
});

it('keeps who stands on a side alone out of a contested place', () => {
  expect(telling('both', method, found(hotspot('contested', 'Plein', 2, 6)))).toMatchObject({ contested: null });
});

it('contested places have their own step, most people first, and nobody alone on a side', () => {
  const found_ = found(hotspot('unsafe', 'Kerkpad', 2, 18), hotspot('contested', 'Plein', 10, 11), hotspot('contested', 'Hof', 6, 2), hotspot('contested', 'Dijk', 4, 5));
  expect(telling('contested', method, found_)).toMatchObject({ kind: 'contested', places: [{ number: 2 }, { number: 4 }] });
  expect(telling('contested', method, found(hotspot('contested', 'Hof', 6, 2)))).toEqual({ kind: 'nothing', step: 'contested' });
});

it('a part of the day tells both sides', () => {
  expect(telling('dark', method, found(hotspot('unsafe', 'Kerkpad', 2, 18)))).toMatchObject({ lines: [{ side: 'unsafe', people: 18 }], missing: 'safe' });
  expect(telling('dark', method, found())).toEqual({ kind: 'nothing', step: 'dark' });
});
