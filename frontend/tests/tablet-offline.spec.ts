import { readdirSync, readFileSync } from 'node:fs';
import { chromium, type Page } from '@playwright/test';
import { openLine, type Line } from './line';
import { accessible } from './pages';
import { done, gathering, kept, press, safe, saved, SEE, sheet, stored, tap, toMap, unsafe } from './tablet';
import { expect, test, watch } from './watched';

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

test.describe('answers that the test makes', () => {
  // What a service worker lets through, the test could not catch.
  test.use({ serviceWorkers: 'block' });

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
});

test('a tablet that is let go asks for the code again and loses nothing', async ({ page }) => {
  const line = await openLine();
  const table = await gathering({ questions: [] });
  await toMap(page, table, line.url);
  line.refuses = (path) => (path.startsWith('/api/gatherings/') ? { status: 401, slug: 'unknown_device' } : null);
  await tap(page, 0.5, 0.5);
  await press(page, 'safe', 2);
  await expect(page.getByText(/Deze tablet is afgemeld.*Er wachten nog 3 berichten/)).toBeVisible();
  await accessible(page);
  line.refuses = null;
  await page.getByLabel('Code').fill(table.code);
  await page.keyboard.press('Enter');
  await page.locator(SEE).waitFor();
  await waiting(page, 0);
  expect(await stored(table)).toHaveLength(2);
  // The person is still the same one: their pins are on the screen.
  await expect(page.getByRole('button', { name: 'Jouw pins' })).toContainText('nog 4 pins');
  await line.close();
});

/** A message for every letter that waits. */
const waiting = (page: Page, count: number) => expect(page.locator('.saved').first()).toHaveAttribute('data-waiting', String(count));

