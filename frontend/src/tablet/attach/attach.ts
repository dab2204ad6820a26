/** The part for photos and voices, with its words. */

import { addWords } from '../../words/words.svelte';

await addWords(import.meta.glob('../../words/photo/*.json', { import: 'default' }));
export { default } from './Attach.svelte';
