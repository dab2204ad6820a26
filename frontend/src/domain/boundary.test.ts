import { expect, it } from 'vitest';
import { boundsOf, circle, contains, distanceToLine_m, distance_m, middleOf, outside, withoutRings, type Boundary } from './boundary';

const withHole: Boundary = {
  type: 'Polygon',
  coordinates: [
    [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]],
    [[4, 4], [4, 6], [6, 6], [6, 4], [4, 4]],
  ],
};
const two: Boundary = { type: 'MultiPolygon', coordinates: [withHole.coordinates, [[[20, 0], [22, 0], [22, 2], [20, 2], [20, 0]]]] };

it('knows inside from outside, holes and parts included', () => {
  expect(contains(withHole, [1, 1])).toBe(true);
  expect(contains(withHole, [5, 5])).toBe(false);
  expect(contains(withHole, [11, 5])).toBe(false);
  expect(contains(two, [21, 1])).toBe(true);
  expect(contains(two, [15, 1])).toBe(false);
});

it('finds the box and a middle that lies inside', () => {
  expect(boundsOf(two)).toEqual([0, 0, 22, 10]);
  expect(contains(withHole, middleOf(withHole))).toBe(true);
  expect(contains(two, middleOf(two))).toBe(true);
});

it('covers everything outside, holes too', () => {
  expect(outside(two).coordinates).toHaveLength(2);
  expect(outside(two).coordinates[0]).toHaveLength(3);
});

it('draws circles that are round on the ground', () => {
  const middle = [4.785, 51.265] as const;
  for (const [lon, lat] of circle(middle, 100).coordinates[0] as [number, number][]) expect(distance_m(middle, [lon, lat])).toBeCloseTo(100, 0);
});

it('measures to the nearest spot of a line, not only to its corners', () => {
  const line = [[4.78, 51.26], [4.79, 51.26]] as const;
  expect(distanceToLine_m([4.785, 51.2609], line)).toBeCloseTo(100, 0);
  expect(distanceToLine_m([4.791, 51.26], line)).toBeCloseTo(distance_m([4.791, 51.26], [4.79, 51.26]), 0);
});

it('leaves out the rings that lie wholly inside, and no other', () => {
  const ring = (at: number): [number, number][] => [[at, 0.5], [at + 1, 0.5], [at + 1, 1.5], [at, 1.5], [at, 0.5]];
  const rest = withoutRings(two, [ring(1), ring(9.5), ring(20.5)]);
  expect(rest.coordinates.map((polygon) => polygon.length)).toEqual([3, 2]);
  expect(contains(rest, [1.5, 1])).toBe(false);
  expect(contains(rest, [9.7, 1])).toBe(true);
  expect(contains(rest, [20.8, 1])).toBe(false);
});
