import { accessible } from './pages';
import { fromTelephone } from './photo-files';
import { arrived, joinPhone, joinWalk, seen, walk } from './walkers';
import { expect, test } from './watched';
import type { Page } from '@playwright/test';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, locale: 'nl-BE' });

const act = (page: Page, name: RegExp) => page.locator('.acts').getByRole('button', { name }).click();
/** Presses each score so many times. */
async function feel(page: Page, times: readonly number[]): Promise<void> {
  for (const [n, count] of times.entries()) for (let press = 0; press < count; press++) await page.getByRole('region', { name: /^Eerst stil/ }).locator('.scores button').nth(n).click();
}

test('a walk leader\'s phone without a line for the whole walk: everything arrives, also after a reload, and a second phone merges without loss', async ({ page, context }) => {
  const made = await walk({ roles: { scribe: 'Tom', timekeeper: '', photographer: '', guest: 'Schepen Ilse' } });
  await joinWalk(page, made);
  const roles = page.getByRole('region', { name: 'Wie doet wat' });
  await expect(roles.getByRole('definition')).toHaveText(['Ada 0470 12 34 56', 'Tom', 'Schepen Ilse']);
  await expect(roles.getByRole('link', { name: '0470 12 34 56' })).toHaveAttribute('href', 'tel:0470123456');
  await accessible(page);
  await context.setOffline(true);
  // Opened anew without a line: the page, the walk and its map are there.
  await page.goto('/walk');
  await expect(page.getByRole('heading', { name: 'Geen net nodig' })).toBeVisible();
  await act(page, /Naar de afspraken/);
  await expect(page.getByText('Dit is geen melding.')).toBeVisible();
  await expect(page.getByRole('link', { name: '112' })).toHaveAttribute('href', 'tel:112');
  await accessible(page);
  await act(page, /We vertrekken/);
  await page.locator('[data-map-ready]').waitFor();
  await accessible(page);

  for (const [n, stop] of made.stops.entries()) {
    await expect(page.getByRole('heading', { name: stop.name })).toBeVisible();
    await act(page, /We zijn er/);
    await expect(page.getByText(`Stop ${n + 1} van 4`)).toBeVisible();
    await feel(page, [n, 3, 0, 1, 0]);
    await expect(page.getByText(`${n + 4} van 8`)).toBeVisible();
    await page.getByLabel('Wat maakt het hier veilig?').fill(`Goed ${n}`);
    await page.getByLabel('Wat maakt het hier minder veilig?').fill(`Minder ${n}`);
    await page.getByRole('button', { name: 'Licht: 0, slecht' }).click();
    await page.getByRole('button', { name: 'Netheid: 3, goed' }).click();
    await page.getByRole('button', { name: 'Deels', exact: true }).click();
    await page.getByLabel('Wat moet anders?').fill(`Anders ${n}`);
    if (n === 1) {
      await page.getByLabel('Neem een foto').last().setInputFiles(await fromTelephone(page, 1600, 1200));
      await page.getByRole('checkbox', { name: /Er staan geen mensen/ }).check();
      await page.getByRole('checkbox', { name: /Dit kan snel/ }).check();
      await accessible(page);
      await page.reload();
      await expect(page.getByLabel('Wat moet anders?')).toHaveValue('Anders 1');
      await expect(page.getByRole('img', { name: 'Jouw foto' })).toBeVisible();
      await expect(page.getByRole('button', { name: /^2\. 3 mensen/ })).toBeVisible();
    }
    await act(page, n < 3 ? /^Naar / : /Afronden/);
  }
  await expect(page.getByText('5 berichten wachten op net')).toBeVisible();
  await accessible(page);

  // A second phone of the group was at the same stops.
  const other = await joinPhone(made);
  await other.note({ stop: made.stops[0]!.id, feelings: [0, 0, 0, 0, 4], keep: 'De bank', fits: 'confirms' });
  await context.setOffline(false);
  await arrived(page);
  await expect(page.getByText('Alles is aangekomen')).toBeVisible();
  await expect(page.getByText('1 andere telefoon')).toBeVisible();
  const together = await seen(made);
  expect(together.phones).toBe(2);
  expect(together.stops.map(({ phones, feelings }) => [phones, ...feelings])).toEqual([[2, 0, 3, 0, 1, 4], [1, 1, 3, 0, 1, 0], [1, 2, 3, 0, 1, 0], [1, 3, 3, 0, 1, 0]]);
  expect(together.stops[0]!.fits).toEqual({ confirms: 1, nuances: 1, contradicts: 0 });
  expect(together.stops[1]!.quick_wins).toBe(1);
  const [told] = together.stops[1]!.each;
  expect(told).toMatchObject({ what_safe: 'Goed 1', what_unsafe: 'Minder 1', change: 'Anders 1', scores: { light: 0, clean: 3 }, photo: 'waiting' });

  // Handed over, it knows nothing of the walk any more.
  await act(page, /Deze telefoon leegmaken/);
  await page.getByRole('alertdialog').getByRole('button', { name: 'Leegmaken' }).click();
  await expect(page.getByLabel('Code')).toBeVisible();
});

