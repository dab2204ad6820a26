import { expect, it } from 'vitest';
import { NO_CAPTION } from './attachment';
import { anythingSeen, asTold, felt, nothingSeen, NOBODY_FELT, peopleIn, SAID } from './observation';

it('feelings count people, never under nobody and never more than stand around a phone', () => {
  const two = felt(felt(NOBODY_FELT, 2), 5);
  expect(two).toEqual([0, 1, 0, 0, 1]);
  expect(felt(two, 2, -1)).toEqual([0, 0, 0, 0, 1]);
  expect(felt(NOBODY_FELT, 1, -1)).toEqual(NOBODY_FELT);
  let crowd = NOBODY_FELT;
  for (let n = 0; n < 100; n++) crowd = felt(crowd, 3);
  expect(peopleIn(crowd)).toBe(60);
});

it('nothing is seen until somebody notes something', () => {
  expect(anythingSeen(nothingSeen())).toBe(false);
  expect(anythingSeen({ ...nothingSeen(), keep: '  ', caption: { ...NO_CAPTION, act: ' ' } })).toBe(false);
  for (const change of [{ keep: 'De bank' }, { fits: 'nuances' as const }, { quick_win: true }, { people_there: 0 }, { caption: { ...NO_CAPTION, see: 'Een muur' } }, { feelings: felt(NOBODY_FELT, 1) }]) expect(anythingSeen({ ...nothingSeen(), ...change })).toBe(true);
  const look = nothingSeen();
  look.scores.light = 0;
  expect(anythingSeen(look)).toBe(true);
});

it('what is safe is asked before what is not', () => {
  expect(SAID.indexOf('what_safe')).toBeLessThan(SAID.indexOf('what_unsafe'));
  expect(SAID.indexOf('keep')).toBeLessThan(SAID.indexOf('change'));
});

it('words leave trimmed, empty ones as nothing', () => {
  const told = asTold('s', { ...nothingSeen(), what_safe: ' Licht ', change: '   ', keep: 'x'.repeat(600) });
  expect(asTold('s', { ...nothingSeen(), caption: { ...NO_CAPTION, why: ' Niemand kijkt ', see: '' } }).caption).toEqual({ ...NO_CAPTION, why: 'Niemand kijkt' });
  expect(told.caption).toBeNull();
  expect([told.stop, told.what_safe, told.change, told.keep?.length]).toEqual(['s', 'Licht', null, 500]);
});
