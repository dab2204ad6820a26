import { expect, it } from 'vitest';
import { strip } from './hotspot';

it('draws everyone once, the main side first', () => {
  expect(strip({ kind: 'unsafe', people_unsafe: 18, people_safe: 5 }, 31)).toEqual({ sides: [{ feeling: 'unsafe', people: 18 }, { feeling: 'safe', people: 5 }], rest: 8 });
  expect(strip({ kind: 'safe', people_unsafe: 4, people_safe: 17 }, 31).sides[0]).toEqual({ feeling: 'safe', people: 17 });
});

it('whoever feels both is one person', () => {
  expect(strip({ kind: 'unsafe', people_unsafe: 26, people_safe: 17, people: 31 }, 47)).toEqual({ sides: [{ feeling: 'unsafe', people: 14 }, { feeling: 'mixed', people: 12 }, { feeling: 'safe', people: 5 }], rest: 16 });
  expect(strip({ kind: 'safe', people_unsafe: 4, people_safe: 5, people: 5 }, 47)).toEqual({ sides: [{ feeling: 'mixed', people: 4 }], rest: 43 });
});

it('nobody stands alone: a side under three joins the rest', () => {
  expect(strip({ kind: 'unsafe', people_unsafe: 18, people_safe: 2 }, 31)).toEqual({ sides: [{ feeling: 'unsafe', people: 18 }], rest: 13 });
});
