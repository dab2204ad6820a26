import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { readDemo } from './demo';
import { staff } from './staff';

interface Gathering {
  id: string;
  code: string;
}
interface StoredPin {
  geometry: { coordinates: [number, number] };
  properties: { feeling: string; when: string[]; themes: string[]; effect: string | null; radius_m: number; comment: string | null };
}

const ALL = ['radius', 'when', 'themes', 'effect', 'comment', 'age', 'gender', 'role'];
const SEE = '.stage [data-map-ready]';

/** Its own gathering for each test, so that what arrives is countable. */
async function gathering(change: object = {}): Promise<Gathering> {
  const path = `/api/neighbourhoods/${readDemo().neighbourhood}/gatherings`;
  // A street gathering goes straight to the map: no practice first.
  const made = await staff<Gathering>('POST', path, { kind: 'street', name: 'Proef', round: 'proef', pin_budget: 6, questions: ALL, ...change });
  return staff<Gathering>('PATCH', `${path}/${made.id}`, { phase: 'open' });
}
const phase = ({ id }: Gathering, next: string) => staff('PATCH', `/api/neighbourhoods/${readDemo().neighbourhood}/gatherings/${id}`, { phase: next });
const stored = async ({ id }: Gathering) => (await staff<{ features: StoredPin[] }>('GET', `/api/neighbourhoods/${readDemo().neighbourhood}/pins?gathering=${id}`)).features;

/** Nothing that the rules of accessibility (WCAG 2.2 AA) forbid. */
async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([]);
}

/** From the card's QR code to the map. */
async function toMap(page: Page, { code }: Gathering): Promise<void> {
  await page.goto(`/#code=${code}`);
  await page.getByRole('button', { name: 'Beginnen' }).click();
  const on = page.getByRole('button', { name: 'Verder', exact: true });
  await expect(on.or(page.locator('.stage'))).toBeVisible();
  if (await on.isVisible()) await on.click();
  await page.locator(SEE).waitFor();
}

/** Does what moves the map, and waits until the map rests. */
async function moving(page: Page, act: () => Promise<unknown>): Promise<void> {
  const rests = async () => Number(await page.locator(SEE).getAttribute('data-rests'));
  const before = await rests();
  await act();
  await expect.poll(rests).toBeGreaterThan(before);
}

/** Taps the map at shares of its size, and waits until the map rests there. */
async function tap(page: Page, x: number, y: number): Promise<void> {
  const box = (await page.locator('.stage').boundingBox())!;
  await moving(page, () => page.touchscreen.tap(box.x + box.width * x, box.y + box.height * y));
}

const saved = (page: Page) => expect(page.locator('.saved').first()).toHaveAttribute('data-waiting', '0');
const safe = (page: Page) => page.getByRole('button', { name: 'Hier voel ik me veilig' });
const unsafe = (page: Page) => page.getByRole('button', { name: 'Hier voel ik me minder veilig' });
const sheet = (page: Page) => page.getByRole('dialog', { name: 'Vertel meer over deze plek' });
const done = (page: Page) => sheet(page).getByRole('button', { name: 'Klaar' }).click();

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
  await expect(sheet(page).getByText('Dit lijkt op een naam of adres')).toBeVisible();
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
  const table = await gathering({ pin_budget: 2, questions: [] });
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

