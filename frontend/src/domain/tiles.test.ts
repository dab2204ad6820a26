import { expect, it } from 'vitest';
import { tilesOver } from './tiles';

it('finds the tiles over a box, known ones included', () => {
  // Ghent: tile 10/522/342 by the usual formula.
  expect(tilesOver([3.72, 51.05, 3.73, 51.06], 10, 10, 9)).toEqual([{ z: 10, x: 522, y: 342 }]);
  const tiles = tilesOver([4.7788, 51.2576, 4.7995, 51.2712], 12, 15, 600);
  expect(tiles.length).toBeLessThan(40);
  expect(new Set(tiles.map(({ z }) => z))).toEqual(new Set([12, 13, 14, 15]));
});

it('stops before it asks for too many', () => {
  expect(tilesOver([3, 50, 5, 52], 8, 16, 50).length).toBeLessThanOrEqual(50);
});
