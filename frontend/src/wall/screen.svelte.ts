/** The size of the projector's picture: everything on the wall is a share of it, drawn for 1920 × 1080. */

const DRAWN_REM_PX = 26;

/** How much larger than drawn everything is; 1 on a full HD projector. */
export class Screen {
  scale = $state(Screen.#measure());

  constructor() {
    $effect(() => {
      const measure = () => (this.scale = Screen.#measure());
      addEventListener('resize', measure);
      return () => removeEventListener('resize', measure);
    });
  }

  static #measure() {
    return parseFloat(getComputedStyle(document.documentElement).fontSize) / DRAWN_REM_PX;
  }
}

const DARK = 'wall-dark';

/** The look of the room: the projector's own, or the dark one of an evening, kept on this computer. */
export class Room {
  dark = $state(stored());

  constructor() {
    $effect(() => {
      document.documentElement.dataset['theme'] = this.dark ? 'dark' : 'projector';
    });
  }

  toggle(): void {
    this.dark = !this.dark;
    try {
      localStorage.setItem(DARK, String(this.dark));
    } catch {
      // Storage may be closed off; the choice then lasts as long as the page.
    }
  }
}

function stored(): boolean {
  try {
    return localStorage.getItem(DARK) === 'true';
  } catch {
    return false;
  }
}
