/** Names on the map, looked up on the device: without a line too, and without a letter of the question leaving it. */

export interface Named {
  name: string;
  kind: string;
  lon: number;
  lat: number;
}

const LOCALITIES = ['city', 'town', 'village', 'suburb', 'neighbourhood'];

/** Whether a name is a point of orientation: no street, no part of town. */
export const isLandmark = ({ kind }: Named) => kind !== 'street' && !LOCALITIES.includes(kind);

/** Letters without capitals, accents and signs. */
const fold = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The names that answer a question, the best first; streets before what lies along them. */
export function findNames<N extends Named>(names: readonly N[], typed: string, most: number): N[] {
  const question = fold(typed);
  if (!question) return [];
  return names
    .map((name) => ({ name, folded: fold(name.name) }))
    .map((one) => ({ ...one, rank: rankOf(one.folded, question) }))
    .filter(({ rank }) => rank < NOT_AT_ALL)
    .sort((a, b) => a.rank - b.rank || Number(a.name.kind !== 'street') - Number(b.name.kind !== 'street') || a.folded.length - b.folded.length || a.folded.localeCompare(b.folded))
    .slice(0, most)
    .map(({ name }) => name);
}

const NOT_AT_ALL = 5;

/** How well a name answers; less is better. */
function rankOf(name: string, question: string): number {
  const startsWord = (part: string) => ` ${name}`.includes(` ${part}`);
  if (name === question) return 0;
  if (name.startsWith(question)) return 1;
  if (startsWord(question)) return 2;
  if (question.includes(' ') && question.split(' ').every(startsWord)) return 3;
  return name.includes(question) ? 4 : NOT_AT_ALL;
}
