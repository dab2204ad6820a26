/** Areas that a moderator draws on a photo, as shares of it: from 0 to 1, from the upper left. */

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The smallest side of an area. */
export const SMALLEST = 0.02;
/** So many areas at a time, as the server has it. */
export const MOST_AREAS = 40;
/** The longer side of an area keeps so many averages. */
export const CELLS = 4;

const within = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

/** The area inside the photo that is nearest to the one that was meant. */
export function settled({ x, y, width, height }: Area): Area {
  const [w, h] = [within(width, SMALLEST, 1), within(height, SMALLEST, 1)];
  return { x: within(x, 0, 1 - w), y: within(y, 0, 1 - h), width: w, height: h };
}

/** The area between two corners. */
export function between(a: readonly [x: number, y: number], b: readonly [x: number, y: number]): Area {
  const clip = (value: number) => within(value, 0, 1);
  const [left, right] = [Math.min(clip(a[0]), clip(b[0])), Math.max(clip(a[0]), clip(b[0]))];
  const [top, bottom] = [Math.min(clip(a[1]), clip(b[1])), Math.max(clip(a[1]), clip(b[1]))];
  return settled({ x: left, y: top, width: right - left, height: bottom - top });
}

/** An area of an everyday size around a point. */
export function around([x, y]: readonly [x: number, y: number]): Area {
  return settled({ x: x - 0.08, y: y - 0.08, width: 0.16, height: 0.16 });
}

export const moved = (area: Area, dx: number, dy: number): Area => settled({ ...area, x: area.x + dx, y: area.y + dy });

/** Larger or smaller at its right and lower side. */
export function resized(area: Area, dx: number, dy: number): Area {
  return { ...area, width: within(area.width + dx, SMALLEST, 1 - area.x), height: within(area.height + dy, SMALLEST, 1 - area.y) };
}

/** Larger or smaller around its middle. */
export function grown(area: Area, by: number): Area {
  return settled({ x: area.x - by / 2, y: area.y - by / 2, width: area.width + by, height: area.height + by });
}

/** What a key does to an area: arrows move it, with Shift they change its size; null for other keys. */
export function keyed(area: Area, key: string, shift: boolean, step = 0.015): Area | null {
  const [dx, dy] = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[key] ?? [];
  if (dx === undefined || dy === undefined) return null;
  return shift ? resized(area, dx, dy) : moved(area, dx, dy);
}

/** How many averages are left of an area of so many pixels. */
export function cells(width: number, height: number): readonly [across: number, down: number] {
  const longest = Math.max(width, height);
  const of = (side: number) => Math.max(1, Math.ceil((side * CELLS) / longest));
  return [of(width), of(height)];
}
