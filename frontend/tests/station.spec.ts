import { accessible } from './pages';
import { arrived, dataWalk, read, type MadeDataWalk } from './walkers';
import { expect, test } from './watched';
import type { Browser, Page } from '@playwright/test';

const form = (page: Page) => page.locator('form');
const recorded = (page: Page) => page.getByRole('region', { name: /keer genoteerd/ });
const keep = (page: Page) => form(page).getByRole('button', { name: 'Bewaren' }).click();

/** A recorder's own tablet, opened with the QR code of a poster. */
async function recorder(browser: Browser, { code }: MadeDataWalk, station: number, viewport = { width: 1024, height: 768 }): Promise<Page> {
  const page = await (await browser.newContext({ viewport, hasTouch: true, locale: 'nl-BE' })).newPage();
  await page.goto(`/station#code=${code}&station=${station}`);
  await expect(form(page)).toBeVisible();
  return page;
}
/** Everything that the page needs is on the device. */
const keptHere = (page: Page) => page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));

test('two recorders at one station, one of them without a line: what both groups read arrives, with its own count', async ({ browser }) => {
  const made = await dataWalk();
  const unsafe = made.stations.find(({ kind }) => kind === 'unsafe')!;
  const [one, other] = [await recorder(browser, made, unsafe.number), await recorder(browser, made, unsafe.number, { width: 390, height: 844 })];
  await expect(one.getByRole('heading', { name: unsafe.title })).toBeVisible();
  await expect(one.getByText('Wat dit niet zegt:')).toBeVisible();
  await one.locator('[data-map-ready]').waitFor();
  await accessible(one);
  await keptHere(other);
  await other.context().setOffline(true);
  await other.reload();
  await expect(other.getByRole('heading', { name: unsafe.title })).toBeVisible();
  await accessible(other);

  for (const [page, stance, size] of [[one, 'Deels', 2], [other, 'Vult aan', 1]] as const) {
    await keep(page);
    await expect(page.getByText('Kies eerst of het klopt.')).toBeVisible();
    await page.getByRole('button', { name: stance, exact: true }).click();
    await page.getByLabel('In hun woorden').fill(`Vooral op marktdagen (${stance}).`);
    for (let press = 0; press < size; press++) await page.getByRole('button', { name: 'Eén meer: Hoeveel mensen staan hier?' }).click();
    await page.getByLabel('Over welke plek gaat het?').selectOption({ label: 'Een andere plek …' });
    await page.getByLabel('Welke plek?', { exact: true }).fill('Het bankje');
    await page.getByRole('button', { name: 'Licht', exact: true }).click();
    await page.getByRole('button', { name: `Eén meer: ${unsafe.prompts[1]}` }).click();
    await keep(page);
    await expect(page.getByText('Bewaard. Klaar voor de volgende groep.')).toBeVisible();
    await expect(page.getByRole('heading', { name: '1 keer genoteerd' })).toBeVisible();
  }
  await arrived(one);
  await expect(other.locator('[data-waiting]')).toHaveAttribute('data-waiting', '1');
  expect(await read(made)).toHaveLength(1);

  // Without a line it is changed, and once more after the line is back.
  await recorded(other).getByRole('button', { name: 'Wijzigen' }).click();
  await other.getByLabel('In hun woorden').fill('Ook op zondag.');
  await form(other).getByRole('button', { name: 'Wijziging bewaren' }).click();
  await other.context().setOffline(false);
  await arrived(other);
  const all = await read(made);
  expect(all.map(({ stance, interpretation, group_size, new_place, theme, stickers }) => [stance, interpretation, group_size, new_place, theme, stickers]).sort()).toEqual([
    ['adds', 'Ook op zondag.', 9, 'Het bankje', 'light', { 1: 1 }],
    ['nuances', 'Vooral op marktdagen (Deels).', 10, 'Het bankje', 'light', { 1: 1 }],
  ]);

  await recorded(one).getByRole('button', { name: 'Wissen' }).click();
  await accessible(one);
  await one.getByRole('alertdialog').getByRole('button', { name: 'Wissen' }).click();
  await expect(one.getByRole('heading', { name: '0 keer genoteerd' })).toBeVisible();
  await arrived(one);
  await expect.poll(async () => (await read(made)).length).toBe(1);
  for (const page of [one, other]) await page.context().close();
});

test('every chart is shown in words too, in the language that is asked, by keyboard and on a narrow screen in the dark', async ({ browser }) => {
  const kinds = ['who', 'safe', 'unsafe', 'contested', 'when', 'why', 'differences', 'words', 'figures', 'actions'];
  const made = await dataWalk({ stations: kinds.map((kind) => ({ kind, ...(kind === 'figures' && { figures: [{ label: 'Kapotte lampen', value: '34', period: '2025', source: 'Stad' }] }) })) });
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'nl-BE', colorScheme: 'dark', serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.goto('/station');
  await page.getByLabel('Code').fill(made.code);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Bij welke poster sta je?' })).toBeVisible();
  await accessible(page);
  for (const station of made.stations) {
    await page.getByRole('button', { name: new RegExp(`^${station.number} ?${station.question.replace(/[?.]/g, '\\$&')}`) }).press('Enter');
    await expect(page.getByRole('heading', { name: station.title })).toBeVisible();
    await accessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    await page.getByRole('button', { name: 'Alle stations' }).press('Enter');
  }
  // The answer in the old language comes after the new one was asked for.
  let letGo = () => {};
  const held = new Promise<void>((done) => (letGo = done));
  await page.route(/lang=nl$/, (route) => held.then(() => route.continue()));
  await page.getByRole('button', { name: /^1 / }).press('Enter');
  await page.getByRole('button', { name: 'Alle stations' }).press('Enter');
  await page.getByRole('button', { name: 'Français' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Devant quelle affiche êtes-vous ?' })).toBeVisible();
  await expect(page.getByText(made.stations[0]!.title)).toHaveCount(0);
  const late = page.waitForResponse(/lang=nl$/);
  letGo();
  await (await late).finished();
  await page.evaluate(() => new Promise((rests) => requestIdleCallback(rests)));
  await expect(page.getByText(made.stations[0]!.title)).toHaveCount(0);
  await context.close();
});
