/** A long name or a long language makes the words a little smaller, rather than pushing the method out of view. */

import type { Attachment } from 'svelte/attachments';

/** Sets `--words` on the element; `watched` names what its size depends on. */
export const fitting =
  (watched: () => unknown): Attachment<HTMLElement> =>
  (body) => {
    watched();
    const fit = () => {
      for (const share of [1, 0.93, 0.86, 0.8, 0.74, 0.68]) {
        body.style.setProperty('--words', String(share));
        if (body.scrollHeight <= body.clientHeight) return;
      }
    };
    fit();
    void document.fonts.ready.then(fit);
  };
