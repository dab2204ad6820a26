import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test, type Page } from '@playwright/test';
import { readDemo } from './demo';
import { joinDevice } from './device';
import { signIn, staff } from './staff';
import { kept } from './tablet';

const DIST = join(import.meta.dirname, '../dist');

/** A figure as a JSON line, for the table of `cargo xtask bench`. */
function tell(what: string, value: number, unit: string, aim?: number): void {
  console.log(`  ${what}: ${value.toFixed(3)} ${unit}`);
  const line = { task: 'pages', what, value, unit, ...(aim !== undefined && { aim, better: 'less' }) };
  if (process.env.BENCH_OUT) appendFileSync(process.env.BENCH_OUT, `${JSON.stringify(line)}\n`);
}

test('weight of the tablet page', () => {
  const all = reachable('tablet.html', () => true);
  // What only some ask for comes when they do: photos, the slip, the facilitator's sheet, hints on words, drawing.
  const first = reachable('tablet.html', (name) => /^engine-|^(nl|ar)-/.test(name));
  expect(first.size).toBeLessThan(all.size);
  tell('tablet page until the first pin, its own code, gzip', weigh(first) / 1000, 'kB', 80);
  tell('tablet page with all that it can ever load, gzip', weigh(all) / 1000, 'kB');
  tell('map library, gzip', [...all].filter(ofLibrary).reduce((sum, file) => sum + gzip(file), 0) / 1000, 'kB');
});

/** The library's pieces carry its name. */
const ofLibrary = (file: string) => file.includes('maplibre');
const gzip = (file: string) => gzipSync(readFileSync(join(DIST, file)), { level: 6 }).length;

/** The weight without the map library, in bytes; of the words those of the heaviest language: whoever comes loads one. */
function weigh(files: ReadonlySet<string>): number {
  let own = 0;
  const languages = new Map<string, number>();
  for (const file of files) {
    const language = /^assets\/([a-z]{2})-[^.]+\.js$/.exec(file)?.[1];
    if (language) languages.set(language, (languages.get(language) ?? 0) + gzip(file));
    else if (!ofLibrary(file)) own += gzip(file);
  }
  return own + Math.max(...languages.values());
}

/** A built page with every script and style sheet that it loads at once, and of those it may load later the ones named. */
function reachable(start: string, later: (name: string) => boolean): Set<string> {
  const found = new Set<string>();
  const open = [start];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    const text = readFileSync(join(DIST, file), 'utf8');
    const at_once = new Set([...text.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+)["']/g)].map(([, name]) => name));
    for (const [, name] of text.matchAll(/(?:assets\/|\.\/)([\w.-]+\.(?:m?js|css))/g)) {
      if (name && existsSync(join(DIST, 'assets', name)) && (file.endsWith('.html') || at_once.has(name) || later(name))) open.push(`assets/${name}`);
    }
  }
  return found;
}

test('wait for the tablet page', async ({ browser }) => {
  const { code } = readDemo();
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    // A new visitor each time: nothing is in the cache.
    const context = await browser.newContext({ viewport: { width: 1024, height: 768 }, hasTouch: true });
    const page = await context.newPage();
    await likeAMidRangeTablet(page);
    await page.goto(`/#code=${code}`, { waitUntil: 'commit' });
    times.push(await usable(page));
    await context.close();
  }
  tell('tablet page usable, median of 5', median(times) / 1000, 's', 2);
});

test('wait for the tablet page after the first visit, without network', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1024, height: 768 }, hasTouch: true });
  const first = await context.newPage();
  await first.goto(`/#code=${readDemo().code}`);
  await usable(first);
  await kept(first);
  await first.close();
  await context.setOffline(true);
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const page = await context.newPage();
    await likeAMidRangeTablet(page, true);
    await page.goto('/', { waitUntil: 'commit' });
    times.push(await usable(page));
    await page.close();
  }
  await context.close();
  tell('tablet page usable again without network, median of 5', median(times) / 1000, 's', 1.5);
});

/** Milliseconds from the start of the page until somebody can press something. */
async function usable(page: Page): Promise<number> {
  await page.waitForFunction(
    () => [...document.querySelectorAll<HTMLElement>('main button, main input, button')].some((it) => it.offsetParent && !it.matches(':disabled')),
    undefined,
    { polling: 'raf' },
  );
  return page.evaluate(() => performance.now());
}

/** A processor four times slower, over a local network or without any. */
async function likeAMidRangeTablet(page: Page, offline = false): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await devtools.send('Network.enable');
  const bytesASecond = (30 * 1_000_000) / 8;
  await devtools.send('Network.emulateNetworkConditions', { offline, latency: 5, downloadThroughput: bytesASecond, uploadThroughput: bytesASecond });
}

test('pin to wall', async ({ page }) => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await signIn(page.context());
  const [west, south, east, north] = [3.7, 51.03, 3.73, 51.05];
  const ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
  const boundary = { type: 'Polygon', coordinates: [ring] };
  const neighbourhood = await staff<{ id: string }>('POST', '/api/neighbourhoods', { name: 'Meetwijk', boundary, languages: ['nl'] });
  const gatherings = `/api/neighbourhoods/${neighbourhood.id}/gatherings`;
  const gathering = await staff<{ id: string; code: string }>('POST', gatherings, { kind: 'table', name: 'Meting', round: '2026-1' });
  await staff('PATCH', `${gatherings}/${gathering.id}`, { phase: 'open' });

  const device = await joinDevice(gathering);
  const putPin = (participant: string, x: number, y: number) =>
    device.pin(participant, 'unsafe', [west + x * (east - west), south + y * (north - south)], { intensity: 2, radius_m: 100, when: ['dark'], effect: 'detour', themes: ['light'] });
  for (let n = 0; n < 20; n += 1) await putPin(await device.person(), 0.4 + (n % 5) * 0.02, 0.4 + Math.floor(n / 5) * 0.02);
  await staff('PATCH', `${gatherings}/${gathering.id}`, { phase: 'revealed' });

  await page.goto(`/wall#gathering=${gathering.id}`);
  // The revision of the picture that was drawn last.
  const ground = page.locator('[data-drawn]');
  await ground.waitFor();
  const times: number[] = [];
  for (let n = 0; n < 10; n += 1) {
    const participant = await device.person();
    const drawn = await still(() => ground.getAttribute('data-drawn'));
    await putPin(participant, 0.42 + (n % 4) * 0.04, 0.45 + Math.floor(n / 4) * 0.08);
    const acknowledged = performance.now();
    const newer = (before: string) => Number(document.querySelector<HTMLElement>('[data-drawn]')?.dataset.drawn) > Number(before);
    await page.waitForFunction(newer, drawn ?? '0', { polling: 'raf', timeout: 10_000 });
    times.push(performance.now() - acknowledged);
  }
  times.sort((a, b) => a - b);
  tell('acknowledged pin drawn on the wall, slowest of 10', (times.at(-1) ?? 0) / 1000, 's', 1);
  tell('acknowledged pin drawn on the wall, median', median(times) / 1000, 's');
});

/** What is read once it no longer changes. */
async function still(read: () => Promise<string | null>): Promise<string | null> {
  let before = await read();
  await expect
    .poll(
      async () => {
        const now = await read();
        const same = now === before;
        before = now;
        return same;
      },
      { intervals: [800], timeout: 20_000 },
    )
    .toBe(true);
  return before;
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}
