import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Language } from '../src/api/shapes';
import { accessible } from './pages';
import { gathering, SEE, tap } from './tablet';
import { expect, test } from './watched';

const LANGUAGES = ['nl', 'fr', 'de', 'en', 'ar', 'tr', 'uk', 'es', 'pl', 'ro'] as const satisfies readonly Language[];
const WORDS = join(import.meta.dirname, '../src/words');
type Tree = { [name: string]: string | Tree };
const read = (vocabulary: string, language: string) => JSON.parse(readFileSync(join(WORDS, vocabulary, `${language}.json`), 'utf8')) as Tree;

/** The words of a language by their key, as the pages have them. */
function wordsOf(language: Language) {
  const words: Tree = { shared: read('shared', language), tablet: read('tablet', language) };
  return (key: string) => String(key.split('.').reduce<string | Tree>((tree, name) => (tree as Tree)[name]!, words));
}

/** Every button whose words do not fit in it, and every text that is wider than the screen. */
function cut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const shown = (element: Element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.visually-hidden, [inert]');
    for (const button of document.querySelectorAll('button, [role="button"], label')) {
      if (!shown(button)) continue;
      const box = button.getBoundingClientRect();
      const hidden = [...button.querySelectorAll('*')].some((inner) => getComputedStyle(inner).clipPath !== 'none');
      const text = document.createRange();
      text.selectNodeContents(button);
      const words = hidden ? box : text.getBoundingClientRect();
      const over = Math.max(words.right - box.right, box.left - words.left, words.bottom - box.bottom, box.top - words.top, button.scrollWidth - button.clientWidth - 4);
      if (box.width > 1 && over > 1) found.push(`${button.textContent?.trim()} (${Math.round(over)} px)`);
    }
    for (const text of document.querySelectorAll('h1, h2, h3, p, li, b, small, span')) {
      if (!shown(text) || !text.textContent?.trim() || text.closest('.ground, [aria-hidden]') || getComputedStyle(text).clipPath !== 'none') continue;
      const { left, right, width } = text.getBoundingClientRect();
      if (width > 1 && (left < -1 || right > innerWidth + 1)) found.push(`${text.textContent?.trim()} (beyond the screen)`);
      if (text.scrollWidth > text.clientWidth + 1 && text.clientWidth > 0 && getComputedStyle(text).overflowX === 'hidden' && getComputedStyle(text).textOverflow !== 'ellipsis') found.push(`${text.textContent?.trim()} (cut)`);
    }
    if (document.documentElement.scrollWidth > innerWidth + 1) found.push('the page is wider than the screen');
    return found;
  });
}

/** Changes the language where the page stands, also under a sheet. */
async function speak(page: Page, language: Language): Promise<void> {
  const tile = page.locator(`.list [lang="${language}"]`);
  if ((await tile.count()) === 0) await page.locator('.button.language').first().evaluate((button: HTMLElement) => button.click());
  await tile.evaluate((button: HTMLElement) => button.click());
  await expect(page.locator('html')).toHaveAttribute('lang', language);
  await expect(page.locator('html')).toHaveAttribute('dir', language === 'ar' ? 'rtl' : 'ltr');
}

const PICTURES = process.env.BUURTSIGNAAL_PICTURES;
const picture = async (page: Page, name: string) => void (PICTURES && (await page.screenshot({ path: join(PICTURES, `${name}.png`) })));
const [TABLET, PHONE] = [{ width: 1024, height: 768 }, { width: 390, height: 844 }];

test('a tablet asks for its code in the language of whoever opens it', async ({ browser }) => {
  for (const language of LANGUAGES) {
    const context = await browser.newContext({ locale: language, viewport: TABLET });
    const page = await context.newPage();
    await page.goto('/');
    await page.getByLabel(wordsOf(language)('tablet.join.code')).waitFor();
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await accessible(page);
    expect.soft(await cut(page), `${language}, on a tablet`).toEqual([]);
    await page.setViewportSize(PHONE);
    expect.soft(await cut(page), `${language}, on a phone`).toEqual([]);
    await picture(page, `${language}-join-phone`);
    await context.close();
  }
});

test('the whole way in ten languages: nothing that the rules of accessibility forbid, and no word is cut', async ({ page }) => {
  test.slow();
  const t = wordsOf('nl');
  const table = await gathering({ kind: 'table' });
  /** Looks at a state of the tablet in every language, on a tablet and on a phone; Dutch is the last one. */
  const look = async (state: string) => {
    await test.step(state, async () => {
      for (const [device, size] of [['tablet', TABLET], ['phone', PHONE]] as const) {
        await page.setViewportSize(size);
        for (const language of LANGUAGES.toReversed()) {
          await speak(page, language);
          if (device === 'tablet') await accessible(page);
          expect.soft(await cut(page), `${state} in ${language}, on a ${device}`).toEqual([]);
          await picture(page, `${language}-${state}-${device}`);
        }
      }
      await page.setViewportSize(TABLET);
    });
  };
  const press = (key: string) => page.getByRole('button', { name: t(key), exact: true }).click();

  await page.goto(`/#code=${table.code}`);
  await page.getByRole('button', { name: t('tablet.start.go'), exact: true }).waitFor();
  await look('start');
  await press('tablet.start.go');
  await press('shared.age.65_plus');
  await look('who');
  await press('tablet.who.go');
  await press('tablet.practice.skip');
  await page.locator(SEE).waitFor();
  await look('map');
  await press('tablet.find.list');
  await look('list of places');
  await press('shared.close');
  await press('tablet.draw.show');
  await press('tablet.draw.line');
  await page.getByRole('button', { name: t('tablet.draw.add') }).waitFor();
  await look('drawing');
  await press('tablet.draw.spot');
  await tap(page, 0.5, 0.5);
  await press('tablet.map.feel.unsafe');
  await page.getByRole('dialog', { name: t('tablet.tell.title') }).waitFor();
  await press('shared.when.evening');
  await press('shared.theme.crime');
  await look('tell');
  await press('tablet.tell.done');
  await tap(page, 0.6, 0.4);
  await press('tablet.map.feel.safe');
  await press('tablet.tell.done');
  await page.locator('button.mine').click();
  await look('my pins');
  await page.locator('.pins').getByRole('button', { name: t('tablet.pins.delete') }).first().click();
  await look('delete');
  await press('tablet.pins.keep');
  // The thanks have no choice of language: each is chosen on the map before.
  await test.step('done', async () => {
    for (const language of LANGUAGES) {
      const t = wordsOf(language);
      await speak(page, language);
      await page.getByRole('button', { name: t('tablet.map.finish'), exact: true }).click();
      await page.getByRole('heading', { name: t('tablet.done.title') }).waitFor();
      await accessible(page);
      for (const [device, size] of [['phone', PHONE], ['tablet', TABLET]] as const) {
        await page.setViewportSize(size);
        expect.soft(await cut(page), `done in ${language}, on a ${device}`).toEqual([]);
        await picture(page, `${language}-done-${device}`);
      }
      await page.getByRole('button', { name: t('tablet.tell.to_map') }).click();
    }
  });
});

