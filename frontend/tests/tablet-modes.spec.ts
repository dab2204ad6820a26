import { accessible } from './pages';
import { done, gathering, press, SEE, sheet, stored, tap, toMap, unsafe } from './tablet';
import { expect, test } from './watched';

test('an interview keeps what was heard apart from what was lived, without a budget, with notes, without a clock', async ({ page }) => {
  const talk = await gathering({ kind: 'interview', questions: ['when'], pin_budget: null });
  await page.clock.install();
  await toMap(page, talk);
  await tap(page, 0.5, 0.5);
  const how = page.getByRole('group', { name: 'Hoe weet je dat?' });
  await expect(how.getByRole('button', { name: 'Zelf meegemaakt' })).toHaveAttribute('aria-pressed', 'true');
  await press(page, 'safe');
  await done(page);
  await how.getByRole('button', { name: 'Van horen zeggen' }).click();
  await accessible(page);
  await unsafe(page).click();
  await expect(sheet(page).getByRole('button', { name: 'Van horen zeggen' })).toHaveAttribute('aria-pressed', 'true');
  await done(page);
  // Asked of every pin anew.
  await expect(how.getByRole('button', { name: 'Zelf meegemaakt' })).toHaveAttribute('aria-pressed', 'true');
  const mine = page.getByRole('button', { name: 'Jouw pins' });
  await expect(mine).toContainText('1 pin · 1 plek van horen zeggen');
  await mine.click();
  await expect(page.getByRole('region', { name: 'Jouw pins' })).toContainText('Van horen zeggen');
  await accessible(page);
  await page.keyboard.press('Escape');

  const notes = page.waitForRequest((request) => request.method() === 'PUT' && request.url().includes('/participants/') && request.postData()!.includes('doodlopende'));
  await page.getByRole('button', { name: 'Notities' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('Vertelt over de doodlopende straat.');
  await accessible(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Klaar' }).click();
  expect((await notes).postDataJSON()).toMatchObject({ note: 'Vertelt over de doodlopende straat.' });

  await page.clock.runFor(600_000);
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await page.getByRole('button', { name: 'Klaar' }).click();
  await expect(page.getByText('1 plek waar je je veilig voelt')).toBeVisible();
  await expect(page.getByText('1 plek van horen zeggen')).toBeVisible();
  await expect(page.getByText(/maken we dit scherm/)).toHaveCount(0);
  await accessible(page);
  expect((await stored(talk)).map(({ properties }) => properties.basis).sort()).toEqual(['heard', 'own']);
});

test('in the street one pin is all: then thanks, and the next', async ({ page }) => {
  const street = await gathering({ questions: ['when'], pin_budget: 1 });
  await toMap(page, street);
  await tap(page, 0.5, 0.5);
  await press(page, 'safe');
  await sheet(page).getByRole('button', { name: 'Avond' }).click();
  await done(page);
  await expect(page.getByRole('heading', { name: 'Dank je wel!' })).toBeFocused();
  await expect.poll(async () => (await stored(street)).map(({ properties }) => properties.when)).toEqual([['evening']]);
  await page.getByRole('button', { name: 'Volgende persoon' }).click();
  await expect(page.getByRole('button', { name: 'Beginnen' })).toBeVisible();
});

test('at home it is one’s own phone: no practice, no clock, no lock', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const online = await gathering({ kind: 'online', questions: ['age'] });
  await page.clock.install();
  await page.goto(`/#code=${online.code}`);
  await expect(page.getByRole('button', { name: 'Begeleider' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Beginnen' }).click();
  await page.getByRole('button', { name: 'Verder', exact: true }).click();
  await page.locator(SEE).waitFor();
  await tap(page, 0.5, 0.5);
  await press(page, 'safe');
  await page.clock.runFor(600_000);
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await page.getByRole('button', { name: 'Klaar' }).click();
  await page.clock.runFor(600_000);
  await expect(page.getByRole('heading', { name: 'Dank je wel!' })).toBeVisible();
  await expect(page.getByText(/maken we dit scherm/)).toHaveCount(0);
});
