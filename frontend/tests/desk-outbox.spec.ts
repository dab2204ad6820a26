import { randomUUID } from 'node:crypto';
import { joinDevice } from './device';
import { accessible } from './pages';
import { signIn, staff } from './staff';
import { expect, test } from './watched';

const [WEST, SOUTH] = [3.712, 51.056];
const ring = [[WEST, SOUTH], [WEST + 0.012, SOUTH], [WEST + 0.012, SOUTH + 0.008], [WEST, SOUTH + 0.008], [WEST, SOUTH]];
const INSIDE: readonly [number, number] = [WEST + 0.006, SOUTH + 0.004];

test.use({ viewport: { width: 1440, height: 900 }, hasTouch: false });

const pin = (participant: string, at: readonly [number, number]) => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: at },
  properties: { participant, feeling: 'unsafe', radius_m: 50, basis: 'own' },
});
const saved = (name: string, file: unknown) => ({ name, mimeType: 'application/json', buffer: Buffer.from(typeof file === 'string' ? file : JSON.stringify(file)) });

test('a file of a tablet is taken in at the desk, also after the gathering, and tells what became of it', async ({ page, context }) => {
  await signIn(context);
  const name = `Bestandwijk ${randomUUID().slice(0, 6)}`;
  const boundary = { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } };
  const { id: neighbourhood, slug } = await staff<{ id: string; slug: string }>('POST', '/api/neighbourhoods', { name, boundary, languages: ['nl'] });
  const path = `/api/neighbourhoods/${neighbourhood}/gatherings`;
  const { id } = await staff<{ id: string }>('POST', path, { kind: 'table', name: 'Parochiezaal', round: '2026-1' });
  const { code } = await staff<{ code: string }>('PATCH', `${path}/${id}`, { phase: 'open' });
  const device = await joinDevice({ id, code });
  await staff('PATCH', `${path}/${id}`, { phase: 'closed' });

  const person = randomUUID();
  const letters = [
    { kind: 'participant', about: person, participant: person, body: { age: null, gender: 'woman', role: null } },
    ...[INSIDE, [INSIDE[0] + 0.001, INSIDE[1]] as const, [0, 0] as const].map((at) => ({ kind: 'pin', about: randomUUID(), participant: person, body: pin(person, at) })),
  ];
  const file = { format: 'buurtsignaal-outbox/1', gathering: id, device: device.id, letters };

  await page.goto(`/desk#/${slug}/gatherings/${id}`);
  const part = page.getByRole('region', { name: 'Bestand van een tablet' });
  const choose = (named: ReturnType<typeof saved>) => part.getByLabel('Neem een bestand op').setInputFiles(named);
  await choose(saved('tablet.json', file));
  await expect(part).toContainText('3 berichten zijn opgenomen.');
  await expect(part).toContainText('1 bericht konden we niet opnemen');
  await expect(part).toContainText('Deze plek ligt buiten de buurt.');
  await expect(page.getByText('2 pins').first()).toBeVisible();
  await accessible(page);

  await choose(saved('tablet.json', file));
  await expect(part).toContainText('0 berichten zijn opgenomen. 3 waren er al.');
  await expect.poll(async () => (await staff<{ pins: number }>('GET', `${path}/${id}`)).pins).toBe(2);

  await choose(saved('holiday.json', '{"half": '));
  await expect(part.getByRole('alert')).toHaveText('Dit is geen bestand van een tablet, of het is niet volledig.');
  await choose(saved('elsewhere.json', { ...file, gathering: randomUUID() }));
  await expect(part.getByRole('alert')).toContainText('Dit bestand is van een andere bijeenkomst.');
  await choose(saved('broken.json', { ...file, letters: [...letters, { kind: 'parcel', about: person, participant: person }] }));
  await expect(part.getByRole('alert')).toContainText('Bericht 5 in dit bestand is kapot.');
});
