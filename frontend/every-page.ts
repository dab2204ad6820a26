import type { Plugin } from 'vite';

/** What the head of every page begins with. */
const HEAD = `
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
    <meta name="theme-color" content="#1f3a5f" />
    <meta name="referrer" content="no-referrer" />
    <link rel="icon" href="/src/ui/icon.svg" type="image/svg+xml" />`;
/** Where a page draws itself, and what it says where it cannot. */
const BODY = `
    <div id="page"></div>
    <noscript>Buurtsignaal heeft JavaScript nodig. · Buurtsignaal a besoin de JavaScript. · Buurtsignaal braucht JavaScript. · Buurtsignaal needs JavaScript.</noscript>`;

/** Adds to each page what all of them have: the files name only what differs. */
export const everyPage = (): Plugin => ({
  name: 'what-every-page-has',
  transformIndexHtml: { order: 'pre', handler: (html) => html.replace('<head>', `<head>${HEAD}`).replace('<body>', `<body>${BODY}`) },
});
