import { accessible } from './pages';
import config from '../playwright.config';
import { fromTelephone, gifBomb, heic, promise, torn, TRACES, type File } from './photo-files';
import { readDemo } from './demo';
import { staff, staffCookie } from './staff';
import { done, gathering, saved, sheet, stored, tap, toMap, unsafe, type Gathering } from './tablet';
import { expect, test } from './watched';
import type { Page } from '@playwright/test';

const launch = config.use!.launchOptions!;
test.use({ launchOptions: { ...launch, args: [...launch.args!, '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'] } });

interface Attachment {
  pin: string;
  kind: string;
  gathering: string;
  caption: Record<string, string | null> | null;
  duration_ms: number | null;
}
const path = () => `/api/neighbourhoods/${readDemo().neighbourhood}/attachments`;

/** What of a gathering waits for a moderator. */
async function waiting({ id }: Gathering): Promise<Attachment[]> {
  const found: Attachment[] = [];
  for (let next: string | null = ''; next !== null; ) {
    const page: { items: Attachment[]; next: string | null } = await staff('GET', `${path()}?status=waiting${next && `&cursor=${next}`}`);
    found.push(...page.items);
    next = page.next;
  }
  return found.filter((one) => one.gathering === id);
}
async function bytes({ pin, kind }: Attachment): Promise<{ kind: string; content: Buffer }> {
  const base = process.env.BUURTSIGNAAL_URL ?? 'http://127.0.0.1:8080';
  const answer = await fetch(`${base}${path()}/${pin}/${kind}`, { headers: { cookie: await staffCookie() } });
  return { kind: answer.headers.get('content-type') ?? '', content: Buffer.from(await answer.arrayBuffer()) };
}

const PHOTO = ['comment', 'photo'];
/** Puts a pin and leaves its sheet open. */
async function toSheet(page: Page, table: Gathering): Promise<void> {
  await toMap(page, table);
  await tap(page, 0.55, 0.4);
  await unsafe(page).click();
  await expect(sheet(page)).toBeVisible();
}
/** Waits until the pin itself is at the server. */
async function pinned(page: Page, table: Gathering): Promise<void> {
  await expect.poll(() => stored(table)).toHaveLength(1);
  await saved(page);
}
const part = (page: Page) => sheet(page).getByRole('region', { name: /^Een foto/ });
const choose = (page: Page, file: File) => part(page).getByLabel('Kies een foto').setInputFiles(file);
const consent = (page: Page) => part(page).getByRole('checkbox', { name: /Er staan geen mensen/ });
const sizeOf = (page: Page, jpeg: Buffer) =>
  page.evaluate(async (src) => {
    const picture = Object.assign(new Image(), { src });
    await picture.decode();
    return [picture.naturalWidth, picture.naturalHeight];
  }, `data:image/jpeg;base64,${jpeg.toString('base64')}`);

test('a photo goes only with a yes, small and without where it was taken', async ({ page }) => {
  const table = await gathering({ questions: [...PHOTO, 'caption'] });
  await toSheet(page, table);
  await expect(part(page).getByLabel('Neem een foto')).toHaveAttribute('capture', 'environment');
  await accessible(page);
  const file = await fromTelephone(page, 4000, 3000);
  for (const trace of TRACES) expect(file.buffer.includes(trace)).toBe(true);
  await choose(page, file);
  await expect(part(page).getByRole('img', { name: 'Jouw foto' })).toBeVisible();
  await expect(consent(page)).not.toBeChecked();
  await expect(part(page).getByText('Pas dan bewaren we de foto')).toBeVisible();
  await accessible(page);
  await saved(page);
  expect(await waiting(table)).toEqual([]);

  await consent(page).check();
  await expect(part(page).getByText(/^Bewaard\. Niemand ziet/)).toBeVisible();
  await part(page).getByLabel('Wat zie je hier?').fill('Een hek zonder licht.');
  await part(page).getByLabel('Wat kunnen we doen?').fill('Een lamp zetten.');
  await accessible(page);
  await done(page);
  await saved(page);
  const [kept, ...others] = await waiting(table);
  expect(others).toEqual([]);
  expect(kept!.caption).toEqual({ see: 'Een hek zonder licht.', happening: null, lives: null, why: null, act: 'Een lamp zetten.' });
  const { kind, content } = await bytes(kept!);
  expect(kind).toBe('image/jpeg');
  for (const trace of TRACES) expect(content.includes(trace), trace).toBe(false);
  expect(await sizeOf(page, content)).toEqual([1600, 1200]);

  // The yes is taken back: the photo is nowhere any more, the pin stays.
  await page.getByRole('button', { name: /Jouw pins|pins?$/ }).first().click();
  await page.getByRole('button', { name: /^Verander/ }).click();
  await expect(part(page).getByRole('img', { name: 'Jouw foto' })).toBeVisible();
  await part(page).getByRole('button', { name: 'Foto wissen' }).click();
  await expect(part(page).getByLabel('Kies een foto')).toBeVisible();
  await saved(page);
  await expect.poll(() => waiting(table)).toEqual([]);
  expect(await stored(table)).toHaveLength(1);
});

