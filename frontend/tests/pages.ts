import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { readDemo } from './demo';
import { signIn, staff } from './staff';

/** Nothing that the rules of accessibility (WCAG 2.2 AA) forbid. */
export async function accessible(page: Page): Promise<void> {
  // No page here has frames, whose results would be put together on a page of their own.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`)).toEqual([]);
}

export interface Place {
  kind: 'safe' | 'unsafe' | 'contested';
  name: string;
  people_safe: number;
  people_unsafe: number;
  verdict: string | null;
}

/** What the demo's people said, once the test of chance is done. */
export async function tested(query = 'round=2026-1'): Promise<{ people: number; places: Place[] }> {
  const path = `/api/neighbourhoods/${readDemo().neighbourhood}/hotspots?${query}`;
  type Answer = { method: { people: number; test: { state: string } }; features: { properties: Place }[] };
  let answer = await staff<Answer>('GET', path);
  await expect
    .poll(async () => (answer = await staff<Answer>('GET', path)).method.test.state, { timeout: 90_000 })
    .toBe('done');
  return { people: answer.method.people, places: answer.features.map(({ properties }) => properties) };
}

/** Opens the wall on the demo's largest gathering, with the whole round counted: 47 people. */
export async function wideWall(page: Page): Promise<void> {
  const { items } = await staff<{ items: { id: string; round: string; people: number }[] }>('GET', `/api/neighbourhoods/${readDemo().neighbourhood}/gatherings`);
  const largest = items.filter(({ round }) => round === '2026-1').sort((a, b) => b.people - a.people)[0]!;
  await signIn(page.context());
  await page.goto(`/wall#gathering=${largest.id}`);
  await page.locator('[data-map-ready]').waitFor();
  await page.getByRole('button', { name: /^Tel de \d andere bijeenkomsten mee/ }).click();
  await expect(page.getByText('47 mensen').first()).toBeVisible();
}
