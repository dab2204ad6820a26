import { expect, it } from 'vitest';
import { readSpot, writeSpot } from './address.svelte';

it('goes to an address and back', () => {
  const hash = '#/sluiskwartier/map?round=2026-1&when=dark&view=points';
  const spot = readSpot(hash);
  expect(spot).toEqual({ slug: 'sluiskwartier', room: 'map', thing: null, selection: { round: ['2026-1'], when: ['dark'] }, view: 'points' });
  expect(writeSpot(spot)).toBe(hash);
  expect(writeSpot(readSpot('#/a/gatherings/42'))).toBe('#/a/gatherings/42');
  expect(writeSpot(readSpot('#/-/new'))).toBe('#/-/new');
});

it('an address that nobody wrote is the start', () => {
  for (const hash of ['', '#', '#/', '#/%E0%A4%A/nowhere']) expect(readSpot(hash)).toMatchObject({ slug: null, room: 'map' });
});
