import { expect, it } from 'vitest';
import { findNames, isLandmark } from './names';

const named = (name: string, kind = 'street') => ({ name, kind, lon: 0, lat: 0 });
const NAMES = [named('Oude Kerkstraat'), named('Sint-Jacobskerk', 'church'), named('Kerkstraat'), named('Kerk', 'church'), named('Élisabethlaan'), named('Brugse Poort', 'suburb')];
const found = (typed: string) => findNames(NAMES, typed, 9).map(({ name }) => name);

it('finds the best name first: whole, from its beginning, from a word, from within', () => {
  expect(found('kerk')).toEqual(['Kerk', 'Kerkstraat', 'Oude Kerkstraat', 'Sint-Jacobskerk']);
  expect(found('oude ker')).toEqual(['Oude Kerkstraat']);
});

it('overlooks capitals, accents and signs', () => {
  expect(found('elisabeth')).toEqual(['Élisabethlaan']);
  expect(found('sint jac')).toEqual(['Sint-Jacobskerk']);
  expect(found(' - ')).toEqual([]);
});

it('a street or a part of town is no point of orientation', () => {
  expect(NAMES.filter(isLandmark).map(({ name }) => name)).toEqual(['Sint-Jacobskerk', 'Kerk']);
});
