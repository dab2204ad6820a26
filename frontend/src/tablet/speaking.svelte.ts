/**
 * For whoever hardly reads: the device says what stands on the screen, and a first touch on a button says its words; the
 * second presses it. Whoever presses with keys or a screen reader is never held up.
 */

import { tick } from 'svelte';
import { currentLanguage } from '../words/words.svelte';

const PRESSED = 'button, a, [role="button"]';
const READ = 'h1, h2, h3, p, li, label';

class Speaking {
  on = $state(false);
  #voices = $state.raw<readonly SpeechSynthesisVoice[]>([]);
  /** The button that was touched last: it has said what it is. */
  #touched: Element | null = null;

  constructor() {
    const { speechSynthesis } = window;
    if (!speechSynthesis) return;
    const look = () => (this.#voices = speechSynthesis.getVoices());
    look();
    speechSynthesis.addEventListener?.('voiceschanged', look);
    addEventListener('pagehide', () => this.stop());
  }

  /** Hears touches from now on; call it after what makes presses of slow touches. */
  follow(): void {
    document.addEventListener('click', (event) => this.#touch(event), { capture: true });
  }

  /** Whether this device has a voice for the language of the page. */
  get offered(): boolean {
    return this.#voiceOf(currentLanguage()) !== undefined;
  }

  toggle(how: string): void {
    this.on = !this.on;
    if (this.on) void this.screen(how);
    else this.stop();
  }

  /** Silent again, for the next person. */
  off(): void {
    this.on = false;
    this.stop();
  }

  stop(): void {
    this.#touched?.removeAttribute('data-touched');
    this.#touched = null;
    window.speechSynthesis?.cancel();
  }

  /** Says what the screen that has just come asks; nothing of the one before goes on. */
  async screen(before = ''): Promise<void> {
    this.stop();
    if (!this.on) return;
    await tick();
    const top = document.querySelector('dialog[open], .sheet') ?? document;
    this.#say([...(before ? [before] : []), ...[...top.querySelectorAll('[data-read]')].map(wordsOf)].join(' '), currentLanguage());
  }

  #touch(event: MouseEvent): void {
    // Keys and screen readers press without a pointer.
    if (!this.on || event.defaultPrevented || event.detail === 0 || !(event.target instanceof Element)) return;
    const button = event.target.closest(PRESSED);
    if (button?.hasAttribute('data-listen') || (button && button === this.#touched)) return this.stop();
    const touched = button ?? event.target.closest(READ);
    if (!touched) return;
    if (button) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    this.stop();
    this.#touched = button;
    button?.setAttribute('data-touched', '');
    this.#say(wordsOf(touched), touched.closest('[lang]')?.getAttribute('lang') ?? currentLanguage());
  }

  #say(words: string, language: string): void {
    const { speechSynthesis } = window;
    speechSynthesis.cancel();
    // Sentence by sentence: some voices fall silent in the middle of a long text.
    for (const sentence of words.split(/(?<=[.!?؟])\s+|\n+/u)) {
      if (!sentence.trim()) continue;
      const said = new SpeechSynthesisUtterance(sentence);
      said.voice = this.#voiceOf(language) ?? null;
      said.lang = said.voice?.lang ?? language;
      said.rate = 0.92;
      speechSynthesis.speak(said);
    }
  }

  #voiceOf(language: string): SpeechSynthesisVoice | undefined {
    const wanted = this.#voices.filter(({ lang }) => lang.toLowerCase().split(/[-_]/)[0] === language);
    return wanted.find((voice) => voice.localService) ?? wanted[0];
  }
}

/** What a screen reader would say of an element. */
function wordsOf(element: Element): string {
  const label = element.getAttribute('aria-label');
  const inside = [...element.querySelectorAll('button')].map((button) => `${wordsOf(button)}.`).join(' ');
  if (label) return `${label} ${inside}`;
  const copy = element.cloneNode(true) as Element;
  for (const part of copy.querySelectorAll('svg, [aria-hidden="true"]')) part.remove();
  for (const part of copy.querySelectorAll('b, small, h1, h2, p, li')) part.append('\n');
  return (copy.textContent ?? '').replaceAll('\u00ad', '').trim();
}

export const speaking = new Speaking();
