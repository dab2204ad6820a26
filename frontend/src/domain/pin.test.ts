import { expect, it } from 'vitest';
import { newPin, nextRadius, precision, slots, toFeature, toggled, toggledWhen } from './pin';

const pin = newPin({ id: 'p', participant: 'a', at: [4.78512345678, 51.26612345678], feeling: 'unsafe', lang: 'nl' });

it('a new pin says nothing but its feeling', () => {
  expect(pin).toMatchObject({ when: [], themes: [], effect: null, comment: null, basis: 'own', radius_m: 50, intensity: null });
});

it('becomes a feature without its id, with a tidy comment', () => {
  const feature = toFeature({ ...pin, comment: '  donker \n' });
  expect(feature.geometry.coordinates).toEqual([4.785123, 51.266123]);
  expect(feature.properties.comment).toBe('donker');
  expect(feature.properties).not.toHaveProperty('id');
  expect(toFeature({ ...pin, comment: '   ' }).properties.comment).toBeNull();
});

it('takes at most three themes', () => {
  expect(toggled(['light', 'sight', 'people'], 'noise', 3)).toEqual(['light', 'sight', 'people']);
  expect(toggled(['light', 'sight', 'people'], 'sight', 3)).toEqual(['light', 'people']);
});

it('always stands alone', () => {
  expect(toggledWhen(['evening', 'dark'], 'always')).toEqual(['always']);
  expect(toggledWhen(['always'], 'night')).toEqual(['night']);
});

it('the ring steps through its sizes and stops at the ends', () => {
  expect(nextRadius(50, 1)).toBe(100);
  expect(nextRadius(25, -1)).toBe(25);
  expect(nextRadius(200, 1)).toBe(200);
});

it('draws the budget half safe, half unsafe, and keeps the sides even', () => {
  expect(slots(6, [])).toEqual({ used: { safe: 0, unsafe: 0, mixed: 0 }, open: { safe: 3, unsafe: 3 }, left: 6 });
  expect(slots(6, [{ feeling: 'safe' }, { feeling: 'safe' }, { feeling: 'unsafe' }])).toMatchObject({ open: { safe: 1, unsafe: 2 }, left: 3 });
  expect(slots(5, [{ feeling: 'mixed' }])).toMatchObject({ open: { safe: 2, unsafe: 2 }, left: 4 });
  expect(slots(2, [{ feeling: 'safe' }, { feeling: 'safe' }, { feeling: 'safe' }])).toMatchObject({ open: { safe: 0, unsafe: 0 }, left: 0 });
});

it('knows how exactly the finger pointed', () => {
  expect(precision(16, 51.2)).toBeCloseTo(18, 0);
  expect(precision(20, 51.2)).toBe(10);
});
