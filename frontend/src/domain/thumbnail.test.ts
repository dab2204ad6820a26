import type { Polygon } from 'geojson';
import { expect, it } from 'vitest';
import { boxAround, HEIGHT, pathOn, SHOWN, WIDTH } from './thumbnail';

const box = (west: number, south: number, east: number, north: number): Polygon => ({ type: 'Polygon', coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]] });
const corners = (path: string) => [...path.matchAll(/([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);

it('a place lies in the middle of its picture and leaves room around it', () => {
  for (const place of [box(3.71, 51.05, 3.718, 51.0505), box(3.71, 51.05, 3.7102, 51.056), box(3.71, 51.05, 3.7101, 51.0501), box(-70.01, -33.41, -70, -33.4)]) {
    const points = corners(pathOn(boxAround(place), place));
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
    expect((Math.min(...xs) + Math.max(...xs)) / 2).toBeCloseTo(WIDTH / 2, -0.3);
    expect((Math.min(...ys) + Math.max(...ys)) / 2).toBeCloseTo(HEIGHT / 2, -0.3);
    expect(Math.max(...xs) - Math.min(...xs)).toBeLessThan(SHOWN.width * 0.58);
    expect(Math.max(...ys) - Math.min(...ys)).toBeLessThan(SHOWN.height * 0.58);
  }
});

it('a point is a dot in the middle, and the address of a place does not change with a hair', () => {
  const [lon, lat] = [3.7123456, 51.0512345];
  const at = boxAround({ type: 'Point', coordinates: [lon, lat] });
  const [[x, y]] = corners(pathOn(at, { type: 'Point', coordinates: [lon, lat] })) as [readonly [number, number]];
  expect([Math.round(x), Math.round(y)]).toEqual([WIDTH / 2, HEIGHT / 2]);
  expect(boxAround({ type: 'Point', coordinates: [lon + 1e-7, lat - 1e-7] })).toEqual(at);
  expect(at.every((degrees) => String(degrees).split('.')[1]!.length <= 5)).toBe(true);
});
