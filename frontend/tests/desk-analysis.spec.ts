import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { readDemo } from './demo';
import { accessible, tested } from './pages';
import { signIn, staff } from './staff';
import { expect, test as plain } from './watched';

/** A page that is signed in as the owner. */
const test = plain.extend<{ desk: Page }>({
  desk: async ({ page, context }, use) => {
    await signIn(context);
    await use(page);
  },
});
test.use({ viewport: { width: 1440, height: 900 }, hasTouch: false, permissions: ['clipboard-read', 'clipboard-write'] });

const open = async (page: Page, query: string) => {
  const { slug } = await staff<{ slug: string }>('GET', `/api/neighbourhoods/${readDemo().neighbourhood}`);
  await page.goto(`/desk#/${slug}/map?${query}`);
};
const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

test('every place stands in a table of plain sentences, which can be copied', async ({ desk }) => {
  const { people, places } = await tested();
  await open(desk, 'round=2026-1');
  await desk.getByRole('button', { name: 'Als tabel', exact: true }).click();
  await expect(desk).toHaveURL(/view=table/);
  const table = desk.getByRole('table', { name: 'Plekken in woorden' });
  await expect(table.getByRole('row')).toHaveCount(places.length + 1);
  const one = places.findIndex(({ kind }) => kind === 'unsafe');
  const row = table.getByRole('row').nth(one + 1);
  await expect(row.getByRole('rowheader')).toContainText(places[one]!.name);
  await expect(row).toContainText(`${places[one]!.people_unsafe} van de ${people} mensen voelen zich hier minder veilig. Ze noemen vooral `);
  await expect(row).toContainText({ signal: 'Duidelijk signaal.', no_clear_signal: 'Geen duidelijk signaal.', too_few_people: 'Te weinig mensen.' }[places[one]!.verdict!]!);
  await accessible(desk);

  await desk.getByRole('button', { name: 'Kopieer de tekst' }).click();
  await expect(desk.getByText('Gekopieerd, met de methode erbij.')).toBeVisible();
  const text = await clipboard(desk);
  expect(text).toContain(`${one + 1}. ${places[one]!.name}. ${places[one]!.people_unsafe} van de ${people} mensen`);
  expect(text).toContain('people-surface/2');
  await desk.goBack();
  await expect(desk.locator('.pane [data-map-ready]')).toBeVisible();
});

test('the map is taken home as a picture of what is seen', async ({ desk }) => {
  await open(desk, 'round=2026-1');
  await desk.locator('.pane [data-map-ready]').waitFor();
  const coming = desk.waitForEvent('download');
  await desk.getByRole('button', { name: 'Bewaar de kaart als afbeelding' }).click();
  const picture = await coming;
  expect(picture.suggestedFilename()).toMatch(/^map-.+\.png$/);
  const bytes = readFileSync((await picture.path())!);
  expect([...bytes.subarray(1, 4)].map((letter) => String.fromCharCode(letter)).join('')).toBe('PNG');
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1600, 900]);
});

test('the method card holds everything that made the picture', async ({ desk }) => {
  await tested();
  await open(desk, 'round=2026-1');
  const card = desk.getByRole('region', { name: 'Hoe gemaakt' });
  await expect(card).toContainText('Geen signaal betekent niet: hier is het veilig.');
  await expect(card).toContainText('999 keer herschikt per mens');
  await card.getByRole('button', { name: 'Kopieer' }).click();
  await expect(desk.getByText('Gekopieerd. Zet het bij elk beeld.')).toBeVisible();
  const text = await clipboard(desk);
  for (const part of ['Selectie: Ronde 2026-1', 'Geteld: 47 mensen (254 pins)', 'Niet geteld: 5 pins van horen zeggen', 'Straal: 100 m', 'Toets: 999 keer', 'Startgetal: ', 'Een plek is: tot 50 %', 'Versie: people-surface/2', 'round=2026-1']) expect(text).toContain(part);
});

test('the list shows how sure each place is, and is put in another order', async ({ desk }) => {
  const { places } = await tested();
  await open(desk, 'round=2026-1');
  const rows = desk.locator('button.hotspot');
  await expect(rows).toHaveCount(places.length);
  await expect(rows.first().locator('.verdict')).toHaveText(/Duidelijk signaal|Geen duidelijk signaal|Te weinig mensen|Verdeeld/);
  await desk.getByLabel('Volgorde').selectOption('safe');
  const safest = places.toSorted((a, b) => b.people_safe - a.people_safe)[0]!;
  await expect(rows.first()).toContainText(safest.name);
  await rows.first().click();
  await expect(desk.locator('.more')).toContainText('Hoe zeker');
  // The number stays that of the map.
  await expect(desk.locator('.pane .tab[aria-pressed="true"]')).toHaveText(String(places.indexOf(safest) + 1));
});

test('the map shows people, shares, divided places or hexagons', async ({ desk }) => {
  const { places } = await tested();
  await open(desk, 'round=2026-1');
  await desk.locator('.pane [data-map-ready]').waitFor();
  const layers = desk.getByRole('group', { name: 'Wat de kaart toont' });
  await expect(desk.locator('.pane .tab')).toHaveCount(places.length);
  await layers.getByRole('button', { name: 'Verdeeld' }).click();
  await expect(desk.locator('.pane .tab')).toHaveCount(places.filter(({ kind }) => kind === 'contested').length);
  await layers.getByRole('button', { name: 'Aandeel' }).click();
  await expect(desk).toHaveURL(/view=share/);
  await layers.getByRole('button', { name: 'Zeshoeken' }).click();
  await expect(desk).toHaveURL(/view=hexes/);
  await Promise.all([
    desk.waitForResponse((answer) => /\/hexes\?.*resolution=9/.test(answer.url()) && answer.ok()),
    desk.getByLabel('Grootte van de zeshoeken').selectOption({ label: 'Groot' }),
  ]);
  await accessible(desk);
});
