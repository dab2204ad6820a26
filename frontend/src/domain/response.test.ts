import { expect, it } from 'vitest';
import { asRead, missingIn, newResponse, readersOf } from './response';

const blank = () => newResponse('r', 's');

it('needs a stance, and what is added must be said', () => {
  expect(missingIn(blank())).toBe('stance');
  expect(missingIn({ ...blank(), stance: 'confirms' })).toBeNull();
  expect(missingIn({ ...blank(), stance: 'adds' })).toBe('interpretation');
  for (const change of [{ interpretation: 'Ook op zondag.' }, { new_place: 'Het bankje' }, { stickers: [0, 2] }]) expect(missingIn({ ...blank(), stance: 'adds' as const, ...change })).toBeNull();
});

it('leaves as the server takes it: either a place of the list or a new one, stickers by prompt', () => {
  const told = asRead({ ...blank(), stance: 'nuances', interpretation: ' Alleen op marktdagen. ', new_place: ' Bankje ', stickers: [3, 0, 900], group_size: 900 });
  expect(told).toEqual({ station: 's', stance: 'nuances', interpretation: 'Alleen op marktdagen.', place: null, new_place: 'Bankje', theme: null, group_size: 60, stickers: { 0: 3, 2: 500 } });
  expect(asRead({ ...blank(), place: 'p', new_place: 'Bankje' })).toMatchObject({ place: 'p', new_place: null, stickers: null });
  expect(asRead({ ...blank(), group_size: Number.NaN }).group_size).toBe(1);
});

it('people are the sum of the groups', () => {
  expect(readersOf([{ group_size: 7 }, { group_size: 4 }])).toBe(11);
});
