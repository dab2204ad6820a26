import { expect, it } from 'vitest';
import { newSlip, readableSlip } from './slip';

it('makes codes of fifteen signs, each another', () => {
  const codes = Array.from({ length: 200 }, newSlip);
  expect(codes.every((code) => /^[ACDEFHJKMNPRTWXY3479]{15}$/.test(code))).toBe(true);
  expect(new Set(codes).size).toBe(200);
  expect(new Set(codes.join('')).size).toBe(20);
});

it('writes them in three groups', () => {
  expect(readableSlip('ACDEFHJKMNPRTWX')).toBe('ACDEF-HJKMN-PRTWX');
});
