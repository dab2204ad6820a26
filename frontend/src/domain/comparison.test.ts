import { expect, it } from 'vitest';
import { pairId, pairQuery, pairsOf, sharedCard } from './comparison';

it('offers each round with the one after it', () => {
  expect(pairsOf([]).map(pairId)).toEqual(['gender', 'age', 'light']);
  expect(pairsOf(['2026-10', '2026-2', '2026-2', '2026-1']).map(pairId).slice(3)).toEqual(['round:2026-1:2026-2', 'round:2026-2:2026-10']);
});

it('asks both sides for the same but for what they choose themselves', () => {
  const [gender, , light, round] = pairsOf(['1', '2']);
  expect(pairQuery({ round: ['1'], when: ['dark'] }, gender!)).toBe('round=1&when=dark&a.gender=woman&b.gender=man');
  expect(pairQuery({ round: ['1'], when: ['dark'] }, light!)).toBe('round=1&a.when=afternoon&a.when=morning&b.when=dark&b.when=night');
  expect(pairQuery({ round: ['1'], gathering: ['x'], theme: ['light'] }, round!)).toBe('theme=light&a.round=1&b.round=2');
});

it('tells the days of both sides, and what was left out of either', () => {
  const [a, b]: { first_day: string | null; last_day: string | null; heard_pins: number }[] = [{ first_day: '2026-10-07', last_day: '2026-10-09', heard_pins: 1 }, { first_day: null, last_day: '2026-11-02', heard_pins: 3 }];
  expect(sharedCard(a!, b!)).toEqual({ first_day: '2026-10-07', last_day: '2026-11-02', heard_pins: 3 });
});
