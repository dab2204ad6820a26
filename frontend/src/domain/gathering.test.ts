import { expect, it } from 'vitest';
import { asksMore, asksWho, readableCode, shuffled, tidyCode } from './gathering';
import { THEMES } from './pin';

it('asks who in a fixed order, whatever the order of the questions', () => {
  expect(asksWho(['role', 'when', 'age'])).toEqual(['age', 'role']);
  expect(asksMore(['age', 'gender'])).toBe(false);
  expect(asksMore(['age', 'comment'])).toBe(true);
});

it('reads a code however it is typed', () => {
  expect(tidyCode(' brem-42 ')).toBe('BREM42');
  expect(readableCode('BREM42')).toBe('BRE M42');
});

it('shuffles the same way for one gathering, another way for the next, and leaves the last one last', () => {
  const once = shuffled(THEMES, 'gathering-1', 'other');
  expect(shuffled(THEMES, 'gathering-1', 'other')).toEqual(once);
  expect(shuffled(THEMES, 'gathering-2', 'other')).not.toEqual(once);
  expect(once.at(-1)).toBe('other');
  expect([...once].sort()).toEqual([...THEMES].sort());
});

it('brings every theme to every place about equally often', () => {
  const first = new Map<string, number>();
  for (let n = 0; n < 3000; n++) {
    const theme = shuffled(THEMES, `g${n}`, 'other')[0]!;
    first.set(theme, (first.get(theme) ?? 0) + 1);
  }
  expect(first.size).toBe(15);
  expect(Math.min(...first.values())).toBeGreaterThan(120);
});
