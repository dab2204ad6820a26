import { expect, it } from 'vitest';
import { around, between, cells, grown, keyed, moved, resized, settled, SMALLEST, type Area } from './blur';

const inside = ({ x, y, width, height }: Area) => x >= 0 && y >= 0 && x + width <= 1 + 1e-9 && y + height <= 1 + 1e-9 && width >= SMALLEST && height >= SMALLEST;
const area: Area = { x: 0.4, y: 0.4, width: 0.2, height: 0.1 };

it('an area stays inside the photo, whatever is done to it', () => {
  for (const one of [settled({ x: -3, y: 2, width: 9, height: 0 }), between([1.4, -2], [0.9, 7]), between([0.5, 0.5], [0.5, 0.5]), around([1, 0]), moved(area, 5, -5), resized(area, 5, -5), grown(area, 9), grown(area, -9)])
    expect(inside(one), JSON.stringify(one)).toBe(true);
});

it('is drawn from either corner', () => {
  expect(between([0.25, 0.75], [0.75, 0.5])).toEqual(between([0.75, 0.5], [0.25, 0.75]));
  expect(between([0.25, 0.75], [0.75, 0.5])).toEqual({ x: 0.25, y: 0.5, width: 0.5, height: 0.25 });
});

it('moves and grows with the arrow keys', () => {
  expect(keyed(area, 'ArrowRight', false, 0.1)).toEqual({ ...area, x: 0.5 });
  expect(keyed(area, 'ArrowUp', false, 0.1)!.y).toBeCloseTo(0.3);
  expect(keyed(area, 'ArrowDown', true, 0.1)!.height).toBeCloseTo(0.2);
  expect(keyed(area, 'a', false)).toBeNull();
});

it('keeps a few averages of an area', () => {
  expect(cells(400, 200)).toEqual([4, 2]);
  expect(cells(10, 400)).toEqual([1, 4]);
});
