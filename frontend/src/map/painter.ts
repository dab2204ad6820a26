/** Has surfaces drawn by a worker; where there is none, here. */

import type { Ground } from '../domain/colours';
import { drawSurface, fewPeople, type PeopleGrid, type Picture, type Side, type Strength } from '../domain/surface';

export interface Job {
  grid: PeopleGrid;
  overall_share: number;
  side: Side;
  ground: Ground;
  strength: Strength;
  /** Whether the boxes of "too few people" are wanted. */
  few: boolean;
}

export interface Painted {
  picture: Picture;
  few: ReturnType<typeof fewPeople>;
}

let worker: Worker | null | undefined;
let last = 0;
const waiting = new Map<number, { job: Job; done: (painted: Painted) => void }>();

/** Draws a surface and the boxes of "too few people". */
export function paint(job: Job): Promise<Painted> {
  const painter = (worker ??= start());
  if (!painter) return Promise.resolve(here(job));
  return new Promise((done) => {
    const id = ++last;
    waiting.set(id, { job, done });
    const { cols, rows, people_unsafe, people_safe, people_near, inside } = job.grid;
    // Only what is needed goes over: a reactive wrapper could not.
    painter.postMessage({ id, job: { ...job, grid: { cols, rows, people_unsafe, people_safe, people_near, inside } } });
  });
}

function start(): Worker | null {
  try {
    const started = new Worker(new URL('./painter.worker.ts', import.meta.url), { type: 'module' });
    started.addEventListener('message', ({ data }: MessageEvent<{ id: number; painted: Painted }>) => {
      waiting.get(data.id)?.done(data.painted);
      waiting.delete(data.id);
    });
    started.addEventListener('error', () => {
      worker = null;
      for (const { job, done } of waiting.values()) done(here(job));
      waiting.clear();
    });
    return started;
  } catch {
    return null;
  }
}

const here = ({ grid, overall_share, side, ground, strength, few }: Job): Painted => ({
  picture: drawSurface(grid, overall_share, side, ground, 6, strength),
  few: few ? fewPeople(grid) : [],
});
