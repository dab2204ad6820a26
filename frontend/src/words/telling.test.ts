import { beforeAll, expect, it, vi } from 'vitest';
import { explanationSentence, stabilitySentences, tierSentence, verdictSentence } from './telling';
import { openWords, setLanguage } from './words.svelte';

beforeAll(async () => {
  vi.stubGlobal('document', { documentElement: {} });
  await openWords('wall', import.meta.glob('./{staff,wall}/*.json', { import: 'default' }), 'nl');
});

it('a contested place says what explains it', () => {
  expect(explanationSentence({ by: 'time', dark: 0.83, day: 0.2 })).toBe('Overdag veilig, in het donker niet.');
  expect(explanationSentence({ by: 'time', dark: 0.95, day: 0.5 })).toBe('In het donker minder veilig dan overdag.');
  expect(explanationSentence({ by: 'time', dark: 0.1, day: 0.8 })).toBe('In het donker veilig, overdag niet.');
  expect(explanationSentence({ by: 'group', of: 'gender', more: 'woman', less: 'man', more_share: 0.8, less_share: 0.3 })).toBe('Minder veilig voor vrouwen, veiliger voor mannen.');
  expect(explanationSentence({ by: 'theme', safe: 'people', unsafe: 'light' })).toBe('Veilig door mensen in de buurt, minder veilig door licht.');
  expect(explanationSentence({ by: 'mixed', people: 4 })).toBe('4 mensen voelen hier allebei: het hangt ervan af.');
  expect(explanationSentence({ by: 'open' })).toBe('Niets van wat we vroegen, legt dit uit.');
});

it('a group that the page does not know yet is another group', () => {
  expect(explanationSentence({ by: 'group', of: 'role', more: 'angler', less: 'resident', more_share: 0.8, less_share: 0.3 })).toBe('Minder veilig voor een andere groep, veiliger voor bewoners.');
});

it('no clear signal never becomes safe, and a contested place has no verdict', () => {
  expect(verdictSentence({ kind: 'unsafe', verdict: 'no_clear_signal' })).toBe('Dit kan toeval zijn. Dat wil niet zeggen dat het niet klopt.');
  expect(verdictSentence({ kind: 'contested', verdict: 'no_clear_signal' })).toBe('');
  expect(verdictSentence({ kind: 'safe', verdict: null })).toBe('');
});

it('says how firm a place stands, and when one person carries it', () => {
  expect(stabilitySentences({ stability: 'robust', hangs_on_one: false })).toEqual(['Blijft staan, ook met andere mensen.']);
  expect(stabilitySentences({ stability: 'fragile', hangs_on_one: true })).toEqual(['Wankel: met andere mensen kan deze plek verdwijnen.', 'Hangt af van één persoon.']);
  expect(stabilitySentences({ stability: null, hangs_on_one: null })).toEqual([]);
});

it('nouns keep their capital in German', async () => {
  await setLanguage('de');
  expect(explanationSentence({ by: 'theme', safe: 'people', unsafe: 'light' })).toContain('weniger sicher durch Licht');
  expect(tierSentence({ tier: 'small', people: 20 })).toContain('Kleine Gruppe');
  await setLanguage('nl');
});
