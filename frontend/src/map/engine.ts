/** The one place that knows the map library. Fetched only when a map opens. */

import latin400 from '@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-400-normal.woff2?url';
import latinExt400 from '@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-ext-400-normal.woff2?url';
import latin400Italic from '@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-400-italic.woff2?url';
import latin600 from '@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-600-normal.woff2?url';
import latinExt600 from '@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-ext-600-normal.woff2?url';
import latin700 from '@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-700-normal.woff2?url';
import { untrack } from 'svelte';
import * as library from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { GeoJSON } from 'geojson';
import type { Basemap, Schema } from '../api/shapes';
import { distanceToLine_m, type Boundary, type Bounds } from '../domain/boundary';
import type { LonLat } from '../domain/pin';
import { arabic400, arabic600, cyrillic400, cyrillic600 } from '../styles/letters';
import { NAME_LAYERS, layerAbove, type LayerId } from './order';
import { PALETTES, type MapTheme, type Palette } from './palettes';
import { styleOf, type FontFaces } from './style';

library.setWorkerUrl(workerUrl);

const LATIN = ['U+0000-00FF', 'U+0131', 'U+0152-0153', 'U+2000-206F', 'U+20AC', 'U+2122'];
const LATIN_EXT = ['U+0100-0130', 'U+0132-0151', 'U+0154-02BA', 'U+1E00-1E9F', 'U+1EF2-1EFF'];
const CYRILLIC = ['U+0301', 'U+0400-045F', 'U+0490-0491', 'U+2116'];
/** With the forms that the library joins Arabic letters into. */
const ARABIC = ['U+0600-06FF', 'U+0750-077F', 'U+0870-08FF', 'U+FB50-FDFF', 'U+FE70-FEFF'];
const light = [{ url: latinExt400, range: LATIN_EXT }, { url: cyrillic400, range: CYRILLIC }, { url: arabic400, range: ARABIC }];
const heavy = [{ url: latinExt600, range: LATIN_EXT }, { url: cyrillic600, range: CYRILLIC }, { url: arabic600, range: ARABIC }];
const FONTS: FontFaces = {
  regular: [{ url: latin400, range: LATIN }, ...light],
  italic: [{ url: latin400Italic, range: LATIN }, ...light],
  medium: [{ url: latin600, range: LATIN }, ...heavy],
  bold: [{ url: latin700, range: LATIN }, ...heavy],
};

const STREET_NAMES: Record<Schema, string> = { buurtsignaal: 'street', openmaptiles: 'transportation_name', shortbread: 'street_labels' };

export type LayerSpec = library.LayerSpecification;
/** Space kept free around what is fitted into view, in pixels. */
export type Padding = number | { top: number; bottom: number; left: number; right: number };

export interface EngineOptions {
  container: HTMLElement;
  basemap: Basemap;
  theme: MapTheme;
  /** How much larger than usual names are. */
  names: number;
  /** What screen readers call the map. */
  label: string;
  interactive: boolean;
  /** Whether names fade in. */
  fade: boolean;
  /** A press may wander, two quick ones do not zoom. */
  steady: boolean;
  bounds: Bounds;
  /** How far the view may leave the bounds; none leaves it free. */
  limits?: Bounds | undefined;
  padding: Padding;
  minZoom?: number;
  maxZoom?: number;
}

export interface Moments {
  /** Each frame of a move. */
  move: () => void;
  /** The view came to rest. `byPerson` is false for moves that the page made. */
  rest: (byPerson: boolean) => void;
  /** A short press on the map. */
  press: (at: LonLat, pixel: { x: number; y: number }) => void;
}

/** A map on the page. */
export class Engine {
  readonly theme: MapTheme;
  readonly palette: Palette;
  readonly #map: library.Map;
  /** The layer of the tiles that holds the names of streets. */
  readonly #streets: string | null;

  private constructor(map: library.Map, theme: MapTheme, basemap: Basemap) {
    this.#map = map;
    this.theme = theme;
    this.#streets = basemap.kind === 'archive' && basemap.archive !== null ? STREET_NAMES[basemap.schema] : null;
    this.palette = PALETTES[theme];
  }

  /** Opens a map; ready when its style stands, which does not wait for tiles. */
  static async open(options: EngineOptions): Promise<Engine> {
    const style = styleOf(options.basemap, { theme: options.theme, names: options.names, origin: location.origin, fonts: FONTS });
    const map = new library.Map({
      container: options.container,
      style,
      bounds: options.bounds as [number, number, number, number],
      fitBoundsOptions: { padding: options.padding },
      ...(options.limits && { maxBounds: options.limits as [number, number, number, number] }),
      minZoom: options.minZoom ?? 9,
      maxZoom: options.maxZoom ?? 19,
      maxPitch: 0,
      dragRotate: false,
      pitchWithRotate: false,
      interactive: options.interactive,
      attributionControl: false,
      ...(options.steady && { clickTolerance: WANDER_PX, doubleClickZoom: false }),
      fadeDuration: options.fade && !matchMedia('(prefers-reduced-motion: reduce)').matches ? 200 : 0,
      locale: { 'Map.Title': options.label },
    });
    map.touchZoomRotate?.disableRotation();
    map.keyboard?.disableRotation();
    // A tile that does not come (no network) is no reason to stop: the rest of the map works.
    map.on('error', () => undefined);
    const engine = new Engine(map, options.theme, options.basemap);
    await new Promise<void>((resolve) => {
      if (map.isStyleLoaded()) resolve();
      else map.once('style.load', () => resolve());
    });
    return engine;
  }

