import type { Page } from '@playwright/test';
import { readDemo } from './demo';
import { staff } from './staff';
import { expect } from './watched';

export interface Gathering {
  id: string;
  code: string;
  leave_pin: string;
}
export interface StoredPin {
  geometry: { coordinates: [number, number] };
  properties: { feeling: string; when: string[]; themes: string[]; effect: string | null; radius_m: number; comment: string | null; basis: string };
}

const ALL = ['radius', 'when', 'themes', 'effect', 'comment', 'age', 'gender', 'role'];
/** The map of the page on which pins are put, once it is drawn. */
export const SEE = '.stage [data-map-ready]';

/** Its own gathering for each test, so that what arrives is countable. */
export async function gathering(change: object = {}): Promise<Gathering> {
  const path = `/api/neighbourhoods/${readDemo().neighbourhood}/gatherings`;
  // A street gathering goes straight to the map: no practice first.
  const made = await staff<Gathering>('POST', path, { kind: 'street', name: 'Proef', round: 'proef', pin_budget: 6, questions: ALL, ...change });
  return staff<Gathering>('PATCH', `${path}/${made.id}`, { phase: 'open' });
}
export const phase = ({ id }: Gathering, next: string) => staff('PATCH', `/api/neighbourhoods/${readDemo().neighbourhood}/gatherings/${id}`, { phase: next });
export const stored = async ({ id }: Gathering) => (await staff<{ features: StoredPin[] }>('GET', `/api/neighbourhoods/${readDemo().neighbourhood}/pins?gathering=${id}`)).features;

/** From the card's QR code to the map. */
export async function toMap(page: Page, { code }: Gathering, base = ''): Promise<void> {
  await page.goto(`${base}/#code=${code}`);
  await page.getByRole('button', { name: 'Beginnen' }).click();
  const on = page.getByRole('button', { name: 'Verder', exact: true });
  await expect(on.or(page.locator('.stage'))).toBeVisible();
  if (await on.isVisible()) await on.click();
  await page.locator(SEE).waitFor();
}

/** Does what moves the map, and waits until the map rests. */
export async function moving(page: Page, act: () => Promise<unknown>): Promise<void> {
  const rests = async () => Number(await page.locator(SEE).getAttribute('data-rests'));
  // Where it still comes to rest from before, the next rest would be an old one.
  let before = -1;
  const still = async () => {
    const [now, earlier] = [await rests(), before];
    before = now;
    return now === earlier;
  };
  await expect.poll(still, { intervals: [300] }).toBe(true);
  await act();
  await expect.poll(rests).toBeGreaterThan(before);
}

/** Taps the map at shares of its size, and waits until the map rests there. */
export async function tap(page: Page, x: number, y: number): Promise<void> {
  const box = (await page.locator('.stage').boundingBox())!;
  await moving(page, () => page.touchscreen.tap(box.x + box.width * x, box.y + box.height * y));
}

export const saved = (page: Page) => expect(page.locator('.saved').first()).toHaveAttribute('data-waiting', '0');
export const safe = (page: Page) => page.getByRole('button', { name: 'Hier voel ik me veilig' });
export const unsafe = (page: Page) => page.getByRole('button', { name: 'Hier voel ik me minder veilig' });
export const sheet = (page: Page) => page.getByRole('dialog', { name: 'Vertel meer over deze plek' });
export const done = (page: Page) => sheet(page).getByRole('button', { name: 'Klaar' }).click();

/** Everything that the page needs is on the device. */
export const kept = (page: Page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    const files = async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).length))).reduce((a, b) => a + b, 0);
    // The pieces of the map come one after the other: they are all there when no more come.
    for (let before = -1, now = await files(); now !== before || now < 20; before = now, now = await files()) await new Promise((resolve) => setTimeout(resolve, 400));
  });

/** Presses a feeling so many times; without questions each press is a pin. */
export const press = (page: Page, feeling: 'safe' | 'unsafe' | 'mixed', times = 1) =>
  page.locator(`.ask .${feeling}`).evaluate((button, times) => {
    for (let n = 0; n < times; n++) (button as HTMLButtonElement).click();
  }, times);

/** Opens the lock for the facilitator and types digits. */
export async function unlock(page: Page, digits: string): Promise<void> {
  const lock = page.getByRole('dialog', { name: 'Voor de begeleider' });
  if (!(await lock.isVisible())) await page.getByRole('button', { name: 'Begeleider' }).click();
  for (const digit of digits) await lock.getByRole('button', { name: digit, exact: true }).click();
}
export const facilitator = (page: Page) => page.getByRole('dialog', { name: 'Deze tablet' });
