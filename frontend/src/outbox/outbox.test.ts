import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
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
let token: string | null;

const problem = (status: number) => new Response(JSON.stringify({ type: status === 410 ? 'pin_deleted' : 'some_problem', status }), { status, headers: { 'content-type': 'application/problem+json' } });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
  sent = [];
  boxes = [];
  token = 'T';
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
  const box = await Outbox.open({ token: () => token, onRevoked: revoked }, `box-${name}`);
  boxes.push(box);
  return box;
};
const WHO = { age: null, gender: null, role: null };
const feature = (comment: string) => ({ properties: { participant: 'a', comment } });
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
  await box.participant('g', 'a', WHO);
  await box.pin('g', 'p1', feature('one'));
  await box.pin('g', 'p2', feature('two'));
  await settle(box);
  expect(paths()).toEqual(['PUT participants/a', 'PUT pins/p1', 'PUT pins/p2']);
  expect(sent[0]!.token).toBe('Bearer T');
  expect(box.waiting).toBe(0);
});

it('keeps everything without a line, counts it, and sends each once when the line is back', async () => {
  const box = await open();
  answer = () => 'no line';
  await box.participant('g', 'a', WHO);
  for (let n = 0; n < 4; n++) await box.pin('g', `p${n}`, feature(`${n}`));
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
  await box.pin('g', 'p1', feature('one'));
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
  await box.pin('g', 'p1', feature('first'));
  await box.pin('g', 'p1', feature('better'));
  await box.pin('g', 'p2', feature('gone'));
  await box.pinGone('g', 'a', 'p2');
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
    if ((body as ReturnType<typeof feature>).properties.comment === 'first') edit = box.pin('g', 'p1', feature('second'));
    return 200;
  };
  await box.pin('g', 'p1', feature('first'));
  await settle(box);
  await edit;
  await settle(box);
  expect(sent.map(({ body }) => (body as ReturnType<typeof feature>).properties.comment)).toEqual(['first', 'second']);
  expect(box.waiting).toBe(0);
});

it.each([409, 410, 422])('a refusal for good (%i) is shown with its words, and the rest goes on', async (status) => {
  const box = await open();
  answer = ({ path }) => (path.endsWith('p1') ? status : 201);
  await box.pin('g', 'p1', feature('one'));
  await box.pin('g', 'p2', feature('two'));
  await settle(box);
  expect(box.waiting).toBe(0);
  expect(box.refusals).toMatchObject([{ about: 'p1', letter: { body: feature('one') } }]);
  answer = () => 201;
  await box.pin('g', 'p1', feature('mended'));
  await settle(box);
  expect(box.refusals).toEqual([]);
  expect(sent.at(-1)!.body).toEqual(feature('mended'));
});

it('a broken server is asked again, later and later, in the same order', async () => {
  const box = await open();
  answer = () => 503;
  await box.pin('g', 'p1', feature('one'));
  await box.pin('g', 'p2', feature('two'));
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

it('a device that is no longer known keeps everything until somebody joins again', async () => {
  const revoked = vi.fn();
  const box = await open(revoked);
  answer = () => 401;
  await box.pin('g', 'p1', feature('one'));
  await settle(box);
  expect(revoked).toHaveBeenCalledExactlyOnceWith('g');
  expect(box.waiting).toBe(1);
  answer = () => 201;
  token = 'NEW';
  box.welcome('g');
  await settle(box);
  expect(sent.at(-1)!.token).toBe('Bearer NEW');
  expect(box.waiting).toBe(0);
});

it('deleting what is already gone is done', async () => {
  const box = await open();
  answer = () => 404;
  await box.pinGone('g', 'a', 'p1');
  await settle(box);
  expect(box.waiting).toBe(0);
  expect(box.refusals).toEqual([]);
});
