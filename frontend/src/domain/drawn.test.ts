import { expect, test } from 'vitest';
import { drawnOf, geometryOf, length_m, middleOf, troubleWith, type Drawn } from './drawn';
import type { LonLat } from './pin';

const line = (...corners: LonLat[]): Drawn => ({ kind: 'line', corners });
const area = (...corners: LonLat[]): Drawn => ({ kind: 'area', corners });
/** A square of so many degrees to the north. */
const square = (up: number) => {
  const [east, north] = [Number((4.35 + up * 1.58).toFixed(6)), Number((50.85 + up).toFixed(6))];
  return area([4.35, 50.85], [east, 50.85], [east, north], [4.35, north]);
};

test('a drawing goes to the server and comes back', () => {
  for (const drawn of [line([4.35, 50.85], [4.36, 50.85], [4.36, 50.86]), square(0.002)]) {
    const geometry = geometryOf([0, 0], drawn);
    expect(drawnOf(geometry).drawn).toEqual(drawn);
  }
  expect(geometryOf([4.3512345678, 50.85])).toEqual({ type: 'Point', coordinates: [4.351235, 50.85] });
  expect(drawnOf({ type: 'Point', coordinates: [4.35, 50.85] })).toEqual({ at: [4.35, 50.85], drawn: null });
  const ring = (geometryOf([0, 0], square(0.002)) as { coordinates: number[][][] }).coordinates[0]!;
  expect(ring.at(-1)).toEqual(ring[0]);
});

test('the middle of a route lies halfway along it', () => {
  const [lon, lat] = middleOf(line([4.35, 50.85], [4.35, 50.86], [4.35, 50.87]));
  expect([lon, lat].map((v) => v.toFixed(6))).toEqual(['4.350000', '50.860000']);
  expect(length_m([[4.35, 50.85], [4.35, 50.86]])).toBeCloseTo(1113, 0);
});

test('a drawing too short, too long, too small, too large or crossing itself is no drawing', () => {
  expect(troubleWith(line([4.35, 50.85]))).toBe('few');
  expect(troubleWith(line([4.35, 50.85], [4.35, 50.8501]))).toBe('small');
  expect(troubleWith(line([4.35, 50.85], [4.35, 50.9]))).toBe('large');
  expect(troubleWith(line([4.35, 50.85], [4.351, 50.85]))).toBeNull();
  expect(troubleWith(line(...Array.from({ length: 101 }, (_, n) => [4.35 + n * 1e-4, 50.85] as const)))).toBe('many');
  expect(troubleWith(area([4.35, 50.85], [4.351, 50.85]))).toBe('few');
  expect(troubleWith(square(0.0001))).toBe('small');
  expect(troubleWith(square(0.01))).toBe('large');
  expect(troubleWith(square(0.003))).toBeNull();
  expect(troubleWith(area([4.35, 50.85], [4.353, 50.852], [4.353, 50.85], [4.35, 50.852]))).toBe('crossing');
});
