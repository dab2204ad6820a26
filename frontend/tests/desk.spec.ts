import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { readDemo } from './demo';
import { joinDevice } from './device';
import { accessible } from './pages';
import { signIn, staff } from './staff';
import { expect, test as plain } from './watched';

const PASSWORD = 'een lange zin om te onthouden';
const WAITING = 'De gasten van nummer 14 hangen hier elke avond rond.';
const APPROVED = 'Eén lamp brandt, de andere al maanden niet.';
const HIDDEN = 'Jan Vermeulen roept hier naar iedereen.';

/** A page that is signed in as the owner. */
const test = plain.extend<{ desk: Page }>({
  desk: async ({ page, context }, use) => {
    await signIn(context);
    await use(page);
  },
});
test.use({ viewport: { width: 1440, height: 900 }, hasTouch: false, permissions: ['clipboard-read', 'clipboard-write'] });

interface Named {
  id: string;
  slug: string;
  name: string;
}
const demoSlug = async () => (await staff<Named>('GET', `/api/neighbourhoods/${readDemo().neighbourhood}`)).slug;
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });
const unique = (word: string) => `${word} ${Math.random().toString(36).slice(2, 8)}`;

const [WEST, SOUTH] = [3.712, 51.056];
const ring = [[WEST, SOUTH], [WEST + 0.01, SOUTH], [WEST + 0.01, SOUTH + 0.008], [WEST, SOUTH + 0.008], [WEST, SOUTH]];
const square = { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } };
const asFile = (json: unknown) => ({ name: 'grens.geojson', mimeType: 'application/geo+json', buffer: Buffer.from(JSON.stringify(json)) });

/** A tablet's part: joins and puts pins for some people, each with two pins and some with words. */
async function pinAt(gathering: string, code: string, people: number, words: readonly string[]): Promise<void> {
  const device = await joinDevice({ id: gathering, code });
  for (let n = 0; n < people; n++) {
    const participant = await device.person();
    for (const [which, feeling] of (['unsafe', 'safe'] as const).entries()) {
      const comment = feeling === 'unsafe' ? (words[n] ?? null) : null;
      const at = [WEST + 0.003 + which * 0.004 + n * 0.0001, SOUTH + 0.004] as const;
      await device.pin(participant, feeling, at, { when: ['dark'], effect: 'detour', themes: ['light'], comment, lang: 'nl' });
    }
  }
}

test('somebody signs in, comes where they wanted to be, and is asked again when it ends', async ({ page, context }) => {
  const slug = await demoSlug();
  const email = `${crypto.randomUUID()}@voorbeeld.be`;
  await staff('PUT', `/api/neighbourhoods/${slug}/people/${email}`, { role: 'facilitator', name: 'Lotte Peeters', password: PASSWORD });
  await page.goto(`/desk#/${slug}/gatherings`);
  await expect(heading(page, 'Aanmelden')).toBeVisible();
  await accessible(page);
  await page.getByLabel('E-mailadres').fill(email);
  await page.getByLabel('Wachtwoord').fill('niet het goede');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('klopt niet');
  await page.getByLabel('Wachtwoord').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Bijeenkomsten')).toBeVisible();
  await expect(page.getByRole('button', { name: /Lotte Peeters/ })).toContainText('begeleider');
  // A facilitator has no settings to change.
  await expect(page.getByRole('link', { name: 'Instellingen' })).toHaveCount(0);

  await page.getByRole('link', { name: 'Nieuwe bijeenkomst' }).click();
  await page.getByLabel('Naam', { exact: true }).fill('Half ingevuld');
  await context.clearCookies();
  await page.getByRole('button', { name: 'Maak de bijeenkomst' }).click();
  await expect(heading(page, 'Aanmelden')).toBeVisible();
  await page.getByLabel('Wachtwoord').fill(PASSWORD);
  await page.keyboard.press('Enter');
  // What was typed is still there.
  await expect(page.getByLabel('Naam', { exact: true })).toHaveValue('Half ingevuld');

  await page.getByRole('button', { name: /Lotte Peeters/ }).click();
  await page.getByRole('button', { name: 'Meld af' }).click();
  await expect(heading(page, 'Aanmelden')).toBeVisible();
  expect(await page.evaluate(async () => (await fetch('/api/me')).status)).toBe(401);
});

