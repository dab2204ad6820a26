import { joinDevice } from './device';
import { accessible } from './pages';
import { gathering, phase, safe, saved, tap, toMap } from './tablet';
import { expect, test } from './watched';

/** In the demo's quarter. */
const NEAR = [3.715, 51.06] as const;

test('after the reveal a person agrees and disagrees with the pins of others, and the next one begins anew', async ({ page }) => {
  const table = await gathering({ questions: ['when', 'themes'] });
  const others = await joinDevice(table);
  for (const [n, feeling] of (['unsafe', 'unsafe', 'safe'] as const).entries()) {
    await others.pin(await others.person(), feeling, [NEAR[0] + n / 1000, NEAR[1]], { themes: ['light'], when: ['dark'] });
  }
  await toMap(page, table);
  await expect(page.getByRole('button', { name: 'Bekijk de pins van iedereen' })).toHaveCount(0);
  await tap(page, 0.5, 0.5);
  await safe(page).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Klaar' }).click();
  await saved(page);
  await phase(table, 'revealed');
  await page.getByRole('button', { name: 'Bekijk de pins van iedereen' }).click();

  const rows = page.locator('.list li');
  await expect(rows).toHaveCount(4);
  await page.locator('.others [data-map-ready]').waitFor();
  await expect(rows.first()).toContainText('veilig');
  await expect(page.getByText('Jouw pin')).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Ik ook' })).toHaveCount(3);
  await accessible(page);

  const last = rows.last();
  await last.getByRole('button', { name: 'Ik ook' }).click();
  await expect(last.getByRole('button', { name: 'Ik ook' })).toHaveAttribute('aria-pressed', 'true');
  await saved(page);
  await expect(last).toContainText('Voelt dit ook: 1');
  await last.getByRole('button', { name: 'Ik niet' }).click();
  await expect(last).toContainText('Voelt dit niet: 1');
  await expect(last.getByRole('button', { name: 'Ik ook' })).toHaveAttribute('aria-pressed', 'false');
  await last.getByRole('button', { name: 'Ik niet' }).click();
  await expect(last).not.toContainText('Voelt dit');

  // By keyboard, and without network it waits.
  await page.context().setOffline(true);
  await last.getByRole('button', { name: 'Ik ook' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.saved').first()).toHaveAttribute('data-waiting', '1');
  await page.reload().catch(() => undefined);
  await page.context().setOffline(false);
  await expect(rows.last().getByRole('button', { name: 'Ik ook' })).toHaveAttribute('aria-pressed', 'true');
  await saved(page);
  await expect(rows.last()).toContainText('Voelt dit ook: 1');

  await page.getByRole('button', { name: 'Klaar' }).click();
  await accessible(page);
  await page.getByRole('button', { name: 'Volgende persoon' }).click();
  await page.getByRole('button', { name: 'Beginnen' }).click();
  await page.getByRole('button', { name: 'Bekijk de pins van iedereen' }).click();
  await expect(rows).toHaveCount(4);
  await expect(page.locator('[aria-pressed="true"]')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Ik ook' })).toHaveCount(4);
  await expect(rows.last()).toContainText('Voelt dit ook: 1');
});

test('under three people no pin is shown, and it says why', async ({ page }) => {
  const table = await gathering({ questions: [] });
  const others = await joinDevice(table);
  await others.pin(await others.person(), 'unsafe', NEAR);
  await phase(table, 'revealed');
  await toMap(page, table);
  await page.getByRole('button', { name: 'Bekijk de pins van iedereen' }).click();
  await expect(page.getByText('Er zijn nog te weinig mensen', { exact: false })).toBeVisible();
  await accessible(page);
  await phase(table, 'open');
  await expect(page.getByText('Er zijn nog te weinig mensen', { exact: false })).toHaveCount(0);
});
