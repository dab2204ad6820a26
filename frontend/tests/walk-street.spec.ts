import { chromium, type Page } from '@playwright/test';
import { accessible } from './pages';
import { fromTelephone } from './photo-files';
import { signIn } from './staff';
import { arrived, joinPhone, joinWalk, seen, walk } from './walkers';
import { expect, test, watch } from './watched';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, locale: 'nl-BE' } as const;
test.use(PHONE);

const act = (page: Page, name: RegExp) => page.locator('.acts').getByRole('button', { name }).click();
async function leave(page: Page): Promise<void> {
  await act(page, /Naar de afspraken/);
  await act(page, /We vertrekken/);
  await page.locator('[data-map-ready]').waitFor();
}

test('a tired group takes the shorter way, and may still walk all of it', async ({ page }) => {
  await joinWalk(page, await walk({}, ['Kerkplein', 'Tunnel', 'Speelveld', 'Buurthuis', 'Halte', 'Sluis']));
  const stops = page.getByRole('list').filter({ hasText: 'Kerkplein' }).getByRole('listitem');
  await expect(stops).toHaveCount(6);
  await leave(page);
  await page.getByRole('button', { name: 'Kortere weg' }).click();
  const dialog = page.getByRole('dialog', { name: 'De kortere weg nemen?' });
  await expect(dialog).toContainText('De stops daarna slaan jullie over.');
  await accessible(page);
  await dialog.getByRole('button', { name: 'Kortere weg nemen' }).click();
  await expect(page.getByRole('button', { name: 'Kortere weg' })).toBeHidden();
  await page.getByRole('button', { name: 'Terug' }).click();
  const taken = page.getByText(/stops? overgeslagen\./);
  await expect(taken).toBeVisible();
  await expect(stops).toHaveCount(3);
  await page.reload();
  await expect(page.getByText(/stops? overgeslagen\./)).toBeVisible();
  await expect(stops).toHaveCount(3);
  await page.getByRole('button', { name: 'Toch alles wandelen' }).click();
  await expect(stops).toHaveCount(6);
  await expect(taken).toBeHidden();
});

/** How many pixels of the map have the blue of the person's dot. */
const blue = async (page: Page) => {
  const shot = (await page.locator('.see').screenshot()).toString('base64');
  return page.evaluate(async (src) => {
    const picture = Object.assign(new Image(), { src });
    await picture.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: picture.width, height: picture.height });
    const paper = canvas.getContext('2d')!;
    paper.drawImage(picture, 0, 0);
    const { data } = paper.getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let at = 0; at < data.length; at += 4) if (Math.abs(data[at]! - 33) + Math.abs(data[at + 1]! - 102) + Math.abs(data[at + 2]! - 172) < 24) count++;
    return count;
  }, `data:image/png;base64,${shot}`);
};

test('where the phone is stands on its map and goes nowhere', async ({ page, context }) => {
  const made = await walk();
  const [one, two] = [made.stops[0]!.point, made.stops[1]!.point];
  const at = { longitude: (one[0] + two[0]) / 2 + 0.000123, latitude: (one[1] + two[1]) / 2 + 0.000321 };
  await context.grantPermissions(['geolocation']);
  await context.setGeolocation(at);
  const sent: string[] = [];
  context.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
  await joinWalk(page, made);
  await leave(page);
  await act(page, /We zijn er/);
  await act(page, /^Naar /);
  await page.locator('[data-map-ready]').waitFor();
  const before = await blue(page);
  const own = page.getByRole('button', { name: 'Toon waar ik ben' });
  await own.click();
  await expect(page.getByText('Waar je bent, blijft op deze telefoon.')).toBeVisible();
  await expect.poll(() => blue(page)).toBeGreaterThan(before + 80);
  await accessible(page);
  // It goes on with the walk, and into none of its letters.
  await act(page, /We zijn er/);
  await page.getByLabel('Wat moet anders?').fill('Een lamp');
  await arrived(page);
  await expect.poll(async () => (await seen(made)).phones).toBe(1);
  expect(sent.some((letter) => letter.includes('Een lamp'))).toBe(true);
  const [lon, lat] = [String(at.longitude).slice(0, 8), String(at.latitude).slice(0, 8)];
  expect(sent.filter((letter) => letter.includes(lon) || letter.includes(lat))).toEqual([]);
  await act(page, /^Naar /);
  await page.locator('[data-map-ready]').waitFor();
  await page.getByRole('button', { name: 'Toon waar ik ben' }).click();
  await expect.poll(() => blue(page)).toBeLessThan(before + 80);
});

