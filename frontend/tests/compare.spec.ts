import { readDemo } from './demo';
import { accessible, wideWall } from './pages';
import { signIn } from './staff';
import { expect, test } from './watched';

test.use({ viewport: { width: 1440, height: 900 }, hasTouch: false });

test('two sides stand next to each other, move together, and a small group is refused calmly', async ({ page }) => {
  await wideWall(page);
  await page.keyboard.press('v');
  const [women, men] = [page.getByRole('region', { name: 'Vrouwen', exact: true }), page.getByRole('region', { name: 'Mannen', exact: true })];
  await expect(women.locator('[data-map-ready]')).toBeVisible();
  await expect(men.locator('[data-map-ready]')).toBeVisible();
  await expect(women).toContainText('26 mensen');
  await expect(men).toContainText('17 mensen');
  await expect(page.getByText('Kleine groepen: stof voor een gesprek, geen bewijs.')).toBeVisible();
  await expect(page.locator('.legend')).toContainText('Duidelijk verschil');
  await accessible(page);

  const scales = () => Promise.all([women, men].map((side) => side.locator('.scale').evaluate((bar) => `${bar.textContent} ${Math.round(bar.getBoundingClientRect().width)}`)));
  const before = await scales();
  expect(before[0]).toBe(before[1]);
  await men.locator('canvas').focus();
  await page.keyboard.press('+');
  await expect.poll(async () => (await scales())[0]).not.toBe(before[0]);
  await expect.poll(async () => new Set(await scales()).size).toBe(1);

  await page.getByRole('button', { name: 'Jong en oud' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Te weinig mensen om te vergelijken.');
  await expect(page.getByText('We tonen twee kanten pas vanaf 15 mensen aan elke kant.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-step]')).toBeVisible();
});

test('two selections are compared, with what such a comparison cannot tell', async ({ page: desk, context }) => {
  await signIn(context);
  await desk.goto(`/desk#/${readDemo().neighbourhood}/map?round=2026-1`);
  await desk.getByRole('button', { name: 'Vergelijk', exact: true }).click();
  await expect(desk.getByRole('region', { name: 'Vrouwen', exact: true }).locator('[data-map-ready]')).toBeVisible();
  await expect(desk.getByRole('region', { name: 'Mannen', exact: true })).toContainText('17 mensen');
  await expect(desk.getByText('Kleine groepen: stof voor een gesprek, geen bewijs.')).toBeVisible();
  await accessible(desk);
  await desk.getByRole('button', { name: 'Overdag en donker' }).click();
  await expect(desk).toHaveURL(/view=compare~light/);
  await expect(desk.getByRole('region', { name: 'In het donker', exact: true })).toBeVisible();
});
