import { expect, it } from 'vitest';
import { featureOf } from './first';

it('reads a feature from its line, and nothing else', () => {
  expect(featureOf('{"type":"Feature","properties":{"feeling":"safe"}},')).toMatchObject({ properties: { feeling: 'safe' } });
  expect(featureOf('{"type":"FeatureCollection","notice":"…","features":[')).toBeUndefined();
  expect(featureOf(']}')).toBeUndefined();
  expect(featureOf('{"type":"Feature","prop')).toBeUndefined();
});
