/** What the room shows of the selection, as the address names it. */

export const LAYERS = ['people', 'share', 'contested', 'hexes', 'points'] as const;
export type Layer = (typeof LAYERS)[number];

/** One of the layers of the map, the table of places, or a comparison and which one. */
export type View = { is: 'map'; layer: Layer } | { is: 'table' } | { is: 'compare'; pair: string | null };

export function readView(view: string | null): View {
  if (view === 'table') return { is: 'table' };
  const [head, ...rest] = (view ?? '').split('~');
  if (head === 'compare') return { is: 'compare', pair: rest.join('~') || null };
  return { is: 'map', layer: LAYERS.find((layer) => layer === view) ?? 'people' };
}

export function writeView(view: View): string | null {
  switch (view.is) {
    case 'table':
      return 'table';
    case 'compare':
      return view.pair ? `compare~${view.pair}` : 'compare';
    case 'map':
      return view.layer === 'people' ? null : view.layer;
  }
}
