import { expect, it } from 'vitest';
import { ahead, boundsOfWalk, canBeStop, legBetween, minutesUntil, notYetPlanned, readableLength, stopsToWalk, wholeMinutes, type Walk, type WalkStop } from './walk';

const stop = (id: string, number: number, lon: number): WalkStop => ({ id, number, name: id, point: [lon, 51], place: null, kind: null, question: null });
const STOPS = [stop('a', 1, 4), stop('b', 2, 4.01), stop('c', 3, 4.02)];
const leg = (from: number, to: number, length_m: number) => ({ from, to, length_m, minutes: length_m / 50, geometry: { type: 'LineString' as const, coordinates: [[4, 51.003], [4.02, 51]] }, straight: false });
const WALK: Walk = {
  id: 'w', name: 'Na school', kind: 'exploratory', day: '2026-11-25', start: '16:05', round_trip: true, speed_km_h: 3, minutes_per_stop: 6, people: 8, leader: '', phone: '', rules: null,
  sunset: '16:43', stops: STOPS, route: { length_m: 1800, legs: [leg(1, 2, 500), leg(2, 3, 600), leg(3, 1, 700)] }, budget: { total_min: 79 }, shortcut: null, others: [],
};

it('the way between two stops is the planned one, or straight with what streets add', () => {
  expect(legBetween(WALK, STOPS[0]!, STOPS[1]!).length_m).toBe(500);
  const straight = legBetween(WALK, STOPS[1]!, STOPS[0]!);
  expect(straight.straight).toBe(true);
  expect(legBetween(WALK, { ...STOPS[0]!, point: [4.001, 51] }, STOPS[1]!).straight).toBe(true);
  expect(straight.length_m).toBeGreaterThan(890);
  expect(straight.length_m).toBeLessThan(930);
  expect(straight.minutes).toBeCloseTo(straight.length_m / 50);
});

it('in bad weather the way between two stops is the one that was planned for it', () => {
  const dry = { ...WALK, bad_weather: { stops: [1, 3], route: { legs: [leg(1, 3, 900), leg(3, 1, 700)] }, total_min: 60 } };
  expect(legBetween(dry, STOPS[0]!, STOPS[2]!)).toMatchObject({ length_m: 900, straight: false });
  expect(legBetween(WALK, STOPS[0]!, STOPS[2]!).straight).toBe(true);
  expect(ahead(dry, [STOPS[0]!, STOPS[2]!], 0, true)).toEqual({ stops: 2, length_m: 1600, minutes: 32 + 12 + 15 });
});

it('what is left shrinks on the way and ends with the closing talk', () => {
  // 1800 m at 50 m a minute, three halts of six minutes, and a quarter of an hour to close.
  expect(ahead(WALK, STOPS, 0, true)).toEqual({ stops: 3, length_m: 1800, minutes: 36 + 18 + 15 });
  expect(wholeMinutes(WALK, STOPS)).toBe(79);
  expect(ahead(WALK, STOPS, 1, true)).toEqual({ stops: 2, length_m: 1800, minutes: 36 + 12 + 15 });
  expect(ahead(WALK, STOPS, 1, false)).toEqual({ stops: 1, length_m: 1300, minutes: 26 + 6 + 15 });
  expect(ahead(WALK, STOPS, 2, false)).toEqual({ stops: 0, length_m: 700, minutes: 14 + 15 });
  expect(ahead({ ...WALK, round_trip: false }, STOPS, 2, false)).toEqual({ stops: 0, length_m: 0, minutes: 15 });
  expect(ahead(WALK, [{ ...STOPS[0]!, kind: 'meeting' }, ...STOPS.slice(1)], 0, true).minutes).toBe(36 + 12 + 15);
  expect(ahead(WALK, [], 0, true)).toEqual({ stops: 0, length_m: 0, minutes: 15 });
});

it('stops added on the way come last, those of a short-cut fall out, and the numbers follow', () => {
  const walked = stopsToWalk(STOPS, [stop('new', 9, 4.03), { ...stop('a', 9, 4), name: 'Onze poort' }], new Set(['b']));
  expect(walked.map(({ id, number, name }) => [id, number, name])).toEqual([['a', 1, 'Onze poort'], ['c', 2, 'c'], ['new', 3, 'new']]);
  expect(notYetPlanned([stop('new', 9, 4.03), stop('a', 9, 4), stop('b', 2, 4.02)], STOPS).map(({ id }) => id)).toEqual(['new', 'b']);
});

it('minutes are whole and may have passed, metres are read in tens', () => {
  expect([minutesUntil(60_000 * 5, 1000), minutesUntil(0, 1000), minutesUntil(0, 125_000)]).toEqual([5, -0, -2]);
  expect([readableLength(304), readableLength(994), readableLength(996), readableLength(1849)]).toEqual([
    { value: 300, unit: 'm' }, { value: 990, unit: 'm' }, { value: 1, unit: 'km' }, { value: 1.8, unit: 'km' },
  ]);
});

it('the box holds the ways too', () => {
  const [west, south, east, north] = boundsOfWalk(STOPS, WALK.route.legs);
  expect(west).toBeLessThan(4);
  expect(east).toBeGreaterThan(4.02);
  expect(south).toBeLessThan(51);
  expect(north).toBeGreaterThan(51.003);
});

it('a stop of the walkers has a name and lies where the walk is', () => {
  expect(canBeStop('Onze bank', [4.001, 51], STOPS)).toBe(true);
  expect(canBeStop('  ', [4.001, 51], STOPS)).toBe(false);
  expect(canBeStop('x'.repeat(121), [4.001, 51], STOPS)).toBe(false);
  expect(canBeStop('Oostende', [2.9, 51.2], STOPS)).toBe(false);
});