test('a street is searched, a landmark picked from the list', async ({ page }) => {
  const table = await gathering();
  await toMap(page, table);
  await page.getByRole('button', { name: 'Kies uit een lijst' }).click();
  await accessible(page);
  const places = page.getByRole('region', { name: 'Kies uit een lijst' }).getByRole('listitem');
  const name = (await places.first().innerText()).trim();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Zoek een straat' }).click();
  await page.keyboard.type(name.slice(0, 5).toLowerCase());
  await moving(page, () => page.getByRole('region', { name: 'Zoek een straat' }).getByRole('button', { name }).first().click());
  await expect(safe(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(sheet(page)).toBeVisible();
});

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

test('from the code to thanks with the keyboard alone', async ({ page }) => {
  const table = await gathering();
  await page.goto('/');
  const go = async (name: string | RegExp) => {
    const target = page.getByRole('button', { name }).first();
    await expect(target).toBeVisible();
    for (let n = 0; n < 70; n++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`the Tab key never reaches ${name}`);
  };
  const press = async (name: string | RegExp) => {
    await go(name);
    await page.keyboard.press('Enter');
  };
  for (let n = 0; n < 8 && !(await page.getByLabel('Code').evaluate((field) => field === document.activeElement)); n++) await page.keyboard.press('Tab');
  await page.keyboard.type(table.code);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /Waar voel je/ })).toBeFocused();
  await press('Beginnen');
  await press('18 tot 29');
  await press(/^Verder$/);
  await page.locator(SEE).waitFor();
  await moving(page, () => press('Dichterbij'));
  await moving(page, () => press('Dichterbij'));
  // The map itself moves with the arrow keys.
  for (let n = 0; n < 30 && !(await page.evaluate(() => document.activeElement?.matches('canvas'))); n++) await page.keyboard.press('Shift+Tab');
  await moving(page, () => page.keyboard.press('ArrowLeft'));
  await press('Hier voel ik me veilig');
  await expect(sheet(page)).toBeVisible();
  await press('Namiddag');
  await page.keyboard.press('Escape');
  await expect(sheet(page)).toHaveCount(0);
  await press(/^Klaar/);
  await expect(page.getByRole('heading', { name: 'Dank je wel!' })).toBeFocused();
  await saved(page);
  expect(await stored(table)).toMatchObject([{ properties: { feeling: 'safe', when: ['afternoon'] } }]);
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

test('a phone shows everything without scrolling sideways', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const table = await gathering();
  const fits = async () => expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await page.goto(`/#code=${table.code}`);
  await expect(page.getByRole('button', { name: 'Beginnen' })).toBeInViewport();
  await fits();
  await accessible(page);
  await page.getByRole('button', { name: 'Beginnen' }).click();
  await page.getByRole('button', { name: 'Verder', exact: true }).click();
  await page.locator(SEE).waitFor();
  await fits();
  await accessible(page);
  await tap(page, 0.5, 0.5);
  await unsafe(page).click();
  await expect(sheet(page)).toBeVisible();
  await fits();
  await accessible(page);
  await done(page);
  await page.getByRole('button', { name: 'Klaar' }).click();
  await fits();
  await accessible(page);
});

test('at night the page is dark, and still legible', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  const table = await gathering();
  await page.goto(`/#code=${table.code}`);
  await expect(page.getByRole('button', { name: 'Beginnen' })).toBeVisible();
  await accessible(page);
  await toMap(page, table);
  await accessible(page);
  await tap(page, 0.5, 0.5);
  await unsafe(page).click();
  await sheet(page).getByRole('button', { name: 'Avond' }).click();
  await accessible(page);
});

test('right to left: the page turns around and nothing falls off', async ({ page }) => {
  const table = await gathering();
  await toMap(page, table);
  await page.evaluate(() => (document.documentElement.dir = 'rtl'));
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  const [zoom, stage] = [(await page.getByRole('button', { name: 'Dichterbij' }).boundingBox())!, (await page.locator('.stage').boundingBox())!];
  expect(zoom.x).toBeLessThan(stage.x + stage.width / 2);
});

test('a route is drawn corner by corner, with the keyboard alone', async ({ page }) => {
  const table = await gathering({ questions: [] });
  await toMap(page, table);
  await tap(page, 0.5, 0.5);
  await page.getByRole('button', { name: 'Een route' }).press('Enter');
  const add = page.getByRole('button', { name: 'Punt zetten' });
  await expect(safe(page)).toBeHidden();
  await add.press('Enter');
  await moving(page, () => page.getByRole('button', { name: 'Naar het oosten' }).press('Enter'));
  await add.press('Enter');
  await add.press('Enter');
  await page.getByRole('button', { name: 'Ongedaan maken' }).press('Enter');
  await expect(page.getByText('2 punten')).toBeVisible();
  await accessible(page);
  await unsafe(page).press('Enter');
  await expect.poll(() => stored(table)).toHaveLength(1);
  const [pin] = await stored(table);
  expect(pin!.geometry).toMatchObject({ type: 'LineString' });
  expect(pin!.geometry.coordinates).toHaveLength(2);
  // The next one is a place again.
  await expect(page.getByRole('button', { name: 'Een plek' })).toHaveAttribute('aria-pressed', 'true');
});
