import { expect, it } from 'vitest';
import { marksOf, shareOf } from './data_walk';

it('a band is one mark, two or three; too few to tell is none', () => {
  expect([marksOf(null), marksOf('few'), marksOf('some'), marksOf('many')]).toEqual([0, 1, 2, 3]);
});

it('bars are shares of the longest; too few to tell has none', () => {
  expect([shareOf(6, [6, 12, null]), shareOf(12, [6, 12]), shareOf(null, [6]), shareOf(0, [])]).toEqual([0.5, 1, 0, 0]);
});
