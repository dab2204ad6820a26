import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { flagsIn, piecesOf } from './wording';

/** The server's test reads the same file. */
const sentences = readFileSync(join(import.meta.dirname, '../../../src/pins/wording.tsv'), 'utf8').trim().split('\n').map((line) => line.split('\t') as [string, string]);

it('flags each sentence as the server does', () => {
  expect(sentences.length).toBeGreaterThan(300);
  const wrong = sentences.map(([wanted, text]) => ({ text, wanted, found: flagsIn(text).join() })).filter(({ wanted, found }) => wanted !== found);
  expect(wrong).toEqual([]);
});

it('marks what it points at, and keeps every letter', () => {
  const marked = (text: string) => piecesOf(text).filter(({ flag }) => flag).map((piece) => piece.text);
  expect(marked('De gasten van nummer 14 hangen hier.')).toEqual(['nummer 14']);
  expect(marked('Ik zag Piet van der Meer daar')).toEqual(['Piet van der Meer']);
  const text = 'Mail a@b.be of bel +32 478 12 34 56, nr. 7';
  expect(marked(text)).toEqual(['a@b.be', '+32 478 12 34 56', 'nr. 7']);
  expect(piecesOf(text).map((piece) => piece.text).join('')).toBe(text);
});