test('an owner makes a neighbourhood from a file, with the error of the server beside it', async ({ desk }) => {
  const name = unique('Bestandwijk');
  await desk.goto('/desk#/-/new');
  await desk.getByLabel('Naam van de buurt').fill(name);
  await desk.getByRole('button', { name: 'Bestand' }).click();
  await desk.getByLabel('GeoJSON-bestand').setInputFiles(asFile({ type: 'FeatureCollection', features: [square, square] }));
  await desk.getByRole('button', { name: 'Maak deze buurt' }).click();
  await expect(desk.getByRole('group', { name: 'Grens' }).getByRole('alert')).toContainText('exactly one feature');
  await accessible(desk);
  await desk.getByLabel('GeoJSON-bestand').setInputFiles(asFile(square));
  await expect(desk.getByText('Zo ziet de grens eruit')).toBeVisible();
  await desk.getByRole('button', { name: 'Maak deze buurt' }).click();
  await expect(heading(desk, 'Nieuwe bijeenkomst')).toBeVisible();
  await expect(desk.getByRole('button', { name: new RegExp(`Buurt: ${name}`) })).toBeVisible();
});

test('an owner draws a boundary with the keyboard and changes it later', async ({ desk }) => {
  const name = unique('Tekenwijk');
  await desk.goto('/desk#/-/new');
  await desk.getByLabel('Naam van de buurt').fill(name);
  await desk.getByLabel('Lengtegraad van een nieuwe hoek').focus();
  for (const [lon, lat] of ring.slice(0, 4)) {
    await desk.keyboard.type(String(lon));
    await desk.keyboard.press('Tab');
    await desk.keyboard.type(String(lat).replace('.', ','));
    await desk.keyboard.press('Enter');
  }
  const corners = desk.getByRole('button', { name: /^Hoek \d/ });
  await expect(corners).toHaveCount(4);
  await desk.getByRole('button', { name: 'Wis hoek 2' }).press('Enter');
  await expect(corners).toHaveCount(3);
  await desk.getByRole('button', { name: 'Ongedaan maken' }).press('Enter');
  await expect(corners).toHaveCount(4);
  await corners.first().focus();
  const lat = desk.getByLabel('Breedtegraad van hoek 1', { exact: true });
  await desk.keyboard.press('ArrowUp');
  await expect(lat).not.toHaveValue(SOUTH.toFixed(5));
  await lat.fill(String(SOUTH));
  await desk.getByLabel('Naam van de buurt').focus();
  await desk.keyboard.press('Enter');
  await expect(heading(desk, 'Nieuwe bijeenkomst')).toBeVisible();

  await desk.getByRole('link', { name: 'Instellingen' }).click();
  await desk.getByRole('button', { name: 'Pas de grens aan' }).click();
  await desk.locator('.sheet [data-map-ready]').waitFor();
  await desk.locator('.sheet').scrollIntoViewIfNeeded();
  const corner = (await corners.nth(1).boundingBox())!;
  await desk.mouse.move(corner.x + 9, corner.y + 9);
  await desk.mouse.down();
  await desk.mouse.move(corner.x + 49, corner.y + 9, { steps: 4 });
  await desk.mouse.up();
  await expect(desk.getByLabel('Lengtegraad van hoek 2', { exact: true })).not.toHaveValue((WEST + 0.01).toFixed(5));
  await desk.getByRole('button', { name: 'Bewaar: Grens' }).click();
  await expect(desk.getByText('Bewaard.')).toBeVisible();
  await accessible(desk);
});