test('after one visit a newly opened page is whole without a line: map, streets, words, letters', async ({ context }) => {
  const line = await openLine();
  const table = await gathering();
  const first = await context.newPage();
  await toMap(first, table, line.url);
  await kept(first);
  await first.close();
  line.cut();
  const page = await context.newPage();
  await page.goto(line.url);
  await page.locator(SEE).waitFor();
  await page.getByRole('button', { name: 'Zoek een straat' }).click();
  await page.keyboard.type('sluis');
  await expect(page.getByRole('region', { name: 'Zoek een straat' }).getByRole('listitem').first()).toContainText(/sluis/i);
  await page.keyboard.press('Escape');
  expect(await page.evaluate(async () => [...(await document.fonts.ready)].filter(({ status }) => status === 'loaded').length)).toBeGreaterThan(0);
  await page.getByRole('button', { name: /Kies je taal/ }).click();
  await page.getByRole('button', { name: 'Français' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  await tap(page, 0.5, 0.5);
  await page.getByRole('button', { name: 'Ici, je me sens en sécurité', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await line.close();
});

test('a new version of the page waits for the next person, and a full outbox goes over to it', async ({ context }) => {
  const line = await openLine();
  const table = await gathering({ questions: [], pin_budget: null });
  const page = await context.newPage();
  await toMap(page, table, line.url);
  await kept(page);
  await tap(page, 0.5, 0.5);
  line.refuses = (path) => (path.startsWith('/api/') ? { status: 503, slug: 'unavailable' } : null);
  await press(page, 'safe', 4);
  await waiting(page, 5);

  // A new version that does not come whole changes nothing.
  await line.renew();
  line.missing = 'v2-maplibre';
  const update = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())!.update().then(() => undefined, () => undefined));
  await update();
  await expect.poll(() => page.evaluate(async () => { const { installing, waiting } = (await navigator.serviceWorker.getRegistration())!; return [installing, waiting]; })).toEqual([null, null]);
  await page.reload();
  await page.locator(SEE).waitFor();
  await expect(page.locator('html')).not.toHaveAttribute('data-build', '2');
  await waiting(page, 5);

  // Now it comes whole, and waits: the page stays of one piece, parts that it loads only now included.
  line.missing = null;
  await update();
  await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())!.waiting !== null)).toBe(true);
  await page.getByRole('button', { name: 'Route of gebied' }).click();
  await page.getByRole('button', { name: 'Een route' }).click();
  await expect(page.getByRole('button', { name: 'Punt zetten' })).toBeVisible();
  await page.getByRole('button', { name: 'Een plek' }).click();
  await expect(page.locator('html')).not.toHaveAttribute('data-build', '2');
  await page.getByRole('button', { name: 'Klaar' }).click();
  await page.getByRole('button', { name: 'Volgende persoon' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-build', '2');
  await waiting(page, 5);
  line.refuses = null;
  await expect.poll(async () => (await stored(table)).length).toBe(4);

  line.cut();
  await page.goto(line.url);
  await expect(page.locator('html')).toHaveAttribute('data-build', '2');
  await page.getByRole('button', { name: 'Beginnen' }).click();
  await page.locator(SEE).waitFor();
  await line.close();
});

test('three tablets, a line that breaks and comes back at random, two hundred pins: each is there exactly once', async ({ browser }) => {
  // Always the same chance, so that a failure can be seen again.
  let state = 20_261_121;
  const chance = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  test.setTimeout(240_000);
  // Nobody touches these tablets: one that is shared would empty itself.
  const table = await gathering({ kind: 'online', questions: [], pin_budget: null });
  const tablets = await Promise.all(
    ['safe', 'unsafe', 'mixed'].map(async (feeling) => {
      const line = await openLine();
      // Small screens: the maps of three large ones would take all the time.
      const page = await (await browser.newContext({ viewport: { width: 420, height: 560 }, hasTouch: true, locale: 'nl-BE' })).newPage();
      await toMap(page, table, line.url);
      await kept(page);
      await tap(page, 0.5, 0.5);
      return { line, page, feeling: feeling as 'safe' | 'unsafe' | 'mixed', shown: 0 };
    }),
  );
  let left = 200;
  for (let turn = 0; left > 0; turn++) {
    const tablet = tablets[turn % 3]!;
    const { line, page, feeling } = tablet;
    if (chance() < 0.5) line.cut();
    else line.mend();
    const pins = Math.min(left, 1 + Math.floor(chance() * 8));
    await press(page, feeling, pins);
    // A press further out brings the map closer first: what counts is what the tablet shows.
    const shown = Number(/\d+/.exec(await page.locator('.mine').innerText())?.[0]);
    left -= shown - tablet.shown;
    tablet.shown = shown;
    // Now and then in the middle of an answer, and once over a reload.
    if (chance() < 0.3) await page.waitForTimeout(chance() * 120);
    if (turn === 20 || turn === 31) {
      await page.reload();
      await page.locator(SEE).waitFor();
      // As close again as pins are put from, beside those that are there.
      await tap(page, 0.6, 0.6);
    }
  }
  for (const { line } of tablets) line.mend();
  await expect.poll(async () => (await stored(table)).length).toBe(200);
  for (const { page } of tablets) await saved(page);
  const ids = await Promise.all(
    tablets.map(({ page }) =>
      page.evaluate(
        () =>
          new Promise<string[]>((resolve) => {
            const opening = indexedDB.open('buurtsignaal');
            opening.onsuccess = () => {
              const asked = opening.result.transaction('notes').objectStore('notes').get('person');
              asked.onsuccess = () => resolve((asked.result as { pins: { id: string }[] }).pins.map(({ id }) => id));
            };
          }),
      ),
    ),
  );
  expect(new Set(ids.flat()).size).toBe(200);
  expect(await stored(table)).toHaveLength(200);
  for (const { line, page } of tablets) {
    await page.context().close();
    await line.close();
  }
});

test('a browser that is killed with pins waiting sends them all when it starts again', async ({ errors }, testInfo) => {
  const table = await gathering({ questions: [], pin_budget: null });
  const profile = testInfo.outputPath('profile');
  const start = async () => {
    const { executablePath, args } = test.info().project.use.launchOptions!;
    const context = await chromium.launchPersistentContext(profile, { executablePath: executablePath!, args: args!, viewport: { width: 1024, height: 768 }, hasTouch: true, locale: 'nl-BE' });
    watch(context, errors);
    return context;
  };
  const line: Line = await openLine();
  const first = await start();
  const page = await first.newPage();
  await toMap(page, table, line.url);
  await kept(page);
  await tap(page, 0.5, 0.5);
  line.cut();
  await press(page, 'unsafe', 25);
  await waiting(page, 26);
  kill(profile);
  await expect.poll(() => first.pages().length).toBe(0);
  const second = await start();
  const again = await second.newPage();
  await again.goto(line.url);
  await again.locator(SEE).waitFor();
  await waiting(again, 26);
  line.mend();
  await waiting(again, 0);
  expect(await stored(table)).toHaveLength(25);
  await second.close();
  await line.close();
});

/** Ends every process of the browser with this profile, without a word of warning. */
function kill(profile: string): void {
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(`--user-data-dir=${profile}`)) process.kill(Number(id), 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
}

test('a full storage: the person is told, nothing is lost, and it leaves all the same', async ({ page, context }) => {
  const table = await gathering({ questions: [], pin_budget: null });
  await toMap(page, table);
  await tap(page, 0.5, 0.5);
  const browser = await context.newCDPSession(page);
  const { origin } = new URL(page.url());
  await context.setOffline(true);
  await browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  // The browser looks only now and then how much room there is.
  let pressed = 0;
  const full = page.getByRole('alert').filter({ hasText: 'Deze tablet is vol' });
  await expect(async () => {
    await press(page, 'safe');
    pressed += 1;
    await expect(full).toBeVisible({ timeout: 3000 });
  }).toPass({ timeout: 60_000 });
  await press(page, 'unsafe', 2);
  await waiting(page, pressed + 3);
  await accessible(page);
  await context.setOffline(false);
  await waiting(page, 0);
  expect(await stored(table)).toHaveLength(pressed + 2);
  await browser.send('Storage.overrideQuotaForOrigin', { origin });
  await press(page, 'mixed');
  await expect(full).toHaveCount(0);
  await waiting(page, 0);
});

test('a clock that is ten years off, and one that is put right meanwhile, changes nothing', async ({ page, context }) => {
  const table = await gathering({ questions: [], pin_budget: null });
  const years = (count: number) => new Date(Date.now() + count * 365.25 * 24 * 3600 * 1000);
  await page.clock.install({ time: years(10) });
  await toMap(page, table);
  await tap(page, 0.5, 0.5);
  await press(page, 'safe');
  await expect.poll(async () => (await stored(table)).length).toBe(1);
  await context.setOffline(true);
  await press(page, 'unsafe');
  await waiting(page, 1);
  await page.clock.setSystemTime(years(-10));
  await press(page, 'mixed');
  // Nobody was away for twenty years.
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await context.setOffline(false);
  await expect.poll(async () => (await stored(table)).length).toBe(3);
});

test('where the browser keeps no page, one that is open still has all its parts without a line', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1024, height: 768 }, hasTouch: true, locale: 'nl-BE', serviceWorkers: 'block' });
  const page = await context.newPage();
  const table = await gathering({ questions: ['comment'] });
  await toMap(page, table);
  const fetched = () => page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => /\/(SlipCard|Facilitator|wording|Draw)-/.test(name)).length);
  await expect.poll(fetched).toBeGreaterThanOrEqual(4);
  await context.setOffline(true);
  await tap(page, 0.5, 0.5);
  await press(page, 'safe');
  await sheet(page).getByRole('textbox').fill('De lamp bij nummer 14 brandt.');
  await expect(sheet(page).getByText(/wijst een huis aan/)).toBeVisible();
  await done(page);
  await page.getByRole('button', { name: 'Klaar' }).click();
  await expect(page.getByRole('heading', { name: 'Jouw briefje' })).toBeVisible();
  await context.setOffline(false);
  await saved(page);
  expect(await stored(table)).toHaveLength(1);
  await context.close();
});
