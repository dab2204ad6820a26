import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { BrowserContext } from '@playwright/test';
import { readDemo } from './demo';

const BASE = process.env.BUURTSIGNAAL_URL ?? 'http://127.0.0.1:8080';
/** The demo's address signs in once: the cookie is kept beside the file with the addresses, for every test of that server. */
const kept = () => `${process.env.BUURTSIGNAAL_DEMO}.staff`;

/** The owner's cookie, as `name=value`. */
export async function staffCookie(): Promise<string> {
  if (existsSync(kept())) return readFileSync(kept(), 'utf8');
  const demo = readDemo();
  const link = new URLSearchParams(new URL(demo.desk).hash.slice(1)).get('link');
  const answer = await fetch(`${BASE}/api/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ link }) });
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
  if (!answer.ok || !cookie) throw new Error(`the demo's address does not sign in: ${answer.status} ${await answer.text()}`);
  writeFileSync(kept(), cookie);
  return cookie;
}

/** Asks the server something as the owner; an answer that is no success is an error. */
export async function staff<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${BASE}${path}`, {
    method,
    headers: { cookie: await staffCookie(), ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

/** Signs a browser in as the owner; the cookie is a secure one, which the browser also sends to its own machine. */
export async function signIn(context: BrowserContext): Promise<void> {
  const [name = '', value = ''] = (await staffCookie()).split(/=(.*)/s);
  const url = BASE.replace(/^http:/, 'https:');
  await context.addCookies([{ name, value, url, secure: true, httpOnly: true, sameSite: 'Strict' }]);
}
