import { joinDevice } from './device';
import { accessible } from './pages';
import { fromTelephone, voice } from './photo-files';
import { signIn, staff, staffCookie } from './staff';
import { expect, test } from './watched';
import type { Page } from '@playwright/test';

interface Named {
  id: string;
  slug: string;
}
const BASE = process.env.BUURTSIGNAAL_URL ?? 'http://127.0.0.1:8080';
const [W, S, E, N] = [3.712, 51.056, 3.724, 51.064];
const boundary = { type: 'Polygon', coordinates: [[[W, S], [E, S], [E, N], [W, N], [W, S]]] };
const CAPTION = { see: 'Een hek zonder licht.', act: 'Een lamp zetten.' };

/** A neighbourhood of its own with photos and voices that wait. */
async function waiting(page: Page, what: readonly ('photo' | 'voice')[]) {
  const place = await staff<Named>('POST', '/api/neighbourhoods', { name: `Fotowijk ${Date.now()}`, boundary, languages: ['nl'] });
  const path = `/api/neighbourhoods/${place.id}/gatherings`;
  const made = await staff<Named & { code: string }>('POST', path, { kind: 'table', name: 'Tafel 2', round: '2026-1', questions: ['photo', 'caption', 'voice', 'when'] });
  await staff('PATCH', `${path}/${made.id}`, { phase: 'open' });
  const device = await joinDevice(made);
  const person = await device.person();
  await signIn(page.context());
  await page.goto('/desk');
  const pins: string[] = [];
  for (const [n, kind] of what.entries()) {
    const pin = await device.pin(person, 'unsafe', [3.714 + n * 0.002, 51.06], { when: ['dark'] });
    pins.push(pin);
    const image = (await fromTelephone(page, 1600, 1000, 12)).buffer.toString('base64');
    const body = kind === 'photo' ? { image, consent: true, caption: CAPTION } : { audio: (await voice(page)).toString('base64'), type: 'audio/webm', duration_ms: 900 };
    await device.beside(pin, kind, body);
  }
  await page.goto(`/desk#/${place.slug}/moderate/attachments`);
  return { place, pins, stored: (pin: string) => bytes(`/api/neighbourhoods/${place.id}/attachments/${pin}/photo`) };
}
async function bytes(path: string): Promise<string> {
  const answer = await fetch(`${BASE}${path}`, { headers: { cookie: await staffCookie() } });
  return Buffer.from(await answer.arrayBuffer()).toString('base64');
}
/** How much light and dark differ along a row of a photo, between two shares of its width. */
const contrast = (page: Page, jpeg: string, from: number, to: number) =>
  page.evaluate(
    async ([src, from, to]) => {
      const picture = Object.assign(new Image(), { src });
      await picture.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: picture.width, height: 1 });
      const paper = canvas.getContext('2d')!;
      paper.drawImage(picture, 0, -Math.round(picture.height * 0.7));
      const row = paper.getImageData(Math.round(picture.width * from), 0, Math.round(picture.width * (to - from)), 1).data.filter((_, n) => n % 4 === 0);
      return Math.max(...row) - Math.min(...row);
    },
    [`data:image/jpeg;base64,${jpeg}`, from, to] as const,
  );

const open = (page: Page) => page.getByRole('img', { name: /^Foto van deelnemer/ });

test('photos and voices are looked at with the same keys as words', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await waiting(page, ['photo', 'photo', 'voice']);
  const queue = page.getByRole('navigation', { name: 'Foto’s en stemmen' });
  await expect(queue.getByRole('button')).toHaveCount(3);
  await expect(page.getByRole('link', { name: /Nakijken/ })).toContainText('3');
  await queue.getByRole('button', { name: /Foto/ }).first().click();
  await expect(open(page)).toBeVisible();
  await expect(page.getByText('Een hek zonder licht.').last()).toBeVisible();
  await accessible(page);
  await page.keyboard.press('g');
  await expect(page.getByRole('link', { name: 'Goedgekeurd 1' })).toBeVisible();
  await page.keyboard.press('z');
  await expect(page.getByRole('link', { name: 'Te doen 3' })).toBeVisible();

  await queue.getByRole('button', { name: /Foto/ }).first().click();
  await page.keyboard.press('v');
  await expect(page.getByRole('dialog', { name: 'Deze foto verbergen?' })).toBeVisible();
  await page.getByRole('button', { name: 'Er staat iemand op' }).click();
  await accessible(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Verberg' }).click();
  await expect(page.getByRole('link', { name: 'Verborgen 1' })).toBeVisible();

  await queue.getByRole('button', { name: /Stem/ }).click();
  const player = page.locator('audio');
  await expect(player).toHaveAttribute('controls');
  expect(await player.evaluate((audio: HTMLAudioElement) => audio.autoplay || !audio.paused)).toBe(false);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Toetsen' })).toContainText('een deel van de foto vervagen');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: /^Teksten/ }).click();
  await expect(page.getByText('Alles is nagekeken')).toBeVisible();
});

