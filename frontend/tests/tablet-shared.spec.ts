import { accessible } from './pages';
import { gathering, SEE } from './tablet';
import { expect, test } from './watched';

test('left alone it asks after a minute and empties itself after one and a half', async ({ page }) => {
  const table = await gathering({ questions: [] });
  await page.clock.install();
  await page.goto(`/#code=${table.code}`);
  await page.getByRole('button', { name: 'Beginnen' }).click();
  await page.locator(SEE).waitFor();
  // A touch starts the minute; the seconds of this machine run too.
  await page.touchscreen.tap(5, 5);
  await page.clock.runFor(45_000);
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await page.clock.runFor(15_000);
  await expect(page.getByRole('alertdialog', { name: 'Ben je er nog?' })).toBeVisible();
  await accessible(page);
  await page.getByRole('button', { name: 'Ja, ik ben er nog' }).click();
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await page.clock.runFor(92_000);
  await expect(page.getByRole('button', { name: 'Beginnen' })).toBeVisible();
});
