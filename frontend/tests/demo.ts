import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';

/** The addresses of the demo, as the server wrote them; those of the wall and the desk sign in once. */
export interface Demo {
  readonly tablet: string;
  readonly wall: string;
  readonly desk: string;
  readonly neighbourhood: string;
  readonly gathering: string;
  readonly code: string;
  /** The code of the data walk. */
  readonly data_walk: string;
}

export function readDemo(): Demo {
  const file = process.env.BUURTSIGNAAL_DEMO;
  if (!file) throw new Error('BUURTSIGNAAL_DEMO names no file: run cargo xtask test, screenshots or bench');
  return JSON.parse(readFileSync(file, 'utf8')) as Demo;
}

/** Signs a browser in as the demo's staff, with the one-time token of the desk's address. */
export async function signIn(page: Page, demo: Demo): Promise<void> {
  const link = /link=([^&]+)/.exec(demo.desk)?.[1];
  await page.goto('/');
  const status = await page.evaluate(async (link) => {
    const headers = { 'content-type': 'application/json' };
    await fetch('/api/sign-in', { method: 'POST', headers, body: JSON.stringify({ link }) });
    return (await fetch('/api/me')).status;
  }, link);
  expect(status, 'signing in with the address of the desk').toBe(200);
}