  close(): void {
    this.#map.remove();
  }

  /** What screen readers call the map, after a change of language. */
  set label(words: string) {
    this.#map.getCanvas().setAttribute('aria-label', words);
  }

  // — sources and layers —

  /** Gives a source its shapes, making it the first time. */
  shapes(id: string, data: GeoJSON): void {
    const source = this.#map.getSource<library.GeoJSONSource>(id);
    if (source) source.setData(data);
    else this.#map.addSource(id, { type: 'geojson', data });
  }

  /** Puts a drawn canvas on the ground: corners from the north-west, clockwise. Call again after drawing. */
  canvas(id: string, canvas: HTMLCanvasElement, corners: readonly (readonly [number, number])[]): void {
    const coordinates = corners.map(([lon, lat]) => [lon, lat]) as [[number, number], [number, number], [number, number], [number, number]];
    const source = this.#map.getSource<library.CanvasSource>(id);
    if (!source) {
      this.#map.addSource(id, { type: 'canvas', canvas, animate: false, coordinates });
      return;
    }
    source.setCoordinates(coordinates);
    source.play();
    source.pause();
    this.#map.triggerRepaint();
  }

  /** Draws a layer in its place of the order, unless it is there. */
  layer(spec: LayerSpec & { id: LayerId }): void {
    if (this.#map.getLayer(spec.id)) return;
    this.#map.addLayer(spec, layerAbove(spec.id, this.#present()));
  }

  #present() {
    return this.#map.getLayersOrder().map((id) => ({ id, names: this.#map.getLayer(id)?.type === 'symbol' }));
  }

