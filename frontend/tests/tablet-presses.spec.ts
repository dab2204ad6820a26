import type { CDPSession, Page } from '@playwright/test';
import { facilitator, gathering, press, SEE, sheet, stored, tap, toMap, unlock, unsafe } from './tablet';
import { expect, test } from './watched';

interface Spot {
  x: number;
  y: number;
}

const send = (glass: CDPSession, type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: Spot[]) => glass.send('Input.dispatchTouchEvent', { type, touchPoints });

/** A finger on the glass: where it goes, and how long it rests before it leaves. */
async function touch(glass: CDPSession, page: Page, [first, ...path]: readonly Spot[], rest_ms = 0): Promise<void> {
  await send(glass, 'touchStart', [first!]);
  for (const spot of path) await send(glass, 'touchMove', [spot]);
  // The length of the press is what is tested.
  if (rest_ms > 0) await page.waitForTimeout(rest_ms);
  await send(glass, 'touchEnd', []);
}

const middle = async (page: Page, selector: string): Promise<Spot> => {
  const { x, y, width, height } = (await page.locator(selector).first().boundingBox())!;
  return { x: x + width / 2, y: y + height / 2 };
};
const pins = (page: Page, count: number) => expect(page.getByRole('button', { name: 'Jouw pins' })).toContainText(new RegExp(`(?<!\\d)${count} pins?`));

/** Until a press of the same thing is no tremble of the one before. */
const calm = async (page: Page) => page.waitForFunction((since) => performance.now() - since > 450, await page.evaluate(() => performance.now()));

test('a firm, a slow and a trembling press is one press; a double tap too', async ({ page }) => {
  const table = await gathering({ questions: [], pin_budget: null });
  await toMap(page, table);
  await tap(page, 0.5, 0.5);
  await page.evaluate(() => addEventListener('contextmenu', (event) => ((window as { menus?: number }).menus = ((window as { menus?: number }).menus ?? 0) + Number(!event.defaultPrevented))));
  const glass = await page.context().newCDPSession(page);
  const button = await middle(page, '.ask .safe');
  await touch(glass, page, [button], 1500);
  await pins(page, 1);
  await calm(page);
  await touch(glass, page, [button, ...[3, 6, 9, 12, 15].map((n) => ({ x: button.x + n, y: button.y - n / 3 }))], 100);
  await pins(page, 2);
  await calm(page);
  // As fast as a hand that trembles: nothing waits for the page.
  await Promise.all([send(glass, 'touchStart', [button]), send(glass, 'touchEnd', []), send(glass, 'touchStart', [button]), send(glass, 'touchEnd', [])]);
  await pins(page, 3);
  // The same on the map: it comes closer once, and not where the second tap would have been.
  const rests = async () => Number(await page.locator(SEE).getAttribute('data-rests'));
  const before = await rests();
  const map = await middle(page, '.stage');
  await touch(glass, page, [{ x: map.x + 120, y: map.y - 60 }], 1500);
  await expect.poll(rests).toBeGreaterThan(before);
  await unsafe(page).tap();
  await pins(page, 4);
  // A real double press by mouse counts once as well.
  await page.locator('.ask .mixed').dblclick();
  await pins(page, 5);
  expect(await page.evaluate(() => [getSelection()!.toString(), (window as { menus?: number }).menus ?? 0])).toEqual(['', 0]);
  await expect.poll(async () => (await stored(table)).length).toBe(5);
});

test('a pin costs two taps, with a time and a reason four', async ({ page }) => {
  const table = await gathering({ pin_budget: null });
  await toMap(page, table);
  await page.evaluate(() => addEventListener('touchstart', () => ((window as { taps?: number }).taps = ((window as { taps?: number }).taps ?? 0) + 1), { capture: true, passive: true }));
  const taps = () => page.evaluate(() => (window as { taps?: number }).taps ?? 0);
  await tap(page, 0.5, 0.5);
  await unsafe(page).tap();
  await expect.poll(async () => (await stored(table)).length).toBe(1);
  expect(await taps()).toBe(2);
  await sheet(page).getByRole('button', { name: 'Avond' }).tap();
  await sheet(page).getByRole('button', { name: 'Licht' }).tap();
  await expect.poll(async () => (await stored(table))[0]!.properties).toMatchObject({ when: ['evening'], themes: ['light'] });
  expect(await taps()).toBe(4);
});