test('a photo waits without network and survives a reload', async ({ page, context }) => {
  const table = await gathering({ questions: PHOTO });
  await toSheet(page, table);
  await pinned(page, table);
  const file = await fromTelephone(page, 1200, 900);
  await context.setOffline(true);
  await choose(page, file);
  await consent(page).check();
  await expect(page.locator('.saved').first()).toHaveAttribute('data-waiting', '1');
  await done(page);
  expect(await waiting(table)).toEqual([]);
  await context.setOffline(false);
  await page.reload();
  await saved(page);
  const [kept] = await waiting(table);
  for (const trace of TRACES) expect((await bytes(kept!)).content.includes(trace)).toBe(false);
});

test('what is no photo is refused with a sentence, and the pin stays', async ({ page }) => {
  const table = await gathering({ questions: PHOTO });
  await toSheet(page, table);
  const notice = part(page).getByRole('alert');
  for (const [file, words] of [
    [promise(30_000, 30_000), 'veel te groot'],
    [gifBomb(), 'veel te groot'],
    [heic(), 'HEIC'],
    [{ name: 'brief.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') }, 'geen foto die we kunnen lezen'],
  ] as const) {
    await choose(page, file);
    await expect(notice).toContainText(words);
    await expect(notice).toContainText('Je pin is wel bewaard.');
    await expect(consent(page)).toHaveCount(0);
  }
  await accessible(page);
  // What only the server can judge is refused there, with the same kind of sentence.
  await choose(page, torn());
  await expect(part(page).getByText('Dit toestel kan de foto niet tonen')).toBeVisible();
  await consent(page).check();
  await expect(notice).toContainText('kunnen deze foto niet lezen');
  await part(page).getByRole('button', { name: 'Foto wissen' }).click();
  await expect(notice).toHaveCount(0);
  await choose(page, await fromTelephone(page, 800, 600));
  await consent(page).check();
  await done(page);
  await saved(page);
  expect(await waiting(table)).toHaveLength(1);
  expect(await stored(table)).toHaveLength(1);
});

test('a full device says so, and the pin is kept', async ({ page, context }) => {
  const table = await gathering({ questions: PHOTO });
  await toSheet(page, table);
  await pinned(page, table);
  const file = await fromTelephone(page, 1600, 1200, 3);
  await context.setOffline(true);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize: 1 });
  await choose(page, file);
  // The browser looks only now and then how much room there is.
  await expect(async () => {
    await consent(page).uncheck();
    await consent(page).check();
    await expect(part(page).getByRole('alert')).toContainText('Dit toestel is vol', { timeout: 2000 });
  }).toPass({ timeout: 60_000 });
  await expect(page.locator('.saved').first()).not.toHaveAttribute('data-waiting', '0');
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin });
  await expect(part(page).getByRole('alert')).toHaveCount(0);
  await context.setOffline(false);
  await done(page);
  await saved(page);
  expect(await waiting(table)).toHaveLength(1);
});

test('a voice note is recorded, heard, kept and thrown away', async ({ page }) => {
  const table = await gathering({ questions: ['comment', 'voice'] });
  await toSheet(page, table);
  const voice = sheet(page).getByRole('region', { name: /^Zeg het/ });
  await voice.getByRole('button', { name: 'Spreek iets in' }).click();
  await expect(voice.getByRole('timer')).toContainText(/nog 0:5[5-9]/);
  await accessible(page);
  await voice.getByRole('button', { name: 'Weggooien' }).click();
  await expect(voice.getByRole('button', { name: 'Spreek iets in' })).toBeVisible();
  await saved(page);
  expect(await waiting(table)).toEqual([]);

  await voice.getByRole('button', { name: 'Spreek iets in' }).click();
  await expect(voice.getByRole('timer')).toContainText('nog 0:58');
  await voice.getByRole('button', { name: 'Stop en bewaar' }).click();
  await expect(voice.locator('audio')).toHaveAttribute('controls');
  expect(await voice.locator('audio').evaluate((player: HTMLAudioElement) => player.autoplay || !player.paused)).toBe(false);
  await expect(voice.getByText(/^Bewaard: 0:0[1-4]/)).toBeVisible();
  await accessible(page);
  await saved(page);
  const [kept] = await waiting(table);
  expect(kept).toMatchObject({ kind: 'voice', caption: null });
  expect(kept!.duration_ms).toBeGreaterThan(900);
  const { kind, content } = await bytes(kept!);
  expect(kind).toBe('audio/webm');
  expect(content.subarray(0, 4).toString('hex')).toBe('1a45dfa3');
  await voice.getByRole('button', { name: 'Opname wissen' }).click();
  await saved(page);
  await expect.poll(() => waiting(table)).toEqual([]);
});

test('where there is no microphone the page says so and stays out of the way', async ({ page }) => {
  // As on plain http.
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'mediaDevices', { value: undefined }));
  const table = await gathering({ questions: ['comment', 'voice'] });
  await toSheet(page, table);
  await expect(sheet(page).getByText('Inspreken kan op dit toestel niet. Schrijf het dan op.')).toBeVisible();
  await expect(sheet(page).getByRole('button', { name: 'Spreek iets in' })).toHaveCount(0);
  await accessible(page);
});
