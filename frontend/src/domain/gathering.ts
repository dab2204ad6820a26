/** An occasion at which pins are collected: its kinds, phases, questions and who may answer what. */

export const KINDS = ['table', 'interview', 'street', 'online'] as const;
export const PHASES = ['draft', 'open', 'revealed', 'closed'] as const;
export const QUESTIONS = ['radius', 'when', 'themes', 'effect', 'comment', 'help', 'photo', 'caption', 'voice', 'age', 'gender', 'role'] as const;
/** What is asked where nothing else is said; the other questions are asked by choice. */
export const USUAL_QUESTIONS = ['radius', 'when', 'themes', 'effect', 'comment', 'age', 'gender', 'role'] as const satisfies readonly Question[];
/** Whether each person is asked who they are, or the table once. */
export const WHO_AT = ['person', 'table'] as const;
export const AGES = ['under_12', '12_17', '18_29', '30_44', '45_64', '65_plus'] as const;
export const GENDERS = ['woman', 'man', 'other'] as const;
export const ROLES = ['resident', 'visitor', 'works_here', 'shopkeeper', 'professional', 'pupil_student'] as const;

export type Kind = (typeof KINDS)[number];
export type Phase = (typeof PHASES)[number];
export type Question = (typeof QUESTIONS)[number];
export type WhoAt = (typeof WHO_AT)[number];
export type Age = (typeof AGES)[number];
export type Gender = (typeof GENDERS)[number];
export type Role = (typeof ROLES)[number];

/** What a participant may say about themself; null is "rather not say". */
export interface Who {
  age: Age | null;
  gender: Gender | null;
  role: Role | null;
}

/** Who says nothing about themself. */
export const NOBODY: Who = { age: null, gender: null, role: null };

/** Whether devices may join and put pins. */
export const takesPins = (phase: Phase) => phase === 'open' || phase === 'revealed';

/** The who-questions that are asked, in their fixed order. */
export const asksWho = (questions: readonly Question[]) =>
  (['age', 'gender', 'role'] as const).filter((question) => questions.includes(question));

/** Whether anything is asked about a pin after it is placed. */
export const asksMore = (questions: readonly Question[]) =>
  questions.some((question) => !['age', 'gender', 'role'].includes(question));

/** A code as people type it: blanks and dashes out, capitals. */
export const tidyCode = (typed: string) => typed.toUpperCase().replace(/[^A-Z0-9]/g, '');

/** A code as people read it, in two groups: BREM 42. */
export const readableCode = (code: string) => (code.length > 4 ? `${code.slice(0, Math.ceil(code.length / 2))} ${code.slice(Math.ceil(code.length / 2))}` : code);

/** The same order for everybody at one gathering, another at the next; `last` stays last. */
export function shuffled<T extends string>(words: readonly T[], seed: string, last?: T): T[] {
  let state = 2_166_136_261;
  for (const letter of seed) state = Math.imul(state ^ letter.charCodeAt(0), 16_777_619) >>> 0;
  const order = words.filter((word) => word !== last);
  for (let n = order.length - 1; n > 0; n--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (n + 1));
    [order[n], order[other]] = [order[other]!, order[n]!];
  }
  return last !== undefined && words.includes(last) ? [...order, last] : order;
}

/** An address as people type it. */
export const hostOf = (address: string) => address.replace(/^https?:\/\//, '');
