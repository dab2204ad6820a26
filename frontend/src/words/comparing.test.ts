import { beforeAll, expect, it, vi } from 'vitest';
import type { Comparison } from '../api/shapes';
import { pairsOf } from '../domain/comparison';
import { areaSentences, comparisonHeadline, noteSentences, pairWords, sideWords } from './comparing';
import { openWords } from './words.svelte';

beforeAll(async () => {
  vi.stubGlobal('document', { documentElement: {} });
  await openWords('wall', import.meta.glob('./{staff,wall}/*.json', { import: 'default' }), 'nl');
});

const [gender, , , round] = pairsOf(['1', '2']);
const found = (verdict: Comparison['test']['verdict'], names: (string | null)[] = [], notes: string[] = []) =>
  ({ test: { verdict }, notes, areas: { features: names.map((name, n) => ({ properties: { name, more_unsafe: n % 2 ? 'b' : 'a' } })) } }) as unknown as Comparison;

it('names what is compared, and each side', () => {
  expect([pairWords(gender!), sideWords(gender!, 'b')]).toEqual(['Vrouwen en mannen', 'Mannen']);
  expect([pairWords(round!), sideWords(round!, 'a')]).toEqual(['Ronde 1 en 2', 'Ronde 1']);
});

it('tells each clear difference and its direction', () => {
  const answer = found('difference', ['Kerkpad', null]);
  expect(comparisonHeadline(answer)).toBe('Op 2 plekken is het verschil duidelijk.');
  expect(areaSentences(answer, gender!)).toEqual(['Kerkpad: minder veilig voor vrouwen dan voor mannen.', 'Plek 2: minder veilig voor mannen dan voor vrouwen.']);
  expect(areaSentences(found('difference', ['Hof']), round!)).toEqual(['Hof: minder veilig in ronde 1 dan in ronde 2.']);
});

it('never claims that there is no difference', () => {
  expect(comparisonHeadline(found('no_clear_difference'))).toBe('We zien geen duidelijk verschil.');
  expect(comparisonHeadline(found(null))).toBe('Twee kaarten naast elkaar, om over te praten.');
  expect(noteSentences(found(null, [], ['absence_proves_nothing', 'regression_to_the_mean', 'from_the_future']))).toEqual([
    'Plekken die eerst opvielen, worden de volgende keer vanzelf gewoner. Kijk naar alle plekken.',
    'Geen duidelijk verschil betekent niet: er is geen verschil.',
  ]);
});
