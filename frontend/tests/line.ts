/** The line between one tablet and the real server: it can break, also in the middle of an answer, and the server can be renewed behind it. */

import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const SERVER = new URL(process.env.BUURTSIGNAAL_URL ?? 'http://127.0.0.1:8080');

export interface Line {
  /** Where the tablet finds the server. */
  readonly url: string;
  /** Breaks everything that is under way; nothing gets through any more. */
  cut(): void;
  mend(): void;
  /** What the line itself answers in the server's place: a status and the name of the problem. */
  refuses: ((path: string) => { status: number; slug: string } | null) | null;
  /** From now on the server has another build of the pages: every file has another name, and the old names are gone. */
  renew(): Promise<void>;
  /** Files that do not come, by a part of their address. */
  missing: string | null;
  close(): Promise<void>;
}

export async function openLine(): Promise<Line> {
  let down = false;
  /** Names of the pages' files, once the build is another. */
  let renamed: RegExp | null = null;
  const line: Pick<Line, 'refuses' | 'missing'> = { refuses: null, missing: null };

  const server = createServer((asked, answer) => {
    if (down) return void asked.socket.destroy();
    const path = asked.url ?? '/';
    const refused = line.refuses?.(path);
    if (refused) return void answer.writeHead(refused.status, { 'content-type': 'application/problem+json' }).end(JSON.stringify({ type: refused.slug, status: refused.status }));
    if (line.missing && path.includes(line.missing)) return void answer.writeHead(404).end();
    const own = path === '/' || path === '/offline.js' || /^\/assets\/.*\.(m?js|css)$/.test(path);
    if (renamed && path.startsWith('/assets/') && renamed.test(path) !== path.startsWith('/assets/v2-')) return void answer.writeHead(404).end();
    pass(asked, answer, path.replace('/assets/v2-', '/assets/'), renamed && own ? renamed : null);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return Object.assign(line, {
    url: `http://127.0.0.1:${port}`,
    cut() {
      down = true;
      server.closeAllConnections();
    },
    mend() {
      down = false;
    },
    async renew() {
      const keeper = await (await fetch(new URL('/offline.js', SERVER))).text();
      const names = [...keeper.matchAll(/\/assets\/([\w.-]+)/g)].map(([, name]) => name!);
      renamed = new RegExp(names.map((name) => name.replaceAll('.', '\\.')).join('|'));
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

/** Hands a request on; the text of a page of the second build names the second build's files. */
function pass(asked: IncomingMessage, answer: ServerResponse, path: string, renamed: RegExp | null): void {
  const headers = { ...asked.headers, host: SERVER.host, ...(renamed && { 'accept-encoding': 'identity' }) };
  if (renamed) delete headers['if-none-match'];
  const onward = request(new URL(path, SERVER), { method: asked.method, headers }, (from) => {
    const { 'content-length': _length, ...rest } = from.headers;
    if (!renamed) {
      answer.writeHead(from.statusCode!, from.headers);
      from.pipe(answer);
      return;
    }
    const parts: Buffer[] = [];
    from.on('data', (part: Buffer) => parts.push(part));
    from.on('end', () => {
      const text = Buffer.concat(parts).toString();
      answer.writeHead(from.statusCode!, rest);
      answer.end(
        text
          .replace(new RegExp(renamed, 'g'), 'v2-$&')
          .replace('<html ', '<html data-build="2" ')
          // The keeper's own mark of its build.
          .replace(path === '/offline.js' ? /\b[0-9a-f]{12}\b/ : /$^/, 'second-build'),
      );
    });
  });
  onward.on('error', () => answer.destroy());
  answer.on('close', () => onward.destroy());
  asked.pipe(onward);
}
