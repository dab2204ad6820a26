import type { Page } from '@playwright/test';
import { readDemo } from './demo';
import { accessible } from './pages';
import { signIn, staff } from './staff';
import { expect, test } from './watched';

test.use({ viewport: { width: 1440, height: 900 }, hasTouch: false });

interface Walk {
  id: string;
  code: string;
  stops: { id: string; name: string; point: [number, number] }[];
  route: { length_m: number; straight: boolean };
}
const path = () => `/api/neighbourhoods/${readDemo().neighbourhood}`;
const read = (id: string) => staff<Walk>('GET', `${path()}/walks/${id}`);
const idOf = (page: Page) => /walks\/([0-9a-f-]{36})/.exec(page.url())![1]!;
const names = (page: Page) => page.locator('.text ol > li .name b').allTextContents();
const saved = (page: Page) => expect(page.locator('.bar').getByRole('status')).toHaveText('');

test('a walk is proposed, moved, ordered and handed out', async ({ page, context }) => {
  await signIn(context);
  for (const [name, lon, lat] of [['Bankje aan de sluis', 3.7182, 51.0636], ['Speelplein', 3.7141, 51.0598], ['Onder de brug', 3.7180, 51.0566]] as const) {
    await staff('POST', `${path()}/places`, { name, geometry: { type: 'Point', coordinates: [lon, lat] } });
  }
  await page.goto('/desk#/sluiskwartier/walks');
  await expect(page.getByRole('link', { name: 'Rond het station' })).toBeVisible();
  await accessible(page);
  await page.getByRole('button', { name: 'Plan een wandeling' }).click();
  // Those that the demo has, and at least one of those that were drawn.
  await expect(page.getByText(/^(Bankje aan de sluis|Speelplein|Onder de brug)$/).first()).toBeVisible();
  await expect(page.getByText(/^Kies samen, in de buurt van/)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Kaart van de voorgestelde stops' })).toBeVisible();
  await accessible(page);
  await page.getByLabel('Naam').fill('Na school');
  await page.getByRole('button', { name: 'Maak deze wandeling' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Na school' })).toBeVisible();
  const proposed = await names(page);
  expect(proposed.length).toBeGreaterThanOrEqual(4);
  const id = idOf(page);
  expect((await read(id)).route.straight).toBe(false);
  await accessible(page);

  // Its order by keyboard, with what a screen reader hears.
  await page.getByRole('button', { name: `Zet ${proposed[0]} lager` }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => names(page)).toEqual([proposed[1], proposed[0], ...proposed.slice(2)]);
  await saved(page);
  await expect(page.getByText(`${proposed[0]} is nu stop 2.`)).toBeAttached();
  // By dragging.
  await page.locator('.text ol > li').nth(2).locator('.number').dragTo(page.locator('.text ol > li').first());
  await expect.poll(() => names(page)).toEqual([proposed[2], proposed[1], proposed[0], ...proposed.slice(3)]);
  await saved(page);
  const before = (await read(id)).route.length_m;
  await page.getByRole('button', { name: 'Kortste volgorde' }).click();
  await expect.poll(async () => (await read(id)).route.length_m).toBeLessThanOrEqual(before);
  await saved(page);

  // A stop moves on the map: dragged, with the arrow keys, typed.
  const where = async () => (await read(id)).stops[0]!.point;
  const first = await where();
  const handle = page.getByRole('button', { name: /^Stop 1, .* Verplaats met de pijltjes/ });
  const box = (await handle.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 60, box.y + 40, { steps: 6 });
  await page.mouse.up();
  await expect.poll(where).not.toEqual(first);
  const dragged = await where();
  await handle.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect.poll(where).not.toEqual(dragged);
  await saved(page);
  await page.getByRole('button', { name: /^Wijzig / }).first().click();
  await accessible(page);
  await page.getByLabel('Waar (breedte, lengte)').fill('ergens');
  await page.getByRole('button', { name: 'Bewaar', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('51.05120');
  await page.getByLabel('Waar (breedte, lengte)').fill('51.0600, 3.7190');
  await page.getByLabel('Naam van de stop').fill('Het pleintje');
  await page.getByLabel('Vraag bij deze stop').fill('Wie komt hier graag?');
  await page.getByLabel('Overdekt of binnen').check();
  await page.getByRole('button', { name: 'Bewaar', exact: true }).click();
  await expect.poll(where).toEqual([3.719, 51.06]);
  await expect(page.getByText('overdekt · Wie komt hier graag?')).toBeVisible();
  await expect(page.getByText('Slecht weer? Alleen stop 1, overdekt: ')).toBeVisible();
  await expect(page.getByText('Nog niet verkend in de week ervoor.')).toBeVisible();
  await saved(page);
  const count = (await names(page)).length;
  await page.getByRole('button', { name: 'Voeg een stop toe' }).click();
  await expect.poll(async () => (await read(id)).stops.length).toBe(count + 1);

  // Time, and what follows from it.
  await page.getByRole('link', { name: 'Tijd en groep' }).click();
  const group = page.getByRole('group', { name: 'Wie doet wat' });
  await group.getByLabel('Wie schrijft').fill('Tom');
  await group.getByLabel('Wie te gast is').fill('Schepen Ilse');
  await page.getByLabel('Mensen').fill('12');
  await page.getByLabel('Verkend op').fill(await page.getByLabel('Datum').inputValue());
  await page.getByLabel('Wat je zag').fill('Werken aan de tunnel.');
  await page.getByLabel('Minuten per stop').fill('30');
  await page.getByRole('button', { name: 'Bewaar', exact: true }).click();
  await expect(page.getByText('Langer dan 120 minuten.').first()).toBeVisible();
  await accessible(page);
  expect(await read(id)).toMatchObject({ people: 12, recce_found: 'Werken aan de tunnel.', roles: { scribe: 'Tom', photographer: '', timekeeper: '', guest: 'Schepen Ilse' } });
  await page.getByRole('link', { name: 'Stops', exact: true }).click();
  await expect(page.getByText('maak liever twee groepen naast elkaar')).toBeVisible();
  await expect(page.getByText('Nog niet verkend')).toHaveCount(0);
  await page.getByRole('link', { name: 'Telefoons en papier' }).click();
  await expect(page.getByText('te lang om uit te delen')).toBeVisible();
  await page.getByRole('button', { name: 'Laat ze zo lang' }).click();
  const code = page.locator('.code');
  await expect(code).toHaveText(/^[A-Z0-9]{4}[\s-][A-Z0-9]{4}$/);
  await accessible(page);
  const [gpx] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Route voor een telefoon (GPX)' }).click()]);
  expect(gpx.suggestedFilename()).toMatch(/^na-school-.*\.gpx$/);
  await page.getByRole('link', { name: 'Tijd en groep' }).click();
  await page.getByRole('button', { name: 'Zonder trappen' }).click();
  await expect(page.getByRole('button', { name: 'Zonder trappen' })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'Maak de andere wandeling' }).click();
  await expect.poll(() => idOf(page)).not.toBe(id);
  await page.getByRole('link', { name: 'Tijd en groep' }).click();
  await expect(page.getByRole('link', { name: /^Na school, / })).toBeVisible();
  await page.getByRole('button', { name: 'Wis deze wandeling' }).click();
  await accessible(page);
  await page.getByRole('alertdialog').getByRole('button', { name: 'Wis deze wandeling' }).click();
  await expect(page.getByRole('link', { name: 'Rond het station' })).toBeVisible();
});

test('what phones noted stands stop by stop, beside the pins', async ({ page, context }) => {
  await signIn(context);
  await page.goto('/desk#/sluiskwartier/walks');
  await page.getByRole('link', { name: 'Rond het station' }).click();
  await page.getByRole('link', { name: 'Wat er gezien is' }).click();
  await expect(page.getByText('Genoteerd met 2 telefoons.')).toBeVisible();
  const tunnel = page.getByRole('group', { name: /Tunnelstraat/ });
  await expect(tunnel).toContainText('Hoe 8 mensen zich voelden');
  await expect(tunnel).toContainText('de bocht: je ziet niet wie er komt');
  await expect(tunnel).toContainText('vooral als de lamp stuk is');
  await expect(tunnel).toContainText('1 telefoon: past bij de kaart');
  await accessible(page);
});

test('what a group saw at a place stands with the place', async ({ page, context }) => {
  await signIn(context);
  const spot: [number, number] = [3.7179, 51.0568];
  const { id } = await staff<{ id: string }>('POST', `${path()}/places`, { name: 'Bocht in de tunnel', geometry: { type: 'Point', coordinates: spot } });
  const stops = [{ name: 'Bij de bocht', point: spot, place: id, kind: 'unsafe' }];
  const walk = await staff<Walk>('POST', `${path()}/walks`, { name: 'Door de tunnel', stops });
  const base = process.env.BUURTSIGNAAL_URL ?? 'http://127.0.0.1:8080';
  const send = (method: string, address: string, body: unknown, token?: string) =>
    fetch(`${base}${address}`, { method, headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }, body: JSON.stringify(body) });
  const { token } = (await (await send('POST', '/api/recorders', { code: walk.code })).json()) as { token: string };
  const told = { stop: walk.stops[0]!.id, feelings: [0, 2, 2, 0, 0], change: 'een spiegel in de bocht' };
  expect((await send('PUT', `/api/walks/${walk.id}/observations/${crypto.randomUUID()}`, told, token)).status).toBe(201);
  await page.goto(`/desk#/sluiskwartier/places/${id}`);
  const walks = page.getByRole('region', { name: 'Op wandelingen' });
  await expect(walks).toContainText('4 mensen: gemiddeld 2,5 op 5, in stilte');
  await expect(walks).toContainText('een spiegel in de bocht');
  await accessible(page);
  await walks.getByRole('link', { name: 'Door de tunnel' }).click();
  await expect(page.getByRole('group', { name: /Bij de bocht/ })).toContainText('een spiegel in de bocht');
});
