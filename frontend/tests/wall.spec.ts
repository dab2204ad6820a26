import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { middleOf, type Boundary } from '../src/domain/boundary';
import { readDemo } from './demo';
import { joinDevice } from './device';
import { accessible } from './pages';
import { signIn, staff } from './staff';
import { expect, test } from './watched';

test.use({ viewport: { width: 1280, height: 720 }, hasTouch: false });

interface Table {
  id: string;
  code: string;
}

const gatherings = () => `/api/neighbourhoods/${readDemo().neighbourhood}/gatherings`;
const phase = ({ id }: Table, next: string) => staff('PATCH', `${gatherings()}/${id}`, { phase: next });

/** Its own gathering in its own round for each test. */
async function table(opened = true): Promise<Table> {
  const made = await staff<Table>('POST', gatherings(), { kind: 'street', name: 'Proef van de muur', round: `muur-${randomUUID().slice(0, 8)}`, pin_budget: null });
  if (opened) await phase(made, 'open');
  return made;
}

/** A device at the gathering; gives what puts pins of a new person there. */
async function device(at: Table) {
  const joined = await joinDevice(at);
  const [lon, lat] = await middle();
  return async (feeling: 'safe' | 'unsafe', east = 0, pins = 1) => {
    const participant = await joined.person();
    for (let n = 0; n < pins; n += 1) await joined.pin(participant, feeling, [lon + east + n * 0.0001, lat], { comment: 'Dit staat nooit op de muur' });
  };
}

/** A spot inside the demo's quarter. */
async function middle() {
  const { boundary } = await staff<{ boundary: Boundary }>('GET', `/api/neighbourhoods/${readDemo().neighbourhood}`);
  return middleOf(boundary);
}

/** Opens the wall as the owner. */
async function wall(page: Page, { id }: Table): Promise<void> {
  await signIn(page.context());
  await page.goto(`/wall#gathering=${id}`);
  await page.locator('[data-map-ready]').waitFor();
}

const headline = (page: Page) => page.getByRole('heading', { level: 1 });
const ground = (page: Page) => page.locator('[data-step]');
const drawn = async (page: Page) => Number((await ground(page).getAttribute('data-drawn')) ?? -1);

test('whoever is not signed in finds the way, and a used link is dropped from the address', async ({ page }) => {
  await page.goto(`/wall#link=${'x'.repeat(43)}&gathering=${randomUUID()}`);
  await expect(headline(page)).toHaveText('Meld je eerst aan');
  await expect(page.getByRole('link', { name: 'Naar het aanmelden' })).toHaveAttribute('href', '/desk');
  expect(page.url()).not.toContain('link=');
  await accessible(page);
});

test('without a gathering in the address one is chosen', async ({ page }) => {
  const open = await table();
  await wall(page, open);
  await page.goto('/wall');
  await expect(headline(page)).toHaveText('Welke bijeenkomst tonen we?');
  await accessible(page);
  await page.locator(`a[href$="${open.id}"]`).click();
  await expect(page.locator('.code')).toBeVisible();
});

test('a draft is opened from the wall', async ({ page }) => {
  await wall(page, await table(false));
  await expect(headline(page)).toHaveText('We beginnen zo');
  await accessible(page);
  await page.getByRole('button', { name: 'Open de bijeenkomst' }).click();
  await expect(headline(page)).toHaveText('Zet jouw pins op de kaart');
});

test('while pins are hidden the wall has the code and the counts, and asks for nothing more', async ({ page }) => {
  const open = await table();
  const put = await device(open);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await wall(page, open);
  const middle = open.code.length / 2;
  await expect(page.locator('.code')).toHaveText(`${open.code.slice(0, middle)} ${open.code.slice(middle)}`);
  await expect(page.getByRole('img', { name: 'QR-code om mee te doen' })).toBeVisible();
  await expect(page.getByText('De pins zijn nog verborgen.')).toBeVisible();
  for (let n = 0; n < 6; n += 1) await put('unsafe', 0, 2);
  await expect(page.locator('[data-count="people"]')).toHaveText('6');
  await expect(page.locator('[data-count="pins"]')).toHaveText('12');
  await accessible(page);
  expect(asked.filter((path) => /\/(pins|surface|hotspots)$/.test(path))).toEqual([]);
});

