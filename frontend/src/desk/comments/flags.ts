/** Parts of a comment that may point at somebody. Found on this machine; a person decides. */

export const FLAGS = ['house', 'phone', 'email', 'name'] as const;
export type FlagKind = (typeof FLAGS)[number];

export interface Flag {
  kind: FlagKind;
  from: number;
  to: number;
}

const NAME = String.raw`\p{Lu}[\p{L}’'-]+`;
const BETWEEN = String.raw`(?:\s(?:van|de|der|den|du|von|la|le|el|ten|ter|d’|d'))*`;

const PATTERNS: readonly [FlagKind, RegExp][] = [
  ['email', /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu],
  // A date or a year is shorter; a Belgian number has nine or ten digits.
  ['phone', /(?<![\d.])(?:\+\d{1,3}[\s./-]?)?(?:\(?\d{2,4}\)?[\s./-]?){2,4}\d{2,3}(?!\d)/gu],
  ['house', /(?<!\p{L})(?:huisnummer|nummer|nr|numéro|n°|no|hausnummer|number)\.?\s?\d{1,4}(?:\s?[a-zA-Z](?!\p{L}))?/giu],
  // A street and a number: Kerkstraat 12b, rue du Moulin 4.
  ['house', /\p{Lu}\p{L}*(?:straat|laan|weg|plein|dreef|lei|steenweg|pad|kaai|strasse|straße|gasse|allee|street|road|lane)\s\d{1,4}(?:\s?[a-zA-Z](?!\p{L}))?/gu],
  ['house', /(?<!\p{L})(?:rue|avenue|place|chaussée|boulevard)(?:\s\p{L}[\p{L}’'-]*){1,4}\s\d{1,4}(?:\s?[a-zA-Z](?!\p{L}))?/giu],
  ['name', new RegExp(String.raw`(?<!\p{L})(?:[Mm]evrouw|[Mm]evr|[Mm]eneer|[Mm]ijnheer|[Dd]hr|[Jj]uf|[Mm]eester|[Mm]adame|[Mm]me|[Mm]onsieur|[Mm]\.|[Ff]rau|[Hh]err|[Mm]rs|[Mm]r|[Mm]s)\.?\s${NAME}(?:${BETWEEN}\s${NAME})?`, 'gu')],
  ['name', new RegExp(String.raw`${NAME}${BETWEEN}\s${NAME}`, 'gu')],
];

/** A first word of a sentence is always a capital: with one more it is no name yet, unless both stand inside the sentence. */
const startsSentence = (text: string, at: number) => /(?:^|[.!?…]["”’]?)\s*["“‘]?$/u.test(text.slice(0, at));
/** Words that often start a sentence and come before a proper name of a place. */
const COMMON = /^(?:De|Het|Een|In|Op|Aan|Bij|Van|Naar|Langs|Achter|Voor|Tussen|Als|Ik|Er|Dit|Dat|Die|Deze|Daar|Hier|Le|La|Les|Un|Une|Au|Aux|Dans|Sur|Chez|Je|On|Il|Elle|Der|Die|Das|Ein|Eine|Im|Am|An|Auf|Bei|Ich|Es|The|A|An|On|At|Near|I|My|We|Wij|We|Mijn|Onze|Sint|Saint|Sankt|Oude|Nieuwe)$/u;
/** Names of places, not of people. */
const PLACE = /(?:straat|laan|weg|plein|park|school|kerk|markt|brug|dreef|lei|hof|station|straße|platz|street|square)$/iu;
const DIGITS = /\d/g;

/** Where they stand, in order, without overlaps; what is more certain wins. */
export function flagsIn(text: string): Flag[] {
  const found: Flag[] = [];
  for (const [kind, pattern] of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const flag = { kind, from: match.index, to: match.index + match[0].length };
      if (kind === 'phone' && (match[0].match(DIGITS)?.length ?? 0) < 9) continue;
      if (kind === 'name' && !isName(text, match[0], match.index)) continue;
      if (found.every((other) => flag.to <= other.from || flag.from >= other.to)) found.push(flag);
    }
  }
  return found.sort((a, b) => a.from - b.from);
}

function isName(text: string, words: string, at: number): boolean {
  const [first = '', ...rest] = words.split(/\s/);
  if (/^(?:[Mm]evr|[Mm]evrouw|[Mm]eneer|[Mm]ijnheer|[Dd]hr|[Jj]uf|[Mm]eester|[Mm]adame|[Mm]me|[Mm]onsieur|[Mm]\.|[Ff]rau|[Hh]err|[Mm]rs?|[Mm]s)\.?$/.test(first)) return true;
  if (COMMON.test(first) && startsSentence(text, at)) return false;
  return !PLACE.test(words) && !PLACE.test(first) && rest.length > 0;
}

/** The text in pieces, each with the flag that it carries. */
export function pieces(text: string): { text: string; kind: FlagKind | null }[] {
  const parts: { text: string; kind: FlagKind | null }[] = [];
  let at = 0;
  for (const { kind, from, to } of flagsIn(text)) {
    if (from > at) parts.push({ text: text.slice(at, from), kind: null });
    parts.push({ text: text.slice(from, to), kind });
    at = to;
  }
  if (at < text.length) parts.push({ text: text.slice(at), kind: null });
  return parts;
}
