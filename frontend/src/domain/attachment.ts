/** What may come with a pin beside its words. */

/** The five questions of photovoice (SHOWeD), in their order. */
export const CAPTION_PARTS = ['see', 'happening', 'lives', 'why', 'act'] as const;
export type CaptionPart = (typeof CAPTION_PARTS)[number];
export type Caption = Record<CaptionPart, string | null>;

export const NO_CAPTION: Caption = { see: null, happening: null, lives: null, why: null, act: null };
export const CAPTION_LIMIT = 280;

/** The longest voice note. */
export const LONGEST_VOICE_MS = 60_000;
/** The largest one, in bytes. */
export const MOST_VOICE_BYTES = 1_500_000;

/** A caption in which something is said, or none. */
export function saidIn(caption: Caption): Caption | null {
  const trimmed = Object.fromEntries(CAPTION_PARTS.map((part) => [part, caption[part]?.trim() || null])) as Caption;
  return CAPTION_PARTS.some((part) => trimmed[part] !== null) ? trimmed : null;
}

/** Seconds as people read a clock: 0:07. */
export const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
