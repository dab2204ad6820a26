import { accessible } from './pages';
import { done, gathering, safe, saved, SEE, sheet, stored, tap, toMap, unsafe } from './tablet';
import { expect, test } from './watched';

test('without network, over a reload: every pin arrives exactly once', async ({ page, context }) => {
  const table = await gathering({ questions: ['comment'] });
  await toMap(page, table);
  // The page is kept on the device first.
  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);
  for (let n = 0; n < 4; n++) {
    await tap(page, 0.5 + (n % 2) * 0.1, 0.55);
    await (n % 2 ? safe(page) : unsafe(page)).click();
    await sheet(page).getByRole('textbox').fill(`Plek ${n}`);
    await done(page);
  }
  await expect(page.locator('.saved').first()).toHaveText(/5 wachten/);
  await accessible(page);
  await page.reload();
  await page.locator(SEE).waitFor();
  await expect(page.locator('.saved').first()).toHaveText(/5 wachten/);
  await page.getByRole('button', { name: 'Jouw pins' }).click();
  await expect(page.getByText('“Plek 3”')).toBeVisible();
  await page.keyboard.press('Escape');
  expect(await stored(table)).toEqual([]);
  await context.setOffline(false);
  await saved(page);
  await expect(page.locator('.saved').first()).toHaveText('Bewaard');
  await page.reload();
  await page.locator(SEE).waitFor();
  await saved(page);
  expect(await stored(table)).toHaveLength(4);
});

test('a lost answer does not make a second pin', async ({ page }) => {
  const table = await gathering({ questions: [] });
  await toMap(page, table);
  let lost = 0;
  await page.route('**/pins/*', async (route) => {
    if (lost++ > 0) return route.continue();
    await route.fetch();
    await route.abort('connectionreset');
  });
  await tap(page, 0.5, 0.5);
  await safe(page).click();
  await expect.poll(() => lost).toBeGreaterThan(1);
  await saved(page);
  expect(await stored(table)).toHaveLength(1);
});

test('a refused pin says why and is not lost', async ({ page }) => {
  const table = await gathering({ questions: [] });
  await toMap(page, table);
  let refuse = true;
  await page.route('**/pins/*', (route) =>
    refuse ? route.fulfill({ status: 422, contentType: 'application/problem+json', body: JSON.stringify({ type: 'pin_outside_boundary', status: 422, field: 'geometry' }) }) : route.continue(),
  );
  await tap(page, 0.5, 0.5);
  await safe(page).click();
  await expect(page.getByRole('alert')).toContainText('Deze plek ligt buiten de buurt');
  await accessible(page);
  await page.getByRole('button', { name: 'Bekijk' }).click();
  refuse = false;
  await page.getByRole('button', { name: 'Opnieuw proberen' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await saved(page);
  expect(await stored(table)).toHaveLength(1);
});

test('a tablet that is let go asks for the code again and loses nothing', async ({ page }) => {
  const table = await gathering({ questions: [] });
  await toMap(page, table);
  let gone = true;
  await page.route('**/api/gatherings/**', (route) => (gone ? route.fulfill({ status: 401, contentType: 'application/problem+json', body: '{"type":"unknown_device","status":401}' }) : route.continue()));
  await tap(page, 0.5, 0.5);
  await safe(page).click();
  await expect(page.getByText(/Deze tablet is afgemeld.*Er wachten nog 2 berichten/)).toBeVisible();
  await accessible(page);
  gone = false;
  await page.getByLabel('Code').fill(table.code);
  await page.keyboard.press('Enter');
  await page.locator(SEE).waitFor();
  await saved(page);
  expect(await stored(table)).toHaveLength(1);
});
