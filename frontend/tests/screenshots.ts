import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Page, type Request } from '@playwright/test';
import { readDemo, type Demo } from './demo';
import { signIn, staff as asStaff, staffCookie } from './staff';
import { gathering, SEE, type Gathering } from './tablet';

const SIZES = {
  tablet: { width: 1024, height: 768 },
  phone: { width: 390, height: 844 },
  projector: { width: 1920, height: 1080 },
  desk: { width: 1440, height: 900 },
} as const;
type Size = keyof typeof SIZES;

/** A page in a state, and the screens it is seen on. */
interface Picture {
  readonly name: string;
  readonly who: 'resident' | 'staff';
  readonly address: (demo: Demo, table: Gathering, largest: string) => string;
  readonly sizes: readonly Size[];
  /** The reader's language; Dutch where nothing is said. */
  readonly language?: string;
  /** From the address to the state. */
  readonly go?: (page: Page) => Promise<unknown>;
}

const wall = (demo: Demo) => `/wall#gathering=${demo.gathering}`;
/** The wall of the gathering at which most people pinned. */
const revealed = (_demo: Demo, _table: Gathering, largest: string) => `/wall#gathering=${largest}`;
const desk = (room: string) => (demo: Demo) => `/desk#/${demo.neighbourhood}/${room}`;
const tablet = (_: Demo, { code }: Gathering) => `/#code=${code}`;
const HAND: readonly Size[] = ['tablet', 'phone'];
const ROOM: readonly Size[] = ['projector', 'tablet'];
const OFFICE: readonly Size[] = ['desk', 'tablet', 'phone'];

/** The tablet's states on the way from the first page to the last, whatever the language. */
const begin = (page: Page) => page.locator('.go > .primary').click();
const toMap = async (page: Page) => {
  await begin(page);
  await page.locator('footer > .primary').click();
  await page.locator(SEE).waitFor();
};
const tell = async (page: Page) => {
  await toMap(page);
  const [ask, told] = [page.locator('.feel.unsafe'), page.locator('.sheet')];
  // From far away the first press only comes closer.
  await expect(async () => {
    if (await ask.isVisible()) await ask.click();
    await expect(told).toBeVisible({ timeout: 2000 });
  }).toPass();
};
const answer = async (page: Page) => {
  await tell(page);
  for (const tile of [3, 8, 9]) await page.locator('.sheet .tile').nth(tile).click();
};
const back = async (page: Page) => {
  await answer(page);
  await page.locator('.sheet .acts .primary').click();
};
const mine = async (page: Page) => {
  await back(page);
  await page.locator('header .mine').click();
};
const thanks = async (page: Page) => {
  await back(page);
  await page.locator('header .finish').click();
};
/** The tablet's states, seen in a language that is read from left to right and in one from right to left. */
const HANDS: readonly Picture[] = ['nl-BE', 'ar'].flatMap((language) =>
  Object.entries({ start: undefined, who: begin, map: toMap, tell, answered: answer, mine, done: thanks }).map(([state, go]) => ({
    name: `tablet-${state}${language === 'ar' ? '-ar' : ''}`, who: 'resident' as const, language, address: tablet, sizes: HAND, ...(go && { go }),
  })),
);
const steps = (count: number) => async (page: Page) => {
  await page.locator('[data-map-ready]').waitFor();
  for (let n = 0; n < count; n++) await page.keyboard.press('PageDown');
};

/** Every page and state: a new one is one more line. */
const PICTURES: readonly Picture[] = [
  { name: 'tablet-join', who: 'resident', address: () => '/', sizes: HAND },
  ...HANDS,
  { name: 'tablet-wrong-code', who: 'resident', address: () => '/#code=ZZZZZZ', sizes: HAND },
  { name: 'wall', who: 'staff', address: wall, sizes: ROOM },
  { name: 'wall-both', who: 'staff', address: revealed, sizes: ['projector'], go: steps(3) },
  { name: 'wall-tour', who: 'staff', address: revealed, sizes: ROOM, go: (page) => steps(0)(page).then(() => page.keyboard.press('End')) },
  { name: 'desk-sign-in', who: 'resident', address: () => '/desk', sizes: OFFICE },
  { name: 'desk-map', who: 'staff', address: desk('map?round=2026-1'), sizes: OFFICE, go: (page) => page.locator('button.hotspot').first().click() },
  { name: 'desk-share', who: 'staff', address: desk('map?view=share'), sizes: ['desk'] },
  { name: 'desk-divided', who: 'staff', address: desk('map?view=contested'), sizes: ['desk'] },
  { name: 'desk-hexagons', who: 'staff', address: desk('map?view=hexes'), sizes: ['desk'] },
  { name: 'desk-table', who: 'staff', address: desk('map?view=table'), sizes: OFFICE },
  { name: 'desk-compare', who: 'staff', address: desk('map?view=compare'), sizes: OFFICE },
  { name: 'desk-points', who: 'staff', address: desk('map?view=points'), sizes: ['desk'] },
  { name: 'desk-places', who: 'staff', address: desk('places'), sizes: OFFICE },
  { name: 'desk-gatherings', who: 'staff', address: desk('gatherings'), sizes: OFFICE },
  { name: 'desk-gathering', who: 'staff', address: (demo) => desk(`gatherings/${demo.gathering}`)(demo), sizes: OFFICE },
  { name: 'desk-new-gathering', who: 'staff', address: desk('gatherings/new'), sizes: ['desk', 'phone'] },
  { name: 'desk-moderate', who: 'staff', address: desk('moderate'), sizes: OFFICE },
  { name: 'desk-export', who: 'staff', address: desk('export'), sizes: OFFICE },
  { name: 'desk-settings', who: 'staff', address: desk('settings'), sizes: OFFICE },
  { name: 'desk-new-neighbourhood', who: 'staff', address: () => '/desk#/-/new', sizes: ['desk', 'phone'] },
];

