import type { AttachmentIconName } from './attachment-icons';
import type { StaffIconName } from './staff-icons';

/**
 * The pictograms: a 48 grid, stroke 3, round ends. Class t is the tinted part, s the solid one, p paper, n without stroke.
 * Colour comes from the style sheet.
 */
const ICONS = {
  light: '<path class="t n" d="M27 19 20 41h26l-7-22z"/><path d="M10 44V14a8 8 0 0 1 8-8h9a6 6 0 0 1 6 5M4 44h12"/><path class="p" d="M24.5 19a8.5 8 0 0 1 17 0z"/>',
  sight: '<path class="t" d="M3 24s7.5-13 21-13 21 13 21 13-7.5 13-21 13S3 24 3 24z"/><circle cx="24" cy="24" r="6.5" class="s"/>',
  people: '<circle cx="24" cy="13" r="6.5"/><path class="t" d="M12.5 42V36a11.5 11.5 0 0 1 23 0v6z"/><circle cx="7.5" cy="19" r="4"/><path d="M3 38v-4a6 6 0 0 1 5-5.8"/><circle cx="40.5" cy="19" r="4"/><path d="M45 38v-4a6 6 0 0 0-5-5.8"/>',
  wayfind: '<path d="M23 5v39M15 44h16"/><path class="t" d="M23 9h15l6 5.5-6 5.500H23z"/><path d="M23 24H10l-6 5.5 6 5.500h13"/>',
  path: '<circle cx="11" cy="26" r="8"/><circle cx="37" cy="26" r="8"/><path d="m11 26 7-13h12l7 13M18 13l7 13h-14M25 26l6-13M15 10h6"/><path class="t" d="M4 39h12.500v6H4zM17.5 39h13v6h-13zM31.5 39H44v6H31.500z" stroke-width="2"/>',
  traffic: '<path class="t" d="M4 33v-7.500c0-2 1-3 3-3.500l5-1.5 4.5-8A4 4 0 0 1 20 10.500h10a4 4 0 0 1 3.4 2L38 20.500l4 1.200c1.5.5 2.5 1.8 2.5 3.500V33c0 1-.8 2-2 2H6c-1.2 0-2-1-2-2z"/><path d="M13 20.500h24M24.5 11v9.5"/><circle cx="13.5" cy="35" r="4.5" class="p"/><circle cx="35" cy="35" r="4.5" class="p"/>',
  transit: '<path d="M9 10a5 5 0 0 1 5-5h20a5 5 0 0 1 5 5v27H9z"/><path class="t" d="M9 14h30v12H9z"/><path d="M14 37v5M34 37v5M4.5 16v7M43.5 16v7"/><circle cx="16" cy="31.5" r="1.6" class="s"/><circle cx="32" cy="31.5" r="1.6" class="s"/>',
  clean: '<path d="M9 18h30M19 18v-3a2 2 0 0 1 2-2h6a2 2 0 0 1 2 2v3"/><path class="t" d="m12 18 2.5 24c.1 1.2 1 2 2 2h15c1.1 0 2-.8 2-2L36 18z"/><path d="M20.5 25l.7 12M27.5 25l-.7 12"/><path d="M38 4v6M35 7h6" stroke-width="2.5"/>',
  noise: '<path class="t" d="M5 18v12h8l11 9V9l-11 9z"/><path d="M31 18a8.5 8.5 0 0 1 0 12M36.5 12a17 17 0 0 1 0 24"/>',
  use: '<circle cx="15" cy="9.5" r="5"/><circle cx="33" cy="9.5" r="5"/><path class="t" d="M9 29v-5.500a6 6 0 0 1 12 0V29zM27 29v-5.500a6 6 0 0 1 12 0V29z"/><path d="M4 30.500h40M9 30.500V43M39 30.500V43M4 37h40"/>',
  harass: '<circle cx="13" cy="22" r="6"/><path d="M3 44v-4a10 10 0 0 1 20 0v4"/><path class="t" d="M22 5h19a4 4 0 0 1 4 4v13a4 4 0 0 1-4 4H31l-6 6v-6h-3"/><path class="x" d="M22 5h19a4 4 0 0 1 4 4v13a4 4 0 0 1-4 4H31l-6 6v-6.5"/><path d="m27 17 4-4.5 4 6 4-4.5"/>',
  subst: '<path class="t" d="M12 5h8v9.500c0 2 5 4 5 9V41a3 3 0 0 1-3 3H10a3 3 0 0 1-3-3V23.500c0-5 5-7 5-9z"/><path d="M7 27h18v9H7z"/><rect x="29" y="26" width="18" height="9.5" rx="4.750" transform="rotate(-50 38 31)"/><path d="m35 27.5 7 6"/>',
  crime: '<path class="t" d="M9 22h30v21H9z"/><path d="M9 22h30v21H9zM15 22v-7a9 9 0 0 1 17-4"/><path d="M24 30v5.5"/><circle cx="24" cy="29.5" r="2.4" class="s"/>',
  guard: '<path d="M13 14.500a11 11 0 0 1 22 0"/><path d="M10 15h28"/><path d="M16 15v1a8 8 0 0 0 16 0v-1"/><path class="t" d="M7 44v-5.500a11 11 0 0 1 11-11h12a11 11 0 0 1 11 11V44z"/><path d="m17 28 7 9 7-9M7 39h8M33 39h8M24 37v7"/>',
  bond: '<path d="M5 23 24 6l19 17"/><path d="M10 19.500V43h28V19.5"/><path class="t" d="M24 37.500c-6-4-8.5-7-8.5-10.200a4.5 4.5 0 0 1 8.5-2 4.5 4.5 0 0 1 8.5 2c0 3.2-2.5 6.2-8.5 10.200z"/>',
  other: '<path class="t" d="M9 6h30a5 5 0 0 1 5 5v20a5 5 0 0 1-5 5H22l-9 8v-8H9a5 5 0 0 1-5-5V11a5 5 0 0 1 5-5z"/><circle cx="15" cy="21" r="2.3" class="s"/><circle cx="24" cy="21" r="2.3" class="s"/><circle cx="33" cy="21" r="2.3" class="s"/>',
  morning: '<path d="M3 38h42"/><path class="t" d="M13 38a11 11 0 0 1 22 0z"/><path d="M24 20V6m-5.5 5.500L24 6l5.5 5.500M8 27l3.5 2M40 27l-3.5 2"/>',
  afternoon: '<circle class="t" cx="24" cy="24" r="9.5"/><path d="M24 4v5M24 39v5M4 24h5M39 24h5M9.9 9.900l3.5 3.500M34.6 34.600l3.5 3.500M38.1 9.900l-3.5 3.500M13.4 34.600l-3.5 3.5"/>',
  evening: '<path d="M3 38h42"/><path class="t" d="M13 38a11 11 0 0 1 22 0z"/><path d="M24 6v14m-5.5-5.500L24 20l5.5-5.500M8 27l3.5 2M40 27l-3.5 2"/>',
  night: '<path class="t" d="M39.5 30.500A17.5 17.5 0 1 1 20 7a14 14 0 0 0 19.5 23.500z"/><path d="M36 6v8M32 10h8" stroke-width="2.5"/>',
  dark: '<rect x="3" y="3" width="42" height="42" rx="8" class="s"/><path class="t n" d="M40 17.500A9.5 9.5 0 1 1 28.5 7a8 8 0 0 0 11.5 10.500z"/><g class="w"><circle cx="17" cy="22" r="4.8"/><path d="M8.5 40v-4.500a8.5 8.5 0 0 1 17 0V40z"/></g>',
  always: '<circle class="t" cx="24" cy="24" r="18"/><path d="M24 12v12l8 5"/>',
  nothing: '<path class="t n" d="M4 30h40v10H4z"/><path d="M5 24h36m-9-9 9 9-9 9"/>',
  alert: '<path d="M24 5v4M9 11l3 3M39 11l-3 3"/><path class="t" d="M4 29s7-11 20-11 20 11 20 11-7 11-20 11S4 29 4 29z"/><circle cx="24" cy="29" r="5" class="s"/>',
  detour: '<path class="t" d="M18 30h12v12H18z"/><path d="M4 36h4c3 0 4-2 4-5V21a9 9 0 0 1 9-9h8a9 9 0 0 1 7 9v10c0 3 1 5 4 5h2m-6-6 6 6-6 6"/>',
  avoid: '<circle class="t" cx="24" cy="24" r="19"/><path d="M13 24h22" stroke-width="6"/>',
  together: '<circle cx="15" cy="12" r="6"/><circle cx="33" cy="12" r="6"/><path class="t" d="M6 43V32a9 9 0 0 1 18 0v11z"/><path d="M24 32a9 9 0 0 1 18 0v11H24"/>',
  stay: '<path d="M6 26h36M10 26v16M38 26v16M6 34h36"/><path class="t" d="M24 20c-5-3.5-7-6-7-8.600a3.8 3.8 0 0 1 7-1.7 3.8 3.8 0 0 1 7 1.700c0 2.6-2 5.1-7 8.600z"/>',
  place: '<path d="M4 38 17 33l14 5 13-5V13l-13 5-14-5L4 18z"/><path class="t" d="M24 30s9-8 9-15a9 9 0 0 0-18 0c0 7 9 15 9 15z"/><circle cx="24" cy="15" r="2.5" class="s"/>',
  own: '<circle cx="24" cy="12" r="7"/><path class="t" d="M9 43v-5a15 15 0 0 1 30 0v5z"/><path d="M24 37.500c-3.5-2.4-5-4.2-5-6a2.6 2.6 0 0 1 5-1 2.6 2.6 0 0 1 5 1c0 1.8-1.5 3.6-5 6z" stroke-width="2.5"/>',
  both: '<path d="M24 7v34M14 44h20M8 14h32"/><path class="t" d="M2.5 28 9 14l6.5 14a6.5 6.5 0 0 1-13 0z"/><path d="M32.5 28 39 14l6.5 14a6.5 6.5 0 0 1-13 0z"/>',
  free: '<path class="t" d="M16 22V10a3.5 3.5 0 0 1 7 0V6.500a3.5 3.5 0 0 1 7 0V11a3.5 3.5 0 0 1 7 0v18c0 9-5 15-13 15-6 0-9-3-12-8L6 27c-1.5-3 2.5-6 5-3l5 5z"/><path d="M23 10v11M30 11v10"/>',
  room: '<path class="t" d="M8 20h32v24H8z"/><path d="M8 20h32v24H8zM14 20v-6a10 10 0 0 1 20 0v6"/><path d="m17 32 5 5 9-10"/>',
  speak: '<path class="t" d="M5 18v12h8l11 9V9l-11 9z"/><path d="M31 18a8.5 8.5 0 0 1 0 12M36.5 12a17 17 0 0 1 0 24"/>',
  search: '<circle cx="21" cy="21" r="14"/><path d="m31 31 12 12"/>',
  list: '<path d="M17 12h26M17 24h26M17 36h26"/><circle cx="7" cy="12" r="2.2" class="s"/><circle cx="7" cy="24" r="2.2" class="s"/><circle cx="7" cy="36" r="2.2" class="s"/>',
  plus: '<path d="M24 7v34M7 24h34"/>',
  minus: '<path d="M7 24h34"/>',
  up: '<path d="M24 41V8M10 22 24 8l14 14"/>',
  down: '<path d="M24 7v33M10 26l14 14 14-14"/>',
  left: '<path d="M41 24H8M22 10 8 24l14 14"/>',
  right: '<path d="M7 24h33M26 10l14 14-14 14"/>',
  check: '<path d="m8 25 11 11 21-24"/>',
  close: '<path d="m10 10 28 28M38 10 10 38"/>',
  chevd: '<path d="m10 18 14 14 14-14"/>',
  globe: '<circle cx="24" cy="24" r="19"/><path d="M5 24h38M24 5c-12 11-12 27 0 38M24 5c12 11 12 27 0 38"/>',
  saved: '<path class="t" d="M13 39a10 10 0 0 1-1-20 13 13 0 0 1 25 2 9 9 0 0 1-1 18z"/><path d="m17 29 5 5 9-10"/>',
  export: '<path d="M24 31V5M14 14 24 5l10 9M7 27v16h34V27"/>',
  people2: '<circle cx="18" cy="14" r="7"/><path d="M4 42v-5a14 14 0 0 1 28 0v5M32 8a7 7 0 0 1 0 12.500M36 26a13 13 0 0 1 8 12v4"/>',
  clock: '<circle cx="24" cy="24" r="18"/><path d="M24 13v11l8 5"/>',
  info: '<circle cx="24" cy="24" r="19"/><path d="M24 22v12"/><circle cx="24" cy="15" r="2" class="s"/>',
  pause: '<path d="M16 8v32M32 8v32"/>',
  offline: '<path d="M5 18a28 28 0 0 1 38 0M11 26a19 19 0 0 1 26 0M17 33a10 10 0 0 1 14 0"/><circle cx="24" cy="40" r="2.5" class="s"/><path d="M7 43 41 5"/>',
} as const;

/** The name of a pictogram; staff's pages, and the part for photos and voices, add theirs. */
export type IconName = keyof typeof ICONS | StaffIconName | AttachmentIconName;

const known: Partial<Record<IconName, string>> = { ...ICONS };

/** The inside of an svg with viewBox 0 0 48 48. */
export const iconMarkup = (name: IconName): string => known[name] ?? '';

/** Adds pictograms that a tablet need not carry. */
export function addIcons(more: Partial<Record<IconName, string>>): void {
  Object.assign(known, more);
}
