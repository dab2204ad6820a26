import { expect, it } from 'vitest';
import { readView, writeView, type View } from './view';

it('goes to the address and back', () => {
  const views: View[] = [{ is: 'map', layer: 'people' }, { is: 'map', layer: 'hexes' }, { is: 'table' }, { is: 'compare', pair: null }, { is: 'compare', pair: 'round:1~a:2' }];
  for (const view of views) expect(readView(writeView(view))).toEqual(view);
  expect(readView('nowhere')).toEqual({ is: 'map', layer: 'people' });
});
