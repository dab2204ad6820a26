/** The columns of the board, and where the arrow keys lead on it. */

import type { Action, ActionStatus } from '../../api/shapes';

export const COLUMNS = ['waiting', 'promised', 'done', 'refused'] as const;
export type Column = (typeof COLUMNS)[number];

const COLUMN_OF: Readonly<Record<ActionStatus, Column>> = {
  proposed: 'waiting',
  prioritised: 'waiting',
  reopened: 'waiting',
  accepted: 'promised',
  planned: 'promised',
  in_progress: 'promised',
  done: 'done',
  checked: 'done',
  refused: 'refused',
};

export const columnOf = (status: ActionStatus): Column => COLUMN_OF[status];

/** The actions of each column, in the order of the list. */
export const inColumns = (actions: readonly Action[]) => COLUMNS.map((column) => ({ column, items: actions.filter((action) => columnOf(action.status) === column) }));

/** The card that an arrow key leads to from one of the board; none at its edge. Empty columns are passed over. */
export function cardAt(columns: readonly (readonly string[])[], from: string, key: string): string | undefined {
  const at = columns.findIndex((column) => column.includes(from));
  const row = columns[at]?.indexOf(from) ?? -1;
  if (row < 0) return undefined;
  if (key === 'ArrowDown') return columns[at]?.[row + 1];
  if (key === 'ArrowUp') return row > 0 ? columns[at]?.[row - 1] : undefined;
  const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
  if (step === 0) return undefined;
  for (let column = at + step; column >= 0 && column < columns.length; column += step) {
    const cards = columns[column]!;
    if (cards.length > 0) return cards[Math.min(row, cards.length - 1)];
  }
  return undefined;
}
