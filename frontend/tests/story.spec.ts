import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from '@playwright/test';
import { readDemo } from './demo';
import { joinDevice } from './device';
import { signIn, staff } from './staff';
import { expect, test } from './watched';

interface Feature {
  readonly geometry: { readonly coordinates: readonly [number, number] };
  readonly properties: Readonly<Record<string, unknown>>;
}

async function signedIn(context: BrowserContext): Promise<Page> {
  await signIn(context);
  return context.newPage();
}

/** Six neighbours at another tablet: two pins each, in the park. */
async function neighbours(gathering: string, code: string): Promise<void> {
  const { features } = await staff<{ features: { properties: { kind: string; centre: [number, number] } }[] }>('GET', `/api/neighbourhoods/${readDemo().neighbourhood}/hotspots`);
  const [lon, lat] = features.find(({ properties }) => properties.kind === 'safe')!.properties.centre;
  const device = await joinDevice({ id: gathering, code });
  for (let n = 0; n < 6; n += 1) {
    const participant = await device.person();
    for (const east of [0, 0.0002]) await device.pin(participant, 'safe', [lon + east, lat]);
  }
}

/** One person in front of the tablet: three pins, two of them with words. */
async function threePins(tablet: Page, who: string): Promise<void> {
  const sheet = tablet.getByRole('dialog', { name: 'Vertel meer over deze plek' });
  for (const [n, feeling] of ['Hier voel ik me veilig', 'Hier voel ik me minder veilig', 'Het hangt ervan af'].entries()) {
    await tablet.getByRole('button', { name: 'Naar het oosten' }).click();
    // From far away the first press only comes closer.
    await expect(async () => {
      if (!(await sheet.isVisible())) await tablet.getByRole('button', { name: feeling }).click();
      await expect(sheet).toBeVisible({ timeout: 3000 });
    }).toPass();
    if (n < 2) await sheet.getByRole('textbox', { name: 'In je eigen woorden' }).fill(`${who}, plek ${n + 1}`);
    await sheet.getByRole('button', { name: 'Klaar' }).click();
    await expect(sheet).toBeHidden();
  }
}

