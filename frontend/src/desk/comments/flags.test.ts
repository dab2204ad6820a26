import { expect, it } from 'vitest';
import { flagsIn, pieces } from './flags';

const kinds = (text: string) => flagsIn(text).map((flag) => flag.kind);
const marked = (text: string) => pieces(text).filter((piece) => piece.kind).map((piece) => piece.text);

it('marks what points at a house or a person', () => {
  expect(marked('De gasten van nummer 14 hangen hier.')).toEqual(['nummer 14']);
  expect(marked('Achter Kerkstraat 12b is het donker')).toEqual(['Kerkstraat 12b']);
  expect(marked('Devant la rue du Moulin 4, il fait noir')).toEqual(['rue du Moulin 4']);
  expect(marked('Bel 0478 12 34 56 of mail jan@voorbeeld.be.')).toEqual(['0478 12 34 56', 'jan@voorbeeld.be']);
  expect(marked('Mevrouw Janssens van de bakker zegt het')).toEqual(['Mevrouw Janssens']);
  expect(marked('Jan Vermeulen staat hier te roepen')).toEqual(['Jan Vermeulen']);
  expect(marked('Ik zag Piet van der Meer daar')).toEqual(['Piet van der Meer']);
});

it('leaves plain words alone', () => {
  for (const text of [
    'Bij daglicht mooi. In het donker loop ik om.',
    'Sinds 2019 is het beter, na 22 uur niet.',
    'Op 17 november 2026 was er markt.',
    'De Kerkstraat is breed genoeg.',
    'Het Pastorijpark is fijn.',
    'Altijd iemand met een hond. Dat stelt gerust.',
    'Je ziet 3 lampen van de 12.',
  ])
    expect(kinds(text), text).toEqual([]);
});

it('keeps every letter', () => {
  const text = 'Mail a@b.be of bel +32 478 12 34 56, nr. 7';
  expect(pieces(text).map((piece) => piece.text).join('')).toBe(text);
});