/** What is too small for a finger, or cannot be pressed where it is. */
const trouble = (page: Page, least: number) =>
  page.evaluate((least) => {
    const name = (element: Element) => `${element.tagName.toLowerCase()} “${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}”`;
    const top = [...document.querySelectorAll<HTMLElement>('dialog[open]')].at(-1) ?? document.querySelector<HTMLElement>('.sheet')?.parentElement ?? document.body;
    const found: string[] = [];
    if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth} px wide`);
    const controls = [...top.querySelectorAll<HTMLElement>('button, input, textarea, a[href]')].filter((element) => element.checkVisibility({ checkVisibilityCSS: true }) && !element.closest('[inert], .visually-hidden, .attribution'));
    for (const control of controls) {
      control.scrollIntoView({ block: 'center', behavior: 'instant' });
      const { x, y, width, height } = control.getBoundingClientRect();
      if (width < least - 0.5 || height < least - 0.5) found.push(`${name(control)} is ${Math.round(width)} × ${Math.round(height)}`);
      const hit = document.elementFromPoint(x + width / 2, y + height / 2);
      if (!hit || !(control.contains(hit) || hit.contains(control))) found.push(`${name(control)} lies under ${hit ? name(hit) : 'nothing'}`);
    }
    for (const element of top.querySelectorAll<HTMLElement>('h1, h2, b, p, span, button, small')) {
      const style = getComputedStyle(element);
      if (style.overflowX === 'visible' || element.closest('.visually-hidden, .toasts') || !element.checkVisibility() || element.clientWidth < 3) continue;
      if (element.scrollWidth > element.clientWidth + 1) found.push(`${name(element)} is cut`);
    }
    scrollTo(0, 0);
    return found;
  }, least);

/** From the code to thanks, with a look at every state. */
async function states(page: Page, code: string, leavePin: string, look: (state: string) => Promise<void>, start: () => Promise<void> = async () => undefined): Promise<void> {
  await page.goto('/');
  await page.getByLabel('Code').waitFor();
  await look('join');
  await page.goto(`/#code=${code}`);
  await page.getByRole('button', { name: 'Beginnen' }).waitFor();
  await start();
  await look('start');
  await page.getByRole('button', { name: 'Beginnen' }).click();
  await page.getByRole('button', { name: 'Verder', exact: true }).waitFor();
  await look('who');
  await page.getByRole('button', { name: 'Verder', exact: true }).click();
  await page.locator(SEE).waitFor();
  await look('map');
  await page.getByRole('button', { name: 'Kies uit een lijst' }).click();
  await look('list');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Route of gebied' }).click();
  await page.getByRole('button', { name: 'Een route' }).click();
  await page.getByRole('button', { name: 'Punt zetten' }).waitFor();
  await look('draw');
  await page.getByRole('button', { name: 'Stoppen met tekenen' }).click();
  await tap(page, 0.5, 0.3);
  await press(page, 'unsafe');
  await sheet(page).waitFor();
  await look('tell');
  await sheet(page).getByRole('button', { name: 'Klaar' }).click();
  await page.getByRole('button', { name: 'Jouw pins' }).click();
  await look('pins');
  await page.keyboard.press('Escape');
  await unlock(page, '');
  await look('lock');
  await unlock(page, leavePin);
  await facilitator(page).waitFor();
  await look('facilitator');
  await facilitator(page).getByRole('button', { name: 'Terug' }).click();
  await page.getByRole('button', { name: 'Klaar' }).click();
  await page.getByRole('heading', { name: 'Dank je wel!' }).waitFor();
  await look('done');
}

for (const [screen, width, height] of [['a tablet', 1024, 768], ['a phone', 390, 844]] as const) {
  test(`everything is large enough for a finger on ${screen}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const table = await gathering();
    const found: Record<string, string[]> = {};
    await states(page, table.code, table.leave_pin, async (state) => {
      const wrong = await trouble(page, 56);
      if (wrong.length > 0) found[state] = wrong;
    });
    expect(found).toEqual({});
  });

  test(`letters of twice the size: nothing is cut or out of reach on ${screen}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const table = await gathering();
    const found: Record<string, string[]> = {};
    await states(
      page,
      table.code,
      table.leave_pin,
      async (state) => {
        if (state === 'join') return;
        const wrong = await trouble(page, 56);
        if (wrong.length > 0) found[state] = wrong;
      },
      async () => {
        for (let n = 0; n < 2; n++) await page.getByRole('button', { name: 'Grotere letters' }).press('Enter');
      },
    );
    expect(found).toEqual({});
    // The next person begins with letters of the usual size.
    await page.getByRole('button', { name: 'Volgende persoon' }).click();
    await expect(page.getByRole('button', { name: 'Grotere letters' })).toHaveAttribute('aria-pressed', 'false');
  });
}
