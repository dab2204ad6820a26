/** The textures on the map: how sure it is. */

import type { Engine } from './engine';

/** Makes them known to a map; doing it twice is harmless. */
export function addPatterns(map: Engine): void {
  const { stipple, unsafe, safe, unsafeLine, safeLine, contestedLine } = map.palette;
  map.pattern('stipple', 16, (pen, size) => {
    pen.fillStyle = stipple;
    for (const at of [size / 4, (size * 3) / 4]) {
      pen.beginPath();
      pen.arc(at, at, 1.05, 0, 7);
      pen.fill();
    }
  });
  const hatch = (name: string, colour: string, up: boolean) =>
    map.pattern(name, 10, (pen, size) => {
      pen.strokeStyle = colour;
      pen.globalAlpha = 0.75;
      pen.lineWidth = 1.6;
      for (const from of [-size, 0, size]) {
        pen.beginPath();
        pen.moveTo(from, up ? size : 0);
        pen.lineTo(from + size, up ? 0 : size);
        pen.stroke();
      }
    });
  hatch('hatch-unsafe', unsafeLine, true);
  hatch('hatch-safe', safeLine, false);
  // Two sides that differ: a net of ink, unlike any hatch of one side.
  map.pattern('difference', 12, (pen, size) => {
    pen.strokeStyle = contestedLine;
    pen.globalAlpha = 0.7;
    pen.lineWidth = 1.4;
    pen.beginPath();
    pen.moveTo(0, size / 2);
    pen.lineTo(size, size / 2);
    pen.moveTo(size / 2, 0);
    pen.lineTo(size / 2, size);
    pen.stroke();
  });
  map.pattern('contested', 16, (pen, size) => {
    pen.lineWidth = 2.7;
    const stripe = (from: number, colour: string) => {
      pen.strokeStyle = colour;
      pen.beginPath();
      pen.moveTo(from - 2, size + 2);
      pen.lineTo(from + size + 2, -2);
      pen.stroke();
    };
    for (const turn of [-1, 0, 1]) {
      stripe(turn * size, unsafe);
      stripe(turn * size + size / 2, safe);
    }
  });
}
