import { readFileSync } from 'node:fs';
import { accessible } from './pages';
import { facilitator, gathering, kept, phase, press, safe, SEE, stored, tap, toMap, unlock } from './tablet';
import { expect, test } from './watched';

test('left alone it asks after a minute and empties itself after one and a half', async ({ page }) => {
  const table = await gathering({ questions: [] });
  await page.clock.install();
  await page.goto(`/#code=${table.code}`);
  await page.getByRole('button', { name: 'Beginnen' }).click();
  await page.locator(SEE).waitFor();
  // A key starts the minute; the seconds of this machine run too.
  await page.keyboard.press('Shift');
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

test('whoever needs more time stops the clock, for themself alone', async ({ page }) => {
  const table = await gathering({ questions: [], pin_budget: null });
  await page.clock.install();
  await page.goto(`/#code=${table.code}`);
  await page.getByRole('button', { name: 'Beginnen' }).click();
  await page.locator(SEE).waitFor();
  await page.keyboard.press('Shift');
  await page.clock.runFor(61_000);
  await page.getByRole('alertdialog').getByRole('button', { name: 'Zet de klok uit' }).click();
  await page.clock.runFor(3_600_000);
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await expect(safe(page)).toBeVisible();
  // Nor does the page of thanks go by itself.
  await page.getByRole('button', { name: 'Klaar' }).click();
  await page.clock.runFor(3_600_000);
  await expect(page.getByText('De klok is uit')).toBeVisible();
  await page.getByRole('button', { name: 'Volgende persoon' }).click();
  await page.getByRole('button', { name: 'Beginnen' }).click();
  await page.getByRole('button', { name: 'Klaar' }).click();
  await page.clock.runFor(50_000);
  await page.getByRole('button', { name: 'Zet de klok uit' }).click();
  await page.clock.runFor(100_000);
  await expect(page.getByRole('heading', { name: 'Dank je wel!' })).toBeVisible();
  await page.getByRole('button', { name: 'Terug naar de kaart' }).click();
  await page.getByRole('button', { name: 'Klaar' }).click();
  await page.getByRole('button', { name: 'Volgende persoon' }).click();
  await page.getByRole('button', { name: 'Beginnen' }).click();
  await page.getByRole('button', { name: 'Klaar' }).click();
  await page.clock.runFor(61_000);
  await expect(page.getByRole('button', { name: 'Beginnen' })).toBeVisible();
});

test('the facilitator opens a sheet with four digits, without network too, and saves what waits to a file', async ({ page, context }) => {
  const table = await gathering({ questions: [], pin_budget: null, leave_pin: '4071' });
  await toMap(page, table);
  await kept(page);
  await tap(page, 0.5, 0.5);
  await context.setOffline(true);
  await press(page, 'unsafe', 3);
  await unlock(page, '0000');
  const lock = page.getByRole('dialog', { name: 'Voor de begeleider' });
  await expect(lock.getByText('Dat klopt niet')).toBeVisible();
  await accessible(page);
  await unlock(page, '4071');
  await expect(facilitator(page)).toContainText('4 berichten van 1 persoon');
  await expect(facilitator(page)).toContainText('Geen verbinding');
  await expect(facilitator(page)).toContainText('opent ook zonder netwerk');
  await accessible(page);
  const [download] = await Promise.all([page.waitForEvent('download'), facilitator(page).getByRole('button', { name: 'Bewaar in een bestand' }).click()]);
  expect(download.suggestedFilename()).toMatch(/^buurtsignaal-[A-Z]+\.json$/);
  const file = JSON.parse(readFileSync(await download.path(), 'utf8'));
  expect(Object.keys(file)).toEqual(['format', 'gathering', 'device', 'letters']);
  expect(file).toMatchObject({ format: 'buurtsignaal-outbox/1', gathering: table.id, device: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  expect(file.letters.map(({ kind }: { kind: string }) => kind)).toEqual(['participant', 'pin', 'pin', 'pin']);
  expect(file.letters[1]).toMatchObject({ participant: file.letters[0].about, body: { properties: { feeling: 'unsafe' } } });
  // A file takes nothing away: it leaves by itself all the same.
  await context.setOffline(false);
  await expect(facilitator(page)).toContainText('Alles is verstuurd');
  expect(await stored(table)).toHaveLength(3);
  await facilitator(page).getByRole('button', { name: 'Terug' }).click();
  await expect(safe(page)).toBeVisible();
});

test('three wrong codes: the lock rests, and shows how long', async ({ page }) => {
  const table = await gathering({ leave_pin: '4071' });
  await page.clock.install();
  await page.goto(`/#code=${table.code}`);
  for (const digits of ['1111', '2222', '3333']) await unlock(page, digits);
  const lock = page.getByRole('dialog', { name: 'Voor de begeleider' });
  await expect(lock.getByText(/Drie keer fout. Wacht \d+ seconden/)).toBeVisible();
  await expect(lock.getByRole('button', { name: '4', exact: true })).toBeDisabled();
  await accessible(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Begeleider' }).click();
  await expect(lock.getByRole('button', { name: '4', exact: true })).toBeDisabled();
  await page.clock.runFor(21_000);
  // The keys of a keyboard do the same.
  await page.keyboard.type('4071');
  await expect(facilitator(page)).toBeVisible();
});

test.describe('a line that the test cuts', () => {
  // What a service worker lets through, the test could not stop.
  test.use({ serviceWorkers: 'block' });

  test('a shared tablet leaves its gathering only with the code; what waits for the old one still leaves', async ({ page, context }) => {
    const old = await gathering({ questions: [], pin_budget: null, leave_pin: '4071' });
    const next = await gathering({ questions: [], leave_pin: '9999' });
    await toMap(page, old);
    await tap(page, 0.5, 0.5);
    await context.setOffline(true);
    await press(page, 'safe', 2);
    await expect(page.locator('.saved').first()).toHaveAttribute('data-waiting', '3');
    let down = true;
    await page.route(`**/api/gatherings/${old.id}/**`, (route) => (down ? route.abort() : route.continue()));
    await context.setOffline(false);
    // Another card is held before the camera.
    await page.evaluate((code) => (location.hash = `code=${code}`), next.code);
    await unlock(page, '9999');
    await expect(page.getByText('Dat klopt niet')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(safe(page)).toBeVisible();
    await unlock(page, '4071');
    await facilitator(page).getByRole('button', { name: 'Tablet losmaken' }).click();
    await facilitator(page).getByRole('button', { name: 'Ja, losmaken' }).click();
    await page.getByLabel('Code').fill(next.code);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Beginnen' })).toBeVisible();
    await expect(page.locator('.saved')).toHaveText(/wacht/);
    await unlock(page, '9999');
    await expect(facilitator(page)).toContainText('van een andere bijeenkomst');
    down = false;
    await expect.poll(async () => (await stored(old)).length).toBe(2);
    expect(await stored(next)).toEqual([]);
  });
});

test('the way back of the browser stays on the page, and shows nothing of who was there before', async ({ page }) => {
  const table = await gathering({ questions: ['comment'] });
  await page.goto('/');
  await toMap(page, table);
  await tap(page, 0.5, 0.5);
  await press(page, 'unsafe');
  await page.getByRole('dialog').getByRole('textbox').fill('Achter de loods');
  // Back closes the sheet, and goes nowhere else.
  await page.goBack();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(safe(page)).toBeVisible();
  await page.getByRole('button', { name: 'Klaar' }).click();
  await page.getByRole('button', { name: 'Volgende persoon' }).click();
  await page.goBack();
  await expect(page.getByRole('button', { name: 'Beginnen' })).toBeVisible();
  await page.goForward().catch(() => undefined);
  await page.getByRole('button', { name: 'Beginnen' }).click();
  await page.locator(SEE).waitFor();
  await tap(page, 0.5, 0.5);
  await press(page, 'safe');
  await expect(page.getByRole('dialog').getByRole('textbox')).toHaveValue('');
  const seen = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage, state: history.state as unknown }) + document.body.innerText + [...document.querySelectorAll('textarea')].map(({ value }) => value).join());
  expect(seen).not.toContain('loods');
});

test('at table level it is asked once who sits there; the facilitator changes it', async ({ page }) => {
  const table = await gathering({ questions: ['age', 'role'], who_at: 'table', pin_budget: 1 });
  await page.goto(`/#code=${table.code}`);
  await page.getByRole('button', { name: 'Beginnen' }).click();
  await expect(page.getByRole('heading', { name: 'Wie zit er aan deze tafel?' })).toBeVisible();
  await page.getByRole('button', { name: '65' }).click();
  await accessible(page);
  const bodies: unknown[] = [];
  page.on('request', (request) => request.url().includes('/participants/') && bodies.push(request.postDataJSON()));
  await page.getByRole('button', { name: 'Verder', exact: true }).click();
  await page.locator(SEE).waitFor();
  await tap(page, 0.5, 0.5);
  await press(page, 'safe');
  await page.getByRole('button', { name: 'Volgende persoon' }).click();
  // Not asked again.
  await page.getByRole('button', { name: 'Beginnen' }).click();
  await page.locator(SEE).waitFor();
  await unlock(page, table.leave_pin);
  await expect(facilitator(page).getByRole('button', { name: '65' })).toHaveAttribute('aria-pressed', 'true');
  await facilitator(page).getByRole('button', { name: 'Ik woon hier' }).click();
  await accessible(page);
  await facilitator(page).getByRole('button', { name: 'Terug' }).click();
  await page.getByRole('button', { name: 'Klaar' }).click();
  await page.getByRole('button', { name: 'Volgende persoon' }).click();
  await page.getByRole('button', { name: 'Beginnen' }).click();
  await page.locator(SEE).waitFor();
  await tap(page, 0.5, 0.5);
  await press(page, 'unsafe');
  await expect(page.getByRole('heading', { name: 'Dank je wel!' })).toBeVisible();
  await expect.poll(() => bodies.length).toBe(2);
  expect(bodies).toEqual([expect.objectContaining({ age: '65_plus', role: null }), expect.objectContaining({ age: '65_plus', role: 'resident' })]);
  await phase(table, 'closed');
});
