import { expect, it } from 'vitest';
import type { Hotspots } from '../api/shapes';
import { circle, contains } from '../domain/boundary';
import type { LonLat } from '../domain/pin';
import { followed, quotesAt, viewOf } from './tour';

const spot = (kind: 'safe' | 'unsafe' | 'contested', centre: LonLat) => ({ type: 'Feature', geometry: circle(centre, 60), properties: { kind, centre } }) as unknown as Hotspots['features'][number];
const found = (...features: Hotspots['features']) => ({ type: 'FeatureCollection', features }) as unknown as Hotspots;
const [HERE, THERE]: LonLat[] = [[3.72, 51.05], [3.73, 51.05]] as const as unknown as LonLat[];
const quote = (words: string, feeling: 'safe' | 'unsafe' | 'mixed' = 'unsafe', at = HERE!) => ({ words, feeling, at });

it('stays at its hotspot when another one overtakes it', () => {
  const [before, now] = [found(spot('safe', HERE!), spot('unsafe', THERE!)), found(spot('unsafe', THERE!), spot('safe', HERE!))];
  expect(followed({ step: 'tour', place: 1 }, before, now)).toEqual({ step: 'tour', place: 2 });
  expect(followed({ step: 'tour', place: 2 }, before, found(spot('safe', HERE!)))).toEqual({ step: 'tour', place: 2 });
  expect(followed({ step: 'both', place: null }, before, now)).toEqual({ step: 'both', place: null });
});

it('quotes only what was said inside, about that side, and short enough to read', () => {
  const quotes = [quote('Daar', 'unsafe', THERE), quote('Gezellig', 'safe'), quote('Eén lamp'), quote('x'.repeat(141)), quote('Soms', 'mixed')];
  expect(quotesAt(spot('unsafe', HERE!), quotes).map(({ words }) => words)).toEqual(['Eén lamp', 'Soms']);
  expect(quotesAt(spot('contested', HERE!), quotes).map(({ words }) => words)).toEqual(['Gezellig', 'Eén lamp']);
});

it('flies to the hotspot with something around it', () => {
  const [west, south, east, north] = viewOf(spot('safe', HERE!));
  expect(contains({ type: 'Polygon', coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]] }, HERE!)).toBe(true);
  expect((north - south) * 111_320).toBeCloseTo(340, -1);
});
