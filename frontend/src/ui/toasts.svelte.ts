/** Short notices that come and go; each stays long enough to be read. */

export interface Notice {
  readonly id: number;
  readonly text: string;
}

let notices = $state.raw<readonly Notice[]>([]);
let next = 0;

export const currentNotices = (): readonly Notice[] => notices;

/** Shows a notice for a while; the same words are not stacked. */
export function notify(text: string): void {
  const notice = { id: next++, text };
  notices = [...notices.filter((other) => other.text !== text), notice].slice(-3);
  setTimeout(() => dismiss(notice.id), 3000 + text.length * 60);
}

/** Takes every notice away: what they were about is done. */
export function dismissAll(): void {
  notices = [];
}

export function dismiss(id: number): void {
  notices = notices.filter((notice) => notice.id !== id);
}
