/** The drawings of the three feelings on a 48 grid. The shape carries the meaning; the colour only repeats it. */

import type { Feeling } from '../domain/pin';

const TICK = 'fill="none" stroke="#fff" stroke-linecap="round" stroke-linejoin="round"';

/** The inside of an svg with viewBox 0 0 48 48. */
export function shapeMarkup(feeling: Feeling, safe = 'var(--safe)', unsafe = 'var(--unsafe)'): string {
  switch (feeling) {
    case 'safe':
      return `<circle cx="24" cy="24" r="19.5" fill="${safe}"/><path d="m14.5 24.7 6.6 6.6L34 17.2" ${TICK} stroke-width="5"/>`;
    case 'unsafe':
      return `<path d="M21.1 5.6a3.4 3.4 0 0 1 5.8 0l17.6 31a3.3 3.3 0 0 1-2.9 4.9H6.4a3.3 3.3 0 0 1-2.9-4.9z" fill="${unsafe}"/><path d="M24 17v10.5" ${TICK} stroke-width="5"/><circle cx="24" cy="34.6" r="2.9" fill="#fff"/>`;
    case 'mixed':
      return `<path d="M22.2 3.3 3.3 22.2a2.5 2.5 0 0 0 0 3.6l18.9 18.9z" fill="${safe}"/><path d="m25.8 3.3 18.9 18.9a2.5 2.5 0 0 1 0 3.6L25.8 44.7z" fill="${unsafe}"/><path d="m11.5 24.3 3.2 3.2 5-6" ${TICK} stroke-width="3.2"/><path d="M32.2 18.6v6" ${TICK} stroke-width="3.4"/><circle cx="32.2" cy="29.6" r="1.9" fill="#fff"/>`;
  }
}

/** The edge of each shape. */
export const OUTLINES: Record<Feeling, string> = {
  safe: '<circle cx="24" cy="24" r="19.5"/>',
  unsafe: '<path d="M21.1 5.6a3.4 3.4 0 0 1 5.8 0l17.6 31a3.3 3.3 0 0 1-2.9 4.9H6.4a3.3 3.3 0 0 1-2.9-4.9z"/>',
  mixed: '<path d="M24 3 45 24 24 45 3 24z"/>',
};

/** What was only heard from others: the shape small within a dashed edge. */
export function heardMarkup(feeling: Feeling, safe = 'var(--safe)', unsafe = 'var(--unsafe)'): string {
  const edge = { safe, unsafe, mixed: 'var(--mixed-ink, #5c5470)' }[feeling];
  const middle = feeling === 'unsafe' ? 29 : 24;
  return `<g fill="none" stroke="${edge}" stroke-width="3" stroke-dasharray="5.5 4">${OUTLINES[feeling]}</g><g transform="translate(24 ${middle}) scale(.56) translate(-24 -24)">${shapeMarkup(feeling, safe, unsafe)}</g>`;
}

const HALO: Record<Feeling, string> = {
  safe: '<circle cx="24" cy="24" r="21.5" fill="#fffdf8" stroke="#1b2530" stroke-opacity=".35"/>',
  unsafe:
    '<path d="M24 5.6 44.4 40.4H3.6z" fill="#fffdf8" stroke="#1b2530" stroke-opacity=".35" stroke-width="8" stroke-linejoin="round"/><path d="M24 5.6 44.4 40.4H3.6z" fill="#fffdf8" stroke="#fffdf8" stroke-width="6" stroke-linejoin="round"/>',
  mixed:
    '<path d="M24 3 45 24 24 45 3 24z" fill="#fffdf8" stroke="#1b2530" stroke-opacity=".35" stroke-width="6" stroke-linejoin="round"/><path d="M24 3 45 24 24 45 3 24z" fill="#fffdf8" stroke="#fffdf8" stroke-width="4.5" stroke-linejoin="round"/>',
};

/** A whole picture of a pin with its paper halo, for the map. */
export function pinPicture(feeling: Feeling, px: number, [safe, unsafe]: readonly [string, string], heard = false): string {
  const draw = heard ? heardMarkup : shapeMarkup;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 56 56" width="${px}" height="${px}">${HALO[feeling]}${draw(feeling, safe, unsafe)}</svg>`;
}
