/** Pictures ask one after the other, so that the map beside them keeps a line to the server. */

const AT_ONCE = 2;
const waiting: (() => void)[] = [];
let under_way = 0;

function next(): void {
  while (under_way < AT_ONCE && waiting.length > 0) {
    under_way += 1;
    waiting.shift()!();
  }
}

/** Calls back when it is somebody's turn; what it returns gives the turn on, or up. */
export function askTurn(begin: () => void): () => void {
  let state: 'waits' | 'begun' | 'over' = 'waits';
  const mine = () => {
    state = 'begun';
    begin();
  };
  waiting.push(mine);
  next();
  return () => {
    if (state === 'begun') under_way -= 1;
    else if (state === 'waits') waiting.splice(waiting.indexOf(mine), 1);
    state = 'over';
    next();
  };
}
