import { accessible } from './pages';
import { done, gathering, moving, safe, saved, SEE, sheet, stored, tap, toMap, unsafe } from './tablet';
import { expect, test } from './watched';

test('a street is searched, a landmark picked from the list', async ({ page }) => {
  const table = await gathering();
  await toMap(page, table);
  await page.getByRole('button', { name: 'Kies uit een lijst' }).click();
  await accessible(page);
  const places = page.getByRole('region', { name: 'Kies uit een lijst' }).getByRole('listitem');
  const name = (await places.first().innerText()).trim();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Zoek een straat' }).click();
  await page.keyboard.type(name.slice(0, 5).toLowerCase());
  await moving(page, () => page.getByRole('region', { name: 'Zoek een straat' }).getByRole('button', { name }).first().click());
  await expect(safe(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(sheet(page)).toBeVisible();
});

test('from the code to thanks with the keyboard alone', async ({ page }) => {
  const table = await gathering();
  await page.goto('/');
  const go = async (name: string | RegExp) => {
    const target = page.getByRole('button', { name }).first();
    await expect(target).toBeVisible();
    for (let n = 0; n < 70; n++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`the Tab key never reaches ${name}`);
  };
  const press = async (name: string | RegExp) => {
    await go(name);
    await page.keyboard.press('Enter');
  };
  for (let n = 0; n < 20 && !(await page.getByLabel('Code').evaluate((field) => field === document.activeElement)); n++) await page.keyboard.press('Tab');
  await page.keyboard.type(table.code);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /Waar voel je/ })).toBeFocused();
  await press('Beginnen');
  await press('18 tot 29');
  await press(/^Verder$/);
  await page.locator(SEE).waitFor();
  await moving(page, () => press('Dichterbij'));
  await moving(page, () => press('Dichterbij'));
  // The map itself moves with the arrow keys.
  for (let n = 0; n < 30 && !(await page.evaluate(() => document.activeElement?.matches('canvas'))); n++) await page.keyboard.press('Shift+Tab');
  await moving(page, () => page.keyboard.press('ArrowLeft'));
  await press('Hier voel ik me veilig');
  await expect(sheet(page)).toBeVisible();
  await press('Namiddag');
  await page.keyboard.press('Escape');
  await expect(sheet(page)).toHaveCount(0);
  await press(/^Klaar/);
  await expect(page.getByRole('heading', { name: 'Dank je wel!' })).toBeFocused();
  await saved(page);
  expect(await stored(table)).toMatchObject([{ properties: { feeling: 'safe', when: ['afternoon'] } }]);
});

test('a route is drawn corner by corner, with the keyboard alone', async ({ page }) => {
  const table = await gathering({ questions: [] });
  await toMap(page, table);
  await tap(page, 0.5, 0.5);
  await page.getByRole('button', { name: 'Route of gebied' }).press('Enter');
  await page.getByRole('button', { name: 'Een route' }).press('Enter');
  const add = page.getByRole('button', { name: 'Punt zetten' });
  await expect(safe(page)).toBeHidden();
  await add.press('Enter');
  await moving(page, () => page.getByRole('button', { name: 'Naar het oosten' }).press('Enter'));
  await add.press('Enter');
  await add.press('Enter');
  await page.getByRole('button', { name: 'Ongedaan maken' }).press('Enter');
  await expect(page.getByText('2 punten')).toBeVisible();
  await accessible(page);
  await unsafe(page).press('Enter');
  await expect.poll(() => stored(table)).toHaveLength(1);
  const [pin] = await stored(table);
  expect(pin!.geometry).toMatchObject({ type: 'LineString' });
  expect(pin!.geometry.coordinates).toHaveLength(2);
  // The next one is a place again.
  await expect(page.getByRole('button', { name: 'Een route' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Route of gebied' })).toBeVisible();
});

test('a phone shows everything without scrolling sideways', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const table = await gathering();
  const fits = async () => expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await page.goto(`/#code=${table.code}`);
  await expect(page.getByRole('button', { name: 'Beginnen' })).toBeInViewport();
  await fits();
  await accessible(page);
  await page.getByRole('button', { name: 'Beginnen' }).click();
  await page.getByRole('button', { name: 'Verder', exact: true }).click();
  await page.locator(SEE).waitFor();
  await fits();
  await accessible(page);
  await tap(page, 0.5, 0.5);
  await unsafe(page).click();
  await expect(sheet(page)).toBeVisible();
  await fits();
  await accessible(page);
  await done(page);
  await page.getByRole('button', { name: 'Klaar' }).click();
  await fits();
  await accessible(page);
});

test('at night the page is dark, and still legible', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  const table = await gathering();
  await page.goto(`/#code=${table.code}`);
  await expect(page.getByRole('button', { name: 'Beginnen' })).toBeVisible();
  await accessible(page);
  await toMap(page, table);
  await accessible(page);
  await tap(page, 0.5, 0.5);
  await unsafe(page).click();
  await sheet(page).getByRole('button', { name: 'Avond' }).click();
  await accessible(page);
});

test('right to left: the page turns around and nothing falls off', async ({ page }) => {
  const table = await gathering();
  await toMap(page, table);
  await page.evaluate(() => (document.documentElement.dir = 'rtl'));
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  const [zoom, stage] = [(await page.getByRole('button', { name: 'Dichterbij' }).boundingBox())!, (await page.locator('.stage').boundingBox())!];
  expect(zoom.x).toBeLessThan(stage.x + stage.width / 2);
});
