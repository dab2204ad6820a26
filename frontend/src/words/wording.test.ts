import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { flagsIn } from './wording';

/** The server's test reads the same file. */
const sentences = readFileSync(join(import.meta.dirname, '../../../src/pins/wording.tsv'), 'utf8').trim().split('\n').map((line) => line.split('\t') as [string, string]);

it('flags each sentence as the server does', () => {
  expect(sentences.length).toBeGreaterThan(300);
  const wrong = sentences.map(([wanted, text]) => ({ text, wanted, found: flagsIn(text).join() })).filter(({ wanted, found }) => wanted !== found);
  expect(wrong).toEqual([]);
});
