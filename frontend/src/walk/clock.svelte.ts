/** The time as the page shows it: it moves on by itself. */

import { currentLanguage } from '../words/words.svelte';

const EVERY_MS = 10_000;
let now = $state(Date.now());
setInterval(() => (now = Date.now()), EVERY_MS);
document.addEventListener('visibilitychange', () => (now = Date.now()));

export const now_ms = () => now;

/** A moment on the reader's clock: 16:39. */
export const clockOf = (moment_ms: number) => new Intl.DateTimeFormat(`${currentLanguage()}-BE-u-nu-latn`, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(moment_ms);
