import { readFileSync } from 'node:fs';

/** The addresses of the demo, as the server wrote them; those of the wall and the desk sign in once. */
export interface Demo {
  readonly tablet: string;
  readonly wall: string;
  readonly desk: string;
  readonly neighbourhood: string;
  readonly gathering: string;
  readonly code: string;
}

export function readDemo(): Demo {
  const file = process.env.BUURTSIGNAAL_DEMO;
  if (!file) throw new Error('BUURTSIGNAAL_DEMO names no file: run cargo xtask test, screenshots or bench');
  return JSON.parse(readFileSync(file, 'utf8')) as Demo;
}
