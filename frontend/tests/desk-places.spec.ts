import { joinDevice } from './device';
import { accessible } from './pages';
import { signIn, staff } from './staff';
import { expect, test } from './watched';

const [WEST, SOUTH] = [3.712, 51.056];
const ring = [[WEST, SOUTH], [WEST + 0.012, SOUTH], [WEST + 0.012, SOUTH + 0.008], [WEST, SOUTH + 0.008], [WEST, SOUTH]];
/** Two spots some 500 m apart. */
const [BRIDGE, SQUARE] = [[WEST + 0.0025, SOUTH + 0.004], [WEST + 0.0095, SOUTH + 0.004]] as const;

interface Named {
  id: string;
  slug: string;
}

test.use({ viewport: { width: 1440, height: 900 }, hasTouch: false });

/** An evening at which so many people find the bridge less safe and the square safe. */
async function evening(neighbourhood: string, held_on: string, people: number): Promise<void> {
  const path = `/api/neighbourhoods/${neighbourhood}/gatherings`;
  const { id } = await staff<{ id: string }>('POST', path, { kind: 'table', name: `Tafel van ${held_on}`, round: '2026-1', held_on, pin_budget: null });
  const { code } = await staff<{ code: string }>('PATCH', `${path}/${id}`, { phase: 'open' });
  const device = await joinDevice({ id, code });
  for (let n = 0; n < people; n++) {
    const participant = await device.person();
    for (const [feeling, [lon, lat]] of [['unsafe', BRIDGE], ['safe', SQUARE]] as const) {
      await device.pin(participant, feeling, [lon + (n % 4) * 0.0001, lat], { when: ['dark'], themes: ['light'] });
    }
  }
}

test('a hotspot is kept, named anew, and its history tells what people said', async ({ page, context }) => {
  await signIn(context);
  const name = `Plekkenwijk ${Math.random().toString(36).slice(2, 8)}`;
  const boundary = { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } };
  const { id, slug } = await staff<Named>('POST', '/api/neighbourhoods', { name, boundary, languages: ['nl'] });
  await evening(id, '2026-11-05', 7);

  await page.goto(`/desk#/${slug}/places`);
  await expect(page.getByText('Nog geen plek bewaard.')).toBeVisible();
  await accessible(page);
  await page.getByRole('link', { name: 'Naar de kaart' }).click();
  await page.getByRole('button', { name: /minder veilig/ }).first().click();
  await page.locator('.list').getByRole('button', { name: 'Bewaar als plek' }).click();
  const dialog = page.getByRole('dialog', { name: 'Bewaar als plek' });
  await accessible(page);
  await dialog.getByLabel('Naam van de plek').fill('Onder de spoorbrug');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  const row = page.locator('.list li', { hasText: 'Onder de spoorbrug' });
  await expect(row).toContainText('(bewaarde plek)');
  await accessible(page);

  // Another evening: the id stays, the history grows.
  await evening(id, '2026-11-12', 2);
  await row.getByRole('link', { name: 'Bekijk deze plek' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Onder de spoorbrug' })).toBeVisible();
  const history = page.getByRole('region', { name: 'Geschiedenis' });
  await expect(history).toContainText('9 van de 9 mensen voelden zich hier minder veilig.');
  await expect(history).toContainText('7 van de 7 mensen voelden zich hier minder veilig.');
  await expect(history).toContainText('12 nov 2026');
  await expect(history).toContainText('Bewaard als “Onder de spoorbrug”.');
  await accessible(page);

  await page.getByRole('button', { name: 'Geef een andere naam' }).click();
  await page.getByLabel('Naam van de plek').fill('   ');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('1 tot 120 tekens');
  await page.getByLabel('Naam van de plek').fill('Spoorbrug, kant van de school');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Spoorbrug, kant van de school' })).toBeVisible();
  await expect(history).toContainText('Heet nu “Spoorbrug, kant van de school”, eerder “Onder de spoorbrug”.');

  await page.getByRole('link', { name: 'Alle plekken' }).click();
  await expect(page.getByRole('heading', { name: '1 bewaarde plek' })).toBeVisible();
  await accessible(page);
  await page.getByRole('link', { name: 'Spoorbrug, kant van de school' }).press('Enter');
  await page.getByRole('button', { name: 'Haal van de lijst' }).click();
  const ask = page.getByRole('alertdialog');
  await accessible(page);
  await ask.getByRole('button', { name: 'Haal van de lijst' }).click();
  await expect(page.getByText('Nog geen plek bewaard.')).toBeVisible();
});

/** How many colours an image has, of those that were really drawn. */
const colours = (image: HTMLImageElement) => {
  const canvas = Object.assign(document.createElement('canvas'), { width: image.naturalWidth, height: image.naturalHeight });
  const paper = canvas.getContext('2d')!;
  paper.drawImage(image, 0, 0);
  return new Set(new Uint32Array(paper.getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size;
};

test('each place shows where it lies: a small map with its ground, which does not move the list', async ({ page, context }) => {
  await signIn(context);
  await page.goto('/desk#/sluiskwartier/places');
  const list = page.locator('.list ul');
  await expect(list.locator('.thumbnail').first()).toBeVisible();
  const before = await list.evaluate((element) => element.scrollHeight);
  const row = list.locator('li').filter({ has: page.locator('.drawn') }).first();
  await row.waitFor({ timeout: 60_000 });
  const thumbnail = row.locator('.thumbnail');
  const image = thumbnail.locator('img');
  await expect(image).toHaveAttribute('alt', '');
  expect(await image.evaluate((one: HTMLImageElement) => [one.naturalWidth, one.naturalHeight])).toEqual([320, 200]);
  expect(await image.evaluate(colours)).toBeGreaterThan(50);
  expect(await list.evaluate((element) => element.scrollHeight)).toBe(before);
  // The ground lies in the middle of what is shown of it.
  const [frame, ground] = [(await thumbnail.boundingBox())!, (await thumbnail.locator('path').last().boundingBox())!];
  expect(Math.abs(frame.x + frame.width / 2 - ground.x - ground.width / 2)).toBeLessThan(2);
  expect(ground.width).toBeLessThan(frame.width * 0.7);

  // On the place's own page it shows where in the neighbourhood.
  await row.getByRole('link').click();
  const where = page.locator('.now .thumbnail');
  await expect(where).toHaveClass(/drawn/, { timeout: 60_000 });
  expect(await where.locator('img').evaluate(colours)).toBeGreaterThan(50);

  // A picture that does not come leaves quiet ground and the outline.
  await page.route('**/picture.png?*', (route) => route.abort());
  await page.goto('/desk#/sluiskwartier/actions');
  await page.reload();
  const card = page.locator('.board .thumbnail').first();
  await expect(card.locator('path').last()).toBeVisible();
  await expect(card).not.toHaveClass(/drawn/);
  // No large map stands here: who made the map is told under the board.
  await expect(page.getByText('Vaartstede bestaat niet')).toBeVisible();
  await accessible(page);
});