test('the language changes in the middle, and what was chosen, placed and half typed stays', async ({ page }) => {
  const table = await gathering();
  await page.goto(`/#code=${table.code}`);
  await page.getByRole('button', { name: 'Beginnen' }).click();
  const change = async (from: Language, to: Language) => {
    await page.getByRole('button', { name: new RegExp(`^${wordsOf(from)('tablet.language.choose')}: `) }).click();
    await page.getByRole('dialog', { name: wordsOf(from)('tablet.language.choose') }).locator(`[lang="${to}"]`).click();
    await expect(page.locator('html')).toHaveAttribute('lang', to);
  };
  await page.getByRole('button', { name: '45 tot 64' }).click();
  await change('nl', 'pl');
  await expect(page.getByRole('button', { name: wordsOf('pl')('shared.age.45_64') })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: wordsOf('pl')('tablet.who.go'), exact: true }).click();
  await page.locator(SEE).waitFor();
  await tap(page, 0.55, 0.5);
  await change('pl', 'uk');
  await page.getByRole('button', { name: wordsOf('uk')('tablet.map.feel.unsafe') }).click();
  await page.getByRole('button', { name: wordsOf('uk')('shared.when.evening') }).click();
  await page.getByRole('textbox').fill('Темно біля');
  await change('uk', 'ar');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(page.getByRole('dialog', { name: wordsOf('ar')('tablet.tell.title') })).toBeVisible();
  await expect(page.getByRole('textbox')).toHaveValue('Темно біля');
  await expect(page.getByRole('button', { name: wordsOf('ar')('shared.when.evening') })).toHaveAttribute('aria-pressed', 'true');
});

test('read aloud: a screen says what it asks, a first touch says a button, the second presses it, and nothing goes on speaking', async ({ page }) => {
  // No voice is installed where the tests run: this one writes down what it is told to say.
  await page.addInitScript(() => {
    const said: string[] = [];
    const voice = { lang: 'nl-BE', name: 'Proef', localService: true, default: true, voiceURI: 'proef' };
    const synthesis = { getVoices: () => [voice], speak: ({ text }: { text: string }) => said.push(text), cancel: () => said.push('–'), addEventListener: () => undefined };
    Object.defineProperty(window, 'speechSynthesis', { value: synthesis });
    Object.defineProperty(window, 'SpeechSynthesisUtterance', { value: class { constructor(readonly text: string) {} } });
    Object.defineProperty(window, 'said', { value: said });
  });
  const heard = () => page.evaluate(() => (window as unknown as { said: string[] }).said.join(' '));
  const table = await gathering();
  await page.goto(`/#code=${table.code}`);
  await page.getByRole('button', { name: 'Lees voor' }).click();
  await expect.poll(heard).toContain('Tik op een knop om ze te horen. Tik nog eens om te kiezen. Waar voel je je veilig?');
  const begin = page.getByRole('button', { name: 'Beginnen' });
  await begin.tap();
  await expect.poll(heard).toContain('Beginnen');
  // Two touches at once are a tremble, and one press.
  await expect(async () => {
    await begin.tap();
    await expect(begin).toBeHidden({ timeout: 1000 });
  }).toPass();
  // The first screen falls silent, and the next one says what it asks.
  await expect.poll(heard).toContain('– Iets over jou Zo zien we wie er nog ontbreekt.');
  const age = page.getByRole('button', { name: '45 tot 64' });
  await age.tap();
  await expect.poll(heard).toContain('45 tot 64');
  await expect(age).toHaveAttribute('aria-pressed', 'false');
  await expect(async () => {
    await age.tap();
    await expect(age).toHaveAttribute('aria-pressed', 'true', { timeout: 1000 });
  }).toPass();
  // Keys are never held up.
  await page.getByRole('button', { name: 'Verder', exact: true }).press('Enter');
  await page.locator(SEE).waitFor();
  await expect.poll(heard).toContain('Hoe voel je je hier? Hier voel ik me veilig.');
  // Another language has no voice here: then there is nothing to press.
  await page.getByRole('button', { name: 'Lees voor' }).click();
  await page.getByRole('button', { name: /^Kies je taal/ }).click();
  await page.getByRole('dialog').locator('[lang="tr"]').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'tr');
  await expect(page.locator('[data-listen]')).toHaveCount(0);
});
