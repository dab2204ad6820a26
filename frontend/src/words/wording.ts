/**
 * What a comment seems to say about others: a person, a house, a telephone, a number plate, a group of people. The patterns
 * are the server's own file, so that whoever writes and whoever checks see the same.
 */

import file from '../../../src/pins/wording.json';

export const FLAGS = ['name', 'house_number', 'contact', 'plate', 'group'] as const;
export type Flag = (typeof FLAGS)[number];

/** Where a text seems to point at somebody. */
export interface Mark {
  flag: Flag;
  from: number;
  to: number;
}

interface Pattern {
  pattern: string;
  any_case?: boolean;
  unless?: string;
}

const built = ({ pattern, any_case }: Pattern, flags = '') => new RegExp(pattern, `${flags}u${any_case ? 'i' : ''}`);
const RULES = (file as { kind: string; find: Pattern[]; not: Pattern[] }[]).map(({ kind, find, not }) => ({
  flag: kind as Flag,
  // The first group is what the pattern looks at, the second, if there is one, what it points at.
  find: find.map((one) => ({ find: built(one, 'dg'), unless: one.unless === undefined ? null : built({ pattern: one.unless, any_case: true }) })),
  not: not.map((one) => built(one)),
}));

function seen(text: string): Mark[] {
  const marks: Mark[] = [];
  for (const { flag, find: patterns, not } of RULES) {
    for (const { find, unless } of patterns) {
      if (unless?.test(text)) continue;
      find.lastIndex = 0;
      for (let found = find.exec(text); found; found = find.exec(text)) {
        const [, looked, pointed] = found.indices!;
        find.lastIndex = looked![1];
        const [from, to] = pointed ?? looked!;
        if (!not.some((one) => one.test(text.slice(...looked!)))) marks.push({ flag, from, to });
      }
    }
  }
  return marks;
}

/** Every place in a text that seems to point at somebody, in order, without overlaps. */
export function marksIn(text: string): Mark[] {
  const apart: Mark[] = [];
  for (const mark of seen(text)) if (apart.every(({ from, to }) => mark.to <= from || mark.from >= to)) apart.push(mark);
  return apart.sort((a, b) => a.from - b.from);
}

/** What texts seem to point at, each kind once, in the order of the list. */
export function flagsIn(text: string): Flag[] {
  const found = new Set(seen(text).map(({ flag }) => flag));
  return FLAGS.filter((flag) => found.has(flag));
}

/** A text in pieces, each with the flag that it carries. */
export function piecesOf(text: string): { text: string; flag: Flag | null }[] {
  const pieces: { text: string; flag: Flag | null }[] = [];
  let at = 0;
  for (const { flag, from, to } of marksIn(text)) {
    pieces.push({ text: text.slice(at, from), flag: null }, { text: text.slice(from, to), flag });
    at = to;
  }
  return [...pieces, { text: text.slice(at), flag: null }].filter((piece) => piece.text !== '');
}
