/** Talks to the server: JSON both ways, a refusal becomes an ApiError. */

import type { Problem } from './shapes';

/** A refusal or a failure. `slug` is stable and has words in `shared.problem.*` or `staff.problem.*`; `offline` and `unreadable` are made here. */
export class ApiError extends Error {
  readonly slug: string;
  readonly status: number;
  readonly field: string | undefined;
  readonly detail: string | undefined;
  /** For how long the server asks to be left alone. */
  readonly waitMs: number | undefined;

  constructor(problem: Problem, waitMs?: number) {
    super(`${problem.type} (${problem.status})${problem.field ? ` ${problem.field}` : ''}: ${problem.detail ?? ''}`);
    this.name = 'ApiError';
    this.slug = problem.type;
    this.status = problem.status;
    this.field = problem.field;
    this.detail = problem.detail;
    this.waitMs = waitMs;
  }

  /** Whether the same request may well succeed later, without anybody changing anything. */
  get passing(): boolean {
    // A page instead of an answer comes from a proxy or a portal on the way, never from the server.
    return this.slug === 'unreadable' || this.status === 0 || this.status === 408 || this.status === 425 || this.status === 429 || this.status >= 500;
  }
}

export interface Options {
  /** The device's token. Staff need none: their cookie goes along. */
  token?: string | null;
  signal?: AbortSignal;
  /** How long the answer may take. */
  patience_ms?: number;
}

const PATIENCE_MS = 20_000;

export const get = <T>(path: string, options?: Options) => send<T>('GET', path, undefined, options);
export const post = <T>(path: string, body?: unknown, options?: Options) => send<T>('POST', path, body ?? {}, options);
export const put = <T>(path: string, body: unknown, options?: Options) => send<T>('PUT', path, body, options);
export const patch = <T>(path: string, body: unknown, options?: Options) => send<T>('PATCH', path, body, options);
export const remove = (path: string, options?: Options) => send<void>('DELETE', path, undefined, options);

/** Sends one request and reads the answer; one without a body gives undefined. */
export async function send<T>(method: string, path: string, body?: unknown, { token, signal, patience_ms = PATIENCE_MS }: Options = {}): Promise<T> {
  const headers = new Headers({ accept: 'application/json, application/geo+json, application/problem+json' });
  if (body !== undefined) headers.set('content-type', 'application/json');
  if (token) headers.set('authorization', `Bearer ${token}`);
  const patience = AbortSignal.timeout(patience_ms);
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      signal: signal ? AbortSignal.any([signal, patience]) : patience,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError({ type: 'offline', status: 0 });
  }
  if (!response.ok) throw new ApiError(await problemOf(response), waitOf(response));
  if (response.status === 204 || response.headers.get('content-length') === '0') return undefined as T;
  try {
    return (await response.json()) as T;
  } catch {
    // The line broke halfway, or a captive portal answered with a page.
    throw new ApiError({ type: 'unreadable', status: 0 });
  }
}

/** The wait that an answer asks for, where it tells it in seconds. */
export function waitOf(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

/** Reads problem+json; anything else (a proxy's page) keeps only its status. */
export async function problemOf(response: Response): Promise<Problem> {
  if (response.headers.get('content-type')?.includes('json')) {
    try {
      const body = (await response.json()) as Partial<Problem>;
      if (typeof body.type === 'string') return { ...body, type: body.type, status: response.status };
    } catch {
      // Falls through: not the server's own words.
    }
  }
  return { type: 'unreadable', status: response.status };
}
