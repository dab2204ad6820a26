/** Pictograms that only the wall and the desk show. */
export const STAFF_ICONS = {
  chev: '<path d="m18 10 14 14-14 14"/>',
  edit: '<path d="M8 40l3-11L33 7l8 8-22 22zM28 12l8 8"/>',
  print: '<path d="M13 18V5h22v13M13 35H5V18h38v17h-8"/><path class="t" d="M13 28h22v15H13z"/>',
  copy: '<path d="M15 15h26v28H15z"/><path d="M33 15V6H7v28h8"/>',
  map: '<path d="M4 39 17 33l14 6 13-6V9l-13 6-14-6L4 15zM17 9v24M31 15v24"/>',
  table: '<path d="M5 9h38v30H5zM5 19h38M5 29h38M18 9v30"/>',
  walk: '<circle cx="27" cy="8" r="4"/><path d="m17 44 7-13-5-6 3-10h5l4 7 7 3M24 31l6 4 2 9M22 15l-9 4-2 7"/>',
  gear: '<circle cx="24" cy="24" r="7"/><path d="M24 4v8M24 36v8M4 24h8M36 24h8M10 10l5.5 5.500M32.5 32.5 38 38M38 10l-5.5 5.500M15.5 32.5 10 38"/>',
  flag: '<path d="M10 45V5h27l-6 9.5 6 9.500H10"/>',
  megaphone: '<path d="M6 19v10h7l24 10V9L13 19zM14 29l3 13h6l-3-10.5"/>',
  chart: '<path d="M6 42h36M12 42V26M24 42V10M36 42V19"/>',
  dw: '<path d="M7 6h34v26H7zM24 32v12M15 44h18M14 25l6-8 6 5 8-9"/>',
  eyeoff: '<path d="M4 24s7.5-12.5 20-12.500S44 24 44 24s-7.5 12.5-20 12.500S4 24 4 24z"/><circle cx="24" cy="24" r="5.5"/><path d="M8 41 40 7"/>',
  warn: '<path d="M24 6v24"/><circle cx="24" cy="40" r="3" class="s"/>',
} as const;

export type StaffIconName = keyof typeof STAFF_ICONS;
