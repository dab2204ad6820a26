/** Keeps a shared tablet at its page: the way back of the browser leads nowhere else. */

/** As long as `stays` says so, going back calls `onback` and stays. */
export function stayHere(stays: () => boolean, onback: () => void): void {
  const step = () => {
    if (stays() && history.state !== 'here') history.pushState('here', '');
  };
  // A browser skips steps that were made before anybody touched the page.
  addEventListener('pointerdown', step, { capture: true, passive: true });
  addEventListener('popstate', () => {
    if (!stays()) return;
    onback();
    step();
  });
}