test('in bad weather the group goes along the sheltered stops alone, and knows what was found beforehand', async ({ page, context }) => {
  const { stops } = await walk();
  const roofed = stops.map(({ name, point }, n) => ({ name, point, kind: n === 0 ? 'meeting' : null, shelter: n === 3 }));
  const made = await walk({ stops: roofed, recce_day: '2026-11-20', recce_found: 'Werken aan de tunnel.' });
  await joinWalk(page, made);
  await expect(page.getByRole('region', { name: /^Let op onderweg/ })).toContainText('Werken aan de tunnel.');
  await expect(page.getByRole('button', { name: /Buurthuis.*overdekt/ })).toBeVisible();
  await accessible(page);
  await context.setOffline(true);
  await act(page, /Naar de afspraken/);
  await act(page, /We vertrekken/);
  await act(page, /We zijn er/);
  await act(page, /^Naar Tunnel/);
  await page.getByRole('button', { name: 'Slecht weer' }).click();
  await accessible(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Overdekte stops' }).click();
  await expect(page.getByRole('heading', { name: 'Buurthuis' })).toBeVisible();
  // The way there was worked out beforehand: it is no guess.
  await expect(page.getByText('De weg staat niet op de kaart.')).toHaveCount(0);
  await act(page, /We zijn er/);
  await expect(page.getByText('Stop 2 van 2')).toBeVisible();
  await page.getByRole('button', { name: 'Terug', exact: true }).click();
  await expect(page.getByText('2 stops overgeslagen.')).toBeVisible();
  await page.getByRole('button', { name: 'Toch alles wandelen' }).click();
  await expect(page.getByRole('button', { name: /Speelveld/ })).toBeVisible();
});

test('by keyboard alone: a code, a stop, a score taken back, the phone handed round', async ({ page }) => {
  const made = await walk();
  await page.goto('/walk');
  await page.getByLabel('Code').focus();
  await page.keyboard.type(made.code.toLowerCase());
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /Naar de afspraken/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /We vertrekken/ }).press('Enter');
  await page.getByRole('button', { name: /We zijn er/ }).press('Enter');
  await page.getByRole('button', { name: '1, minder veilig. 0 mensen' }).press('Enter');
  await page.getByRole('button', { name: '5, veilig. 0 mensen' }).press('Enter');
  await page.getByRole('button', { name: 'Laatste weg' }).press('Enter');
  await page.getByRole('button', { name: 'Geef de telefoon rond' }).press('Enter');
  // Handed round, no button says how many chose it.
  await page.getByRole('button', { name: '3', exact: true }).first().press('Enter');
  await expect(page.getByText('2 van 8')).toBeVisible();
  await expect(page.getByRole('button', { name: /1 mens$/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Toon de cijfers' }).press('Enter');
  await expect(page.getByRole('button', { name: /1 mens$/ })).toHaveCount(2);
  const overview = page.getByRole('button', { name: 'Overzicht: 2' });
  await overview.press('Enter');
  await expect(overview).toHaveAttribute('aria-pressed', 'true');
  await overview.press('Enter');
  await page.getByRole('button', { name: 'Hulp in de buurt: 1' }).press('Enter');
  await arrived(page);
  await expect.poll(async () => (await seen(made)).stops[0]?.each[0]).toMatchObject({ feelings: [1, 0, 1, 0, 0], scores: { sight: null, guard: 1 } });
});

test('those who lead the walk choose and word its stops, and take all of it back', async ({ page, context }) => {
  const made = await walk({ kind: 'youth_led', name: 'Onze toer' });
  await joinWalk(page, made);
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Een stop toevoegen' }).click();
  await page.locator('[data-map-ready]').waitFor();
  await page.getByRole('button', { name: 'Stop bewaren' }).click();
  await expect(page.getByText('Geef de plek een naam')).toBeVisible();
  await page.getByLabel('Hoe heet deze plek bij jullie?').fill('Onze bank');
  await page.getByLabel('Wat wil je hier vragen of vertellen?').fill('Wie zit hier graag?');
  await accessible(page);
  await page.getByRole('button', { name: 'Stop bewaren' }).click();
  await page.getByRole('button', { name: /Kerkplein/ }).click();
  await page.getByLabel('Hoe heet deze plek bij jullie?').fill('De poort');
  await page.getByRole('button', { name: 'Stop bewaren' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'De poort' })).toBeVisible();
  await act(page, /Naar de afspraken/);
  await act(page, /We vertrekken/);
  await page.getByRole('button', { name: 'Terug' }).click();
  await page.getByRole('button', { name: /Onze bank/ }).click();
  await act(page, /We zijn er/);
  await expect(page.getByText('Wie zit hier graag?')).toBeVisible();
  await feel(page, [0, 0, 0, 0, 2]);
  await context.setOffline(false);
  await arrived(page);
  await expect.poll(async () => (await seen(made)).stops.map(({ phones }) => phones)).toEqual([0, 0, 0, 0, 1]);

  await act(page, /Afronden/);
  await page.getByRole('button', { name: 'Alles terugnemen' }).click();
  await accessible(page);
  await page.getByRole('alertdialog').getByRole('button', { name: 'Ja, neem alles terug' }).click();
  await arrived(page);
  await expect.poll(async () => (await seen(made)).phones).toBe(0);
});

test('who tells with photos is asked the five questions of photovoice', async ({ page, context }) => {
  const made = await walk({ kind: 'photovoice', name: 'Onze foto’s' });
  await joinWalk(page, made);
  await context.setOffline(true);
  await act(page, /Naar de afspraken/);
  await act(page, /We vertrekken/);
  await act(page, /We zijn er/);
  const questions = ['Wat zie je hier?', 'Wat gebeurt hier echt?', 'Wat heeft dit met ons leven te maken?', 'Waarom is dit zo?', 'Wat kunnen we doen?'];
  await expect(page.getByLabel(questions[0]!)).toHaveCount(0);
  await page.getByLabel('Neem een foto').last().setInputFiles(await fromTelephone(page, 800, 600));
  await page.getByRole('checkbox', { name: /Er staan geen mensen/ }).check();
  for (const [n, question] of questions.entries()) await page.getByLabel(question).fill(`Antwoord ${n}`);
  await accessible(page);
  await page.reload();
  await expect(page.getByLabel(questions[4]!)).toHaveValue('Antwoord 4');
  await context.setOffline(false);
  await arrived(page);
  await expect.poll(async () => (await seen(made)).stops[0]?.each[0]).toMatchObject({ photo: 'waiting', caption: { see: 'Antwoord 0', happening: 'Antwoord 1', lives: 'Antwoord 2', why: 'Antwoord 3', act: 'Antwoord 4' } });
  // Without the photo there is nothing to tell of it.
  await page.getByRole('button', { name: 'Foto wissen' }).click();
  await arrived(page);
  await expect.poll(async () => (await seen(made)).stops[0]?.each[0]).toMatchObject({ photo: null, caption: null });
});

test('letters of twice the size, the dark, and a language that runs the other way', async ({ page }) => {
  const made = await walk();
  await page.emulateMedia({ colorScheme: 'dark' });
  await joinWalk(page, made);
  await page.evaluate(() => {
    document.documentElement.dir = 'rtl';
    document.documentElement.style.fontSize = '212%';
  });
  const fits = async () => expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
  await fits();
  await act(page, /Naar de afspraken/);
  await fits();
  await act(page, /We vertrekken/);
  await fits();
  await act(page, /We zijn er/);
  await fits();
  await accessible(page);
});
