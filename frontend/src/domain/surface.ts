/** From the grid of people to the pixels of the surface: hue is the share, opacity is people in four flat steps with clean edges. */

import { BANDS, shareColour, type Ground, type Rgb } from './colours';

/** The grid as the server sends it, row by row from the north-west. */
export interface PeopleGrid {
  cols: number;
  rows: number;
  people_unsafe: readonly number[];
  people_safe: readonly number[];
  people_near: readonly number[];
  inside: readonly number[];
}

/** Which side is drawn: both by share, or one of them in its own colour. */
export type Side = 'both' | 'safe' | 'unsafe';

export interface Picture {
  width: number;
  height: number;
  /** Red, green, blue, alpha; not premultiplied. */
  pixels: Uint8ClampedArray<ArrayBuffer>;
}

/** The share of unsafe at a spot, drawn two people towards the overall share so that few voices shout less. */
export const shareAt = (unsafe: number, safe: number, overall: number) => (unsafe + 2 * overall) / (unsafe + safe + 2);

/** How people show: as strength, in bands; or not at all, so that only the share speaks wherever there is colour. */
export type Strength = 'people' | 'none';
const FLAT = [{ people: BANDS[0].people, opacity: BANDS[2].opacity }] as const;

/** Draws the grid with `scale` pixels to a cell. The picture covers the cells whole, edge to edge. */
export function drawSurface(grid: PeopleGrid, overall: number, side: Side, ground: Ground, scale = 6, strength: Strength = 'people'): Picture {
  const bands = strength === 'people' ? BANDS : FLAT;
  const { cols, rows } = grid;
  const [width, height] = [cols * scale, rows * scale];
  const pixels = new Uint8ClampedArray(width * height * 4);
  const colours: Rgb[] = Array.from({ length: 101 }, (_, percent) => shareColour(percent / 100, ground));
  const row = new Float64Array(width);
  const before = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    const gy = (y + 0.5) / scale - 0.5;
    const unsafeHere = side === 'safe' ? null : lineAt(grid.people_unsafe, cols, rows, gy);
    const safeHere = side === 'unsafe' ? null : lineAt(grid.people_safe, cols, rows, gy);
    for (let x = 0; x < width; x++) {
      const gx = (x + 0.5) / scale - 0.5;
      const unsafe = unsafeHere ? along(unsafeHere, gx) : 0;
      const safe = safeHere ? along(safeHere, gx) : 0;
      const people = unsafe + safe;
      row[x] = people;
      const visible = inside(grid, gx, gy);
      if (visible <= 0 || people < BANDS[0].people - 0.5) continue;
      // The slope gives each contour an edge one pixel wide, however steep the hill.
      const slope = Math.max(0.004, Math.hypot(people - (row[x - 1] ?? people), people - (y > 0 ? before[x]! : people)) * 1.5);
      let opacity = 0;
      for (const band of bands) opacity += (band.opacity - opacity) * Math.min(1, Math.max(0, (people - band.people) / slope + 0.5));
      if (opacity <= 0) continue;
      const share = side === 'both' ? shareAt(unsafe, safe, overall) : side === 'safe' ? 0.1 : 0.9;
      const colour = colours[Math.round(share * 100)]!;
      const at = (y * width + x) * 4;
      pixels[at] = colour[0];
      pixels[at + 1] = colour[1];
      pixels[at + 2] = colour[2];
      pixels[at + 3] = 255 * opacity * visible;
    }
    before.set(row);
  }
  return { width, height, pixels };
}

/**
 * Where inside the boundary too few people spoke for any colour: the stipple, the exact rest of the surface.
 * Boxes in cells, one for each run in a row; `scale` rows to a cell so that its edge follows the contour.
 */
export function fewPeople(grid: PeopleGrid, scale = 3): { x: number; y: number; width: number; height: number }[] {
  const { cols, rows } = grid;
  const boxes: { x: number; y: number; width: number; height: number }[] = [];
  const step = 1 / scale;
  for (let line = 0; line < rows * scale; line++) {
    let open: (typeof boxes)[number] | null = null;
    const gy = (line + 0.5) * step - 0.5;
    const [unsafe, safe] = [lineAt(grid.people_unsafe, cols, rows, gy), lineAt(grid.people_safe, cols, rows, gy)];
    for (let column = 0; column < cols * scale; column++) {
      const gx = (column + 0.5) * step - 0.5;
      const few = inside(grid, gx, gy) >= 0.5 && along(unsafe, gx) + along(safe, gx) < BANDS[0].people;
      if (!few) open = null;
      else if (open) open.width += step;
      else boxes.push((open = { x: column * step, y: line * step, width: step, height: step }));
    }
  }
  return boxes;
}

/**
 * Catmull-Rom between the middles of the cells: passes through each cell's value, so counts stay true. First down each
 * column to one height, then along the line: the same as in both directions at once, for a fifth of the work.
 */
function lineAt(values: readonly number[], cols: number, rows: number, y: number): Float64Array {
  const line = Math.floor(y);
  const [above, at, below, under] = [-1, 0, 1, 2].map((dy) => clamp(line + dy, rows) * cols) as [number, number, number, number];
  const found = new Float64Array(cols);
  for (let x = 0; x < cols; x++) found[x] = cubic(values[above + x] ?? 0, values[at + x] ?? 0, values[below + x] ?? 0, values[under + x] ?? 0, y - line);
  return found;
}

function along(line: Float64Array, x: number): number {
  const column = Math.floor(x);
  const at = (dx: number) => line[clamp(column + dx, line.length)]!;
  return Math.max(0, cubic(at(-1), at(0), at(1), at(2), x - column));
}

const cubic = (a: number, b: number, c: number, d: number, t: number) =>
  b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));

/** How much of a spot lies inside, between the middles of four cells; cut at half, with a soft pixel. */
function inside(grid: PeopleGrid, x: number, y: number): number {
  const [column, line] = [Math.floor(x), Math.floor(y)];
  const [across, down] = [x - column, y - line];
  const at = (dx: number, dy: number) => grid.inside[clamp(line + dy, grid.rows) * grid.cols + clamp(column + dx, grid.cols)] ?? 0;
  const share = (at(0, 0) * (1 - across) + at(1, 0) * across) * (1 - down) + (at(0, 1) * (1 - across) + at(1, 1) * across) * down;
  return Math.min(1, Math.max(0, (share - 0.35) / 0.3));
}

const clamp = (n: number, size: number) => Math.min(size - 1, Math.max(0, n));
