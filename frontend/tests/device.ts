/** A tablet as the server knows it: joins a gathering and puts what people say, without a page. */

import { randomUUID } from 'node:crypto';

const BASE = process.env.BUURTSIGNAAL_URL ?? 'http://127.0.0.1:8080';

type Words = Record<string, unknown>;

/** Joins with a code. Gives what puts a person, a pin of a person, and what comes with a pin; an answer that is no success is an error. */
export async function joinDevice({ id, code }: { id: string; code: string }) {
  let token = '';
  const ask = async (method: string, path: string, body: unknown) => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
    const answer = await fetch(`${BASE}${path}`, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Words;
  };
  const joined = await ask('POST', '/api/join', { code });
  token = String(joined['device_token']);
  return {
    id: String(joined['device_id']),
    async person(who: Words = {}): Promise<string> {
      const participant = randomUUID();
      await ask('PUT', `/api/gatherings/${id}/participants/${participant}`, { age: null, gender: null, role: null, ...who });
      return participant;
    },
    async pin(participant: string, feeling: 'safe' | 'unsafe' | 'mixed', at: readonly [number, number], told: Words = {}): Promise<string> {
      const pin = randomUUID();
      const properties = { participant, feeling, radius_m: 50, basis: 'own', ...told };
      await ask('PUT', `/api/gatherings/${id}/pins/${pin}`, { type: 'Feature', geometry: { type: 'Point', coordinates: at }, properties });
      return pin;
    },
    /** Puts a photo or a voice note beside a pin. */
    async beside(pin: string, kind: 'photo' | 'voice', body: Words): Promise<void> {
      await ask('PUT', `/api/gatherings/${id}/pins/${pin}/${kind}`, body);
    },
  };
}
