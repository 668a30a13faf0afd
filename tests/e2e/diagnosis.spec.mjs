// A call that gets no answer: never "Failed to fetch", but the reason, found out by calls without a key, and what helps.
import { createServer } from 'node:http';
import { expect, marker } from './support/page.mjs';
import { KEY, connect, listen, test } from './support/servers.mjs';

const BLOCKED = [/blocked by CORS policy/, /Failed to load resource/, /net::ERR/, /third party/, /policy: connect-src/, /Content Security Policy/];

test.beforeEach(({ complaints }) => complaints.expected.push(...BLOCKED));

const diagnosis = (page) => page.locator('#diagnosis');

async function runAt(page, desk, address) {
  await desk.gateway('dashscope');
  await desk.known();
  await connect(page, address);
  await desk.prompt.fill(marker());
  await desk.run.click();
}

async function expectFound(page, word, english, chinese) {
  await expect(diagnosis(page)).toHaveAttribute('data-found', word, { timeout: 60_000 });
  await expect(diagnosis(page)).toContainText(english);
  const nowhere = () => page.locator('body').innerText().then((text) => /failed to fetch|TypeError|NetworkError/i.test(text));
  expect(await nowhere()).toBe(false);
  await page.locator('#language').click();
  await expect(diagnosis(page)).toContainText(chinese, { timeout: 60_000 });
  expect(await nowhere()).toBe(false);
  expect(await page.content()).not.toContain(KEY);
}

test('a gateway that lets no page in is told apart, with the header that is missing', async ({ page, desk, sim }) => {
  await runAt(page, desk, `${sim}/sim/dashscope`);
  await expect(page.locator('#happened')).toContainText('No response');
  await expectFound(page, 'cors', 'Access-Control-Allow-Origin', '响应缺少 Access-Control-Allow-Origin');
  await expect(page.locator('#route')).toContainText('不允许浏览器直接调用');
  // The probes bring no key, and the gateway was never asked to create anything.
  const log = await (await page.request.get(`${sim}/sim/_log`)).json();
  expect(log.filter((entry) => entry.method === 'POST')).toEqual([]);
  expect(JSON.stringify(log)).not.toContain(KEY);
});

test('a gateway that refuses only the question beforehand is told apart', async ({ page, desk }) => {
  const seen = [];
  const server = createServer((request, response) => {
    seen.push([request.method, request.headers]);
    if (request.method === 'OPTIONS') response.writeHead(403).end();
    else response.writeHead(404, { 'access-control-allow-origin': '*' }).end('{}');
  });
  const address = await listen(server);
  await runAt(page, desk, address);
  await expectFound(page, 'cors', 'Access-Control-Allow-Headers', 'CORS 预检');
  const bodies = seen.filter(([method]) => method === 'POST');
  expect(bodies, 'the create call never left').toEqual([]);
  for (const [, headers] of seen) {
    expect(headers.authorization).toBeUndefined();
    expect(headers.cookie).toBeUndefined();
    expect(headers.referer).toBeUndefined();
  }
  server.close();
});

test('a host where nothing answers is unreachable', async ({ page, desk }) => {
  const server = createServer();
  const address = await listen(server);
  await new Promise((closed) => server.close(closed));
  await runAt(page, desk, address);
  await expectFound(page, 'unreachable', 'Nothing responds at this address on this computer', '本机的这个地址没有响应');
});

test('an address that the page itself forbids is its policy', async ({ page, desk }) => {
  await runAt(page, desk, 'http://[::1]:9');
  await expectFound(page, 'policy', 'Content-Security-Policy', '安全策略');
});

test('a connection that breaks once is not taken for a closed gateway', async ({ page, desk }) => {
  const server = createServer((request, response) => {
    if (request.method === 'POST') {
      request.socket.destroy();
      return;
    }
    const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };
    response.writeHead(request.method === 'OPTIONS' ? 204 : 404, headers).end();
  });
  await runAt(page, desk, await listen(server));
  await expectFound(page, 'broken', 'only this connection broke', '这一次连接中断了');
  await expect(page.locator('#route')).toBeEmpty();
  server.close();
});

test('offline is said before anything is sent, and costs nothing', async ({ page, desk }) => {
  await desk.gateway('dashscope');
  await page.locator('#key').fill(KEY);
  // What Run needs is on this device before the network goes.
  await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('/split_tasks')));
  await page.waitForLoadState('networkidle');
  await page.context().setOffline(true);
  await desk.prompt.fill(marker());
  await desk.run.click();
  await expect(desk.state).toContainText('Not sent');
  await expect(page.locator('#happened')).toContainText('offline');
  await expect(page.locator('#billed')).toContainText('Nothing was created');
  await expect(page.locator('#advice')).toContainText('Connect');
  await page.locator('#language').click();
  await expect(page.locator('#happened')).toContainText('离线');
});

test('what the gateway said is copied with its ids and without the key', async ({ page, desk, sim, context, complaints }) => {
  complaints.expected.push(/Failed to load resource/);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.route('**/video-synthesis', (route) =>
    route.fulfill({
      status: 401,
      headers: { 'access-control-allow-origin': '*' },
      json: { code: 'InvalidApiKey', message: `Invalid API-key provided: ${KEY}`, request_id: 'request-42' },
    }),
  );
  await runAt(page, desk, `${sim}/sim/dashscope`);
  await expect(page.locator('#said')).toContainText('InvalidApiKey');
  await expect(page.locator('#advice')).toContainText('same region');
  await expect(page.locator('#blame')).toContainText('key');
  await page.locator('#copy-said').click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  for (const part of ['HTTP 401', 'InvalidApiKey', 'request-42', 'wan2.5-t2v-preview', `${sim}/sim/dashscope`]) {
    expect(copied).toContain(part);
  }
  expect(copied).not.toContain(KEY);
});
