/** Makes of a file that somebody took or chose what the server takes: upright, small, and only the picture. */

import { keptSize, MOST_BYTES, MOST_PIXELS, pictureKind, promisedSize } from '../domain/picture';

export interface ReadyPhoto {
  /** A file as base64. */
  image: string;
  /** A small picture as a data: address, where the browser can show it. */
  preview: string | null;
}

/** Why a file is no photo, as the slugs of the server's refusals. */
export class NoPhoto extends Error {
  readonly slug: string;

  constructor(slug: string) {
    super(slug);
    this.slug = slug;
  }
}

const PREVIEW_PX = 480;
const HEAD_BYTES = 256 * 1024;

/** Reads, scales and writes a photo anew; what the browser cannot read goes as it is, if the server can. */
export async function readyPhoto(file: Blob): Promise<ReadyPhoto> {
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  const kind = pictureKind(head);
  if (kind === null) throw new NoPhoto('photo_kind');
  const [width, height] = promisedSize(head) ?? [0, 0];
  if (width * height > MOST_PIXELS) throw new NoPhoto('photo_too_many_pixels');
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null);
  if (picture) {
    try {
      return { image: base64Of(draw(picture, keptSize(picture.width, picture.height), 0.85)), preview: draw(picture, sizeWithin(picture, PREVIEW_PX), 0.8) };
    } finally {
      picture.close();
    }
  }
  if (kind === 'heic') throw new NoPhoto('photo_heic');
  if (kind === 'gif') throw new NoPhoto('photo_broken');
  if (file.size > MOST_BYTES) throw new NoPhoto('photo_too_large');
  return { image: base64Of(await asDataAddress(file)), preview: null };
}

function sizeWithin({ width, height }: ImageBitmap, side: number): readonly [number, number] {
  const shrink = Math.min(1, side / Math.max(width, height));
  return [Math.max(1, Math.round(width * shrink)), Math.max(1, Math.round(height * shrink))];
}

function draw(picture: ImageBitmap, [width, height]: readonly [number, number], quality: number): string {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const paper = canvas.getContext('2d')!;
  paper.imageSmoothingQuality = 'high';
  // What is transparent becomes white, as on paper.
  paper.fillStyle = '#fff';
  paper.fillRect(0, 0, width, height);
  paper.drawImage(picture, 0, 0, width, height);
  return canvas.toDataURL('image/jpeg', quality);
}

/** A file as a data: address. */
export function asDataAddress(file: Blob): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result));
    reader.onerror = () => failed(new NoPhoto('photo_broken'));
    reader.readAsDataURL(file);
  });
}

/** What stands behind the comma of a data: address. */
export const base64Of = (address: string) => address.slice(address.indexOf(',') + 1);
