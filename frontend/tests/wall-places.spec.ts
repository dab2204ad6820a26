import type { Page } from '@playwright/test';
import { accessible, tested, wideWall } from './pages';
import { expect, test } from './watched';

test.use({ viewport: { width: 1280, height: 720 }, hasTouch: false });

const headline = (page: Page) => page.getByRole('heading', { level: 1 });
const step = (page: Page, name: string) => page.getByRole('navigation', { name: 'Stappen' }).getByRole('button', { name: new RegExp(`: ${name}$`) });

test('the tour goes from place to place and says how sure each is', async ({ page }) => {
  const { people, places } = await tested();
  await wideWall(page);
  await step(page, 'Langs de plekken').click();
  for (const [n, place] of places.slice(0, 3).entries()) {
    await expect(headline(page)).toHaveText(place.name);
    await expect(page.getByText(`plek ${n + 1} van ${places.length}`)).toBeVisible();
    if (place.kind === 'contested') {
      await expect(page.locator('.verdict')).toHaveText('Verdeeld');
      await expect(page.getByRole('heading', { name: 'Waarom verschilt het?' })).toBeVisible();
    } else {
      await expect(page.locator('.big')).toContainText(`${place.kind === 'safe' ? place.people_safe : place.people_unsafe}van de ${people} mensen voelen zich hier`);
      await expect(page.locator('.verdict')).toHaveText({ signal: 'Duidelijk signaal', no_clear_signal: 'Geen duidelijk signaal', too_few_people: 'Te weinig mensen' }[place.verdict!]!);
    }
    await expect(page.getByText(/Blijft (meestal )?staan|Wankel/)).toBeVisible();
    await page.keyboard.press('PageDown');
  }
  await page.keyboard.press('End');
  await expect(headline(page)).toHaveText(places.at(-1)!.name);
  await page.keyboard.press('ArrowRight');
  await expect(headline(page)).toHaveText(places.at(-1)!.name);
  await accessible(page);
});

test('only words that a moderator approved are read out, at the place they are about', async ({ page }) => {
  await wideWall(page);
  await step(page, 'Langs de plekken').click();
  await expect(page.getByRole('heading', { name: 'Wat mensen zeggen' })).toBeVisible();
  const told = await page.locator('blockquote').allTextContents();
  expect(told.length).toBeGreaterThan(0);
  expect(told.length).toBeLessThanOrEqual(2);
});

test('divided places have their own step, and say why people differ', async ({ page }) => {
  await tested();
  await wideWall(page);
  await step(page, 'Verdeeld').click();
  await expect(headline(page)).toContainText('Niet iedereen voelt hetzelfde');
  await expect(page.locator('.because')).toHaveText(/\S{3}/);
  await expect(page.locator('.tab').first()).toBeVisible();
  const divided = await page.locator('.tab').count();
  await expect(page.locator('.legend')).toContainText('Verdeeld');
  await accessible(page);
  await step(page, 'Samen').click();
  await expect.poll(() => page.locator('.tab').count()).toBeGreaterThan(divided);
  for (const key of ['Duidelijk signaal', 'Geen duidelijk signaal', 'Te weinig mensen', 'Verdeeld']) await expect(page.locator('.legend').getByText(key, { exact: true })).toBeVisible();
});

test('parts of the day are shown one by one', async ({ page }) => {
  await wideWall(page);
  await step(page, 'In het donker').click();
  await expect(page.locator('.moment')).toHaveText('In het donker');
  await expect(headline(page)).toContainText('mensen voelen zich minder veilig');
  await expect(page.getByText(/^\d+ mensen zeiden iets over dit moment\.$/)).toBeVisible();
  await accessible(page);
  await page.keyboard.press('PageUp');
  await expect(page.locator('.moment')).toHaveText('’s Avonds');
});
