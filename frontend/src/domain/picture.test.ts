import { expect, it } from 'vitest';
import { keptSize, pictureKind, promisedSize } from './picture';

const bytes = (...parts: (string | number[])[]) => new Uint8Array(parts.flatMap((part) => (typeof part === 'string' ? [...part].map((c) => c.charCodeAt(0)) : part)));
const PNG = '\x89PNG\r\n\x1a\n';

it('a file is what its first bytes say', () => {
  expect(pictureKind(bytes([0xff, 0xd8, 0xff, 0xe0]))).toBe('jpeg');
  expect(pictureKind(bytes(PNG))).toBe('png');
  expect(pictureKind(bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8 '))).toBe('webp');
  expect(pictureKind(bytes('GIF89a'))).toBe('gif');
  expect(pictureKind(bytes([0, 0, 0, 24], 'ftypheic'))).toBe('heic');
  expect(pictureKind(bytes([0, 0, 0, 24], 'ftypisom'))).toBeNull();
  expect(pictureKind(bytes('<svg>'))).toBeNull();
  expect(pictureKind(bytes())).toBeNull();
});

it('a promise is read before anything is unpacked', () => {
  expect(promisedSize(bytes(PNG, [0, 0, 0, 13], 'IHDR', [0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]))).toEqual([30_000, 30_000]);
  expect(promisedSize(bytes('GIF89a', [0xff, 0xff, 0xff, 0xff]))).toEqual([65_535, 65_535]);
  const segments = [0xff, 0xd8, 0xff, 0xe1, 0, 4, 1, 2, 0xff, 0xc4, 0, 3, 9, 0xff, 0xff, 0xc2, 0, 11, 8, 0x0b, 0xb8, 0x0f, 0xa0, 3, 0, 0];
  expect(promisedSize(bytes(segments))).toEqual([4000, 3000]);
  expect(promisedSize(bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8X', [10, 0, 0, 0], [0, 0, 0, 0], [0xff, 0x03, 0], [0xff, 0x01, 0]))).toEqual([1024, 512]);
  for (const broken of [bytes([0xff, 0xd8, 0xff]), bytes(segments.slice(0, 12)), bytes(PNG), bytes('GIF8'), bytes('x')]) expect(promisedSize(broken)).toBeNull();
});

it('the longer side is 1600 pixels at most', () => {
  expect(keptSize(4000, 3000)).toEqual([1600, 1200]);
  expect(keptSize(30, 20)).toEqual([30, 20]);
  expect(keptSize(20_000, 1)).toEqual([1600, 1]);
});
