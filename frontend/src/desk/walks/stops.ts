/** Stops while somebody changes them. */

import type { NewStop } from '../../api/shapes';
import type { LonLat } from '../../domain/pin';
import type { StopKind } from '../../domain/walk';

/** A stop of the walk, or one that is not yet on the server. */
export interface Drawn {
  readonly id: string;
  readonly name: string;
  readonly point: LonLat;
  readonly place: { readonly id: string; readonly name: string } | null;
  readonly kind: StopKind | null;
  readonly question: string | null;
  /** Under a roof or inside. */
  readonly shelter: boolean;
  readonly arrive?: string;
}

/** As the server takes it: the id goes along, so that what was seen there stays with it. */
export const toStop = ({ id, name, point, place, kind, question, shelter }: Drawn): NewStop => ({ id, name, point: [...point], place: place?.id ?? null, kind, question, shelter });

/** The list with one stop at another place of the order. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list];
  next.splice(Math.min(Math.max(to, 0), list.length - 1), 0, ...next.splice(from, 1));
  return next;
}

/** Reads "51.0512, 3.7154" (latitude first, as maps on the web tell it); null where it is none. */
export function readPoint(text: string): LonLat | null {
  const [lat, lon, ...more] = text.replace(/(\d),(\d)/g, '$1.$2').split(/[,;\s]+/).filter(Boolean).map(Number);
  if (lat === undefined || lon === undefined || more.length > 0) return null;
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? [lon, lat] : null;
}

export const writePoint = ([lon, lat]: LonLat) => `${lat.toFixed(5)}, ${lon.toFixed(5)}`;
