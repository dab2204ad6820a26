import { expect, it } from 'vitest';
import { bandOpacity, shareColour } from './colours';
import { drawSurface, fewPeople, type PeopleGrid } from './surface';

const grid = (cols: number, rows: number, people: (x: number, y: number) => [unsafe: number, safe: number], inside: (x: number, y: number) => boolean = () => true): PeopleGrid => {
  const cells = Array.from({ length: cols * rows }, (_, n) => people(n % cols, Math.floor(n / cols)));
  return {
    cols,
    rows,
    people_unsafe: cells.map(([unsafe]) => unsafe),
    people_safe: cells.map(([, safe]) => safe),
    people_near: cells.map(([unsafe, safe]) => unsafe + safe),
    inside: cells.map((_, n) => Number(inside(n % cols, Math.floor(n / cols)))),
  };
};
const pixel = (picture: ReturnType<typeof drawSurface>, x: number, y: number) => [...picture.pixels.subarray((y * picture.width + x) * 4, (y * picture.width + x) * 4 + 4)];

it('the class colours stand at the middles of the five classes', () => {
  expect(shareColour(0.1, 'light')).toEqual([0x21, 0x66, 0xac]);
  expect(shareColour(0.5, 'light')).toEqual([0xf7, 0xf7, 0xf7]);
  expect(shareColour(1, 'light')).toEqual([0xb3, 0x58, 0x06]);
});

it('opacity has four flat steps and nothing below five people', () => {
  expect([4.9, 5, 7.9, 8, 11, 15, 99].map(bandOpacity)).toEqual([0, 0.3, 0.3, 0.48, 0.64, 0.78, 0.78]);
});

it('flat ground is drawn in exactly the step of its people', () => {
  for (const [people, opacity] of [[4, 0], [6, 0.3], [9, 0.48], [12, 0.64], [20, 0.78]] as const) {
    const picture = drawSurface(grid(6, 6, () => [people, 0]), 0.5, 'both', 'light', 4);
    expect(pixel(picture, 12, 12)[3]).toBeCloseTo(255 * opacity, -0.5);
  }
});

it('few voices are drawn towards the overall share', () => {
  const few = drawSurface(grid(4, 4, () => [6, 0]), 0, 'both', 'light');
  const many = drawSurface(grid(4, 4, () => [60, 0]), 0, 'both', 'light');
  // 6 / 8 = 0.75 against 60 / 62: less orange-brown, so more green in it.
  expect(pixel(few, 12, 12)[1]).toBeGreaterThan(pixel(many, 12, 12)[1]!);
});

it('nothing is drawn outside, and the stipple fills what is inside and too few', () => {
  const half = grid(8, 4, (x) => (x < 4 ? [10, 0] : [1, 0]), (x) => x < 6);
  const picture = drawSurface(half, 0.5, 'both', 'light', 4);
  expect(pixel(picture, 30, 8)[3]).toBe(0);
  expect(pixel(picture, 4, 8)[3]).toBeGreaterThan(0);
  for (const { x, width } of fewPeople(half)) {
    expect(x).toBeGreaterThan(3);
    expect(x + width).toBeLessThanOrEqual(6.01);
  }
  expect(fewPeople(grid(5, 5, () => [9, 9]))).toEqual([]);
});
