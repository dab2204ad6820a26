/** Walks and data walks as staff makes them, for tests of the pages in the street and in the room. */

import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { readDemo } from './demo';
import type { File } from './photo-files';
import { staff } from './staff';
import { expect } from './watched';

export interface MadeWalk {
  id: string;
  code: string;
  stops: { id: string; name: string; point: [number, number] }[];
}
export interface Merged {
  phones: number;
  stops: { stop: string; phones: number; feelings: number[]; quick_wins: number; fits: Record<string, number>; each: Record<string, unknown>[] }[];
}

const walks = () => `/api/neighbourhoods/${readDemo().neighbourhood}/walks`;
const NAMES = ['Kerkplein', 'Tunnel', 'Speelveld', 'Buurthuis'];

/** Its own walk for each test, along spots of the demo neighbourhood. */
export async function walk(change: object = {}, names: readonly string[] = NAMES): Promise<MadeWalk> {
  const { features } = await staff<{ features: { properties: { centre: [number, number] } }[] }>('GET', `/api/neighbourhoods/${readDemo().neighbourhood}/hotspots?round=2026-1`);
  const stops = names.map((name, n) => ({ name, point: features[n]!.properties.centre }));
  const made = { name: 'Wandeling na school', day: '2026-11-25', start: '16:05', people: 8, round_trip: true, override: true, leader: 'Ada', phone: '0470 12 34 56', stops, ...change };
  return staff<MadeWalk>('POST', walks(), made);
}
/** What all phones saw. */
export const seen = ({ id }: MadeWalk) => staff<Merged>('GET', `${walks()}/${id}/observations`);

/** Joins with the QR code of the walk sheet and waits until the phone needs no network. */
export async function joinWalk(page: Page, { code }: MadeWalk): Promise<void> {
  await page.goto(`/walk#code=${code}`);
  await expect(page.getByRole('heading', { name: 'Geen net nodig' })).toBeVisible({ timeout: 20_000 });
}
/** Nothing waits on this phone. */
export const arrived = (page: Page) => expect(page.locator('[data-waiting]')).toHaveAttribute('data-waiting', '0');

/** A walk leader's phone that joined without a page. */
export async function joinPhone({ id, code }: MadeWalk) {
  const base = process.env.BUURTSIGNAAL_URL ?? 'http://127.0.0.1:8080';
  const ask = async (method: string, path: string, body: object, token = '') => {
    const answer = await fetch(base + path, { method, headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  };
  const token = String((await ask('POST', '/api/recorders', { code }))['token']);
  return {
    /** Notes something at a stop and gives the id of the note. */
    note: async (told: object) => {
      const note = randomUUID();
      await ask('PUT', `/api/walks/${id}/observations/${note}`, told, token);
      return note;
    },
    photo: (note: string, { buffer }: File) => ask('PUT', `/api/walks/${id}/observations/${note}/photo`, { image: buffer.toString('base64') }, token),
  };
}

export interface MadeDataWalk {
  id: string;
  code: string;
  stations: { id: string; number: number; kind: string; title: string; question: string; prompts: string[] }[];
}
export interface Read {
  id: string;
  station: string;
  stance: string;
  interpretation: string;
  new_place: string | null;
  theme: string | null;
  group_size: number;
  stickers: Record<string, number> | null;
}
const dataWalks = () => `/api/neighbourhoods/${readDemo().neighbourhood}/data-walks`;

/** Its own data walk for each test. */
export const dataWalk = (change: object = {}) => staff<MadeDataWalk>('POST', dataWalks(), { name: 'Dataloop', day: '2026-12-15', selection: 'round=2026-1', languages: ['nl', 'fr'], ...change });
/** What groups read, as staff sees it. */
export const read = async ({ id }: MadeDataWalk) => (await staff<{ items: Read[] }>('GET', `${dataWalks()}/${id}/responses`)).items;
