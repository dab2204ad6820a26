import { readDemo } from './demo';
import { accessible } from './pages';
import { staff } from './staff';
import { done, gathering, moving, phase, safe, saved, SEE, sheet, stored, tap, toMap, unsafe, type Gathering } from './tablet';
import { expect, test } from './watched';

test('a code is typed once; the tablet stays at the gathering', async ({ page }) => {
  const table = await gathering();
  await page.goto('/');
  await accessible(page);
  await page.getByLabel('Code').fill('zzzzzz');
  await page.getByRole('button', { name: 'Doe mee' }).click();
  await expect(page.getByRole('alert')).toContainText('kennen we niet');
  await accessible(page);
  await page.getByLabel('Code').fill(`${table.code.slice(0, 3).toLowerCase()} ${table.code.slice(3)}`);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /Waar voel je je veilig/ })).toBeFocused();
  await expect(page.getByText('112')).toBeVisible();
  await accessible(page);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Beginnen' })).toBeVisible();
  expect(new URL(page.url()).hash).toBe('');
});

test('the language changes everything, and nothing else', async ({ page }) => {
  const table = await gathering();
  await page.goto(`/#code=${table.code}`);
  for (const [name, title, lang] of [['Français', /Où vous sentez/, 'fr'], ['Deutsch', /Wo fühlst du/, 'de'], ['English', /Where do you feel/, 'en']] as const) {
    await page.getByRole('button', { name }).click();
    await expect(page.getByRole('heading', { name: title })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', lang);
  }
  await accessible(page);
});

test('who, pin, tell, finish: what is told arrives, and the next person finds nothing', async ({ page }) => {
  const table = await gathering();
  await page.goto(`/#code=${table.code}`);
  await page.getByRole('button', { name: 'Beginnen' }).click();
  await page.getByRole('button', { name: '45 tot 64' }).click();
  await page.getByRole('button', { name: 'Zeg ik liever niet' }).nth(1).click();
  await accessible(page);
  await page.getByRole('button', { name: 'Verder', exact: true }).click();
  await page.locator(SEE).waitFor();
  await accessible(page);
  await tap(page, 0.55, 0.5);
  await unsafe(page).click();
  await expect(sheet(page)).toBeVisible();
  // Nothing is preselected.
  await expect(sheet(page).locator('[aria-pressed=true]')).toHaveCount(0);
  await sheet(page).getByRole('button', { name: 'Avond' }).click();
  await sheet(page).getByRole('button', { name: 'Licht' }).click();
  await sheet(page).getByRole('button', { name: 'Overzicht' }).click();
  await sheet(page).getByRole('button', { name: 'Diefstal of geweld' }).click();
  await expect(sheet(page).getByText('Dit is geen aangifte')).toBeVisible();
  // Three are enough.
  await expect(sheet(page).getByRole('button', { name: 'Netheid' })).toBeDisabled();
  await sheet(page).getByRole('button', { name: 'Omweg maken' }).click();
  await page.getByRole('button', { name: 'Grotere cirkel' }).click();
  await sheet(page).getByRole('textbox', { name: 'In je eigen woorden' }).fill('De lamp bij nummer 14 brandt niet.');
  await expect(sheet(page).getByText('“nummer 14” wijst een huis aan.')).toBeVisible();
  await sheet(page).getByRole('textbox').fill('Eén lamp brandt niet.');
  await accessible(page);
  await done(page);
  await saved(page);
  await page.getByRole('button', { name: 'Klaar' }).click();
  await expect(page.getByRole('heading', { name: 'Dank je wel!' })).toBeFocused();
  await expect(page.getByText('1 plek waar je je minder veilig voelt')).toBeVisible();
  await accessible(page);

  const [pin, ...others] = await stored(table);
  expect(others).toEqual([]);
  expect(pin!.properties).toMatchObject({ feeling: 'unsafe', when: ['evening'], themes: ['light', 'sight', 'crime'], effect: 'detour', radius_m: 100 });

  await page.getByRole('button', { name: 'Volgende persoon' }).click();
  await page.getByRole('button', { name: 'Beginnen' }).click();
  await expect(page.locator('[aria-pressed=true]')).toHaveCount(0);
  await page.getByRole('button', { name: 'Verder', exact: true }).click();
  await page.getByRole('button', { name: 'Jouw pins' }).click();
  await expect(page.getByText('Je hebt nog geen pins gezet.')).toBeVisible();
  // Nor does the way back of the browser show anything.
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }) + document.body.innerText);
  expect(kept).not.toContain('Eén lamp');
});

