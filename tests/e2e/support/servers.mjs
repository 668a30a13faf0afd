// The page as static files from a plain file server, and the simulated gateways at another origin: what a page on the
// internet and a gateway are to each other.
import { spawn } from 'node:child_process';
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { createInterface } from 'node:readline';
import { test as base, choosePlace } from './page.mjs';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

export const listen = (server) =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}`));
  });

/** Files of a folder and nothing else. */
export function files(folder) {
  return createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://files').pathname));
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found\n');
      return;
    }
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
}

/** The simulator without a page, on a port of its own. */
export async function simulator(...options) {
  const speed = options.includes('--speed') ? [] : ['--speed', '20'];
  const child = spawn(process.env.WAN_SERVER_PROGRAM, ['--port', '0', ...speed, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /listening on (http:\S+?)\/?$/.exec(line);
      if (found) resolve(found[1]);
    });
  });
  return { url, stop: () => child.kill() };
}

/** The page from a plain file server; `sim` is a simulator that lets no page of another origin in, `open` one that does. */
export const test = base.extend({
  site: [
    async ({}, use) => {
      const server = files(process.env.WAN_SITE);
      await use(await listen(server));
      server.closeAllConnections();
      server.close();
    },
    { scope: 'worker' },
  ],
  sim: [
    async ({}, use) => {
      const denied = ['crazyrouter', 'ope', 'acedata', 'dashscope'].flatMap((gateway) => ['--deny-cors', gateway]);
      const running = await simulator(...denied);
      await use(running.url);
      running.stop();
    },
    { scope: 'worker' },
  ],
  open: [
    async ({}, use) => {
      const running = await simulator();
      await use(running.url);
      running.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ site }, use) => use(`${site}/`),
});

export const KEY = 'sk-canary-outside-7d1f';

/** Types an address of the user's own, and a key. */
export async function connect(page, address, key = KEY) {
  await choosePlace(page, 'typed');
  await page.locator('#base-typed').fill(address);
  if (key) await page.locator('#key').fill(key);
}
