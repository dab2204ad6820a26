import { expect, it } from 'vitest';
import { askTurn } from './turns';

it('two at once, in the order in which they asked; whoever leaves makes room', () => {
  const begun: number[] = [];
  const done = [1, 2, 3, 4, 5].map((one) => askTurn(() => begun.push(one)));
  expect(begun).toEqual([1, 2]);
  done[2]!();
  done[0]!();
  done[0]!();
  expect(begun).toEqual([1, 2, 4]);
  done[1]!();
  expect(begun).toEqual([1, 2, 4, 5]);
  done[3]!();
  done[4]!();
});
