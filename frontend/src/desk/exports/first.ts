/** The first features of a GeoJSON stream, without waiting for the rest: a neighbourhood may have a million pins. */

import type { Feature } from 'geojson';
import { ApiError, problemOf } from '../../api/client';

export async function firstFeatures(path: string, count: number, signal: AbortSignal): Promise<Feature[]> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: 'same-origin', signal, headers: { accept: 'application/geo+json' } });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new ApiError({ type: 'offline', status: 0 });
  }
  if (!response.ok || !response.body) throw new ApiError(await problemOf(response));
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const found: Feature[] = [];
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    text += value ?? '';
    const lines = text.split('\n');
    text = done ? '' : (lines.pop() ?? '');
    for (const line of lines) {
      const feature = featureOf(line);
      if (feature) found.push(feature);
      if (found.length === count) {
        void reader.cancel();
        return found;
      }
    }
    if (done) return found;
  }
}

/** The server writes one feature to a line, with a comma between them. */
export function featureOf(line: string): Feature | undefined {
  const text = line.trim().replace(/,$/, '');
  if (!text.startsWith('{"type":"Feature"') || text.startsWith('{"type":"FeatureCollection"')) return undefined;
  try {
    return JSON.parse(text) as Feature;
  } catch {
    return undefined;
  }
}