test('the screen stays on under way and is let go at the end', async ({ page, context }) => {
  await context.addInitScript(() => {
    const locks: WakeLockSentinel[] = [];
    Object.assign(window, { locks });
    const ask = navigator.wakeLock.request.bind(navigator.wakeLock);
    navigator.wakeLock.request = async (type) => {
      const lock = await ask(type);
      locks.push(lock);
      return lock;
    };
  });
  const held = () => page.evaluate(() => (window as unknown as { locks: WakeLockSentinel[] }).locks.map(({ released }) => !released));
  await joinWalk(page, await walk());
  await act(page, /Naar de afspraken/);
  expect(await held()).toEqual([]);
  await act(page, /We vertrekken/);
  await expect.poll(held).toContain(true);
  await act(page, /We zijn er/);
  await expect.poll(held).toContain(true);
  await page.getByRole('button', { name: 'Terug' }).click();
  await expect.poll(held).not.toContain(true);
});

test('over plain http the page says that it must stay open, and that it cannot tell where it is', async ({ errors }) => {
  const made = await walk();
  const base = new URL(process.env.BUURTSIGNAAL_URL ?? 'http://127.0.0.1:8080');
  const { executablePath, args } = test.info().project.use.launchOptions!;
  // A name of the network in the hall, which no browser takes for its own machine.
  const browser = await chromium.launch({ executablePath: executablePath!, args: [...args!, `--host-resolver-rules=MAP zaal.example ${base.hostname}`] });
  const context = await browser.newContext(PHONE);
  watch(context, errors);
  const page = await context.newPage();
  await page.goto(`http://zaal.example:${base.port}/walk#code=${made.code}`);
  expect(await page.evaluate(() => [isSecureContext, 'serviceWorker' in navigator, 'wakeLock' in navigator])).toEqual([false, false, false]);
  await expect(page.getByText('Laat deze pagina open tot het einde.')).toBeVisible({ timeout: 20_000 });
  await accessible(page);
  // Open, it needs no line either.
  await context.setOffline(true);
  await leave(page);
  await page.getByRole('button', { name: 'Toon waar ik ben' }).click();
  await expect(page.getByText('Deze telefoon zegt niet waar je bent.')).toBeVisible();
  await act(page, /We zijn er/);
  await page.getByLabel('Wat moet anders?').fill('Bel Jan op 0470 12 34 56');
  // What points at somebody is hinted at here as on the tablet.
  await expect(page.getByText('“0470 12 34 56” lijkt een nummer of adres.')).toBeVisible();
  await accessible(page);
  await context.setOffline(false);
  await arrived(page);
  await expect.poll(async () => (await seen(made)).stops[0]?.each[0]).toMatchObject({ change: 'Bel Jan op 0470 12 34 56' });
  await browser.close();
});

test.describe('at the desk', () => {
  test.use({ viewport: { width: 1440, height: 900 }, hasTouch: false });

  test('a photo of a walk is seen by staff alone until somebody says yes, and no more after a no', async ({ page, context }) => {
    await signIn(context);
    const made = await walk({ name: 'Met een foto' });
    const phone = await joinPhone(made);
    const note = await phone.note({ stop: made.stops[0]!.id, feelings: [0, 1, 0, 0, 0] });
    await page.goto('/desk');
    await phone.photo(note, await fromTelephone(page, 1200, 800));
    const status = async () => (await seen(made)).stops[0]!.each[0]!['photo'];
    await page.goto(`/desk#/sluiskwartier/walks/${made.id}?view=seen`);
    const stop = page.getByRole('group', { name: /Kerkplein/ });
    const image = stop.getByRole('img', { name: 'Foto bij Kerkplein' });
    await expect(image).toBeVisible();
    await expect.poll(() => image.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(1200);
    await expect(stop).toContainText('Alleen jij ziet ze tot je ja zegt.');
    expect(await status()).toBe('waiting');
    await accessible(page);
    await stop.getByRole('button', { name: 'Mag getoond worden' }).click();
    await expect(stop.getByText('Mag getoond worden.')).toBeVisible();
    await expect(stop.getByRole('button', { name: 'Mag getoond worden' })).toBeHidden();
    expect(await status()).toBe('approved');
    await stop.getByRole('button', { name: 'Verberg' }).click();
    await expect(stop).toContainText('Verborgen.');
    expect(await status()).toBe('hidden');
    await stop.getByRole('button', { name: 'Mag getoond worden' }).focus();
    await page.keyboard.press('Enter');
    await expect(stop.getByText('Mag getoond worden.')).toBeVisible();
  });
});
