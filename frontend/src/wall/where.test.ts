import { expect, it } from 'vitest';
import { whereOf } from './where';

it.each([
  ['Kerkpad', 'path'], ['Kerkstraat', 'street'], ['Oostmalsesteenweg', 'road'], ['Pastorijpark', 'park'], ['Dorpsplein', 'path'],
  ['De Vrede', 'near'], ['Rue du Parc', 'near'], ['Beulk', 'near'], [null, 'number'], ['', 'number'],
] as const)('%s goes with %s', (name, where) => expect(whereOf(name)).toBe(where));
