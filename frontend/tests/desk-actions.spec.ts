import { joinDevice } from './device';
import { accessible } from './pages';
import { signIn, staff } from './staff';
import { expect, test } from './watched';

const [WEST, SOUTH] = [3.712, 51.056];
const ring = [[WEST, SOUTH], [WEST + 0.012, SOUTH], [WEST + 0.012, SOUTH + 0.008], [WEST, SOUTH + 0.008], [WEST, SOUTH]];
const BRIDGE = [WEST + 0.004, SOUTH + 0.004] as const;

test.use({ viewport: { width: 1440, height: 900 }, hasTouch: false });

/** A neighbourhood where twelve people feel less safe at a kept place. */
async function quarter() {
  const boundary = { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } };
  const name = `Actiewijk ${Math.random().toString(36).slice(2, 8)}`;
  const { id, slug } = await staff<{ id: string; slug: string }>('POST', '/api/neighbourhoods', { name, boundary, languages: ['nl', 'fr'] });
  const path = `/api/neighbourhoods/${id}`;
  const made = await staff<{ id: string }>('POST', `${path}/gatherings`, { kind: 'table', name: 'Tafel', round: '2026-1', held_on: '2026-11-05', pin_budget: null });
  const open = await staff<{ code: string }>('PATCH', `${path}/gatherings/${made.id}`, { phase: 'open' });
  const device = await joinDevice({ id: made.id, code: open.code });
  for (let n = 0; n < 12; n++) {
    const participant = await device.person();
    for (const step of [0, 1]) await device.pin(participant, 'unsafe', [BRIDGE[0] + ((n + step) % 4) * 0.0001, BRIDGE[1]], { when: ['dark'], themes: ['light'] });
  }
  const place = await staff<{ id: string }>('POST', `${path}/places`, { name: 'Spoorbrug', hotspot: { kind: 'unsafe', centre: BRIDGE } });
  return { slug, path, place: place.id };
}

test('an action is made from a place, moved on with keys, refused with a reason, and answered in public', async ({ page, context }) => {
  await signIn(context);
  const { slug, place } = await quarter();
  await page.goto(`/desk#/${slug}/actions`);
  await expect(page.getByText('Nog geen actie.')).toBeVisible();
  await accessible(page);

  await page.goto(`/desk#/${slug}/places/${place}`);
  await page.getByRole('link', { name: 'Maak een actie' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Nieuwe actie' })).toBeVisible();
  await expect(page.getByLabel('Wie? (een dienst of functie)')).toHaveValue('');
  await accessible(page);
  await page.getByLabel('Wat is er?').fill('Onder de brug is het donker.');
  await page.getByLabel('Wat doen we?').fill('Twee lampen');
  await page.getByLabel('Klaar tegen').fill('2020-01-01');
  await page.getByRole('button', { name: 'Stel voor' }).click();
  await expect(page.getByText('Deze datum is voorbij.')).toBeVisible();
  await page.getByLabel('Klaar tegen').fill('');
  await page.getByLabel('Wat bewoners hierover lezen').fill('Twee nieuwe lampen');
  await page.getByRole('button', { name: 'Stel voor' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Twee lampen' })).toBeVisible();
  await expect(page.getByText('12 van de 12 mensen voelden zich hier minder veilig.')).toBeVisible();
  await accessible(page);

  // Votes, by occasion.
  await page.getByLabel('Bij welke gelegenheid?').fill('Buurttafel');
  await page.getByLabel('Mensen', { exact: true }).fill('9');
  await page.getByRole('button', { name: 'Stemmen noteren' }).click();
  await expect(page.getByRole('heading', { name: '9 mensen voor' })).toBeVisible();

  // The board, by keyboard.
  await page.getByRole('link', { name: 'Alle acties' }).click();
  const card = page.getByRole('region', { name: 'Wacht op antwoord' }).getByRole('link', { name: 'Twee lampen' });
  await card.focus();
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Stand van: Twee lampen')).toBeFocused();
  await page.getByLabel('Stand van: Twee lampen').selectOption('accepted');
  await expect(page.getByRole('region', { name: 'Beloofd' }).getByRole('link', { name: 'Twee lampen' })).toBeVisible();
  await accessible(page);
  await page.getByLabel('Stand van: Twee lampen').selectOption('refused');
  const dialog = page.getByRole('dialog', { name: 'Kan niet, met reden' });
  await accessible(page);
  await dialog.getByLabel('Reden').fill('Daar is geen stroom.');
  await page.keyboard.press('Tab');
  await dialog.getByRole('button', { name: 'Zeg nee' }).click();
  await expect(page.getByRole('region', { name: 'Kan niet, met reden' }).getByRole('link', { name: 'Twee lampen' })).toBeVisible();
  await page.getByRole('navigation', { name: 'Hoe tonen' }).getByRole('link', { name: 'Lijst' }).click();
  await expect(page.getByRole('table').getByRole('row')).toHaveCount(2);
  await accessible(page);

  // The answer: written, looked at, published under a name, and frozen.
  await page.goto(`/desk#/${slug}/places/${place}`);
  await page.getByRole('link', { name: 'Schrijf het antwoord' }).click();
  await page.getByLabel('Jullie zeiden').fill('Het is hier te donker.');
  await page.getByLabel('Dit doen we niet, en waarom').fill('Lampen kunnen niet: er is geen stroom.');
  await page.getByRole('button', { name: 'Bewaar', exact: true }).click();
  await expect(page.getByRole('link', { name: 'Voorbeeld bekijken' })).toBeVisible();
  await accessible(page);
  await page.getByRole('button', { name: 'Publiceren' }).click();
  await page.getByLabel('Wie staat hierachter?').fill('Sara Willems, schepen');
  await page.getByRole('button', { name: 'Publiceer nu' }).click();
  const published = page.locator('a[href^="/answers/"]');
  await expect(published).toHaveCount(1);
  const address = (await published.getAttribute('href'))!;

  const stranger = await page.context().browser()!.newContext({ javaScriptEnabled: false, locale: 'fr-BE' });
  const outside = await stranger.newPage();
  await outside.goto(new URL(address, page.url()).href);
  await expect(outside.getByRole('heading', { level: 1, name: 'Spoorbrug' })).toBeVisible();
  await expect(outside.getByText('Lampen kunnen niet: er is geen stroom.')).toBeVisible();
  await expect(outside.getByText('Goedgekeurd door Sara Willems, schepen.')).toBeVisible();
  await outside.getByRole('link', { name: 'Français' }).click();
  await expect(outside.getByRole('heading', { name: 'Vous avez dit' })).toBeVisible();
  expect(await stranger.cookies()).toEqual([]);
  await stranger.close();
  await page.goto(new URL(address, page.url()).href);
  await accessible(page);
});
