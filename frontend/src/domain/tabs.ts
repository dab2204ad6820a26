/** Where the name tabs of hotspots go: outside their area, never over each other, steady while the map moves. */

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A tab to place: the area on screen, and the size of the tab. The first of the list gets the best spot. */
export interface TabToPlace {
  area: Box;
  width: number;
  height: number;
}

/** The upper left corner of each tab, or null for one that finds no room and is left out. */
export function placeTabs(tabs: readonly TabToPlace[], view: { width: number; height: number }, keepFree: readonly Box[] = []): ({ x: number; y: number } | null)[] {
  const taken: Box[] = [...keepFree];
  const areas = tabs.map((tab) => tab.area);
  return tabs.map((tab, index) => {
    const { area, width, height } = tab;
    if (area.x + area.width < 0 || area.y + area.height < 0 || area.x > view.width || area.y > view.height) return null;
    let best: { x: number; y: number; cost: number } | null = null;
    spots(tab).forEach(({ x, y }, order) => {
      const box = { x, y, width, height };
      if (x < 4 || y < 4 || x + width > view.width - 4 || y + height > view.height - 4) return;
      if (taken.some((other) => overlap(box, grow(other, 4)) > 0)) return;
      const covered = areas.reduce((sum, other, n) => sum + (n === index ? 0.3 : 1) * overlap(box, other), 0);
      const cost = order * 0.04 * width * height + covered;
      if (!best || cost < best.cost) best = { x, y, cost };
    });
    const found = best as { x: number; y: number; cost: number } | null;
    if (!found) return null;
    taken.push({ x: found.x, y: found.y, width, height });
    return { x: found.x, y: found.y };
  });
}

/** Above, below, at the sides, the four corners, then further out, then on the area itself. */
function spots({ area, width, height }: TabToPlace): { x: number; y: number }[] {
  const gap = 6;
  const [middleX, middleY] = [area.x + area.width / 2 - width / 2, area.y + area.height / 2 - height / 2];
  const [left, right] = [area.x - width - gap, area.x + area.width + gap];
  const ring = (out: number) => {
    const [above, below] = [area.y - height - gap - out, area.y + area.height + gap + out];
    return [
      { x: middleX, y: above },
      { x: middleX, y: below },
      { x: right + out, y: middleY },
      { x: left - out, y: middleY },
      { x: area.x + area.width - width * 0.2, y: above + height * 0.5 },
      { x: area.x - width * 0.8, y: above + height * 0.5 },
      { x: area.x + area.width - width * 0.2, y: below - height * 0.5 },
      { x: area.x - width * 0.8, y: below - height * 0.5 },
    ];
  };
  return [...ring(0), ...ring(height * 0.9), { x: middleX, y: middleY }];
}

const grow = (box: Box, by: number): Box => ({ x: box.x - by, y: box.y - by, width: box.width + 2 * by, height: box.height + 2 * by });

function overlap(one: Box, other: Box): number {
  const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return across > 0 && down > 0 ? across * down : 0;
}
