// Keys of one run at every gateway, hunted for afterwards wherever something stays: storage, address, document, exports,
// console, the server's own files and every line that simulator and relay print.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { Desk, marker, media, ready } from './support/page.mjs';
import { stored } from './support/stored.mjs';

const PLAIN = {
  crazyrouter: ['t2v', 'wan2.5-t2v-preview', 'crazyrouter.com', '/alibailian/api/v1/tasks/7'],
  ope: ['i2v', 'wan2.7-i2v', 'api-platform.ope.ai', '/v1/videos/7'],
  acedata: ['t2v', 'wan2.6-t2v', 'api.acedata.cloud', '/wan/tasks'],
  dashscope: ['t2v', 'wan2.5-t2v-preview', 'dashscope.aliyuncs.com', '/api/v1/tasks/7'],
};

/** A server whose every printed word is kept. */
const test = base.extend({
  server: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'wan-canary-'));
    const relayed = Object.keys(PLAIN).flatMap((id) => ['--relay-to', `${id}=http://127.0.0.1:0/sim/${id}`]);
    const words = ['--site', process.env.WAN_SITE, '--port', '0', '--speed', '20', '--state', join(folder, 'tasks.json'), ...relayed];
    const child = spawn(process.env.WAN_SERVER_PROGRAM, words, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, RUST_LOG: 'trace' } });
    const server = { printed: '', state: () => readFileSync(join(folder, 'tasks.json'), 'utf8') };
    server.url = await new Promise((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${server.printed}`)));
      for (const pipe of [child.stdout, child.stderr]) {
        pipe.on('data', (part) => {
          server.printed += part;
          const found = /listening on (\S+)/.exec(server.printed);
          if (found) resolve(found[1]);
        });
      }
    });
    await use(server);
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  },
});

test('a key is found nowhere afterwards', async ({ page, server }) => {
  test.setTimeout(300_000);
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  const addresses = [];
  page.on('request', (request) => addresses.push(request.url()));
  await page.goto(server.url);
  await ready(page);
  const desk = new Desk(page);
  const canary = (gateway) => `sk-canary-hunted-${gateway}`;
  let tasks = 0;
  for (const [gateway, [capability, model]] of Object.entries(PLAIN)) {
    await desk.gateway(gateway);
    await desk.model(capability, model);
    await page.locator('#base').selectOption('typed');
    await page.locator('#base-typed').fill(`${server.url}sim/${gateway}`);
    if (capability === 'i2v') await desk.fill('first_frame', media('frame.png'));
    // One that ends well, and one whose key is refused: an error may quote the key.
    for (const [key, end] of [[`${canary(gateway)}-invalid`, /Refused/], [canary(gateway), /Done/]]) {
      await page.locator('#key').fill(key);
      await desk.prompt.fill(`${marker()} a boat`);
      await desk.run.click();
      tasks += 1;
      await expect(desk.cards()).toHaveCount(tasks);
      await expect(desk.state).toContainText(end, { timeout: 60_000 });
    }
    await desk.plays();
    await page.locator('#keep').click();
    await expect(page.locator('#keep')).toHaveAttribute('aria-pressed', 'true');
    await page.locator('#log summary').click();
  }
  for (const [gateway, [, , host, path]] of Object.entries(PLAIN)) {
    const answer = await page.request.fetch(`${server.url}relay/${gateway}/${host}${path}`, {
      method: gateway === 'acedata' ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${canary(gateway)}-relayed`, 'content-type': 'application/json' },
      data: gateway === 'acedata' ? { id: '7', action: 'retrieve' } : undefined,
    });
    expect(answer.headers()['x-relay'], gateway).toBe('forwarded');
  }
  await page.locator('#history-button').click();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export' }).click()]);
  const places = {
    storage: await stored(page),
    document: await page.evaluate(() => document.documentElement.outerHTML),
    addresses: [page.url(), ...addresses].join('\n'),
    console: said.join('\n'),
    export: readFileSync(await file.path(), 'utf8'),
    'printed by the server': server.printed,
    "the server's state": server.state(),
    "the simulator's log": await (await page.request.get(`${server.url}sim/_log`)).text(),
  };
  for (const [place, text] of Object.entries(places)) {
    expect(text.includes('sk-canary-hunted'), `a key in: ${place}`).toBe(false);
    if (!['console'].includes(place)) expect(text.length, `${place} was looked through`).toBeGreaterThan(20);
  }
  expect(places.storage).toContain('wan-playground-videos');
  expect(places.storage).toContain('a boat');
});
