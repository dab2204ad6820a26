/** How a sentence names a spot on the map: Dutch has another small word for a street, a path and a park. */

export type Where = 'street' | 'road' | 'path' | 'park' | 'near' | 'number';

const ENDS: readonly [Where, RegExp][] = [
  ['street', /(straat|laan|dreef|steeg|gang|gracht|wijk)$/],
  ['road', /(weg|baan|brug|markt|kaai|kade|vest|berg|dijk|singel|parking|rotonde|dries)$/],
  ['path', /(pad|plein|voetpad|fietspad|eiland|speelplein)$/],
  ['park', /(park|bos|station|plantsoen)$/],
];

/** Which words go before the name; without a name the hotspot goes by its number. */
export function whereOf(name: string | null): Where {
  if (!name) return 'number';
  const plain = name.toLowerCase();
  // A name with its own article, or of several words, keeps its own grammar.
  if (/\s/.test(plain)) return 'near';
  return ENDS.find(([, ending]) => ending.test(plain))?.[0] ?? 'near';
}
