import { expect, it } from 'vitest';
import { planOf } from './plan';

const square = { type: 'Polygon' as const, coordinates: [[[3.7, 51.05], [3.73, 51.05], [3.73, 51.07], [3.7, 51.07], [3.7, 51.05]]] };

it('lays a boundary north up and true to its shape', () => {
  const plan = planOf(square, 212);
  expect(plan.pointOf([3.7, 51.07])).toEqual([6, 6]);
  const [x, y] = plan.pointOf([3.73, 51.05]);
  expect(x).toBeCloseTo(206, 5);
  // A degree north is longer than one east by the cosine of the latitude.
  expect((y - 6) / (x - 6)).toBeCloseTo(0.02 / (0.03 * Math.cos((51.06 * Math.PI) / 180)), 6);
  expect(plan.height).toBeCloseTo(y + 6, 6);
  expect(plan.pathOf(square).startsWith('M6.0 ')).toBe(true);
});
