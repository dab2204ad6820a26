/** A file that a tablet saved because it could not send: read here, and taken in by the server part by part. */

import { ApiError } from '../../api/client';
import type { LetterRefused, TakenIn } from '../../api/shapes';

export interface TabletFile {
  readonly format: string;
  readonly gathering: string;
  readonly device: string;
  readonly letters: readonly unknown[];
}

/** What became of all letters together. */
export interface Result {
  readonly taken: number;
  readonly already: number;
  readonly refused: readonly LetterRefused[];
}

/** So much goes to the server at a time, in characters; a letter that is larger goes alone. */
const PART = 1_000_000;
const MOST_LETTERS = 100;

/** The file in these words; nothing where it is none. */
export function readTabletFile(words: string): TabletFile | null {
  try {
    const read = JSON.parse(words) as Partial<TabletFile> | null;
    const named = [read?.format, read?.gathering, read?.device].every((name) => typeof name === 'string');
    return named && Array.isArray(read?.letters) ? (read as TabletFile) : null;
  } catch {
    return null;
  }
}

/** The letters in parts, in their order. */
export function partsOf(letters: readonly unknown[]): unknown[][] {
  const parts: unknown[][] = [];
  let size = Infinity;
  for (const letter of letters) {
    const length = JSON.stringify(letter).length;
    if (size + length > PART || (parts.at(-1)?.length ?? 0) >= MOST_LETTERS) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)!.push(letter);
    size += length;
  }
  return parts.length > 0 ? parts : [[]];
}

/** Sends all of it in order. `on` hears how many letters the server has seen; a part that fails stops it, and the file can be taken in once more. */
export async function takeIn(file: TabletFile, send: (part: TabletFile) => Promise<TakenIn>, on: (seen: number) => void): Promise<Result> {
  let [seen, taken, already] = [0, 0, 0];
  const refused: LetterRefused[] = [];
  for (const letters of partsOf(file.letters)) {
    const told = await send({ ...file, letters }).catch((error: unknown) => {
      throw error instanceof ApiError ? numbered(error, seen) : error;
    });
    seen += letters.length;
    taken += told.taken;
    already += told.already;
    refused.push(...told.refused);
    on(seen);
  }
  return { taken, already, refused };
}

/** The number of the letter that a refusal of the whole file is about, from 1. */
export function brokenLetter(error: ApiError): number | null {
  const found = /^letters\[(\d+)\]/.exec(error.field ?? '');
  return found ? Number(found[1]) + 1 : null;
}

/** The same refusal, with the letter's number in the whole file. */
function numbered(error: ApiError, before: number): ApiError {
  const field = error.field?.replace(/^letters\[(\d+)\]/, (_, at: string) => `letters[${Number(at) + before}]`);
  const { slug, status, detail } = error;
  return new ApiError({ type: slug, status, ...(field !== undefined && { field }), ...(detail !== undefined && { detail }) });
}
