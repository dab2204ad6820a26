/** Pictures ask one after the other, so that the map beside them keeps a line to the server. */

const AT_ONCE = 2;
const waiting: (() => void)[] = [];
let underWay = 0;

function next(): void {
  while (underWay < AT_ONCE && waiting.length > 0) {
    underWay += 1;
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
    if (state === 'begun') underWay -= 1;
    else if (state === 'waits') waiting.splice(waiting.indexOf(mine), 1);
    state = 'over';
    next();
  };
}
