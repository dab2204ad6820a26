/** The screen of a tablet that stands on a table: filled by the page, and kept from falling asleep. */

export const canFill = document.fullscreenEnabled === true;
export const canWake = 'wakeLock' in navigator;

class Screen {
  full = $state(false);
  awake = $state(false);
  #lock: WakeLockSentinel | null = null;

  constructor() {
    document.addEventListener('fullscreenchange', () => (this.full = document.fullscreenElement !== null));
    // The browser lets go of the lock whenever the page is hidden.
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible' && this.awake) void this.#hold();
    });
  }

  /** Fills the screen, or gives it back. */
  fill(): void {
    void (this.full ? document.exitFullscreen() : document.documentElement.requestFullscreen({ navigationUI: 'hide' })).catch(() => undefined);
  }

  /** Keeps the screen on, or lets it sleep again. */
  wake(): void {
    this.awake = !this.awake;
    if (this.awake) void this.#hold();
    else void this.#lock?.release();
  }

  async #hold(): Promise<void> {
    try {
      this.#lock = await navigator.wakeLock.request('screen');
    } catch {
      // An empty battery: the tablet decides.
      this.awake = false;
    }
  }
}

export const screen = new Screen();
