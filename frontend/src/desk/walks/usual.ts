/** How the kinds of walks and stops are shown. */

import type { Feeling } from '../../domain/pin';
import type { StopKind, WalkKind } from '../../domain/walk';
import type { IconName } from '../../ui/icons';

export const KIND_ICONS: Record<WalkKind, IconName> = { exploratory: 'walk', youth_led: 'people2', photovoice: 'camera' };
/** The shape of what people feel there; what the walkers chose and where they meet has none. */
export const SHAPES: Partial<Record<StopKind, Feeling>> = { safe: 'safe', unsafe: 'unsafe', contested: 'mixed' };
export const SLOW_KM_H = 2.5;
export const USUAL_KM_H = 3;
