import { expect, it } from 'vitest';
import type { Hotspots, Method } from '../api/shapes';
import { kept, pairFor, START, stepsOf, stopFor, stopsOf, type Stop } from './steps';

const found = (allowed: Method['allowed'], places: number) => ({
  method: { enough: true, allowed } as Method,
  hotspots: { features: Array(places).fill({}) } as unknown as Hotspots,
});
const at = (step: Stop['step'], place: number | null = null): Stop => ({ step, place });

it('shows of a small group only what it may, and of nobody nothing', () => {
  expect(stepsOf(stopsOf(found(['surface'], 2)))).toEqual(['points', 'safe', 'unsafe', 'both', 'tour']);
  expect(stepsOf(stopsOf(found(['surface', 'test', 'contested', 'day_night'], 0)))).toEqual(['points', 'safe', 'unsafe', 'both', 'contested', 'day', 'evening', 'dark']);
  expect(stopsOf(null).map(({ step }) => step)).toEqual(['points', 'safe', 'unsafe', 'both']);
});

it('walks with arrows and a clicker through every place of the tour, and stays at the ends', () => {
  const stops = stopsOf(found(['surface'], 2));
  expect(stopFor('PageDown', START, stops)).toEqual(at('safe'));
  expect(stopFor(' ', at('unsafe'), stops)).toEqual(at('both'));
  expect(stopFor('ArrowRight', at('both'), stops)).toEqual(at('tour', 1));
  expect(stopFor('PageDown', at('tour', 1), stops)).toEqual(at('tour', 2));
  expect(stopFor('PageDown', at('tour', 2), stops)).toEqual(at('tour', 2));
  expect(stopFor('PageUp', at('tour', 1), stops)).toEqual(at('both'));
  expect(stopFor('PageUp', START, stops)).toEqual(START);
  expect(stopFor('End', START, stops)).toEqual(at('tour', 2));
  expect(stopFor('Home', at('tour', 2), stops)).toEqual(START);
  expect(stopFor('x', START, stops)).toBeNull();
});

it('stays where it was when places come and go', () => {
  const stops = stopsOf(found(['surface'], 2));
  expect(kept(at('tour', 2), stops)).toEqual(at('tour', 2));
  expect(kept(at('tour', 5), stops)).toEqual(at('tour', 2));
  expect(kept(at('tour', 5), stopsOf(found(['surface'], 0)))).toEqual(at('both'));
  expect(kept(at('dark'), stops)).toEqual(at('both'));
});

it('a clicker walks through the comparisons too, and back out of them', () => {
  expect(pairFor('v', null, 3)).toBe(0);
  expect(pairFor('PageDown', 0, 3)).toBe(1);
  expect(pairFor('PageDown', 2, 3)).toBe(2);
  expect(pairFor('PageUp', 0, 3)).toBeNull();
  expect(pairFor('Escape', 2, 3)).toBeNull();
  expect(pairFor('PageDown', null, 3)).toBeUndefined();
  expect(pairFor('x', 1, 3)).toBeUndefined();
});
