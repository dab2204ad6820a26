/** The steps of a reveal, and the keys that walk through them. */

import type { HotspotKind } from '../domain/hotspot';

export const STEPS = ['points', 'safe', 'unsafe', 'both'] as const;
export type Step = (typeof STEPS)[number];

/** What arrow keys and the two buttons of a clicker mean. */
export function stepFor(key: string, now: Step): Step | null {
  const at = STEPS.indexOf(now);
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
    case 'PageDown':
    case ' ':
      return STEPS[Math.min(at + 1, STEPS.length - 1)]!;
    case 'ArrowLeft':
    case 'ArrowUp':
    case 'PageUp':
      return STEPS[Math.max(at - 1, 0)]!;
    case 'Home':
      return STEPS[0];
    case 'End':
      return STEPS[STEPS.length - 1]!;
    default:
      return null;
  }
}

/** Whether a step shows hotspots of a kind. */
export const shows = (step: Step, kind: HotspotKind) => step === 'both' || step === kind;
