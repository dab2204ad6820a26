/**
 * Firm, slow and trembling presses are presses. A finger that rests for a second and a half or wanders a little is no
 * press to the browser: then this makes it one. A double tap is one press, except where repeating is the point
 * (`data-repeats`). Nothing is selected, no menu opens.
 */

const PRESSED = 'button, a[href], label, summary, canvas';
const WRITTEN_IN = 'input, textarea';
/** How far a finger may wander. */
const WANDER_PX = 24;
/** So much later at the latest the browser's own press has come. */
const OWN_PRESS_MS = 80;
/** A second press of the same thing within this is a tremble. */
const TREMBLE_MS = 400;

interface Touched {
  target: HTMLElement;
  id: number;
  x: number;
  y: number;
  /** Where what lies under it was scrolled to. */
  top: number;
  wandered: boolean;
}

const topOf = (target: HTMLElement) => target.getBoundingClientRect().top;

export function forgivePresses(): void {
  let touched: Touched | null = null;
  /** What was pressed last, and when. */
  let last: { target: Element | null; at: number } = { target: null, at: -Infinity };

  const options = { capture: true, passive: true } as const;
  document.addEventListener(
    'touchstart',
    ({ touches, target }) => {
      const [finger] = touches;
      const pressed = touches.length === 1 ? (target as Element).closest<HTMLElement>(PRESSED) : null;
      touched = pressed && finger ? { target: pressed, id: finger.identifier, x: finger.clientX, y: finger.clientY, top: topOf(pressed), wandered: false } : null;
    },
    options,
  );
  document.addEventListener(
    'touchmove',
    ({ touches }) => {
      const finger = [...touches].find(({ identifier }) => identifier === touched?.id);
      if (touched && finger && Math.hypot(finger.clientX - touched.x, finger.clientY - touched.y) > WANDER_PX) touched.wandered = true;
    },
    options,
  );
  document.addEventListener(
    'touchend',
    ({ timeStamp: since }) => {
      const end = touched;
      touched = null;
      if (!end || end.wandered) return;
      setTimeout(() => {
        // The browser made its own press, the page moved under the finger, or the thing is gone.
        if (last.at >= since || !end.target.isConnected || Math.abs(topOf(end.target) - end.top) > 4) return;
        end.target.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, clientX: end.x, clientY: end.y, detail: 1 }));
      }, OWN_PRESS_MS);
    },
    options,
  );

  document.addEventListener(
    'click',
    (event) => {
      // The keyboard and the page itself press without a finger.
      if (event.detail === 0) return;
      const target = (event.target as Element).closest(PRESSED);
      // When the finger did it, not when the page came round to it.
      const now = event.timeStamp;
      const trembles = target !== null && !target.matches('label') && target === last.target && now - last.at < TREMBLE_MS && !target.closest('[data-repeats]');
      if (target) last = { target, at: now };
      if (trembles) {
        event.stopPropagation();
        event.preventDefault();
      }
    },
    { capture: true },
  );
  document.addEventListener('contextmenu', (event) => {
    if (!(event.target as Element).closest(WRITTEN_IN)) event.preventDefault();
  });
}
