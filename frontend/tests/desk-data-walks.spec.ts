import { randomUUID } from 'node:crypto';
import { readDemo } from './demo';
import { accessible } from './pages';
import { signIn, staff } from './staff';
import { expect, test } from './watched';

test.use({ viewport: { width: 1440, height: 900 }, hasTouch: false });

interface Walk {
  id: string;
  code: string;
  stations: { id: string; kind: string }[];
}

test('a data walk is planned for a selection, ordered, worded, read at a station, and summed up', async ({ page, context }) => {
  await signIn(context);
  const { neighbourhood } = readDemo();
  const { slug } = await staff<{ slug: string }>('GET', `/api/neighbourhoods/${neighbourhood}`);
  await page.goto(`/desk#/${slug}/data-walks`);
  await page.getByRole('link', { name: 'Nieuwe datawandeling' }).click();
  const name = `Zaal ${Math.random().toString(36).slice(2, 8)}`;
  await page.getByLabel('Naam').fill(name);
  await page.getByRole('button', { name: 'Naast de cijfers' }).click();
  await accessible(page);
  await page.getByRole('button', { name: 'Maak de stations' }).click();

  const posters = page.locator('.posters article');
  await expect(posters).toHaveCount(8);
  await expect(posters.first()).toContainText('mensen vertelden over hun buurt');
  await expect(posters.first()).toContainText('Wat weten we niet?');
  await accessible(page);

  // Each has its poster on paper.
  const poster = await page.request.get((await page.getByRole('link', { name: 'PDF', exact: true }).nth(1).getAttribute('href'))!);
  expect(poster.headers()['content-type']).toBe('application/pdf');
  expect((await poster.body()).subarray(0, 5).toString()).toBe('%PDF-');

  // The order, and own words.
  await page.getByRole('button', { name: 'Waar voelen we ons veilig? eerder' }).click();
  await expect(posters.first()).toContainText('Waar voelen we ons veilig?');
  await page.getByRole('button', { name: 'Verwoorden' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Waar voelen we ons veilig?' });
  await accessible(page);
  await dialog.getByLabel('Eigen titel').fill('Hier is het goed');
  await dialog.getByRole('button', { name: 'Bewaar', exact: true }).click();
  await expect(posters.first()).toContainText('Hier is het goed');

  // A recorder writes down what a group reads.
  const id = page.url().split('/').at(-1)!.split('?')[0]!;
  const walk = await staff<Walk>('GET', `/api/neighbourhoods/${neighbourhood}/data-walks/${id}`);
  const joined = await (await page.request.post('/api/recorders', { data: { code: walk.code } })).json();
  const said = { station: walk.stations[0]!.id, stance: 'contradicts', interpretation: 'Op marktdagen is het hier anders.', group_size: 7 };
  const put = await page.request.put(`/api/data-walks/${id}/responses/${randomUUID()}`, { data: said, headers: { authorization: `Bearer ${joined.token}` } });
  expect(put.status()).toBe(201);
  await page.goto(`/desk#/${slug}/data-walks/${id}?view=read`);
  await expect(page.getByText('Op marktdagen is het hier anders.')).toBeVisible();
  await expect(page.getByText('Eén groep van 7 mensen schreef iets op.')).toBeVisible();
  await accessible(page);

  // It becomes an action.
  await page.getByRole('button', { name: 'Maak hier een actie van' }).click();
  await expect(page.getByLabel('Wat is er?')).toHaveValue('Op marktdagen is het hier anders.');
  await page.getByRole('button', { name: 'Stel voor' }).click();
  await page.reload();
  await expect(page.getByText('Hieruit kwam één voorstel.')).toBeVisible();

  // A station of which somebody spoke stays.
  await page.goto(`/desk#/${slug}/data-walks/${id}`);
  await page.getByRole('button', { name: 'Verwoorden' }).first().click();
  await page.getByRole('button', { name: 'Station weglaten' }).click();
  await expect(page.getByText('Over dit station zei al iemand iets.')).toBeVisible();
  await expect(posters).toHaveCount(8);
});
