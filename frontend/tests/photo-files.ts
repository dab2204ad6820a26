/** Files as people bring them: a telephone's photo with its place in it, and things that only look like one. */

import { deflateSync } from 'node:zlib';
import type { Page } from '@playwright/test';

export interface File {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** What must not be left of a telephone's photo. */
export const TRACES = ['Exif', 'SN-12345678', 'GPSLatitude'];

/** A JPEG as a telephone makes it: stripes, drawn by the browser, with EXIF and XMP in front. */
export async function fromTelephone(page: Page, width: number, height: number, stripe = 40): Promise<File> {
  const address = await page.evaluate(
    ([width, height, stripe]) => {
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      const paper = canvas.getContext('2d')!;
      const sky = paper.createLinearGradient(0, 0, 0, height);
      sky.addColorStop(0, '#9fb8c8');
      sky.addColorStop(1, '#d8d2c0');
      paper.fillStyle = sky;
      paper.fillRect(0, 0, width, height);
      for (let x = 0; x < width; x += 2 * stripe) {
        paper.fillStyle = '#4a4f55';
        paper.fillRect(x, height * 0.35, stripe, height);
      }
      return canvas.toDataURL('image/jpeg', 0.9);
    },
    [width, height, stripe] as const,
  );
  const plain = Buffer.from(address.slice(address.indexOf(',') + 1), 'base64');
  const segment = (content: string) => {
    const bytes = Buffer.from(content, 'latin1');
    const head = Buffer.from([0xff, 0xe1, 0, 0]);
    head.writeUInt16BE(bytes.length + 2, 2);
    return Buffer.concat([head, bytes]);
  };
  const exif = segment('Exif\0\0II*\0\b\0\0\0\0\0\0\0\0\0SN-12345678\0');
  const xmp = segment('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta GPSLatitude="51,3.5N" SerialNumber="SN-12345678"/>');
  return { name: 'IMG_2041.jpg', mimeType: 'image/jpeg', buffer: Buffer.concat([plain.subarray(0, 2), exif, xmp, plain.subarray(2)]) };
}

const chunk = (name: string, content: Buffer) => {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc(body));
  return Buffer.concat([length, body, sum]);
};
/** The check sum of a PNG chunk (ISO 3309). */
function crc(bytes: Buffer): number {
  let sum = 0xffff_ffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let n = 0; n < 8; n++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb8_8320 : sum >>> 1;
  }
  return (sum ^ 0xffff_ffff) >>> 0;
}

/** A PNG that promises a size and brings one line of it. */
export function promise(width: number, height: number): File {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const line = deflateSync(Buffer.alloc(1 + 3 * Math.min(width, 30_000)));
  const buffer = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', line), chunk('IEND', Buffer.alloc(0))]);
  return { name: 'bom.png', mimeType: 'image/png', buffer };
}

/** A PNG whose picture is torn: a browser cannot show it, the server cannot read it. */
export function torn(): File {
  const header = Buffer.from([0, 0, 0, 40, 0, 0, 0, 30, 8, 2, 0, 0, 0]);
  const buffer = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', Buffer.from('no picture'))]);
  return { name: 'stuk.png', mimeType: 'image/png', buffer };
}

/** A GIF that promises endless frames of a size nobody can hold. */
export const gifBomb = (): File => ({
  name: 'bom.gif',
  mimeType: 'image/gif',
  buffer: Buffer.from('GIF89a\x30\x75\x30\x75\xf0\0\0\0\0\0\xff\xff\xff!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0;', 'latin1'),
});

/** A HEIC of 15 MB, as a telephone keeps its photos. */
export const heic = (): File => ({
  name: 'IMG_2042.HEIC',
  mimeType: 'image/heic',
  buffer: Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), Buffer.alloc(15 * 1024 * 1024, 7)]),
});

/** A short recording of a tone, as a browser makes it. */
export async function voice(page: Page): Promise<Buffer> {
  const address = await page.evaluate(async () => {
    const studio = new AudioContext();
    const [tone, line] = [studio.createOscillator(), studio.createMediaStreamDestination()];
    tone.connect(line);
    tone.start();
    const recorder = new MediaRecorder(line.stream, { mimeType: 'audio/webm' });
    const ended = new Promise<Blob>((done) => (recorder.ondataavailable = ({ data }) => done(data)));
    recorder.start();
    tone.stop(studio.currentTime + 0.5);
    await new Promise((done) => (tone.onended = done));
    recorder.stop();
    const reader = new FileReader();
    reader.readAsDataURL(await ended);
    await new Promise((done) => (reader.onload = done));
    await studio.close();
    return String(reader.result);
  });
  return Buffer.from(address.slice(address.indexOf(',') + 1), 'base64');
}
