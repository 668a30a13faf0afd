// A server with page and relay. The relay calls the simulator in place of the gateways, and the page finds these closed:
// the one way to them is the relay.
import { connect, createServer } from 'node:net';
import { expect, marker, choosePlace } from './page.mjs';
import { KEY, simulator, test as base } from './servers.mjs';

/** The gateways that let no page in. */
const SHUT = ['dashscope', 'crazyrouter'];

export const test = base.extend({
  /** The server that is behind the line. */
  behind: [
    async ({}, use) => {
      // Pages reach it through a line with a port of its own.
      const relay = SHUT.flatMap((gateway) => ['--relay-to', `${gateway}=http://127.0.0.1:0/sim/${gateway}`]);
      const running = await simulator('--site', process.env.WAN_SITE, ...relay, '--host', '127.0.0.1');
      await use(running.url);
      running.stop();
    },
    { scope: 'worker' },
  ],
  /** The line to it, which a test can cut. */
  line: [
    async ({ behind }, use) => {
      const line = await cuttable(Number(new URL(behind).port));
      await use(line);
      line.end();
    },
    { scope: 'worker' },
  ],
  relaying: [async ({ line }, use) => use(line.url), { scope: 'worker' }],
  baseURL: async ({ relaying }, use) => use(`${relaying}/`),
  /** The gateways as a page sees them that is not let in. */
  shut: [
    async ({ complaints, page }, use) => {
      complaints.expected.push(/blocked by CORS policy/, /Failed to load resource/, /third party/, /net::ERR/);
      // Only the blind call for its root gets through. That this is what Chromium makes of missing headers,
      // diagnosis.spec.mjs shows with a real server.
      await page.route(/^https:\/\/(dashscope\.aliyuncs|(api\.)?crazyrouter)\.com\//, (route) =>
        new URL(route.request().url()).pathname === '/' ? route.fulfill({ status: 200, body: '{}' }) : route.abort('failed'),
      );
      await use();
    },
    { auto: true },
  ],
});

/** Has Run find out that a gateway is closed to pages. */
export async function closed(page, desk, gateway = 'dashscope') {
  await desk.gateway(gateway);
  await choosePlace(page, '0');
  await page.locator('#key').fill(KEY);
  const mark = marker();
  await desk.prompt.fill(mark);
  await expect(page.locator('#route')).toBeEmpty();
  await desk.run.click();
  await expect(page.locator('#diagnosis')).toHaveAttribute('data-found', 'cors', { timeout: 60_000 });
  return mark;
}

/**
 * A line to a server on this machine. While `limit` is set, whoever sends a form to a store through it is cut off after
 * so many bytes, at every try: a browser may repeat by itself what was cut on a connection that had been used before.
 */
async function cuttable(port) {
  const line = { limit: null, cut: 0 };
  const sockets = new Set();
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
    }
    let sent = 0;
    let isForm = false;
    near.on('data', (bytes) => {
      isForm ||= line.limit !== null && bytes.includes('POST /relay/dashscope/dashscope-file-');
      sent += isForm ? bytes.length : 0;
      const over = isForm && line.limit !== null ? sent - line.limit : 0;
      far.write(over > 0 ? bytes.subarray(0, Math.max(0, bytes.length - over)) : bytes);
      if (over <= 0) return;
      line.cut += 1;
      near.resetAndDestroy();
    });
    far.on('data', (bytes) => !near.destroyed && near.write(bytes));
    near.on('close', () => far.end());
    far.on('close', () => near.destroy());
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  line.url = `http://127.0.0.1:${server.address().port}`;
  line.end = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return line;
}
