/** A value of the selection in words, for chips and for the method. */

import { AGES, GENDERS, ROLES } from '../../domain/gathering';
import { BASES, FEELINGS, WHEN } from '../../domain/pin';
import type { SelectionKey } from '../../domain/selection';
import { dayInWords, t, tOr } from '../../words/words.svelte';

/** What each key can be set to where the list is fixed. */
export const CHOICES = { feeling: FEELINGS, when: WHEN, basis: BASES, role: ROLES, age: AGES, gender: GENDERS } as const;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** `names` tells a gathering's name by its id. */
export function valueWords(key: SelectionKey, value: string, names: ReadonlyMap<string, string>): string {
  switch (key) {
    case 'round':
      return t('desk.selection.round', { name: value });
    case 'gathering':
      return names.get(value) ?? t('desk.selection.gathering');
    case 'from':
      return t('desk.selection.from', { day: DAY.test(value) ? dayInWords(value) : value });
    case 'to':
      return t('desk.selection.to', { day: DAY.test(value) ? dayInWords(value) : value });
    case 'role':
      return tOr(`desk.part.${value}`, 'desk.selection.unknown');
    case 'basis':
      return tOr(`desk.basis.${value}`, 'desk.selection.unknown');
    case 'feeling':
      return capital(tOr(`shared.feeling.${value}`, 'desk.selection.unknown'));
    case 'age':
    case 'gender':
      return t('desk.selection.of', { key: t(`desk.selection.key.${key}`), value: tOr(`shared.${key}.${value}`, 'desk.selection.unknown') });
    default:
      return tOr(`shared.${key}.${value}`, 'desk.selection.unknown');
  }
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