test('a workshop with a tablet, a wall and a desk at once @story', async ({ browser }) => {
  test.setTimeout(180_000);
  const slug = (await staff<{ slug: string }>('GET', `/api/neighbourhoods/${readDemo().neighbourhood}`)).slug;
  const [room, hand, office] = await Promise.all([
    browser.newContext({ viewport: { width: 1280, height: 720 } }),
    browser.newContext({ viewport: { width: 1024, height: 768 }, hasTouch: true }),
    browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true }),
  ]);

  // The desk makes a gathering and opens it.
  const desk = await signedIn(office);
  await desk.goto(`/desk#/${slug}/gatherings/new`);
  await desk.getByRole('textbox', { name: 'Naam' }).fill('Het verhaal');
  await desk.getByRole('button', { name: 'Maak de bijeenkomst' }).click();
  await desk.getByRole('button', { name: 'Open de bijeenkomst' }).click();
  await expect(desk.getByRole('button', { name: 'Laat de kaart zien' })).toBeVisible();
  const id = new URL(desk.url()).hash.split('/').pop()!;
  const { code } = await staff<{ code: string }>('GET', `/api/neighbourhoods/${slug}/gatherings/${id}`);

  // The wall shows how to join, and nothing else.
  const wall = await signedIn(room);
  await wall.goto(`/wall#gathering=${id}`);
  await expect(wall.getByRole('heading', { level: 1 })).toHaveText('Zet jouw pins op de kaart');
  await expect(wall.getByText(`${code.slice(0, 3)} ${code.slice(3)}`)).toBeVisible();

  // The first person, with network.
  const tablet = await hand.newPage();
  await tablet.goto(`/#code=${code}`);
  const saved = tablet.locator('.saved').first();
  const begin = async () => {
    await tablet.getByRole('button', { name: 'Beginnen' }).click();
    const map = tablet.locator('.stage [data-map-ready]');
    const on = tablet.getByRole('button', { name: /^(Verder|Overslaan)$/ });
    await expect(async () => {
      if (!(await map.isVisible())) await on.first().click({ timeout: 1000 });
      await expect(map).toBeVisible({ timeout: 3000 });
    }).toPass();
  };
  await begin();
  await threePins(tablet, 'De eerste');
  await expect(saved).toHaveAttribute('data-waiting', '0');
  await expect(wall.locator('body')).toContainText(/mens doet mee\s*1/);
  await tablet.getByRole('button', { name: 'Klaar' }).click();
  await tablet.getByRole('button', { name: 'Volgende persoon' }).click();

  // The second person, without; the page is even loaded again.
  await begin();
  await tablet.evaluate(() => navigator.serviceWorker.ready);
  await hand.setOffline(true);
  await threePins(tablet, 'De tweede');
  await expect(saved).toHaveText(/wachten/);
  await tablet.reload();
  await tablet.locator('.stage [data-map-ready]').waitFor();
  await expect(saved).toHaveText(/wachten/);
  await hand.setOffline(false);
  await expect(saved).toHaveAttribute('data-waiting', '0');
  await neighbours(id, code);
  await expect(wall.locator('body')).toContainText(/mensen doen mee\s*8/);
  await expect(wall.locator('body')).toContainText(/pins op de kaart\s*18/);
  await expect(wall.locator('[data-drawn]')).toHaveCount(0);

  // The desk reveals, and the room sees it.
  await desk.getByRole('button', { name: 'Laat de kaart zien' }).click();
  await desk.getByRole('alertdialog').getByRole('button', { name: 'Laat de kaart zien' }).click();
  await expect(wall.getByRole('heading', { level: 1 })).toHaveText('8 mensen zetten 18 pins op de kaart.');
  await wall.keyboard.press('PageDown');
  await expect(wall.getByRole('heading', { level: 1 })).toContainText('6 van de 8 mensen voelen zich veilig');
  await expect(wall.locator('[data-drawn]')).toHaveAttribute('data-drawn', /\d/);
  await expect(wall.locator('body')).not.toContainText('De eerste');

  // One comment is approved; the file that goes home holds every pin and that one text.
  const waiting = await staff<{ items: { pin: string; comment: string; gathering: string }[] }>('GET', `/api/neighbourhoods/${slug}/comments`);
  const mine = waiting.items.filter(({ gathering }) => gathering === id);
  expect(mine.map(({ comment }) => comment).sort()).toEqual(['De eerste, plek 1', 'De eerste, plek 2', 'De tweede, plek 1', 'De tweede, plek 2']);
  await staff('PATCH', `/api/neighbourhoods/${slug}/comments/${mine[0]!.pin}`, { status: 'approved' });
  await desk.goto(`/desk#/${slug}/export?gathering=${id}`);
  const cards = desk.getByRole('link', { name: /Download/ });
  await expect(cards).toHaveCount(2);
  const files: { type: string; features: Feature[] }[] = [];
  // One after the other: two presses at once share one mouse.
  for (const n of [0, 1]) {
    const [download] = await Promise.all([desk.waitForEvent('download'), cards.nth(n).click()]);
    files.push(JSON.parse(readFileSync(await download.path(), 'utf8')) as { type: string; features: Feature[] });
  }
  const pins = files.find(({ features }) => features.every(({ geometry }) => typeof geometry.coordinates[0] === 'number'))!;
  expect(pins.features).toHaveLength(18);
  expect(pins.features.map(({ properties }) => properties.comment).filter(Boolean)).toEqual([mine[0]!.comment]);
  expect(files.every(({ type }) => type === 'FeatureCollection')).toBe(true);
  await Promise.all([room.close(), hand.close(), office.close()]);
});
