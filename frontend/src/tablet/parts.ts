/** What of the tablet's page comes only when somebody asks for it. */
export const parts = {
  attach: () => import('./attach/attach'),
  draw: () => import('./Draw.svelte'),
  facilitator: () => import('./facilitator/Facilitator.svelte'),
  note: () => import('./Note.svelte'),
  others: () => import('./Others.svelte'),
  slip: () => import('./SlipPage.svelte'),
  slipCard: () => import('./SlipCard.svelte'),
  wording: () => import('../words/wording'),
} as const;

/** Fetches them ahead once the page has nothing else to do: without a service worker nothing else has them when the line is down. */
export function fetchParts(): void {
  const fetchAll = () => void Promise.allSettled(Object.values(parts).map((part) => part()));
  if ('requestIdleCallback' in window) requestIdleCallback(fetchAll);
  else addEventListener('load', fetchAll, { once: true });
}
