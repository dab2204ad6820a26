import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { gathering, SEE, sheet, stored } from './tablet';
import { expect, test } from './watched';

const GOLDEN = join(import.meta.dirname, 'tablet-names.txt');

/** What a screen reader says of a page: kind and name, in order; what hangs on the map's own names is left out. */
async function spoken(page: Page): Promise<string[]> {
  const tree = await page.locator('body').ariaSnapshot();
  return tree
    .split('\n')
    .map((line) => line.trim().replace(/^- /, '').replace(/:$/, '').replace(/^'(.*)'$/, '$1').replace(/ \[(active|level=\d|cursor=\w+)\]/g, ''))
    .filter((line) => /^(heading|button|textbox|dialog|alertdialog|group|region|contentinfo|banner|link|status|alert) "/.test(line))
    // The map comes when it is drawn, sooner or later.
    .filter((line) => !/^region "Kaart/.test(line))
    .filter((line) => !/^heading "(?!Waar|Hoe|Iets|Dank|Kies|Wanneer|Waarom|Wat|Sluis|Doe|In je)/.test(line));
}

/** The reasons come in another order at every gathering: here in that of the alphabet. */
function themesInOrder(lines: readonly string[]): string[] {
  const { theme } = JSON.parse(readFileSync(join(import.meta.dirname, '../src/words/shared/nl.json'), 'utf8')) as { theme: Record<string, string> };
  const themes = new Set(Object.values(theme).map((words) => `button "${words.replaceAll('\u00ad', '')}"`));
  const isTheme = (line: string) => themes.has(line.replaceAll('\u00ad', ''));
  const sorted = lines.filter(isTheme).sort();
  return lines.map((line) => (isTheme(line) ? sorted.shift()! : line));
}

// The same list for everybody who changes the page: with UPDATE_NAMES=1 it is written anew, and read by a person.
test('the whole flow by keyboard, as a screen reader tells it', async ({ page }) => {
  const table = await gathering({ questions: ['radius', 'when', 'themes', 'effect', 'comment', 'age', 'gender', 'role'] });
  const told: string[] = [];
  const look = async (state: string) => {
    told.push(`# ${state}`, ...themesInOrder(await spoken(page)), '');
  };
  /** By the Tab key alone, and Enter. */
  const press = async (name: string | RegExp) => {
    const target = page.getByRole('button', { name }).first();
    await expect(target).toBeVisible();
    for (let n = 0; n < 90; n++) {
      if (await target.evaluate((element) => element === document.activeElement)) return page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
    }
    throw new Error(`the Tab key never reaches ${name}`);
  };

  await page.goto('/');
  await page.getByLabel('Code').waitFor();
  await look('join');
  for (let n = 0; n < 14 && !(await page.getByLabel('Code').evaluate((field) => field === document.activeElement)); n++) await page.keyboard.press('Tab');
  await page.keyboard.type(table.code);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /Waar voel je/ })).toBeFocused();
  await look('start');
  await press('Beginnen');
  await expect(page.getByRole('heading', { name: 'Iets over jou' })).toBeFocused();
  await look('who');
  await press('18 tot 29');
  await press(/^Verder$/);
  await page.locator(SEE).waitFor();
  await look('map');
  await press('Kies uit een lijst');
  await expect(page.getByRole('region', { name: 'Kies uit een lijst' }).getByRole('listitem').first()).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  // The next act is a feeling.
  const safe = page.getByRole('button', { name: 'Hier voel ik me veilig' });
  await expect(safe).toBeFocused();
  await expect(async () => {
    if (!(await sheet(page).isVisible())) await page.keyboard.press('Enter');
    await expect(sheet(page)).toBeVisible({ timeout: 2000 });
  }).toPass();
  await expect(sheet(page)).toBeFocused();
  await look('tell');
  await press('Avond');
  await press('Licht');
  await page.keyboard.press('Escape');
  await expect(sheet(page)).toHaveCount(0);
  await press('Jouw pins');
  await expect(page.getByRole('region', { name: 'Jouw pins' }).getByRole('heading')).toBeFocused();
  told.push('# my pins', ...(await spoken(page)).filter((line) => !/: /.test(line)), '');
  await page.keyboard.press('Escape');
  await press(/^Klaar/);
  await expect(page.getByRole('heading', { name: 'Dank je wel!' })).toBeFocused();
  await look('done');
  await expect.poll(async () => (await stored(table)).map(({ properties: { when, themes } }) => [when, themes])).toEqual([[['evening'], ['light']]]);

  const text = told.join('\n').replace(/\d+ seconden?/g, 'N seconden');
  if (process.env.UPDATE_NAMES || !existsSync(GOLDEN)) writeFileSync(GOLDEN, text);
  expect(text).toBe(readFileSync(GOLDEN, 'utf8'));
});
