import { expect, it } from 'vitest';
import { eventReader, type ServerEvent } from './live';

it('reads events whatever the pieces they come in', () => {
  const stream = ':\n\nid: 7\nevent: gathering\ndata: {"people":3}\n\nid: 8\r\ndata: a\r\ndata: b\r\n\r\n:beat\n\n';
  for (const size of [1, 2, 3, 7, 1000]) {
    const events: ServerEvent[] = [];
    const read = eventReader((event) => events.push(event));
    for (let at = 0; at < stream.length; at += size) read(stream.slice(at, at + size));
    expect(events).toEqual([
      { id: '7', name: 'gathering', data: '{"people":3}' },
      { id: '8', name: 'message', data: 'a\nb' },
    ]);
  }
});
