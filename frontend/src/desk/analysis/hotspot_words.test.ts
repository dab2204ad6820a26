import { beforeAll, expect, it, vi } from 'vitest';
import type { HotspotProperties } from '../../api/shapes';
import { openWords, setLanguage } from '../../words/words.svelte';
import { saidOf, sureOf } from './hotspot_words';

beforeAll(async () => {
  vi.stubGlobal('document', { documentElement: {} });
  await openWords('desk', import.meta.glob('../../words/{staff,desk}/*.json', { import: 'default' }), 'nl');
});

const place: HotspotProperties = {
  kind: 'unsafe', name: 'Kerkpad', people_unsafe: 18, people_safe: 2, people: 19, pins: 24, share_unsafe: 0.8, area_m2: 9000, centre: [4, 51],
  themes: [{ code: 'light', people: 13 }, { code: 'bond', people: 9 }, { code: 'path', people: 4 }], when: [{ code: 'dark', people: 14 }],
  verdict: 'signal', stability: 'robust', stays: 0.93, hangs_on_one: false, explanation: null, place: null,
};
const [done, refused, running] = (['done', 'refused', 'running'] as const).map((state) => ({ test: { state, percent: 40, by: null, alpha: 0.05, seed: null, shuffles: null } }));

it('says what people say in whole sentences', () => {
  expect(saidOf(place, 31)).toBe('18 van de 31 mensen voelen zich hier minder veilig. Ze noemen vooral licht, buurtgevoel en het donker.');
  expect(saidOf({ ...place, themes: [], when: [] }, 31)).toBe('18 van de 31 mensen voelen zich hier minder veilig.');
  expect(saidOf({ ...place, kind: 'contested', people_safe: 2, themes: [], when: [] }, 31)).toBe('Minder dan 3 mensen voelen zich hier veilig, 18 minder veilig.');
});

it('says how sure that is, and never takes a missing test for safe', () => {
  expect(sureOf(place, done!)).toBe('Duidelijk signaal. Zo veel mensen samen: dat is waarschijnlijk geen toeval. Blijft staan, ook met andere mensen.');
  expect(sureOf({ ...place, verdict: null, stability: null }, refused!)).toBe('Niet getoetst: te weinig mensen.');
  expect(sureOf({ ...place, verdict: null, stability: null }, running!)).toBe('Nog niet getoetst.');
  expect(sureOf({ ...place, kind: 'contested', explanation: { by: 'time', dark: 0.83, day: 0.2 } }, done!)).toBe('Verdeeld. Overdag veilig, in het donker niet. Blijft staan, ook met andere mensen.');
});

it('keeps the capitals of German nouns', async () => {
  await setLanguage('de');
  expect(saidOf(place, 31)).toContain('Genannt werden vor allem Licht, Nachbarschaft');
  await setLanguage('nl');
});
