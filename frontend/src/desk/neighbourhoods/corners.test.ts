import { expect, it } from 'vitest';
import { Corners, geometryOf, thinned } from './corners.svelte';

const square = { type: 'Polygon', coordinates: [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]] } as const;

it('draws, moves, deletes and goes back', () => {
  const corners = new Corners();
  corners.add([4, 51]);
  corners.add([4.1, 51]);
  expect(corners.boundary).toBeNull();
  corners.add([4.1, 51.1]);
  expect(corners.boundary).toEqual({ type: 'Polygon', coordinates: [[[4, 51], [4.1, 51], [4.1, 51.1], [4, 51]]] });
  corners.move(1, [4.2, 51]);
  corners.insert(1, [4.05, 50.9]);
  corners.remove(0);
  expect(corners.ring).toEqual([[4.05, 50.9], [4.2, 51], [4.1, 51.1]]);
  for (let n = 0; n < 3; n++) corners.undo();
  expect(corners.ring).toEqual([[4, 51], [4.1, 51], [4.1, 51.1]]);
});

it('a drag is one step back', () => {
  const corners = new Corners();
  corners.take(square);
  corners.hold();
  for (let n = 1; n < 9; n++) corners.drag(0, [-n, -n]);
  expect(corners.ring[0]).toEqual([-8, -8]);
  corners.undo();
  expect(corners.ring[0]).toEqual([0, 0]);
});

it('one ring from a file becomes corners, anything else stays whole', () => {
  const corners = new Corners();
  corners.take({ type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry: square }] });
  expect([corners.ring.length, corners.isWhole]).toEqual([4, false]);
  const hole = { type: 'Polygon', coordinates: [square.coordinates[0], [[0.2, 0.2], [0.2, 0.4], [0.4, 0.4], [0.2, 0.2]]] };
  corners.take(hole);
  expect([corners.isWhole, corners.boundary]).toEqual([true, hole]);
  corners.take({ type: 'Point', coordinates: [0, 0] });
  expect([corners.drawn, corners.boundary]).toEqual([null, { type: 'Point', coordinates: [0, 0] }]);
});

it('finds no polygon in what has none', () => {
  for (const value of [null, 7, 'text', [], {}, { type: 'Polygon', coordinates: [['a']] }, { type: 'FeatureCollection', features: [] }]) expect(geometryOf(value)).toBeNull();
});

it('thins a line to the corners that make its shape', () => {
  const side = (from: [number, number], to: [number, number]) => Array.from({ length: 50 }, (_, n) => [from[0] + ((to[0] - from[0]) * n) / 50, from[1] + ((to[1] - from[1]) * n) / 50] as const);
  const dense = [...side([0, 0], [1, 0]), ...side([1, 0], [1, 1]), ...side([1, 1], [0, 1]), ...side([0, 1], [0, 0])];
  expect(thinned(dense, 4)).toEqual([[0, 0], [1, 0], [1, 1], [0, 1]]);
  expect(thinned(dense.slice(0, 3), 1)).toHaveLength(3);
});
