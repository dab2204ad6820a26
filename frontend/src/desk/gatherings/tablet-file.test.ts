import { expect, it } from 'vitest';
import { ApiError } from '../../api/client';
import { brokenLetter, partsOf, readTabletFile, takeIn, type TabletFile } from './tablet-file';

const letters = (count: number, size = 10) => Array.from({ length: count }, (_, number) => ({ number, words: 'x'.repeat(size) }));
const file = (count: number, size?: number): TabletFile => ({ format: 'buurtsignaal-outbox/1', gathering: 'g', device: 'd', letters: letters(count, size) });

it('only a file of a tablet is read as one', () => {
  expect(readTabletFile(JSON.stringify(file(2)))?.letters).toHaveLength(2);
  for (const words of ['', 'null', '[]', '{"letters": []}', JSON.stringify({ ...file(1), letters: {} }), JSON.stringify(file(2)).slice(0, 60)]) expect(readTabletFile(words)).toBeNull();
});

it('goes in parts that keep the order, and what is large goes alone', () => {
  expect(partsOf(letters(250)).map((part) => part.length)).toEqual([100, 100, 50]);
  expect(partsOf(letters(250)).flat()).toEqual(letters(250));
  expect(partsOf([...letters(2), ...letters(2, 3_000_000), ...letters(1)]).map((part) => part.length)).toEqual([2, 1, 1, 1]);
  expect(partsOf([])).toEqual([[]]);
});

it('adds up what became of each part', async () => {
  const seen: number[] = [];
  const refused = [{ kind: 'pin' as const, about: 'p', slug: 'pin_deleted', field: null }];
  const done = await takeIn(file(150), async ({ letters }) => ({ taken: letters.length - 1, already: 0, refused }), (count) => seen.push(count));
  expect(done).toEqual({ taken: 148, already: 0, refused: [...refused, ...refused] });
  expect(seen).toEqual([100, 150]);
});

it('a broken letter is named by its number in the whole file', async () => {
  const send = async ({ letters }: TabletFile) => {
    if (letters.length < 100) throw new ApiError({ type: 'bad_request', status: 400, field: 'letters[3].kind' });
    return { taken: 100, already: 0, refused: [] };
  };
  const error = await takeIn(file(150), send, () => {}).catch((error: ApiError) => error);
  expect(brokenLetter(error as ApiError)).toBe(104);
});
