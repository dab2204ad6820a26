/** What a file is by its first bytes, and how large a picture it promises, before anybody unpacks it. */

export type PictureKind = 'jpeg' | 'png' | 'webp' | 'gif' | 'heic';

/** The longer side of a photo that is sent, in pixels. */
export const LONGEST_SIDE = 1600;
/** What the server takes of a photo that this browser cannot scale. */
export const MOST_BYTES = 15 * 1024 * 1024;
/** What a browser is asked to unpack at most: four bytes for each pixel. */
export const MOST_PIXELS = 64_000_000;

const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'];
const text = (bytes: Uint8Array, from: number, length: number) => String.fromCharCode(...bytes.subarray(from, from + length));

export function pictureKind(bytes: Uint8Array): PictureKind | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg';
  if (text(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 4) === 'WEBP') return 'webp';
  if (text(bytes, 0, 4) === 'GIF8') return 'gif';
  if (text(bytes, 4, 4) === 'ftyp' && HEIC_BRANDS.includes(text(bytes, 8, 4))) return 'heic';
  return null;
}

/** Width and height as the file promises them; null where they do not stand at its beginning. */
export function promisedSize(bytes: Uint8Array): readonly [width: number, height: number] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const has = (length: number) => bytes.byteLength >= length;
  switch (pictureKind(bytes)) {
    case 'png':
      return has(24) ? [view.getUint32(16), view.getUint32(20)] : null;
    case 'gif':
      return has(10) ? [view.getUint16(6, true), view.getUint16(8, true)] : null;
    case 'webp':
      // Only the extended header tells it in plain numbers; the others hold at most 16,383 by 16,383.
      return has(30) && text(bytes, 12, 4) === 'VP8X' ? [1 + uint24(bytes, 24), 1 + uint24(bytes, 27)] : null;
    case 'jpeg':
      return jpegSize(view);
    default:
      return null;
  }
}

const uint24 = (bytes: Uint8Array, at: number) => bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);

/** Walks over the segments of a JPEG to the one that starts a frame. */
function jpegSize(view: DataView): readonly [number, number] | null {
  for (let at = 2; at + 9 <= view.byteLength && view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1);
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (frame) return [view.getUint16(at + 7), view.getUint16(at + 5)];
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return null;
}

/** How large a picture is kept: as it is, or its longer side as long as it may be. */
export function keptSize(width: number, height: number): readonly [width: number, height: number] {
  const shrink = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  return [Math.max(1, Math.round(width * shrink)), Math.max(1, Math.round(height * shrink))];
}
