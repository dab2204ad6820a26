import { expect, it } from 'vitest';
import { placeTabs } from './tabs';

const VIEW = { width: 800, height: 600 };
const overlaps = (a: { x: number; y: number }, b: { x: number; y: number }, width: number, height: number) => Math.abs(a.x - b.x) < width && Math.abs(a.y - b.y) < height;

it('puts a tab above its area when there is room', () => {
  const [spot] = placeTabs([{ area: { x: 300, y: 300, width: 100, height: 100 }, width: 80, height: 30 }], VIEW);
  expect(spot!.y + 30).toBeLessThan(300);
});

it('never puts two over each other, nor over what must stay free, nor off the map', () => {
  const tabs = Array.from({ length: 9 }, (_, n) => ({ area: { x: 250 + (n % 3) * 70, y: 200 + Math.floor(n / 3) * 70, width: 60, height: 60 }, width: 120, height: 34 }));
  const free = { x: 0, y: 0, width: 300, height: 120 };
  const spots = placeTabs(tabs, VIEW, [free]);
  const placed = spots.filter((spot) => spot !== null);
  expect(placed.length).toBeGreaterThan(6);
  placed.forEach((one, n) => {
    expect(one.x >= 300 || one.y >= 120).toBe(true);
    expect(one.x >= 0 && one.x + 120 <= VIEW.width && one.y >= 0 && one.y + 34 <= VIEW.height).toBe(true);
    placed.slice(n + 1).forEach((other) => expect(overlaps(one, other, 120, 34)).toBe(false));
  });
});

it('leaves out the tab of an area that is out of view', () => {
  expect(placeTabs([{ area: { x: -300, y: 10, width: 50, height: 50 }, width: 80, height: 30 }], VIEW)).toEqual([null]);
});
