import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Kind } from './letters';
import { Outbox } from './outbox.svelte';

type Answer = number | 'no line';
interface Sent {
  method: string;
  path: string;
  body: unknown;
  token: string | null;
}

let sent: Sent[];
let answer: (request: Sent) => Answer;
let boxes: Outbox[];
let name = 0;
let retryAfter: string | null;

const problem = (status: number) => new Response(JSON.stringify({ type: status === 410 ? 'pin_deleted' : 'some_problem', status }), { status, headers: { 'content-type': 'application/problem+json', ...(retryAfter !== null && { 'retry-after': retryAfter }) } });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  sent = [];
  boxes = [];
  retryAfter = null;
  answer = () => 200;
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const request = { method: init.method!, path, body: init.body ? JSON.parse(init.body as string) : null, token: (init.headers as Headers).get('authorization') };
    const result = answer(request);
    if (result === 'no line') throw new TypeError('failed to fetch');
    sent.push(request);
    if (result >= 400) return problem(result);
    return init.method === 'DELETE' ? new Response(null, { status: 204 }) : new Response(JSON.stringify({ id: 'x', label: 'A1' }), { status: result });
  });
  name++;
});
afterEach(async () => {
  for (const box of boxes) await box.close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const open = async (revoked = vi.fn()) => {
  const box = await Outbox.open({ onRevoked: revoked }, `box-${name}`);
  await box.welcome(TASK, 'T');
  boxes.push(box);
  return box;
};
const TASK = 'gatherings/g';
const WHO = { age: null, gender: null, role: null };
const feature = (comment: string) => ({ properties: { participant: 'a', comment } });
const introduce = (box: Outbox) => box.post({ task: TASK, participant: 'a', kind: 'participant', about: 'a', body: WHO });
const pin = (box: Outbox, about: string, body: object) => box.post({ task: TASK, participant: 'a', kind: 'pin', about, body });
const pinGone = (box: Outbox, about: string) => box.post({ task: TASK, participant: 'a', kind: 'pin_gone', about, body: null });
const paths = () => sent.map(({ method, path }) => `${method} ${path.split('/').slice(4).join('/')}`);
/** Lets everything that is under way come to an end, then ticks the clock. */
const settle = async (box: Outbox, ms = 0) => {
  await box.drain();
  vi.advanceTimersByTime(ms);
  await box.drain();
  await box.drain();
};

it('sends in the order of writing: first the participant, then the pins', async () => {
  const box = await open();
  await introduce(box);
  await pin(box, 'p1', feature('one'));
  await pin(box, 'p2', feature('two'));
  await settle(box);
  expect(paths()).toEqual(['PUT participants/a', 'PUT pins/p1', 'PUT pins/p2']);
  expect(sent[0]!.token).toBe('Bearer T');
  expect(box.waiting).toBe(0);
});

it('keeps everything without a line, counts it, and sends each once when the line is back', async () => {
  const box = await open();
  answer = () => 'no line';
  await introduce(box);
  for (let n = 0; n < 4; n++) await pin(box, `p${n}`, feature(`${n}`));
  await settle(box);
  expect(box.waiting).toBe(5);
  expect(box.reachable).toBe(false);
  answer = () => 201;
  await settle(box, 5000);
  expect(paths()).toEqual(['PUT participants/a', 'PUT pins/p0', 'PUT pins/p1', 'PUT pins/p2', 'PUT pins/p3']);
  expect(box.waiting).toBe(0);
});

it('outlives a reload', async () => {
  const box = await open();
  answer = () => 'no line';
  await pin(box, 'p1', feature('one'));
  await settle(box);
  await box.close();
  boxes = [];
  answer = () => 201;
  const next = await open();
  await settle(next);
  expect(paths()).toEqual(['PUT pins/p1']);
  expect(next.waiting).toBe(0);
});

it('only the last words of a waiting pin leave; a pin that is deleted before it left never arrives', async () => {
  const box = await open();
  answer = () => 'no line';
  await pin(box, 'p1', feature('first'));
  await pin(box, 'p1', feature('better'));
  await pin(box, 'p2', feature('gone'));
  await pinGone(box, 'p2');
  await settle(box);
  expect(box.waiting).toBe(2);
  answer = () => 200;
  await settle(box, 5000);
  expect(paths()).toEqual(['PUT pins/p1', 'DELETE pins/p2']);
  expect(sent[0]!.body).toEqual(feature('better'));
});

it('an edit during sending is not lost', async () => {
  const box = await open();
  let edit: Promise<void> | undefined;
  answer = ({ body }) => {
    if ((body as ReturnType<typeof feature>).properties.comment === 'first') edit = pin(box, 'p1', feature('second'));
    return 200;
  };
  await pin(box, 'p1', feature('first'));
  await settle(box);
  await edit;
  await settle(box);
  expect(sent.map(({ body }) => (body as ReturnType<typeof feature>).properties.comment)).toEqual(['first', 'second']);
  expect(box.waiting).toBe(0);
});

it.each([409, 410, 422])('a refusal for good (%i) is shown with its words, and the rest goes on', async (status) => {
  const box = await open();
  answer = ({ path }) => (path.endsWith('p1') ? status : 201);
  await pin(box, 'p1', feature('one'));
  await pin(box, 'p2', feature('two'));
  await settle(box);
  expect(box.waiting).toBe(0);
  expect(box.refusals).toMatchObject([{ about: 'p1', letter: { body: feature('one') } }]);
  answer = () => 201;
  await pin(box, 'p1', feature('mended'));
  await settle(box);
  expect(box.refusals).toEqual([]);
  expect(sent.at(-1)!.body).toEqual(feature('mended'));
});

it('a broken server is asked again, later and later, in the same order', async () => {
  const box = await open();
  answer = () => 503;
  await pin(box, 'p1', feature('one'));
  await pin(box, 'p2', feature('two'));
  await settle(box);
  const tries = sent.length;
  await settle(box, 1000);
  expect(sent.length).toBe(tries);
  expect(box.waiting).toBe(2);
  answer = () => 201;
  sent = [];
  await settle(box, 120_000);
  expect(paths()).toEqual(['PUT pins/p1', 'PUT pins/p2']);
});

it('a device that is slowed waits as long as the server says, and no longer', async () => {
  retryAfter = '7';
  const box = await open();
  answer = () => 429;
  await pin(box, 'p1', feature('one'));
  await settle(box);
  const tries = sent.length;
  await settle(box, 4000);
  expect(sent.length).toBe(tries);
  expect(box.waiting).toBe(1);
  answer = () => 201;
  await settle(box, 4000);
  expect(sent.length).toBe(tries + 1);
  expect(box.waiting).toBe(0);
});

it('a device that is no longer known keeps everything until somebody joins again', async () => {
  const revoked = vi.fn();
  const box = await open(revoked);
  answer = () => 401;
  await pin(box, 'p1', feature('one'));
  await settle(box);
  expect(revoked).toHaveBeenCalledExactlyOnceWith(TASK);
  expect(box.waiting).toBe(1);
  answer = () => 201;
  await box.welcome(TASK, 'NEW');
  await settle(box);
  expect(sent.at(-1)!.token).toBe('Bearer NEW');
  expect(box.waiting).toBe(0);
});

it('deleting what is already gone is done', async () => {
  const box = await open();
  answer = () => 404;
  await pinGone(box, 'p1');
  await settle(box);
  expect(box.waiting).toBe(0);
  expect(box.refusals).toEqual([]);
});

it('votes, photos and voices go to their pin; what is large leaves last', async () => {
  const box = await open();
  answer = () => 'no line';
  await introduce(box);
  await pin(box, 'p1', feature('one'));
  await box.post({ task: TASK, participant: 'a', kind: 'photo', about: 'p1', body: { image: 'x' } });
  await box.post({ task: TASK, participant: 'a', kind: 'voice', about: 'p1', body: { audio: 'x' } });
  await box.post({ task: TASK, participant: 'a', kind: 'vote', about: 'p9', body: { vote: 'agree' } });
  await box.post({ task: TASK, participant: 'b', kind: 'vote', about: 'p9', body: { vote: 'agree' } });
  await box.post({ task: TASK, participant: 'a', kind: 'vote', about: 'p9', body: { vote: 'disagree' } });
  await box.post({ task: TASK, participant: 'b', kind: 'vote_gone', about: 'p9', body: null });
  await pin(box, 'p2', feature('two'));
  await settle(box);
  answer = () => 201;
  await settle(box, 5000);
  expect(paths()).toEqual(['PUT participants/a', 'PUT pins/p1', 'PUT pins/p9/votes/a', 'DELETE pins/p9/votes/b', 'PUT pins/p2', 'PUT pins/p1/photo', 'PUT pins/p1/voice']);
  expect(sent[2]!.body).toEqual({ vote: 'disagree' });
  expect(box.waiting).toBe(0);
});

it('what hangs on a pin goes with it, and waits while the pin itself is refused', async () => {
  const photo = (about: string) => ({ task: TASK, participant: 'a', kind: 'photo' as const, about, body: { image: about } });
  const box = await open();
  answer = () => 'no line';
  await pin(box, 'p1', feature('one'));
  await box.post(photo('p1'));
  await pin(box, 'p2', feature('two'));
  await box.post(photo('p2'));
  await pinGone(box, 'p1');
  answer = ({ path }) => (path.endsWith('p2') ? 422 : 201);
  await settle(box, 5000);
  expect(paths()).toEqual(['DELETE pins/p1', 'PUT pins/p2']);
  expect(box.waiting).toBe(1);
  answer = () => 201;
  await pin(box, 'p2', feature('mended'));
  await settle(box);
  expect(paths().slice(2)).toEqual(['PUT pins/p2', 'PUT pins/p2/photo']);
});

it('a box that an earlier version of the page left full is opened, and everything in it is sent', async () => {
  const old = await openDB(`box-${name}`, 1, {
    upgrade(store) {
      store.createObjectStore('letters', { keyPath: 'number', autoIncrement: true }).createIndex('about', 'about');
      store.createObjectStore('refusals', { keyPath: 'about' });
      store.createObjectStore('notes');
    },
  });
  const letter = (kind: string, about: string, body: unknown) => ({ version: about, gathering: 'g', participant: 'a', kind, about, body });
  await old.put('letters', letter('participant', 'a', WHO));
  for (let n = 1; n <= 30; n++) await old.put('letters', letter('pin', `p${n}`, feature(`${n}`)));
  await old.put('letters', letter('pin_gone', 'p31', null));
  await old.put('refusals', { about: 'p40', letter: { ...letter('pin', 'p40', feature('refused')), number: 99 }, slug: 'some_problem', field: null });
  await old.put('notes', { g: 'T', h: 'H' }, 'tokens');
  // A page of the earlier version knows nothing of newer ones: it is closed, not asked.
  old.close();
  const box = await open();
  await pin(box, 'p40', feature('mended'));
  await settle(box);
  expect(paths()).toEqual(['PUT participants/a', ...Array.from({ length: 30 }, (_, n) => `PUT pins/p${n + 1}`), 'DELETE pins/p31', 'PUT pins/p40']);
  expect(sent.at(-1)!.body).toEqual(feature('mended'));
  expect(box.refusals).toEqual([]);
  expect(await box.note('tokens')).toEqual({ [TASK]: 'T', 'gatherings/h': 'H' });
  expect(sent.every(({ token }) => token === 'Bearer T')).toBe(true);
});

it('without room on the device everything stays in the page, in order, and still leaves; with room again it is kept', async () => {
  const box = await open();
  answer = () => 'no line';
  await introduce(box);
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError');
  });
  await pin(box, 'p1', feature('one'));
  await pin(box, 'p2', feature('two'));
  await pin(box, 'p2', feature('two, better'));
  await box.keep('person', 'somebody');
  expect([box.full, box.waiting]).toEqual([true, 3]);
  answer = ({ path }) => (path.endsWith('p2') ? 'no line' : 201);
  await settle(box, 5000);
  expect(paths()).toEqual(['PUT participants/a', 'PUT pins/p1']);
  put.mockRestore();
  await settle(box, 5000);
  expect([box.full, box.waiting]).toEqual([false, 1]);
  answer = () => 201;
  await box.close();
  boxes = [];
  const next = await open();
  await settle(next);
  expect(sent.at(-1)!.body).toEqual(feature('two, better'));
  expect(next.waiting).toBe(0);
});

