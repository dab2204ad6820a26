import { beforeAll, expect, it, vi } from 'vitest';
import { openWords, preferred, setLanguage, t } from './words.svelte';

const page = { documentElement: { lang: '', dir: '' } };
beforeAll(async () => {
  vi.stubGlobal('document', page);
  await openWords('tablet', import.meta.glob('./tablet/*.json', { import: 'default' }), 'nl');
});

const counted = (counts: number[]) => counts.map((count) => t('shared.pins', { count }));

it('chooses the plural form that the language has for a number', async () => {
  expect(counted([0, 1, 2])).toEqual(['0 pins', '1 pin', '2 pins']);
  await setLanguage('pl');
  expect(counted([1, 3, 5, 22, 25])).toEqual(['1 pinezka', '3 pinezki', '5 pinezek', '22 pinezki', '25 pinezek']);
  await setLanguage('ro');
  expect(counted([1, 2, 19, 20, 101])).toEqual(['1 reper', '2 repere', '19 repere', '20 de repere', '101 repere']);
  await setLanguage('uk');
  expect(counted([1, 21, 4, 11])).toEqual(['1 позначка', '21 позначка', '4 позначки', '11 позначок']);
  await setLanguage('ar');
  expect(counted([0, 1, 2, 3, 11, 100])).toEqual(['لا علامات', 'علامة واحدة', 'علامتان', '3 علامات', '11 علامة', '100 علامة']);
});

it('Arabic runs from right to left, and a Latin name in it keeps its own direction', async () => {
  await setLanguage('ar');
  expect(page.documentElement).toMatchObject({ lang: 'ar', dir: 'rtl' });
  expect(t('tablet.map.place_outside', { place: 'Kerkpad', name: 'Sluiskwartier' })).toContain('\u2068Kerkpad\u2069');
  await setLanguage('nl');
  expect(page.documentElement).toMatchObject({ lang: 'nl', dir: 'ltr' });
  expect(t('tablet.map.place_outside', { place: 'Kerkpad', name: 'Wijk' })).toBe('Kerkpad ligt buiten Wijk.');
});

it('the first of the reader’s languages that the page speaks', () => {
  vi.stubGlobal('navigator', { languages: ['sw', 'uk-UA', 'nl'] });
  expect(preferred()).toBe('uk');
  expect(preferred(['fr', 'nl'])).toBe('nl');
  expect(preferred(['fr', 'ar'])).toBe('fr');
});