test('only what the gathering asks is asked', async ({ page }) => {
  const bare = await gathering({ questions: ['when'], pin_budget: null });
  await page.goto(`/#code=${bare.code}`);
  await page.getByRole('button', { name: 'Beginnen' }).click();
  await page.locator(SEE).waitFor();
  await tap(page, 0.5, 0.5);
  await safe(page).click();
  await expect(sheet(page).getByRole('button', { name: 'Avond' })).toBeVisible();
  await expect(sheet(page).getByRole('button', { name: 'Licht' })).toHaveCount(0);
  await expect(sheet(page).getByRole('textbox')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Grotere cirkel' })).toHaveCount(0);
});

test('a pin is changed, moved and deleted', async ({ page }) => {
  const table = await gathering();
  await toMap(page, table);
  await tap(page, 0.5, 0.5);
  await unsafe(page).click();
  await done(page);
  await saved(page);
  const [before] = await stored(table);

  await page.getByRole('button', { name: 'Jouw pins' }).click();
  await accessible(page);
  await page.getByRole('button', { name: /^Verander/ }).click();
  await sheet(page).getByRole('button', { name: 'Nacht' }).click();
  await done(page);
  // Back at the list it came from.
  await page.getByRole('button', { name: /^Verplaats/ }).click();
  await moving(page, () => page.getByRole('button', { name: 'Naar het oosten' }).click());
  await accessible(page);
  await page.getByRole('button', { name: 'Hier zetten' }).click();
  await saved(page);
  await expect.poll(async () => (await stored(table))[0]!.geometry.coordinates[0]).toBeGreaterThan(before!.geometry.coordinates[0]);
  const [after, ...others] = await stored(table);
  expect(others).toEqual([]);
  expect(after!.properties.when).toEqual(['night']);

  await page.getByRole('button', { name: 'Jouw pins' }).click();
  await page.getByRole('button', { name: /^Wissen/ }).click();
  await accessible(page);
  await page.getByRole('button', { name: 'Ja, wissen' }).click();
  await expect(page.getByText('Je hebt nog geen pins gezet.')).toBeVisible();
  await expect.poll(() => stored(table)).toEqual([]);
});

test('outside the neighbourhood: a friendly no, and the map goes back', async ({ page }) => {
  const table = await gathering();
  await toMap(page, table);
  for (let n = 0; n < 5; n++) {
    await moving(page, () => page.getByRole('button', { name: 'Naar het westen' }).click());
  }
  await moving(page, () => unsafe(page).click());
  await expect(page.getByText(/ligt buiten .*We brengen je terug/)).toBeVisible();
  await expect(sheet(page)).toHaveCount(0);
  // Back inside: now the same press is a pin, or first comes closer and then is one.
  await expect(async () => {
    if (!(await sheet(page).isVisible())) await unsafe(page).click();
    await expect(sheet(page)).toBeVisible({ timeout: 2000 });
  }).toPass();
});

test('the budget is said, drawn and kept', async ({ page }) => {
  const table = await gathering({ kind: 'online', pin_budget: 2, questions: [] });
  await toMap(page, table);
  await expect(page.getByText('nog 2 pins')).toBeVisible();
  await tap(page, 0.5, 0.5);
  await safe(page).click();
  await expect(page.getByText('nog 1 pin', { exact: true })).toBeVisible();
  await moving(page, () => page.getByRole('button', { name: 'Naar het oosten' }).click());
  await page.getByRole('button', { name: 'Het hangt ervan af' }).click();
  await expect(page.getByText('alle pins gezet')).toBeVisible();
  await unsafe(page).click();
  await expect(page.getByText(/Al je pins staan op de kaart/)).toBeVisible();
  await saved(page);
  expect(await stored(table)).toHaveLength(2);
});

test('the practice tap is never stored', async ({ page }) => {
  const table = await gathering({ kind: 'table', questions: [] });
  // Whoever reads the rules first gives the landmarks time to come.
  const landmarks = page.waitForResponse(/\/names\?/);
  await page.goto(`/#code=${table.code}`);
  await (await landmarks).finished();
  await page.getByRole('button', { name: 'Beginnen' }).click();
  await expect(page.getByRole('heading', { name: /Oefenen: tik op/ })).toBeVisible();
  await page.locator('[data-map-ready]').waitFor();
  await accessible(page);
  await page.touchscreen.tap(300, 400);
  await expect(page.getByRole('button', { name: 'Naar de kaart' })).toBeVisible();
  await page.getByRole('button', { name: 'Naar de kaart' }).click();
  await page.locator(SEE).waitFor();
  expect(await stored(table)).toEqual([]);
});

test('a gathering that closes says so at once, and opens again', async ({ page }) => {
  const table = await gathering();
  await toMap(page, table);
  await phase(table, 'closed');
  await expect(page.getByRole('heading', { name: 'Deze bijeenkomst is voorbij.' })).toBeVisible();
  await accessible(page);
  await phase(table, 'open');
  await page.locator(SEE).waitFor();
});

test('before it opens the tablet waits and goes on by itself', async ({ page }) => {
  const path = `/api/neighbourhoods/${readDemo().neighbourhood}/gatherings`;
  const draft = await staff<Gathering>('POST', path, { kind: 'street', name: 'Straks', round: 'proef' });
  await page.goto(`/#code=${draft.code}`);
  await expect(page.getByRole('heading', { name: 'Deze bijeenkomst is nu niet open.' })).toBeVisible();
  await accessible(page);
  await phase(draft, 'open');
  await expect(page.getByRole('button', { name: 'Beginnen' })).toBeVisible();
});