it('what the page shows as said and the letter that says it are kept in one stroke', async () => {
  const box = await open();
  answer = () => 'no line';
  const strokes = vi.spyOn(IDBDatabase.prototype, 'transaction');
  const kept = [introduce(box), pin(box, 'p1', feature('one')), box.keep('person', { pins: ['p1'] })];
  await Promise.all(kept);
  expect(strokes.mock.calls.filter(([, mode]) => mode === 'readwrite')).toHaveLength(1);
  expect([await box.note('person'), box.waiting]).toEqual([{ pins: ['p1'] }, 2]);
  await box.forget('person');
  expect(await box.note('person')).toBeUndefined();
});

it('a box of the version before this one keeps its letters, its refusals and its token', async () => {
  const old = await openDB(`box-${name}`, 2, {
    upgrade(store) {
      const letters = store.createObjectStore('letters', { keyPath: 'number', autoIncrement: true });
      letters.createIndex('topic', 'topic');
      letters.createIndex('large', 'large');
      store.createObjectStore('refusals', { keyPath: 'topic' });
      store.createObjectStore('notes');
    },
  });
  const letter = (kind: string, about: string, body: unknown) => ({ version: about, gathering: 'g', participant: 'a', kind, about, body, topic: `${kind} ${about}`, large: kind === 'photo' ? 1 : 0 });
  await old.put('letters', letter('photo', 'p1', { image: 'x' }));
  await old.put('letters', letter('pin', 'p1', feature('one')));
  await old.put('refusals', { topic: 'pin p2', about: 'p2', letter: { ...letter('pin', 'p2', feature('two')), number: 9 }, slug: 'some_problem', field: null });
  await old.put('notes', { g: 'OLD' }, 'tokens');
  old.close();
  const box = await Outbox.open({}, `box-${name}`);
  boxes.push(box);
  await settle(box);
  expect(sent.map(({ method, path, token }) => `${method} ${path} ${token}`)).toEqual(['PUT /api/gatherings/g/pins/p1 Bearer OLD', 'PUT /api/gatherings/g/pins/p1/photo Bearer OLD']);
  await box.retry(box.refusals[0]!);
  await settle(box);
  expect(paths().at(-1)).toBe('PUT pins/p2');
  expect([box.waiting, box.refusals]).toEqual([0, []]);
});

