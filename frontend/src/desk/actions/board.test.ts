import { expect, it } from 'vitest';
import { cardAt } from './board';

const columns = [['a', 'b', 'c'], [], ['d'], ['e', 'f']];

it('leads up and down within a column', () => {
  expect(cardAt(columns, 'a', 'ArrowDown')).toBe('b');
  expect(cardAt(columns, 'a', 'ArrowUp')).toBeUndefined();
  expect(cardAt(columns, 'c', 'ArrowDown')).toBeUndefined();
  expect(cardAt(columns, 'c', 'ArrowUp')).toBe('b');
});

it('leads over empty columns to the next card', () => {
  expect(cardAt(columns, 'c', 'ArrowRight')).toBe('d');
  expect(cardAt(columns, 'd', 'ArrowLeft')).toBe('a');
  expect(cardAt(columns, 'f', 'ArrowRight')).toBeUndefined();
  expect(cardAt(columns, 'x', 'ArrowRight')).toBeUndefined();
  expect(cardAt(columns, 'a', 'Enter')).toBeUndefined();
});
