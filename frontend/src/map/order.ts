/** Every layer of every map, from the bottom up. A layer that is not listed here cannot be drawn. */

/** What lies under the people's marks: ground, green, water, buildings, streets. */
const GROUND = [
  'ground', 'raster',
  'residential', 'works', 'farm', 'grass', 'wood', 'park', 'school', 'pitch', 'cemetery', 'square',
  'waterway', 'water', 'building',
  'track', 'path',
  'service-casing', 'minor-casing', 'tertiary-casing', 'secondary-casing', 'primary-casing', 'motorway-casing',
  'service', 'minor', 'tertiary', 'secondary', 'primary', 'motorway',
  'rail',
] as const;

/** What people said, under the names so that streets stay legible. */
const MARKS = [
  'mask',
  'surface', 'few',
  'hex', 'hex-hatch-unsafe', 'hex-hatch-safe', 'hex-edge', 'hex-signal',
  'hotspot-contested', 'hotspot-too-few', 'hotspot-hatch-unsafe', 'hotspot-hatch-safe',
  'difference',
  'place-fill', 'place-contested',
  'ring-fill', 'pin-area',
] as const;

const NAMES = ['waterway-name', 'street-name', 'street-name-main', 'place-name', 'locality-name'] as const;

/** What must never be covered. */
const ABOVE = [
  'edge-band', 'edge',
  'hotspot-casing', 'hotspot-line', 'hotspot-no-clear-signal', 'hotspot-too-few-line', 'hotspot-selected',
  'difference-casing', 'difference-line',
  'place-casing', 'place-line', 'place-lost',
  'ring-casing', 'ring',
  'pin-casing', 'pin-route', 'pin-edge',
  'route-casing', 'route', 'route-now', 'route-straight',
  'pins',
  'stops', 'stop-numbers', 'own-place',
  'drawing-casing', 'drawing', 'drawing-corner',
] as const;

export const ORDER = [...GROUND, ...MARKS, ...NAMES, ...ABOVE] as const;
export const NAME_LAYERS = NAMES;

export type LayerId = (typeof ORDER)[number];

/** Its place in the order; throws for a layer that has none. */
export function rank(id: string): number {
  const at = (ORDER as readonly string[]).indexOf(id);
  if (at < 0) throw new Error(`layer ${id} is not in the order of the map`);
  return at;
}

/**
 * The layer on the map to put a new one under. `present` is bottom to top and may hold layers of somebody else's style:
 * those count as ground, except that what is meant to lie under names goes under their first name layer.
 */
export function layerAbove(id: string, present: readonly { id: string; names: boolean }[]): string | undefined {
  const own = rank(id);
  const ours = (other: string) => (ORDER as readonly string[]).includes(other);
  const above = present.find((layer) => ours(layer.id) && rank(layer.id) > own);
  const underNames = own < rank(NAMES[0]);
  const foreignName = underNames ? present.find((layer) => layer.names && !ours(layer.id)) : undefined;
  if (!foreignName) return above?.id;
  if (!above) return foreignName.id;
  return present.findIndex((layer) => layer.id === above.id) < present.findIndex((layer) => layer.id === foreignName.id) ? above.id : foreignName.id;
}
