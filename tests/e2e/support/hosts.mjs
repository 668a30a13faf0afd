// Sites that embed the page, at an origin and a site of their own: the page is at 127.0.0.1, they are at localhost.
import { createServer } from 'node:http';
import { readFileSync, statSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { expect, test as base } from '@playwright/test';

const PLACE = 'https://wan.example.com';
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

/** Where the page is. */
export const PAGE = (process.env.WAN_URL ?? '').replace(/\/$/, '');

const serve = async (answer, name = 'localhost') => {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://host').pathname);
    const { status = 200, headers = {}, body } = path === '/favicon.ico' ? { status: 204 } : answer(path);
    response.writeHead(status, headers).end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://${name}:${server.address().port}`,
    end: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** A built example, with the real place of the page in it. */
export const example = (folder) =>
  serve((path) => {
    const inside = join(folder, normalize(path.endsWith('/') ? `${path}index.html` : path));
    const file = statSync(inside, { throwIfNoEntry: false })?.isFile() ? inside : `${inside}.html`;
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return { status: 404, body: 'not found' };
    const kind = extname(file);
    const body = readFileSync(file);
    const text = ['.html', '.js'].includes(kind) ? body.toString().replaceAll(PLACE, PAGE) : body;
    return { headers: { 'content-type': TYPES[kind] ?? 'application/octet-stream' }, body: text };
  });

/** The element in an otherwise empty page, in whose head and foot more may stand. */
export const element = (attributes, { head = '', foot = '' } = {}) =>
  `<!doctype html><html><head><meta charset="utf-8"><title>Host</title>
<script type="module" src="${PAGE}/embed.js"></script>${head}</head><body>
<wan-playground ${attributes}></wan-playground>${foot}</body></html>`;

const HTML = { 'content-type': 'text/html; charset=utf-8' };

/** One page at an origin of its own. */
export const other = (body) => serve(() => ({ headers: HTML, body }));

const hosting = (name) => [
  async ({}, use) => {
    const pages = new Map();
    const server = await serve((path) => pages.get(path) ?? { status: 404, body: 'not found' }, name);
    let count = 0;
    await use((body, headers = {}) => {
      const path = `/${(count += 1)}.html`;
      pages.set(path, { headers: { ...HTML, ...headers }, body });
      return `${server.url}${path}`;
    });
    server.end();
  },
  { scope: 'worker' },
];

export const test = base.extend({
  /** Makes a page of the host and returns its address. */
  host: hosting('localhost'),
  /** The same at another origin of the page's own site: storage is not parted there. */
  nearby: hosting('127.0.0.1'),
  /** What the page complained about, and what was asked of the playground's origin. */
  seen: [
    async ({ page }, use) => {
      const seen = { complaints: [], expected: [], asked: [] };
      page.on('console', (message) => {
        if (message.type() === 'error') seen.complaints.push(`console: ${message.text()} ${message.location().url ?? ''}`);
      });
      page.on('pageerror', (error) => seen.complaints.push(`page error: ${error.message}`));
      page.on('response', (response) => {
        if (response.url().startsWith(PAGE)) seen.asked.push(response);
      });
      await use(seen);
      const left = seen.complaints.filter((line) => !seen.expected.some((pattern) => pattern.test(line)));
      expect(left, 'complaints nobody expected').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Bytes in brotli of everything asked of the playground so far. */
export const bytes = async (seen) => {
  let sum = 0;
  for (const response of seen.asked) sum += brotliCompressSync(await response.body()).length;
  return sum;
};

/** Writes down what an element tells, from before it is there. */
export const listening = `<script>
window.told = [];
for (const kind of ['ready', 'change', 'estimate', 'task']) {
  addEventListener('DOMContentLoaded', () => {
    for (const one of document.querySelectorAll('wan-playground')) {
      one.addEventListener(kind, (event) => window.told.push([one.id, kind, event.detail]));
    }
  });
}
window.heard = [];
addEventListener('message', (event) => window.heard.push(JSON.stringify(event.data)));
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifts.push(entry.value);
}).observe({ type: 'layout-shift', buffered: true });
</script>`;

/** What an element told of a kind. */
export const told = (page, kind, id = '') =>
  page.evaluate(([kind, id]) => window.told.filter((one) => one[0] === id && one[1] === kind).map((one) => one[2]), [kind, id]);

/** The page in the frame of an element, once it is up. */
export async function inside(page, selector = 'wan-playground') {
  const frame = page.frameLocator(`${selector} iframe`);
  await expect(frame.locator('html')).toHaveAttribute('data-boot', 'ready', { timeout: 60_000 });
  return frame;
}
