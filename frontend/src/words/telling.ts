/** How sure it is, in words: the same sentences on the wall and on the desk. */

import type { Explanation, HotspotProperties, Method } from '../api/shapes';
import { currentLanguage, t, tOr } from './words.svelte';

/** What a verdict means; empty while there is none. */
export const verdictSentence = ({ kind, verdict }: Pick<HotspotProperties, 'kind' | 'verdict'>) =>
  verdict && kind !== 'contested' ? t(`staff.verdict.${verdict}`) : '';

/** Whether the place stays when other people had come, and the warning that one person carries it. */
export function stabilitySentences({ stability, hangs_on_one }: Pick<HotspotProperties, 'stability' | 'hangs_on_one'>): string[] {
  return [...(stability ? [t(`staff.stability.${stability}`)] : []), ...(hangs_on_one ? [t('staff.hangs_on_one')] : [])];
}

/** From here on a share of unsafe is most people; its mirror image is few. */
const MOST = 0.6;

/** Why people differ about a contested place. */
export function explanationSentence(explanation: Explanation): string {
  switch (explanation.by) {
    case 'time': {
      const { dark, day } = explanation;
      const apart = Math.max(dark, day) >= MOST && Math.min(dark, day) <= 1 - MOST;
      return t(`staff.explanation.${dark > day ? (apart ? 'dark_not' : 'darker') : apart ? 'day_not' : 'lighter'}`);
    }
    case 'group':
      return t('staff.explanation.group', { more: group(explanation.more), less: group(explanation.less) });
    case 'theme':
      return t('staff.explanation.theme', { safe: theme(explanation.safe), unsafe: theme(explanation.unsafe) });
    case 'mixed':
      return t('staff.explanation.mixed', { people: explanation.people });
    case 'open':
      return t('staff.explanation.open');
  }
}

/** What so many people allow to be said. */
export const tierSentence = ({ tier, people }: Pick<Method, 'tier' | 'people'>) => t(`staff.tier.${tier}`, { people });

/** Why there is no map, and from how many people there is. */
export const refusalSentence = ({ refused, people }: Pick<Method, 'refused' | 'people'>) =>
  tOr(`staff.refused.${refused?.why ?? ''}`, 'staff.tier.none', { people, needs: refused?.needs ?? 0 });

/** A refusal of the server in words, by its slug. */
export const problemSentence = (slug: string) => tOr([`staff.problem.${slug}`, `shared.problem.${slug}`], 'shared.problem.unknown');

const group = (code: string) => tOr(`staff.group.${code}`, 'staff.group.unknown');
/** In the middle of a sentence: nouns keep their capital only where the language writes them so. */
function theme(code: string): string {
  const words = tOr(`shared.theme.${code}`, 'shared.theme.other');
  return currentLanguage() === 'de' ? words : words.charAt(0).toLowerCase() + words.slice(1);
}
