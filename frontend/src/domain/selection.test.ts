import { expect, it } from 'vitest';
import { chosen, fromQuery, sameSelection, toQuery, toggledValue } from './selection';

it('goes to an address and back', () => {
  const selection = { when: ['dark', 'evening'], round: ['2026-1'], gender: ['woman'] };
  expect(toQuery(selection)).toBe('round=2026-1&when=dark&when=evening&gender=woman');
  expect(fromQuery(toQuery(selection))).toEqual({ round: ['2026-1'], when: ['dark', 'evening'], gender: ['woman'] });
});

it('equal selections have equal addresses, whatever the order', () => {
  expect(sameSelection({ when: ['evening', 'dark'] }, { when: ['dark', 'evening'] })).toBe(true);
});

it('leaves out what it does not know, and doubles', () => {
  expect(fromQuery('colour=red&round=&theme=light&theme=light')).toEqual({ theme: ['light'] });
});

it('ticks and unticks', () => {
  const once = toggledValue({}, 'theme', 'light');
  expect(once).toEqual({ theme: ['light'] });
  expect(toggledValue(once, 'theme', 'light')).toEqual({});
  expect(chosen({ theme: ['light', 'sight'] })).toEqual([{ key: 'theme', value: 'light' }, { key: 'theme', value: 'sight' }]);
});