test.describe('a gathering from code to export', () => {
  test.describe.configure({ mode: 'serial' });
  let place: Named;

  test('is made, opened, counted live, revealed and closed', async ({ desk }) => {
    place = await staff<Named>('POST', '/api/neighbourhoods', { name: unique('Proefwijk'), boundary: square, languages: ['nl'] });
    await desk.goto(`/desk#/${place.slug}/gatherings`);
    await desk.getByRole('link', { name: 'Nieuwe bijeenkomst' }).click();
    await accessible(desk);
    await desk.getByLabel('Naam', { exact: true }).fill('Tafel in de bib');
    await desk.getByLabel('Ronde').fill('2026-1');
    await desk.getByRole('button', { name: 'Leeftijd' }).click();
    await desk.getByRole('button', { name: 'Maak de bijeenkomst' }).click();
    await expect(heading(desk, 'Tafel in de bib')).toBeVisible();
    await expect(desk.getByRole('definition').filter({ hasText: 'Eigen woorden' })).not.toContainText('Leeftijd');
    await desk.getByRole('button', { name: 'Open de bijeenkomst' }).click();
    await expect(desk.getByRole('img', { name: /QR-code/ }).first()).toBeVisible();
    const id = /gatherings\/([\w-]+)/.exec(desk.url())![1]!;
    const { code } = await staff<{ code: string }>('GET', `/api/neighbourhoods/${place.id}/gatherings/${id}`);
    await expect(desk.getByText('Telt live mee')).toBeVisible();
    await pinAt(id, code, 8, [WAITING, APPROVED, HIDDEN, 'Ik loop hier om.', 'De hoek is blind.']);
    await expect(desk.locator('.counts')).toContainText('8 mensen');
    await expect(desk.locator('.counts')).toContainText('16 pins');

    await desk.getByRole('button', { name: 'Laat de kaart zien' }).click();
    const ask = desk.getByRole('alertdialog');
    await expect(ask).toContainText('8 mensen, 16 pins');
    await accessible(desk);
    await ask.getByRole('button', { name: 'Nog niet' }).click();
    await expect(desk.locator('[aria-current=step]')).toContainText('Open');
    await desk.getByRole('button', { name: 'Laat de kaart zien' }).click();
    await ask.getByRole('button', { name: 'Laat de kaart zien' }).click();
    await expect(desk.locator('[aria-current=step]')).toContainText('Getoond');
    await desk.getByRole('button', { name: 'Sluit af' }).click();
    await ask.getByRole('button', { name: 'Sluit af' }).click();
    await expect(desk.locator('[aria-current=step]')).toContainText('Afgesloten');
    await accessible(desk);
  });

  test('has its words checked with the keys', async ({ desk }) => {
    await desk.goto(`/desk#/${place.slug}/moderate`);
    const original = desk.locator('blockquote');
    const queue = desk.getByRole('navigation', { name: 'Teksten' });
    await expect(queue.getByRole('button')).toHaveCount(5);
    await accessible(desk);
    const pick = (text: string) => queue.getByRole('button', { name: text }).click();

    await pick(APPROVED);
    await desk.keyboard.press('g');
    await expect(desk.getByRole('link', { name: 'Goedgekeurd 1' })).toBeVisible();

    await pick(HIDDEN);
    await expect(desk.locator('mark')).toHaveText('Jan Vermeulen');
    await expect(desk.getByText('Dit lijkt de naam van iemand.')).toBeVisible();
    await desk.keyboard.press('v');
    await desk.getByLabel('Waarom verberg je dit?').fill('Wijst iemand aan');
    await desk.keyboard.press('Enter');
    await expect(desk.getByRole('link', { name: 'Verborgen 1' })).toBeVisible();

    await pick('Ik loop hier om.');
    await desk.keyboard.press('t');
    await desk.keyboard.type('Mensen lopen hier om.');
    await desk.keyboard.press('Enter');
    await expect(desk.getByRole('link', { name: 'Goedgekeurd 2' })).toBeVisible();
    await desk.keyboard.press('z');
    await expect(original).toContainText('Ik loop hier om.');
    await expect(desk.getByRole('link', { name: 'Te doen 3' })).toBeVisible();

    const first = await original.textContent();
    await desk.keyboard.press('ArrowUp');
    await desk.keyboard.press('ArrowUp');
    await desk.keyboard.press('ArrowDown');
    await expect(original).toBeVisible();
    expect(first).toContain('Ik loop hier om.');
    await desk.keyboard.press('?');
    await expect(desk.getByRole('dialog', { name: 'Toetsen' })).toBeVisible();
    await desk.keyboard.press('Escape');
    await expect(desk.getByRole('link', { name: /Nakijken/ })).toContainText('3');
  });

  test('leaves as GeoJSON without a word that nobody approved', async ({ desk }) => {
    await desk.goto(`/desk#/${place.slug}/export?round=2026-1`);
    const section = desk.getByRole('region', { name: 'Pins' });
    await expect(section.getByRole('row')).toHaveCount(6);
    await accessible(desk);
    const [download] = await Promise.all([desk.waitForEvent('download'), section.getByRole('link', { name: /Download/ }).click()]);
    expect(download.suggestedFilename()).toMatch(/\.geojson$/);
    const text = readFileSync((await download.path())!, 'utf8');
    const json = JSON.parse(text) as { type: string; features: { geometry: { type: string }; properties: { comment: string | null } }[] };
    expect(json.type).toBe('FeatureCollection');
    expect(json.features).toHaveLength(16);
    expect(json.features.map((feature) => feature.properties.comment).filter(Boolean)).toEqual([APPROVED]);
    expect(text).not.toContain('nummer 14');
    expect(text).not.toContain('Vermeulen');
  });
});

test('the selection stands in the address and comes back from it', async ({ desk }) => {
  const slug = await demoSlug();
  await desk.goto(`/desk#/${slug}/map`);
  const bar = desk.getByRole('region', { name: 'Selectie' });
  await expect(bar.getByRole('status')).toContainText('mensen');
  const everyone = await bar.getByRole('status').textContent();
  await bar.getByRole('button', { name: 'Filter', exact: true }).click();
  await bar.getByRole('button', { name: 'Als het donker is' }).click();
  await bar.getByRole('button', { name: 'Eigen ervaring' }).click();
  await accessible(desk);
  await bar.getByRole('button', { name: 'Klaar' }).click();
  await expect(desk).toHaveURL(/when=dark/);
  await expect(desk).toHaveURL(/basis=own/);
  await expect(bar.getByRole('status')).not.toHaveText(everyone!);
  const some = await bar.getByRole('status').textContent();

  await bar.getByRole('button', { name: 'Kopieer het adres' }).click();
  const copied = await desk.evaluate(() => navigator.clipboard.readText());
  await desk.goto('about:blank');
  await desk.goto(copied);
  await expect(bar.getByRole('status')).toHaveText(some!);
  await bar.getByRole('button', { name: 'Haal weg: Als het donker is' }).click();
  await expect(desk).not.toHaveURL(/when=dark/);
  await desk.goBack();
  await expect(desk).toHaveURL(/when=dark/);
  await expect(bar.getByRole('button', { name: 'Haal weg: Als het donker is' })).toBeVisible();
});

