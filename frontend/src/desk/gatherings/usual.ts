/** What a new gathering starts with, so that one is made in a minute. */

import { USUAL_QUESTIONS, type Kind, type Question } from '../../domain/gathering';
import type { IconName } from '../../ui/icons';

export const KIND_ICONS: Record<Kind, IconName> = { table: 'people', interview: 'speak', street: 'walk', online: 'globe' };

/** Six pins at a table (three safe, three less safe), one in the street, none counted in a talk. */
export const usualBudget = (kind: Kind): number | null => ({ table: 6, interview: null, street: 1, online: 6 })[kind];

/** In the street there is half a minute; a talk is with one person, who needs no age band. */
export function usualQuestions(kind: Kind): Question[] {
  if (kind === 'street') return ['when', 'themes'];
  if (kind === 'interview') return USUAL_QUESTIONS.filter((question) => question !== 'age' && question !== 'gender');
  return [...USUAL_QUESTIONS];
}

/** The kind with the next free number: "Table 3". */
export function usualName(kind: Kind, others: readonly { kind: Kind }[], word: string): string {
  return `${word} ${others.filter((other) => other.kind === kind).length + 1}`;
}

/** Rounds are halves of a year until somebody names them otherwise. */
export const usualRound = (today: Date) => `${today.getFullYear()}-${today.getMonth() < 6 ? 1 : 2}`;
