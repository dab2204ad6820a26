/** Pictograms that only the walk shows. */
import { STAFF_ICONS } from '../ui/staff-icons';

const { walk, map, edit, warn } = STAFF_ICONS;
export const WALK_ICONS = { walk, map, edit, warn };
