/** Light, or dark where the reader's device asks for it. */

let theme = $state<'light' | 'dark'>('light');

/** Follows the device from now on. */
export function followTheme(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const follow = () => {
    theme = dark.matches ? 'dark' : 'light';
    document.documentElement.dataset['theme'] = theme;
  };
  dark.addEventListener('change', follow);
  follow();
}

export const currentTheme = () => theme;
