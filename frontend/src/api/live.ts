/** Listens to the server's events over fetch, so that a device can send its bearer; comes back by itself after a break. */

import { ApiError, problemOf } from './client';
import type { LiveEvents } from './shapes';

export interface Listening {
  /** Ends it. */
  close(): void;
}

export interface LiveOptions {
  token?: string | null;
  on: { [name in keyof LiveEvents]?: (data: LiveEvents[name]) => void };
  /** Hears whether the line stands. */
  onLine?: (open: boolean) => void;
  /** Hears a refusal (signed out, unknown gathering); after it nothing is tried again. */
  onRefused?: (error: ApiError) => void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 20_000;
/** The server says something every 15 s; after three silent beats the line is dead. */
const SILENCE_MS = 46_000;

export function listen(path: string, options: LiveOptions): Listening {
  const ended = new AbortController();
  let last: string | null = null;
  let wait = FIRST_WAIT_MS;

  const once = async () => {
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), SILENCE_MS);
    try {
      const headers = new Headers({ accept: 'text/event-stream' });
      if (options.token) headers.set('authorization', `Bearer ${options.token}`);
      if (last !== null) headers.set('last-event-id', last);
      const response = await fetch(path, {
        headers,
        credentials: 'same-origin',
        cache: 'no-store',
        signal: AbortSignal.any([ended.signal, silence.signal]),
      });
      if (!response.ok || !response.body) throw new ApiError(await problemOf(response));
      options.onLine?.(true);
      wait = FIRST_WAIT_MS;
      const read = eventReader((event) => {
        if (event.id !== null) last = event.id;
        const heard = options.on[event.name as keyof LiveEvents] as ((data: unknown) => void) | undefined;
        heard?.(JSON.parse(event.data));
      });
      const text = response.body.pipeThrough(new TextDecoderStream());
      for (const reader = text.getReader(); ; ) {
        const { done, value } = await reader.read();
        if (done) return;
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), SILENCE_MS);
        read(value);
      }
    } finally {
      clearTimeout(timer);
    }
  };

  const forever = async () => {
    while (!ended.signal.aborted) {
      try {
        await once();
      } catch (error) {
        if (error instanceof ApiError && !error.passing) {
          options.onLine?.(false);
          if (!ended.signal.aborted) options.onRefused?.(error);
          return;
        }
      }
      if (ended.signal.aborted) return;
      options.onLine?.(false);
      await pause(wait * (0.75 + Math.random() / 2), ended.signal);
      wait = Math.min(LONGEST_WAIT_MS, wait * 2);
    }
  };
  void forever();
  return { close: () => ended.abort() };
}

export interface ServerEvent {
  id: string | null;
  name: string;
  data: string;
}

/** Takes pieces of an event stream as they come and hands on whole events. */
export function eventReader(onEvent: (event: ServerEvent) => void): (piece: string) => void {
  let rest = '';
  let event: { id: string | null; name: string; data: string[] } = { id: null, name: 'message', data: [] };
  return (piece) => {
    rest += piece;
    // A piece may end between the two halves of a line break.
    const whole = rest.endsWith('\r') ? rest.slice(0, -1) : rest;
    const lines = whole.split(/\r\n|\n|\r/);
    rest = lines.pop()! + rest.slice(whole.length);
    for (const line of lines) {
      if (line === '') {
        if (event.data.length > 0) onEvent({ ...event, data: event.data.join('\n') });
        event = { id: null, name: 'message', data: [] };
        continue;
      }
      const colon = line.indexOf(':');
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (field === 'data') event.data.push(value);
      else if (field === 'event') event.name = value;
      else if (field === 'id') event.id = value;
    }
  };
}

/** Waits, or less when the browser is back on line. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      removeEventListener('online', done);
      resolve();
    }
    addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
}
