/** Draws surfaces away from the page, so that a slow laptop keeps answering its clicker. */

import { drawSurface, fewPeople } from '../domain/surface';
import type { Job, Painted } from './painter';

addEventListener('message', ({ data }: MessageEvent<{ id: number; job: Job }>) => {
  const { grid, overall_share, side, ground, strength, few } = data.job;
  const painted: Painted = { picture: drawSurface(grid, overall_share, side, ground, 6, strength), few: few ? fewPeople(grid) : [] };
  postMessage({ id: data.id, painted }, { transfer: [painted.picture.pixels.buffer] });
});