it('pins, observations and responses leave in one row, each with the token of what the device joined for it', async () => {
  const box = await open();
  answer = () => 'no line';
  await box.welcome('walks/w', 'W');
  const of = (kind: Kind, about: string, body: unknown, task = 'walks/w') => box.post({ task, participant: null, kind, about, body });
  await of('stop', 's9', { name: 'Brug' });
  await of('observation', 'o1', { stop: 's9' });
  await of('observation_photo', 'o1', { image: 'x' });
  await pin(box, 'p1', feature('one'));
  await of('response', 'r1', { stance: 'adds' }, 'data-walks/d');
  await of('observation', 'o2', { stop: 's1' });
  await of('observation_photo', 'o2', { image: 'y' });
  await of('observation_gone', 'o2', null);
  await of('given_gone', 'w', null);
  answer = () => 200;
  await settle(box, 5000);
  const went = () => sent.map(({ method, path, token }) => `${method} ${path} ${token}`);
  expect(went()).toEqual([
    'PUT /api/walks/w/stops/s9 Bearer W',
    'PUT /api/walks/w/observations/o1 Bearer W',
    'PUT /api/gatherings/g/pins/p1 Bearer T',
    'DELETE /api/walks/w/observations/o2 Bearer W',
    'DELETE /api/walks/w/given Bearer W',
    'PUT /api/walks/w/observations/o1/photo Bearer W',
  ]);
  expect(box.waiting).toBe(1);
  await box.welcome('data-walks/d', 'D');
  await settle(box);
  expect(went().at(-1)).toBe('PUT /api/data-walks/d/responses/r1 Bearer D');
  expect(await box.note('tokens')).toEqual({ [TASK]: 'T', 'walks/w': 'W', 'data-walks/d': 'D' });
});