test('a part of a photo is blurred with the keyboard alone, for good', async ({ page }) => {
  const { pins, stored } = await waiting(page, ['photo']);
  await expect(open(page)).toBeVisible();
  const before = await stored(pins[0]!);
  expect(await contrast(page, before, 0.32, 0.44)).toBeGreaterThan(80);
  await page.keyboard.press('b');
  await expect(page.getByRole('button', { name: 'Gebied erbij' })).toBeFocused();
  await page.keyboard.press('Enter');
  const area = page.getByRole('button', { name: /^Gebied 1/ });
  await expect(area).toBeFocused();
  const start = (await area.boundingBox())!;
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowLeft');
  for (let n = 0; n < 18; n++) await page.keyboard.press('Shift+ArrowDown');
  const moved = (await area.boundingBox())!;
  expect(moved.y).toBeGreaterThan(start.y);
  expect(moved.x).toBeLessThan(start.x);
  expect(moved.height).toBeGreaterThan(start.height);
  // A second one is added and taken away again.
  await page.getByRole('button', { name: 'Gebied erbij' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Gebied 2/ })).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(area).toBeFocused();
  await accessible(page);
  await page.getByRole('button', { name: 'Vervaag voorgoed' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alertdialog', { name: '1 gebied vervagen?' })).toContainText('nergens meer');
  await accessible(page);
  await page.getByRole('button', { name: 'Ja, vervaag' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Vervaagd. Het origineel is weg.')).toBeVisible();
  const after = await stored(pins[0]!);
  expect(await contrast(page, after, 0.32, 0.44)).toBeLessThan(50);
  expect(await contrast(page, after, 0.7, 0.9)).toBeGreaterThan(80);
  await expect(open(page)).toBeVisible();
});

test('a part of a photo is blurred by mouse and by touch, and put away with Escape', async ({ page }) => {
  const { pins, stored } = await waiting(page, ['photo']);
  await expect(open(page)).toBeVisible();
  await page.getByRole('button', { name: /^Vervaag/ }).click();
  const stage = page.getByRole('group', { name: 'Foto om op te tekenen' });
  await expect(open(page)).toBeVisible();
  const areas = stage.getByRole('button');
  const box = (await stage.boundingBox())!;
  const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
  await page.mouse.move(...at(0.1, 0.4));
  await page.mouse.down();
  await page.mouse.move(...at(0.2, 0.6));
  await page.mouse.move(...at(0.3, 0.95));
  await page.mouse.up();
  await expect(areas).toHaveCount(1);
  const drawn = (await areas.first().boundingBox())!;
  expect(drawn.width / box.width).toBeCloseTo(0.2, 1);
  // A tap puts an area of an everyday size there.
  await page.touchscreen.tap(...at(0.8, 0.7));
  await expect(areas).toHaveCount(2);
  await page.getByRole('button', { name: 'Gebied groter' }).click();
  expect((await areas.nth(1).boundingBox())!.width / box.width).toBeCloseTo(0.2, 1);
  await page.keyboard.press('Escape');
  await expect(stage).toHaveCount(0);
  expect(await contrast(page, await stored(pins[0]!), 0.15, 0.25)).toBeGreaterThan(80);

  await page.getByRole('button', { name: /^Vervaag/ }).click();
  await expect(open(page)).toBeVisible();
  await page.mouse.move(...at(0.1, 0.4));
  await page.mouse.down();
  await page.mouse.move(...at(0.3, 0.95), { steps: 4 });
  await page.mouse.up();
  await page.getByRole('button', { name: 'Vervaag voorgoed' }).click();
  await page.getByRole('button', { name: 'Ja, vervaag' }).click();
  await expect(page.getByText('Vervaagd. Het origineel is weg.')).toBeVisible();
  expect(await contrast(page, await stored(pins[0]!), 0.15, 0.25)).toBeLessThan(50);
});