/** One test: every picture that fails is told, and the others are still made. */
test('every page and state', async ({ browser }) => {
  const folder = process.env.SCREENSHOTS_DIR ?? 'test-results/pictures';
  const demo = readDemo();
  const staff = await browser.newContext();
  await signIn(staff);
  await asStaff('PATCH', `/api/neighbourhoods/${demo.neighbourhood}`, { languages: ['nl', 'fr', 'de', 'en', 'ar', 'tr', 'uk', 'es', 'pl', 'ro'] });
  const table = await gathering({ name: 'Tafel bij het raam', questions: ['radius', 'when', 'themes', 'effect', 'comment', 'help', 'photo', 'caption', 'voice', 'age', 'gender', 'role'] });
  const { items } = await asStaff<{ items: { id: string; people: number }[] }>('GET', `/api/neighbourhoods/${demo.neighbourhood}/gatherings`);
  const largest = items.reduce((a, b) => (b.people > a.people ? b : a));
  for (const picture of PICTURES) {
    for (const size of picture.sizes) {
      await test.step(`${picture.name} ${size}`, async () => {
        const context = picture.who === 'staff' ? staff : await browser.newContext({ locale: picture.language ?? 'nl-BE' });
        const page = await context.newPage();
        const waiting = waitingOf(page);
        try {
          await page.setViewportSize(SIZES[size]);
          await page.goto(picture.address(demo, table, largest.id));
          await picture.go?.(page);
          await settled(page, waiting);
          await page.screenshot({ path: join(folder, `${picture.name}-${size}.png`) });
        } catch (error) {
          expect.soft(error, `${picture.name} at the size of a ${size}`).toBeUndefined();
        } finally {
          await page.close();
          if (context !== staff) await context.close();
        }
      });
    }
  }
});

/** Everything that is printed, and pictures of maps; the sheets become pictures afterwards. */
test('paper', async ({ baseURL }) => {
  const folder = process.env.SCREENSHOTS_DIR ?? 'test-results/pictures';
  const quarter = `/api/neighbourhoods/${readDemo().neighbourhood}`;
  const { features } = await asStaff<{ features: { properties: { kind: string; name: string | null; centre: [number, number] } }[] }>('GET', `${quarter}/hotspots`);
  const stops = features.slice(0, 6).map(({ properties: { name, centre, kind } }) => ({ name: name ?? 'Plek', point: centre, kind }));
  const walk = await asStaff<{ id: string }>('POST', `${quarter}/walks`, { name: 'Wandeling na school', day: '2026-11-25', start: '16:05', round_trip: true, override: true, leader: 'Nadia', phone: '014 88 00 00', stops });
  const kinds = ['who', 'safe', 'unsafe', 'contested', 'when', 'why', 'differences', 'words', 'figures', 'actions'];
  const dataWalk = await asStaff<{ id: string }>('POST', `${quarter}/data-walks`, { name: 'Datawandeling', day: '2026-12-15', languages: ['nl'], stations: kinds.map((kind) => ({ kind })) });
  const printed = {
    'print-kit-nl.pdf': `walks/${walk.id}/kit.pdf?lang=nl`,
    'print-sheet-fr.pdf': `walks/${walk.id}/sheet.pdf?lang=fr`,
    'print-posters-a3.pdf': `data-walks/${dataWalk.id}/posters.pdf`,
    'print-summary.pdf': `data-walks/${dataWalk.id}/summary.pdf`,
    'picture-hotspots.png': 'picture.png?layer=hotspots',
    'picture-surface-dark.png': 'picture.png?layer=surface&theme=dark',
  };
  for (const [name, path] of Object.entries(printed)) {
    const answer = await fetch(`${baseURL}${quarter}/${path}`, { headers: { cookie: await staffCookie() } });
    expect(answer.status, path).toBe(200);
    await writeFile(join(folder, name), Buffer.from(await answer.arrayBuffer()));
  }
});

/** Counts what a page still waits for; the feed of events never ends. */
function waitingOf(page: Page): Set<Request> {
  const waiting = new Set<Request>();
  page.on('request', (request) => request.url().endsWith('/events') || waiting.add(request));
  page.on('requestfinished', (request) => waiting.delete(request));
  page.on('requestfailed', (request) => waiting.delete(request));
  return waiting;
}

/** Waits until the fonts and maps are there, nothing is on its way and nothing moves any more. */
async function settled(page: Page, waiting: ReadonlySet<Request>): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  let before: Buffer = Buffer.alloc(0);
  await expect
    .poll(
      async () => {
        const now = await page.screenshot({ animations: 'disabled' });
        const same = waiting.size === 0 && now.equals(before);
        before = now;
        return same;
      },
      { intervals: [800], timeout: 30_000 },
    )
    .toBe(true);
}