  paint(id: LayerId, property: string, value: unknown): void {
    if (this.#map.getLayer(id)) this.#map.setPaintProperty(id, property as never, value as never);
  }

  layout(id: LayerId, property: string, value: unknown): void {
    if (this.#map.getLayer(id)) this.#map.setLayoutProperty(id, property as never, value as never);
  }

  /** Takes layers away, and then their source. */
  without(layers: readonly LayerId[], source: string): void {
    // After close() the library has already let go of everything.
    if (!this.#map.style) return;
    for (const id of layers) if (this.#map.getLayer(id)) this.#map.removeLayer(id);
    if (this.#map.getSource(source)) this.#map.removeSource(source);
  }

  /** Names of streets that do not touch the neighbourhood step back. */
  quietNamesOutside(boundary: Boundary): void {
    for (const id of NAME_LAYERS) this.paint(id, 'text-opacity', ['case', ['<=', ['distance', boundary], 0], 1, 0.4]);
  }

  /** A picture that symbol layers can name, drawn at twice its size. */
  async picture(name: string, svg: string): Promise<void> {
    if (this.#map.hasImage(name)) return;
    const image = new Image();
    image.src = `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
    const pen = canvas.getContext('2d')!;
    pen.drawImage(image, 0, 0);
    if (this.#map.style && !this.#map.hasImage(name)) this.#map.addImage(name, pen.getImageData(0, 0, canvas.width, canvas.height), { pixelRatio: 2 });
  }

  /** A square that repeats, drawn by `draw` in a box of `size`. */
  pattern(name: string, size: number, draw: (pen: CanvasRenderingContext2D, size: number) => void): void {
    if (this.#map.hasImage(name)) return;
    const canvas = Object.assign(document.createElement('canvas'), { width: size * 2, height: size * 2 });
    const pen = canvas.getContext('2d')!;
    pen.scale(2, 2);
    draw(pen, size);
    this.#map.addImage(name, pen.getImageData(0, 0, size * 2, size * 2), { pixelRatio: 2 });
  }

  // — the view —

  get centre(): LonLat {
    const { lng, lat } = this.#map.getCenter();
    return [lng, lat];
  }

  get zoom(): number {
    return this.#map.getZoom();
  }

  get size(): { width: number; height: number } {
    const { clientWidth: width, clientHeight: height } = this.#map.getContainer();
    return { width, height };
  }

  pixelOf(at: LonLat): { x: number; y: number } {
    return this.#map.project([at[0], at[1]]);
  }

  placeOf(pixel: { x: number; y: number }): LonLat {
    const { lng, lat } = this.#map.unproject([pixel.x, pixel.y]);
    return [lng, lat];
  }

  /** Whether a layer drew something here; gives the features' properties, topmost first. */
  under(pixel: { x: number; y: number }, layer: LayerId, reach = 0): Record<string, unknown>[] {
    if (!this.#map.getLayer(layer)) return [];
    const box: [[number, number], [number, number]] = [[pixel.x - reach, pixel.y - reach], [pixel.x + reach, pixel.y + reach]];
    return this.#map.queryRenderedFeatures(box, { layers: [layer] }).map((feature) => feature.properties);
  }

  /** The name of the street nearest to a place, within a house's depth; null where none is loaded. */
  streetNear(at: LonLat, within_m = 60): string | null {
    const layer = this.#streets;
    if (!layer || !this.#map.getSource('basemap')) return null;
    let nearest: { name: string; metres: number } | null = null;
    for (const feature of this.#map.querySourceFeatures('basemap', { sourceLayer: layer })) {
      const name: unknown = feature.properties['name'] ?? feature.properties['name:latin'];
      const { geometry } = feature;
      if (typeof name !== 'string' || (geometry.type !== 'LineString' && geometry.type !== 'MultiLineString')) continue;
      for (const line of geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates) {
        const metres = distanceToLine_m(at, line as [number, number][]);
        if (metres <= within_m && (!nearest || metres < nearest.metres)) nearest = { name, metres };
      }
    }
    return nearest?.name ?? null;
  }

  /** What is in view. */
  get view(): Bounds {
    const seen = this.#map.getBounds();
    return [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()];
  }

  fit(bounds: Bounds, padding: Padding, animate = true): void {
    this.#map.fitBounds(bounds as [number, number, number, number], { padding, animate, duration: 900 }, PAGE);
  }

  /** Moves so that a place comes to the middle, or to a spot `offset` pixels from it. */
  go(at: LonLat, { zoom = this.zoom, offset = [0, 0], animate = true }: { zoom?: number; offset?: [number, number]; animate?: boolean } = {}): void {
    this.#map.easeTo({ center: [at[0], at[1]], zoom, offset, duration: animate ? 600 : 0 }, PAGE);
  }

  /** A longer flight, for a tour. */
  fly(at: LonLat, zoom: number, duration_ms = 1600): void {
    this.#map.flyTo({ center: [at[0], at[1]], zoom, duration: duration_ms, curve: 1.2 }, PAGE);
  }

  zoomBy(steps: number): void {
    this.#map.easeTo({ zoom: this.zoom + steps, duration: 240 }, PERSON);
  }

  /** Moves the view by pixels: positive goes right and down. */
  pan(right: number, down: number): void {
    this.#map.panBy([right, down], { duration: 180 }, PERSON);
  }

  resize(): void {
    this.#map.resize();
  }

  /** Lets go of the view so that two maps can follow each other: copies centre and zoom at once. */
  copy(other: Engine): void {
    this.#map.jumpTo({ center: [other.centre[0], other.centre[1]], zoom: other.zoom }, PAGE);
  }

  /** Stops or allows moving the map by hand. */
  set still(still: boolean) {
    for (const hand of [this.#map.dragPan, this.#map.scrollZoom, this.#map.touchZoomRotate, this.#map.doubleClickZoom, this.#map.keyboard]) {
      if (still) hand.disable();
      else hand.enable();
    }
    if (!still) {
      this.#map.touchZoomRotate.disableRotation();
      this.#map.keyboard.disableRotation();
    }
  }

  /** What must stand under the map. */
  get attribution(): string {
    const texts = Object.values(this.#map.getStyle().sources).flatMap((source) => ('attribution' in source && source.attribution ? [source.attribution] : []));
    const plain = texts.map((html) => new DOMParser().parseFromString(html, 'text/html').body.textContent?.trim() ?? '');
    return [...new Set(plain)].filter(Boolean).join(' · ');
  }

  /** Resolves once everything in view is drawn. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#map.once('idle', () => resolve());
      this.#map.triggerRepaint();
    });
  }

  /** Resolves after the frame that shows what a source was given last. */
  shown(source: string): Promise<void> {
    return new Promise((resolve) => {
      const frames = this.#map.on('render', () => {
        if (this.#map.getSource(source) && !this.#map.isSourceLoaded(source)) return;
        frames.unsubscribe();
        resolve();
      });
      this.#map.triggerRepaint();
    });
  }

  on<M extends keyof Moments>(moment: M, heard: Moments[M]): () => void {
    // An effect that moves the map does not depend on what its listeners read.
    const tell = (...told: Parameters<Moments[M]>) => untrack(() => (heard as (...told: Parameters<Moments[M]>) => void)(...told));
    const subscription =
      moment === 'move'
        ? this.#map.on('move', tell as Moments['move'])
        : moment === 'rest'
          ? this.#map.on('moveend', (event) => (tell as Moments['rest'])(!('byPage' in event)))
          : this.#map.on('click', (event) => (tell as Moments['press'])([event.lngLat.lng, event.lngLat.lat], event.point));
    return () => subscription.unsubscribe();
  }
}

/** How far a trembling finger may wander on the map; further is a move of the map. */
const WANDER_PX = 18;

/** Marks moves that the page made, so that they are not taken for a person's. */
const PAGE = { byPage: true };
const PERSON = {};

/** Whether this browser can draw the map at all. */
export function canDraw(): boolean {
  const context = document.createElement('canvas').getContext('webgl2');
  return context !== null;
}
