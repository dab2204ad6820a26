/** Pictograms for photos and voice notes; they come with the part of a page that shows them. */
export const ATTACHMENT_ICONS = {
  camera: '<path class="t" d="M5 14h9l4-6h12l4 6h9v27H5z"/><circle cx="24" cy="27" r="8"/>',
  picture: '<path class="t n" d="m6 37 12-14 9 9 6-6 9 10v3H6z"/><path d="M5 9h38v30H5z"/><path d="m6 37 12-14 9 9 6-6 9 10"/><circle cx="33" cy="17.5" r="3.200" class="s"/>',
  mic: '<rect class="t" x="17" y="4" width="14" height="25" rx="7"/><path d="M10 22a14 14 0 0 0 28 0M24 36v8M16 44h16"/>',
  halt: '<rect x="11" y="11" width="26" height="26" rx="4" class="s"/>',
} as const;

export type AttachmentIconName = keyof typeof ATTACHMENT_ICONS;
