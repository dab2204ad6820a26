/** Notices that nobody touches the tablet. */

export interface Idle {
  stop(): void;
}

/** Calls `tick` every second with the whole seconds since the last touch, key or move. */
export function watchIdle(tick: (seconds: number) => void): Idle {
  // Not the clock of the tablet: that may jump when it is put right.
  let last = performance.now();
  const touched = () => {
    last = performance.now();
    tick(0);
  };
  const signs = ['pointerdown', 'keydown', 'wheel', 'touchmove', 'input'] as const;
  for (const sign of signs) addEventListener(sign, touched, { capture: true, passive: true });
  const timer = setInterval(() => tick(Math.floor((performance.now() - last) / 1000)), 1000);
  return {
    stop() {
      clearInterval(timer);
      for (const sign of signs) removeEventListener(sign, touched, { capture: true });
    },
  };
}
