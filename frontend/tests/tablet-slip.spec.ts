import { readDemo } from './demo';
import { accessible } from './pages';
import { staff } from './staff';
import { done, gathering, phase, safe, saved, SEE, sheet, stored, tap, toMap, unsafe } from './tablet';
import { expect, test } from './watched';

test('the slip on the last page shows one’s own pins and deletes them, also when the gathering is over', async ({ page, browser }) => {
  const table = await gathering();
  await toMap(page, table);
  await tap(page, 0.5, 0.5);
  await unsafe(page).click();
  await done(page);
  await tap(page, 0.6, 0.4);
  await safe(page).click();
  await done(page);
  await saved(page);
  await page.getByRole('button', { name: 'Klaar' }).click();
  await expect(page.getByRole('heading', { name: 'Jouw briefje' })).toBeVisible();
  await expect(page.getByRole('img', { name: 'QR-code naar jouw pins' })).toBeVisible();
  await accessible(page);
  const code = (await page.locator('.slip b').innerText()).replaceAll(/\s/g, '');
  expect(code).toMatch(/^[ACDEFHJKMNPRTWXY3479]{5}(-[ACDEFHJKMNPRTWXY3479]{5}){2}$/);
  await phase(table, 'closed');

  // Another device, that joined nothing.
  const phone = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, locale: 'nl-BE' });
  const own = await phone.newPage();
  await own.goto(`/#slip=${code}`);
  const rows = own.getByRole('listitem');
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText('veilig');
  expect(own.url(), 'the code stays in no history').not.toContain(code);
  await accessible(own);
  await own.getByRole('button', { name: /^Wissen: Pin 1/ }).click();
  await accessible(own);
  await own.getByRole('button', { name: 'Ja, wissen' }).click();
  await expect(rows).toHaveCount(1);
  await expect.poll(async () => (await stored(table)).length).toBe(1);
  await own.getByRole('button', { name: 'Wis alles van mij' }).click();
  await own.getByRole('button', { name: 'Nee, houden' }).click();
  await expect(rows).toHaveCount(1);
  await own.getByRole('button', { name: 'Wis alles van mij' }).click();
  await own.getByRole('button', { name: 'Ja, wis alles' }).click();
  await expect(own.getByText('Alles van jou is gewist.')).toBeVisible();
  await accessible(own);
  expect(await stored(table)).toEqual([]);
  await phone.close();
});

test('a slip is typed in too, and a wrong code is told', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Ik heb een briefje' }).click();
  await accessible(page);
  await page.getByLabel('Code van je briefje').fill('aaaaa-aaaaa-aaaaa');
  await page.getByRole('button', { name: 'Bekijk' }).click();
  await expect(page.getByText('Deze code kennen we niet', { exact: false })).toBeVisible();
  await accessible(page);
  await page.getByRole('button', { name: 'Klaar' }).click();
  await expect(page.getByRole('heading', { name: 'Doe mee met je code' })).toBeVisible();
});

test('whoever put no pin gets no slip, and the next person another', async ({ page }) => {
  const table = await gathering({ questions: [] });
  await toMap(page, table);
  await page.getByRole('button', { name: 'Klaar' }).click();
  await expect(page.getByText('Je hebt geen pins gezet')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Jouw briefje' })).toHaveCount(0);
  const codes: string[] = [];
  for (let n = 0; n < 2; n++) {
    await page.getByRole('button', { name: 'Volgende persoon' }).click();
    await page.getByRole('button', { name: 'Beginnen' }).click();
    await page.locator(SEE).waitFor();
    await tap(page, 0.5, 0.5);
    await safe(page).click();
    await page.getByRole('button', { name: 'Klaar' }).click();
    codes.push(await page.locator('.slip b').innerText());
  }
  expect(codes[0]).not.toBe(codes[1]);
});

test('on paper there is only the slip', async ({ page }) => {
  const table = await gathering({ questions: [] });
  await toMap(page, table);
  await tap(page, 0.5, 0.5);
  await safe(page).click();
  await page.getByRole('button', { name: 'Klaar' }).click();
  await page.locator('.slip b').waitFor();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText(new URL(page.url()).host, { exact: false })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Dank je wel!' })).toBeHidden();
  await expect(page.getByRole('button', { name: 'Druk af' })).toBeHidden();
});

test('what would help is asked by choice and sent along', async ({ page }) => {
  const table = await gathering({ questions: ['help', 'comment'] });
  await toMap(page, table);
  await tap(page, 0.5, 0.5);
  await unsafe(page).click();
  await sheet(page).getByLabel('Wat zou hier helpen?').fill('Een lamp bij de brug');
  await accessible(page);
  await done(page);
  await saved(page);
  const words = async () => (await staff<{ items: { gathering: string; help: string | null }[] }>('GET', `/api/neighbourhoods/${readDemo().neighbourhood}/comments`)).items;
  await expect.poll(async () => (await words()).filter((one) => one.gathering === table.id).map((one) => one.help)).toEqual(['Een lamp bij de brug']);
});
