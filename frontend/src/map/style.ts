/** Our look of the basemap: one table of layers for three tile schemas, on paper, at night and for the projector. */

import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { ArchiveBasemap, Basemap, Schema } from '../api/shapes';
import { rank, type LayerId } from './order';
import { PALETTES, type MapTheme, type Palette } from './palettes';

export type FontFaces = Record<'regular' | 'italic' | 'medium' | 'bold', { url: string; range: string[] }[]>;

export interface Look {
  theme: MapTheme;
  /** How much larger than usual names are: 1.5 on the wall. */
  names: number;
  /** The address before paths such as /basemap/…. */
  origin: string;
  fonts: FontFaces;
}

type Filter = ExpressionSpecification;
type Where = readonly [layer: string, filter?: Filter];

interface Row {
  id: LayerId;
  from: { [schema in Schema]?: Where };
  draw: (palette: Palette, look: Look) => Partial<LayerSpecification> & { type: 'fill' | 'line' | 'symbol' };
}

const one = (attribute: string, ...words: string[]): Filter => ['match', ['get', attribute], words, true, false];
const cls = (...words: string[]) => one('class', ...words);
const kind = (...words: string[]) => one('kind', ...words);
const all = (...filters: Filter[]): Filter => ['all', ...filters];
const not = (filter: Filter): Filter => ['!', filter];
const grow = (...stops: number[]): ExpressionSpecification => ['interpolate', ['exponential', 1.5], ['zoom'], ...stops];
const even = (...stops: number[]): ExpressionSpecification => ['interpolate', ['linear'], ['zoom'], ...stops];

/** The local name, as it stands on the sign. */
const NAME: ExpressionSpecification = ['coalesce', ['get', 'name'], ['get', 'name:latin']];
const GREEN_FOR_ALL = ['park', 'village_green', 'recreation_ground', 'garden'];

/** Streets by weight: which words of each schema, and their width in pixels by zoom. */
const STREETS: readonly { id: 'service' | 'minor' | 'tertiary' | 'secondary' | 'primary' | 'motorway'; own: string[]; openmaptiles: string[]; shortbread: string[]; width: number[]; main: boolean }[] = [
  { id: 'service', own: ['service'], openmaptiles: ['service'], shortbread: ['service'], width: [13, 0.3, 15, 2.4, 18, 12], main: false },
  { id: 'minor', own: ['minor', 'pedestrian'], openmaptiles: ['minor', 'busway'], shortbread: ['unclassified', 'residential', 'living_street', 'pedestrian', 'busway'], width: [12, 0.4, 15, 5, 18, 22], main: false },
  { id: 'tertiary', own: ['tertiary'], openmaptiles: ['tertiary'], shortbread: ['tertiary'], width: [11, 0.8, 15, 7, 18, 28], main: true },
  { id: 'secondary', own: ['secondary'], openmaptiles: ['secondary'], shortbread: ['secondary'], width: [10, 1, 15, 9, 18, 34], main: true },
  { id: 'primary', own: ['primary'], openmaptiles: ['primary', 'trunk'], shortbread: ['primary', 'trunk'], width: [8, 1, 15, 11, 18, 40], main: true },
  { id: 'motorway', own: ['motorway'], openmaptiles: ['motorway'], shortbread: ['motorway'], width: [6, 1, 15, 13, 18, 46], main: true },
];
const wider = (stops: number[], by: number) => stops.map((value, n) => (n % 2 ? value + by : value));

const fill = (id: LayerId, colour: keyof Palette, from: Row['from'], opacity = 1): Row => ({
  id,
  from,
  draw: (palette) => ({ type: 'fill', paint: { 'fill-color': palette[colour], 'fill-opacity': opacity } }),
});

