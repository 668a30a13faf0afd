// The development loop: Trunk builds the page and reloads it after an edit, and the simulator answers behind it.
import { spawn } from 'node:child_process';
import { readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, marker, ready, test as base } from './support/page.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
// Trunk compiles the page: minutes, if nothing has been built yet.
const BUILD = 900_000;

async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Starts the loop and waits until the page is served. */
async function start() {
  const port = await freePort();
  const child = spawn('cargo', ['xtask', 'serve', '--port', String(port), '--speed', '20'], {
    cwd: root,
    // Colours would stand between the words.
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const loop = { child, url: `http://127.0.0.1:${port}/`, said: () => said };
  await new Promise((resolve, reject) => {
    const read = (bytes) => {
      said += bytes;
      if (said.includes('server listening at')) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`the loop ended with ${code}:\n${said}`)));
  });
  return loop;
}

const test = base.extend({
  loop: [
    async ({}, use) => {
      const loop = await start();
      await use(loop);
      loop.child.kill('SIGKILL');
    },
    { timeout: BUILD },
  ],
  baseURL: async ({ loop }, use) => use(loop.url),
});

test('the page runs tasks at the simulator, reloads after an edit, and takes the simulator with it at the end', async ({ page, desk, loop, complaints }) => {
  test.setTimeout(BUILD);
  const prompt = `${marker()} a red boat`;
  await desk.known();
  await desk.prompt.fill(prompt);
  await desk.run.click();
  await desk.done();
  await desk.plays();
  // What the simulator says of itself leads back to where the page is.
  expect(new URL(await desk.video.evaluate((video) => video.src)).origin).toBe(new URL(loop.url).origin);
  // The relay knows the page as its own.
  const relay = await page.evaluate(async () => (await fetch('/relay/')).status);
  expect(relay).toBe(200);

  const sheet = join(root, 'style/main.css');
  const { atime, mtime } = await stat(sheet);
  await page.evaluate(() => {
    window.earlier = true;
  });
  await writeFile(sheet, await readFile(sheet));
  await page.waitForFunction(() => window.earlier === undefined, null, { timeout: BUILD });
  // The same bytes: what is built of them is still up to date.
  await utimes(sheet, atime, mtime);
  await ready(page);
  await expect(desk.prompt).toHaveValue(prompt);

  // However the loop ends, the simulator ends as well.
  const [, simulator] = /(http:\/\/127\.0\.0\.1:\d+\/)sim\//.exec(loop.said());
  const answers = () => fetch(`${simulator}healthz`).then(({ status }) => status, () => 'none');
  expect(await answers()).toBe(200);
  complaints.expected.push(/WebSocket|ERR_CONNECTION_REFUSED/);
  loop.child.kill('SIGKILL');
  await expect.poll(answers).toBe('none');
});
