import { expect, it } from 'vitest';
import { moved, readPoint, writePoint } from './stops';

it('a stop moves to another place of the order', () => {
  expect(moved(['a', 'b', 'c', 'd'], 0, 2)).toEqual(['b', 'c', 'a', 'd']);
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
  expect(moved(['a', 'b'], 0, 9)).toEqual(['b', 'a']);
  expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
});

it('a point is typed as maps on the web tell it', () => {
  expect(readPoint('51.0512, 3.7154')).toEqual([3.7154, 51.0512]);
  expect(readPoint(' 51,0512 3,7154 ')).toEqual([3.7154, 51.0512]);
  expect(readPoint('51,0512; 3,7154')).toEqual([3.7154, 51.0512]);
  expect(readPoint(writePoint([3.71, 51.06]))).toEqual([3.71, 51.06]);
  for (const none of ['', '51', '95, 3', 'Kerkstraat 5', '51 3 4']) expect(readPoint(none)).toBeNull();
});
