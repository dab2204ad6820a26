import { expect, it } from 'vitest';
import type { Hotspots } from '../../api/shapes';
import { ordered } from './order';

const NAMES = ['Plein', 'Park', 'Hof', 'Dijk'];
const features = [
  { kind: 'contested', verdict: 'no_clear_signal', people_unsafe: 10, people_safe: 11 },
  { kind: 'safe', verdict: 'no_clear_signal', people_unsafe: 1, people_safe: 17 },
  { kind: 'unsafe', verdict: 'signal', people_unsafe: 12, people_safe: 2 },
  { kind: 'unsafe', verdict: 'too_few_people', people_unsafe: 6, people_safe: 0 },
].map((properties) => ({ properties })) as unknown as Hotspots['features'];
const order = (how: Parameters<typeof ordered>[1]) => ordered({ features }, how, (index) => NAMES[index]!);

it('orders the list, and the numbers stay those of the map', () => {
  expect(order('people')).toEqual([0, 1, 2, 3]);
  expect(order('verdict')).toEqual([2, 1, 3, 0]);
  expect(order('unsafe')).toEqual([2, 0, 3, 1]);
  expect(order('safe')).toEqual([1, 0, 2, 3]);
  expect(order('name')).toEqual([3, 2, 1, 0]);
});