const TABLE: readonly Row[] = [
  fill('residential', 'residential', {
    buurtsignaal: ['landuse', cls('residential')],
    openmaptiles: ['landuse', cls('residential', 'suburb', 'neighbourhood')],
    shortbread: ['land', kind('residential', 'garages')],
  }),
  fill('works', 'works', {
    buurtsignaal: ['landuse', cls('industrial', 'commercial', 'parking')],
    openmaptiles: ['landuse', cls('industrial', 'commercial', 'retail')],
    shortbread: ['land', kind('industrial', 'commercial', 'retail', 'railway')],
  }),
  fill('farm', 'farm', {
    buurtsignaal: ['landuse', cls('farm')],
    openmaptiles: ['landcover', cls('farmland')],
    shortbread: ['land', kind('farmland', 'farmyard', 'orchard', 'vineyard', 'plant_nursery')],
  }),
  fill('grass', 'grass', {
    buurtsignaal: ['landuse', cls('grass')],
    openmaptiles: ['landcover', all(cls('grass'), not(one('subclass', ...GREEN_FOR_ALL)))],
    shortbread: ['land', kind('grass', 'meadow', 'grassland', 'heath', 'scrub', 'allotments')],
  }, 0.8),
  fill('wood', 'wood', {
    buurtsignaal: ['landuse', cls('wood')],
    openmaptiles: ['landcover', cls('wood')],
    shortbread: ['land', kind('forest', 'wood')],
  }),
  fill('park', 'park', {
    buurtsignaal: ['landuse', cls('park')],
    openmaptiles: ['landcover', all(cls('grass'), one('subclass', ...GREEN_FOR_ALL))],
    shortbread: ['land', kind(...GREEN_FOR_ALL)],
  }),
  fill('school', 'school', {
    buurtsignaal: ['landuse', cls('school', 'hospital')],
    openmaptiles: ['landuse', cls('school', 'university', 'college', 'hospital', 'kindergarten')],
    shortbread: ['sites', kind('school', 'university', 'college', 'hospital')],
  }),
  fill('pitch', 'pitch', {
    buurtsignaal: ['landuse', cls('pitch', 'playground')],
    openmaptiles: ['landuse', cls('pitch', 'playground', 'stadium')],
    shortbread: ['land', kind('playground', 'pitch', 'playing_fields', 'golf_course', 'miniature_golf')],
  }),
  fill('cemetery', 'cemetery', {
    buurtsignaal: ['landuse', cls('cemetery')],
    openmaptiles: ['landuse', cls('cemetery')],
    shortbread: ['land', kind('cemetery', 'grave_yard')],
  }),
  fill('square', 'road', {
    buurtsignaal: ['landuse', cls('square')],
    openmaptiles: ['transportation', all(['==', ['geometry-type'], 'Polygon'], cls('path', 'minor'))],
    shortbread: ['street_polygons'],
  }, 0.85),
  {
    id: 'waterway',
    from: {
      buurtsignaal: ['water', ['==', ['geometry-type'], 'LineString']],
      openmaptiles: ['waterway'],
      shortbread: ['water_lines'],
    },
    draw: (palette) => ({ type: 'line', layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': palette.waterLine, 'line-width': grow(12, 0.6, 15, 1.8, 18, 5) } }),
  },
  {
    id: 'water',
    from: {
      buurtsignaal: ['water', ['==', ['geometry-type'], 'Polygon']],
      openmaptiles: ['water'],
      shortbread: ['water_polygons'],
    },
    draw: (palette) => ({ type: 'fill', paint: { 'fill-color': palette.water, 'fill-outline-color': palette.waterLine } }),
  },
  {
    id: 'building',
    from: { buurtsignaal: ['building'], openmaptiles: ['building'], shortbread: ['buildings'] },
    draw: (palette) => ({ type: 'fill', minzoom: 13, paint: { 'fill-color': palette.building, 'fill-opacity': even(13, 0, 14.5, 1), 'fill-outline-color': palette.buildingLine } }),
  },
  {
    id: 'track',
    from: { buurtsignaal: ['street', cls('track')], openmaptiles: ['transportation', cls('track')], shortbread: ['streets', kind('track')] },
    draw: (palette) => ({ type: 'line', minzoom: 13, layout: { 'line-join': 'round' }, paint: { 'line-color': palette.path, 'line-width': grow(13, 0.5, 15, 1, 18, 2.4), 'line-dasharray': [5, 2.5], 'line-opacity': 0.8 } }),
  },
  {
    id: 'path',
    from: {
      buurtsignaal: ['street', cls('path', 'steps')],
      openmaptiles: ['transportation', all(['==', ['geometry-type'], 'LineString'], cls('path'))],
      shortbread: ['streets', kind('path', 'footway', 'cycleway', 'steps', 'bridleway')],
    },
    draw: (palette) => ({ type: 'line', minzoom: 13.5, layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': palette.path, 'line-width': grow(13, 0.6, 15, 1.2, 18, 3), 'line-dasharray': [1.2, 2] } }),
  },
  ...STREETS.map(({ id, own, openmaptiles, shortbread, width, main }): Row => ({
    id: `${id}-casing`,
    from: { buurtsignaal: ['street', cls(...own)], openmaptiles: ['transportation', all(['==', ['geometry-type'], 'LineString'], cls(...openmaptiles))], shortbread: ['streets', kind(...shortbread)] },
    draw: (palette) => ({ type: 'line', minzoom: id === 'service' ? 14 : 11, layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': main ? palette.casingMain : palette.casing, 'line-width': grow(...wider(width, 1.6)) } }),
  })),
  ...STREETS.map(({ id, own, openmaptiles, shortbread, width, main }): Row => ({
    id,
    from: { buurtsignaal: ['street', cls(...own)], openmaptiles: ['transportation', all(['==', ['geometry-type'], 'LineString'], cls(...openmaptiles))], shortbread: ['streets', kind(...shortbread)] },
    draw: (palette) => ({ type: 'line', minzoom: id === 'service' ? 14 : 0, layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': main ? palette.roadMain : palette.road, 'line-width': grow(...width) } }),
  })),
  {
    id: 'rail',
    from: { buurtsignaal: ['street', cls('rail')], openmaptiles: ['transportation', cls('rail', 'transit')], shortbread: ['streets', kind('rail', 'light_rail', 'subway', 'tram', 'narrow_gauge')] },
    draw: (palette) => ({ type: 'line', paint: { 'line-color': palette.rail, 'line-width': grow(12, 1, 16, 2.5), 'line-dasharray': [6, 2] } }),
  },
  {
    id: 'waterway-name',
    from: { buurtsignaal: ['water', all(['==', ['geometry-type'], 'LineString'], ['has', 'name'])], openmaptiles: ['waterway'], shortbread: ['water_lines_labels'] },
    draw: (palette, { names }) => ({
      type: 'symbol',
      minzoom: 14,
      layout: { 'symbol-placement': 'line', 'text-field': NAME, 'text-font': ['italic'], 'text-size': 12 * names, 'text-letter-spacing': 0.08, 'symbol-spacing': 400 },
      paint: { 'text-color': palette.waterName, 'text-halo-color': palette.halo, 'text-halo-width': 1.4 * names },
    }),
  },
  {
    id: 'street-name',
    from: {
      buurtsignaal: ['street', all(['has', 'name'], cls('minor', 'service', 'pedestrian', 'track', 'path', 'steps'))],
      openmaptiles: ['transportation_name', cls('minor', 'service', 'track', 'path')],
      shortbread: ['street_labels', kind('unclassified', 'residential', 'living_street', 'pedestrian', 'service', 'track', 'path', 'footway', 'cycleway')],
    },
    draw: (palette, { names }) => ({
      type: 'symbol',
      // Larger names come sooner: a back row has no time to wait for the zoom.
      minzoom: names > 1 ? 13.4 : 14.2,
      layout: {
        'symbol-placement': 'line',
        'text-field': NAME,
        'text-font': ['regular'],
        'text-size': even(14, 10.5 * names, 16, 13.5 * names, 18, 17 * names),
        'text-letter-spacing': 0.015,
        'symbol-spacing': 260,
        'text-max-angle': names > 1 ? 42 : 28,
        'text-padding': names > 1 ? 2 : 6,
      },
      paint: { 'text-color': palette.name, 'text-halo-color': palette.halo, 'text-halo-width': 1.6 * names, 'text-halo-blur': 0.3 },
    }),
  },
  {
    id: 'street-name-main',
    from: {
      buurtsignaal: ['street', all(['has', 'name'], cls('tertiary', 'secondary', 'primary', 'motorway'))],
      openmaptiles: ['transportation_name', cls('tertiary', 'secondary', 'primary', 'trunk')],
      shortbread: ['street_labels', kind('tertiary', 'secondary', 'primary', 'trunk')],
    },
    draw: (palette, { names }) => ({
      type: 'symbol',
      minzoom: 13,
      layout: {
        'symbol-placement': 'line',
        'text-field': NAME,
        'text-font': ['medium'],
        'text-size': even(13, 11 * names, 16, 14.5 * names, 18, 18 * names),
        'text-letter-spacing': 0.03,
        'symbol-spacing': 300,
        'text-max-angle': names > 1 ? 42 : 28,
      },
      paint: { 'text-color': palette.nameMain, 'text-halo-color': palette.halo, 'text-halo-width': 1.8 * names, 'text-halo-blur': 0.3 },
    }),
  },
  {
    id: 'place-name',
    from: {
      buurtsignaal: ['place', ['has', 'name']],
      openmaptiles: ['poi', all(cls('school', 'college', 'place_of_worship', 'town_hall', 'library', 'hospital', 'park', 'railway', 'cafe', 'bar', 'stadium', 'amenity'), ['any', ['has', 'name'], ['has', 'name:latin']])],
      shortbread: ['pois', all(['has', 'name'], one('amenity', 'school', 'kindergarten', 'college', 'university', 'place_of_worship', 'townhall', 'library', 'hospital', 'community_centre', 'cafe', 'police'))],
    },
    draw: (palette, { names }) => ({
      type: 'symbol',
      minzoom: 14.6,
      layout: {
        'text-field': NAME,
        'text-font': ['italic'],
        'text-size': even(14.6, 10.5 * names, 17, 14 * names),
        'text-max-width': 7,
        'text-padding': 8,
        'text-variable-anchor': ['center', 'top', 'bottom'],
        'symbol-sort-key': ['coalesce', ['get', 'rank'], ['match', ['get', 'class'], ['station', 'school', 'church', 'town_hall', 'hospital', 'park', 'square'], 1, ['library', 'sport', 'culture', 'police'], 2, 3]],
      },
      paint: { 'text-color': palette.placeName, 'text-halo-color': palette.halo, 'text-halo-width': 1.6 * names },
    }),
  },
  {
    id: 'locality-name',
    from: { buurtsignaal: ['locality'], openmaptiles: ['place'], shortbread: ['place_labels'] },
    draw: (palette, { names }) => ({
      type: 'symbol',
      maxzoom: 13.8,
      layout: { 'text-field': NAME, 'text-font': ['bold'], 'text-size': ['match', ['coalesce', ['get', 'class'], ['get', 'kind']], 'city', 20 * names, 'town', 17 * names, 14 * names] },
      paint: { 'text-color': palette.locality, 'text-halo-color': palette.halo, 'text-halo-width': 2 * names },
    }),
  },
];

/** The style of a basemap, or the address of one that is somebody else's. */
export function styleOf(basemap: Basemap, look: Look): StyleSpecification | string {
  if (basemap.kind === 'style') return basemap.url;
  const palette = PALETTES[look.theme];
  const ground: LayerSpecification = { id: 'ground', type: 'background', paint: { 'background-color': palette.ground } };
  const style: StyleSpecification = { version: 8, name: 'Buurtsignaal', 'font-faces': fontFaces(look.fonts), sources: {}, layers: [ground] };
  if (basemap.kind === 'raster') {
    style.sources['raster'] = { type: 'raster', tiles: [rasterTemplate(basemap.tiles)], tileSize: 256, maxzoom: basemap.max_zoom, attribution: basemap.attribution };
    // Pictures are muted a little, so that people's marks stay the loudest.
    style.layers.push({ id: 'raster', type: 'raster', source: 'raster', paint: { 'raster-saturation': -0.35, 'raster-contrast': -0.08, 'raster-brightness-max': look.theme === 'dark' ? 0.45 : 1 } });
  } else if (basemap.archive !== null) {
    style.sources['basemap'] = vectorSource(basemap, look.origin);
    style.layers.push(...vectorLayers(basemap.schema, look));
  }
  return style;
}

function vectorSource(basemap: ArchiveBasemap, origin: string) {
  const tiles = /^https?:/.test(basemap.tiles) ? basemap.tiles : origin + basemap.tiles;
  return { type: 'vector' as const, tiles: [tiles], minzoom: basemap.min_zoom, maxzoom: basemap.max_zoom, bounds: basemap.bounds, attribution: basemap.attribution };
}

/** The layers of the table for one schema, in the order of the map. */
export function vectorLayers(schema: Schema, look: Look): LayerSpecification[] {
  const palette = PALETTES[look.theme];
  return TABLE.flatMap((row): LayerSpecification[] => {
    const where = row.from[schema];
    if (!where) return [];
    const [layer, filter] = where;
    return [{ id: row.id, source: 'basemap', 'source-layer': layer, ...(filter && { filter }), ...row.draw(palette, look) } as LayerSpecification];
  }).sort((one, other) => rank(one.id) - rank(other.id));
}

/** WMTS templates name their gaps differently. */
export const rasterTemplate = (template: string) =>
  template.replace(/\{TileMatrix\}/gi, '{z}').replace(/\{TileRow\}/gi, '{y}').replace(/\{TileCol\}/gi, '{x}');

const fontFaces = (fonts: FontFaces) =>
  Object.fromEntries(Object.entries(fonts).map(([name, files]) => [name, files.map(({ url, range }) => ({ url, 'unicode-range': range }))]));