test('the list and the map point at the same place', async ({ desk }) => {
  const slug = await demoSlug();
  await desk.goto(`/desk#/${slug}/map?round=2026-1`);
  await desk.locator('.pane [data-map-ready]').waitFor();
  const rows = desk.locator('button.hotspot');
  const tabs = desk.locator('.pane .tab');
  await rows.first().focus();
  await desk.keyboard.press('ArrowDown');
  await expect(rows.nth(1)).toBeFocused();
  await expect(rows.nth(1)).toHaveAttribute('aria-expanded', 'true');
  await expect(tabs.nth(1)).toHaveAttribute('aria-pressed', 'true');
  await tabs.nth(2).click();
  await expect(rows.nth(2)).toHaveAttribute('aria-expanded', 'true');
  await expect(rows.nth(1)).toHaveAttribute('aria-expanded', 'false');
  await expect(desk.locator('.charts')).toContainText('Waarom');
  await desk.getByRole('button', { name: 'Waarom: als tabel' }).click();
  await expect(desk.getByRole('table', { name: /Waarom/ })).toBeVisible();
  await accessible(desk);
  await desk.getByRole('button', { name: 'Punten' }).click();
  await expect(desk).toHaveURL(/view=points/);
  await expect(desk.getByText('Losse pins')).toBeVisible();
});

test('fewer than five people give no colour, and the list says so', async ({ desk }) => {
  const slug = await demoSlug();
  await desk.goto(`/desk#/${slug}/map?from=2001-01-01&to=2001-01-02`);
  await expect(desk.getByRole('region', { name: /plekken/ })).toContainText('Te weinig stemmen voor een kaart');
  await accessible(desk);
});

test('the owner sets the map, the counting and the people', async ({ desk }) => {
  const place = await staff<Named>('POST', '/api/neighbourhoods', { name: unique('Regelwijk'), boundary: square, languages: ['nl'] });
  await desk.goto(`/desk#/${place.slug}/settings`);
  await desk.getByRole('radio', { name: /XYZ/ }).check();
  await desk.getByLabel('Adres van de tegels').fill('https://kaart.voorbeeld.be/{z}/{x}.png');
  await desk.getByLabel('Bronvermelding').fill('© Voorbeeld');
  await desk.getByRole('button', { name: 'Bewaar: Ondergrond' }).click();
  await expect(desk.getByText('Dit adres van tegels klopt niet.')).toBeVisible();
  await desk.getByRole('radio', { name: /Kaart van deze server/ }).check();
  await desk.getByRole('button', { name: 'Bewaar: Ondergrond' }).click();
  await expect(desk.getByText('Bewaard.')).toBeVisible();

  await desk.getByRole('button', { name: 'Voeg iemand toe' }).click();
  await desk.getByLabel('E-mailadres').fill(`${crypto.randomUUID()}@voorbeeld.be`);
  await desk.getByLabel('Naam', { exact: true }).fill('Bram Claes');
  await desk.getByLabel('Eerste wachtwoord').fill('kort');
  await desk.getByRole('button', { name: 'Voeg toe' }).click();
  await expect(desk.getByText('Kies een wachtwoord van 10 tot 200 tekens.')).toBeVisible();
  await desk.getByLabel('Eerste wachtwoord').fill(PASSWORD);
  await desk.getByRole('button', { name: 'Voeg toe' }).click();
  await desk.getByLabel('Rol van Bram Claes').selectOption('analyst');
  await expect(desk.getByText('De rol van Bram Claes is bewaard.')).toBeVisible();
  await accessible(desk);
});

for (const [size, viewport] of Object.entries({ tablet: { width: 1024, height: 768 }, phone: { width: 390, height: 844 } })) {
  test(`every room fits on a ${size}`, async ({ desk }) => {
    const slug = await demoSlug();
    await desk.setViewportSize(viewport);
    for (const room of ['map', 'gatherings', 'moderate', 'export', 'settings']) {
      await desk.goto(`/desk#/${slug}/${room}`);
      await expect(desk.getByRole('heading', { level: 1 })).toBeVisible();
      expect(await desk.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), room).toBe(0);
      await accessible(desk);
    }
  });
}