test('the reveal is confirmed, and then walks on with a clicker', async ({ page }) => {
  const open = await table();
  const put = await device(open);
  for (let n = 0; n < 7; n += 1) await put('safe', 0, 2);
  await wall(page, open);
  await page.keyboard.press('PageDown');
  await expect(headline(page)).toHaveText('Zet jouw pins op de kaart');
  await page.keyboard.press('r');
  await page.getByRole('dialog').getByRole('button', { name: 'Annuleren' }).click();
  await expect(headline(page)).toHaveText('Zet jouw pins op de kaart');
  await page.keyboard.press('r');
  await accessible(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Toon de pins' }).click();

  await expect(headline(page)).toHaveText('7 mensen zetten 14 pins op de kaart.');
  await expect(ground(page)).toHaveAttribute('data-drawn', /\d/);
  await accessible(page);
  await page.keyboard.press('PageDown');
  await expect(headline(page)).toContainText('7 van de 7 mensen voelen zich veilig');
  await expect(page.getByRole('img', { name: /^7 van de 7 mensen/ })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Plekken op de kaart' })).toBeAttached();
  await page.keyboard.press('ArrowRight');
  await expect(headline(page)).toHaveText('We vinden geen plek waar veel mensen zich minder veilig voelen.');
  await expect(page.getByText('Dat betekent niet dat het overal veilig is.')).toBeVisible();
  await page.keyboard.press(' ');
  await expect(headline(page)).toContainText('7 van de 7 mensen voelen zich veilig');
  await expect(page.locator('[aria-current="step"]')).toHaveAccessibleName('Stap 4: Samen');
  await accessible(page);
  // Of so few people neither divided places nor parts of the day are told.
  await expect(page.getByRole('navigation', { name: 'Stappen' }).getByRole('listitem')).toHaveCount(5);
  await page.keyboard.press('PageDown');
  await expect(ground(page)).toHaveAttribute('data-step', 'tour');
  await expect(page.getByText('plek 1 van 1')).toBeVisible();
  await page.keyboard.press('PageDown');
  await expect(ground(page)).toHaveAttribute('data-step', 'tour');
  await page.keyboard.press('PageUp');
  await expect(ground(page)).toHaveAttribute('data-step', 'both');
  await page.keyboard.press('PageUp');
  await expect(ground(page)).toHaveAttribute('data-step', 'unsafe');
  await page.keyboard.press('Home');
  await expect(ground(page)).toHaveAttribute('data-step', 'points');
  await page.getByRole('button', { name: 'Volgende stap' }).click();
  await expect(ground(page)).toHaveAttribute('data-step', 'safe');
  await expect(page.getByText('7 mensen, 14 pins')).toBeVisible();
  await expect(page.locator('body')).not.toContainText('Dit staat nooit op de muur');
});

test('a new pin comes to the wall by itself', async ({ page }) => {
  const open = await table();
  const put = await device(open);
  for (let n = 0; n < 8; n += 1) await put(n % 2 ? 'safe' : 'unsafe', (n % 2) * 0.004, 2);
  await phase(open, 'revealed');
  await wall(page, open);
  await page.keyboard.press('End');
  await expect(ground(page)).toHaveAttribute('data-drawn', /\d/);
  for (let n = 0; n < 5; n += 1) {
    const before = await drawn(page);
    await put('unsafe');
    await expect.poll(() => drawn(page)).toBeGreaterThan(before);
  }
  await expect(page.getByText('13 mensen, 21 pins')).toBeVisible();
});

test('under five people nothing is drawn and the wall says why', async ({ page }) => {
  const open = await table();
  const put = await device(open);
  for (let n = 0; n < 4; n += 1) await put('unsafe', 0, 4);
  await phase(open, 'revealed');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await wall(page, open);
  await expect(headline(page)).toHaveText('Te weinig mensen voor een kaart');
  await page.keyboard.press('End');
  await expect(headline(page)).toHaveText('Te weinig mensen voor een kaart');
  await expect(page.locator('.tab')).toHaveCount(0);
  expect(asked.filter((path) => path.endsWith('/pins'))).toEqual([]);
  await accessible(page);
  // With enough people the map comes by itself.
  for (let n = 0; n < 4; n += 1) await put('unsafe');
  await expect(headline(page)).toContainText('8 van de 8 mensen voelen zich minder veilig');
});

test('a broken line is told, and mends by itself', async ({ page, context }) => {
  const open = await table();
  await wall(page, open);
  const notice = page.getByText('Geen verbinding.');
  await expect(notice).toBeHidden();
  await page.route('**/events', (route) => route.abort());
  await context.setOffline(true);
  await page.reload().catch(() => undefined);
  await context.setOffline(false);
  await page.goto(`/wall#gathering=${open.id}`);
  await expect(notice).toBeVisible();
  await page.unroute('**/events');
  await expect(notice).toBeHidden();
});
