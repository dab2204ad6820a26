import type { Page } from '@playwright/test';
import { readDemo } from './demo';
import { staff } from './staff';
import { expect } from './watched';

export interface Gathering {
  id: string;
  code: string;
}
export interface StoredPin {
  id: string;
  geometry: { coordinates: [number, number] };
  properties: { feeling: string; when: string[]; themes: string[]; effect: string | null; radius_m: number; comment: string | null };
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
export async function toMap(page: Page, { code }: Gathering): Promise<void> {
  await page.goto(`/#code=${code}`);
  await page.getByRole('button', { name: 'Beginnen' }).click();
  const on = page.getByRole('button', { name: 'Verder', exact: true });
  await expect(on.or(page.locator('.stage'))).toBeVisible();
  if (await on.isVisible()) await on.click();
  await page.locator(SEE).waitFor();
}

/** Does what moves the map, and waits until the map rests. */
export async function moving(page: Page, act: () => Promise<unknown>): Promise<void> {
  const rests = async () => Number(await page.locator(SEE).getAttribute('data-rests'));
  const before = await rests();
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
