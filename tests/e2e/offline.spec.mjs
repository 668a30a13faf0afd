// The packed page without a network, after one visit; its update under an open page; and that it can be installed.
import { cp, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { counting } from './support/counting.mjs';
import { Desk, marker, ready, choosePlace } from './support/page.mjs';
import { Server } from './support/server.mjs';
import { connect } from './support/servers.mjs';
import { stored } from './support/stored.mjs';

const FOLDER = '/some/where/';
const NAMED = /-([0-9a-f]{10})\.[a-z]+$/;
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

/** A plain host whose files can be changed under an open page, and that can fail. */
class Host {
  constructor() {
    this.folder = process.env.WAN_DIST;
    this.status = 200;
    this.asked = [];
    this.server = createServer(async (request, response) => {
      const { pathname } = new URL(request.url, 'http://host');
      this.asked.push(pathname);
      try {
        const name = normalize(pathname.slice(FOLDER.length)) === '.' ? 'index.html' : normalize(pathname.slice(FOLDER.length));
        if (!pathname.startsWith(FOLDER) || name.startsWith('..') || this.status !== 200) throw new Error('not here');
        const body = await readFile(join(this.folder, name));
        const cache = NAMED.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache';
        response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream', 'cache-control': cache });
        response.end(body);
      } catch {
        response.writeHead(this.status === 200 ? 404 : this.status, { 'content-type': 'text/plain' }).end('not here');
      }
    });
  }

  async start() {
    await new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${this.server.address().port}${FOLDER}`;
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }
}

/** The next build of a site: the same page with every name changed, as the packer does when a byte has changed. */
async function nextBuild(folder) {
  const next = await mkdtemp(join(tmpdir(), 'wan-next-'));
  await cp(folder, next, { recursive: true });
  const index = await readFile(join(next, 'index.html'), 'utf8');
  const names = (await readdir(next)).filter((name) => NAMED.test(name));
  const version = /data-version="?([0-9a-f]{10})/.exec(index)[1];
  const turned = (hash) => [...hash].map((digit) => ((parseInt(digit, 16) + 1) % 16).toString(16)).join('');
  const hashes = new Set([version, ...names.map((name) => NAMED.exec(name)[1])]);
  for (const file of await readdir(next)) {
    if (/\.(br|gz)$/.test(file)) await rm(join(next, file));
    else if (/\.(html|webmanifest)$|^sw\.js$/.test(file)) {
      let text = await readFile(join(next, file), 'utf8');
      for (const hash of hashes) text = text.replaceAll(hash, `turned-${hash}`);
      for (const hash of hashes) text = text.replaceAll(`turned-${hash}`, turned(hash));
      await writeFile(join(next, file), text);
    }
  }
  for (const name of names) await rename(join(next, name), join(next, name.replace(NAMED.exec(name)[1], turned(NAMED.exec(name)[1]))));
  return { folder: next, version: turned(version), remove: () => rm(next, { recursive: true, force: true }) };
}

const test = base.extend({
  host: async ({}, use) => {
    const host = new Host();
    await host.start();
    await use(host);
    host.stop();
  },
  faults: [
    async ({ context }, use) => {
      const faults = [];
      context.on('weberror', (error) => faults.push(error.error().message));
      await use(faults);
      expect(faults, 'faults of the page').toEqual([]);
    },
    { auto: true },
  ],
});

const caches = (page) => page.evaluate(() => caches.keys());
const version = (page) => page.evaluate(() => document.querySelector('script[data-version]').dataset.version);

/** Opens the page and waits until its files are kept. */
async function visit(page, url) {
  await page.goto(url);
  await ready(page);
  await expect.poll(() => page.evaluate(() => Boolean(navigator.serviceWorker.controller))).toBe(true);
}

test.describe('a create call goes past the worker', () => {
  // The counting gateways have a certificate of their own.
  test.use({ ignoreHTTPSErrors: true });
  for (const scheme of ['h2', 'https']) {
    test(`over ${scheme}`, async ({ page, host }) => {
      const gateway = await counting(scheme, 'none');
      try {
        await visit(page, host.url);
        const desk = new Desk(page);
        await connect(page, gateway.url);
        await desk.prompt.fill(marker());
        await desk.run.click();
        await expect(desk.state).toContainText(/Queued|Running/);
        expect(gateway.tasks.length).toBe(1);
        expect(await desk.taskId()).toBe(gateway.tasks[0].id);
      } finally {
        gateway.end();
      }
    });
  }
});

/** The address of a file that holds a part of the page, as the worker keeps it. */
const part = (page) =>
  page.evaluate(async () => {
    for (const name of await caches.keys()) {
      const kept = await (await caches.open(name)).keys();
      const found = kept.find((request) => /split_history-[0-9a-f]{10}\.wasm$/.test(request.url));
      if (found) return found.url;
    }
    return '';
  });

test('without a network all is there but sending', async ({ page, context }) => {
  const server = new Server('--speed', '20');
  try {
    await server.start();
    await visit(page, server.url);
    let desk = new Desk(page);
    const mark = marker();
    await desk.prompt.fill(`${mark} a boat`);
    await desk.run.click();
    await desk.done();
    await desk.plays();
    await page.locator('#keep').click();
    await expect(page.locator('#keep')).toHaveAttribute('aria-pressed', 'true');
    const files = await page.evaluate(async () => {
      const [name] = await caches.keys();
      return (await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname);
    });
    const rest = files.filter((name) => name !== '/catalog.json' && !/^\/[^/]*-[0-9a-f]{10}\.(js|css|wasm)$/.test(name));
    expect(rest, 'nothing of gateways').toEqual(['/']);
    expect(files.length).toBeGreaterThanOrEqual(5);
    await page.close();

    await server.stop();
    await context.setOffline(true);
    const again = await context.newPage();
    await again.goto(server.url);
    await ready(again);
    desk = new Desk(again);
    await choosePlace(again, '0');
    await desk.prompt.fill('a cat');
    await desk.pick('f-tier-720P');
    await expect(desk.amount).toHaveText('CN¥3.00');
    const command = await desk.printed('create', 'posix');
    expect(command).toContain('a cat');
    expect(await desk.printed('create', 'powershell'), 'of the second part').toContain('$env:');
    await desk.prompt.fill('');
    await again.locator('#open-takeup').click();
    await again.locator('#takeup-text').fill(command);
    await again.locator('#takeup-take').click();
    await again.locator('#import-fill').click();
    await expect(desk.prompt).toHaveValue('a cat');
    await again.locator('#history-button').click();
    await expect(again.locator('#history')).toContainText(mark);
    await again.keyboard.press('Escape');
    await again.locator('#kept-button').click();
    await again.locator('#kept-list li').getByRole('button', { name: 'Play' }).click();
    const video = again.locator('#kept-list video');
    await expect.poll(() => video.evaluate((video) => video.readyState)).toBeGreaterThanOrEqual(2);
    await again.keyboard.press('Escape');
    await again.locator('#language').click();
    await expect(desk.run).toContainText('运行');
    await again.locator('#language').click();
    // Sending says what is the matter, and loses nothing.
    await again.locator('#key').fill('sk-canary-offline');
    await desk.run.click();
    await expect(again.locator('#stage')).toContainText(/offline|network/i);
    expect(await stored(again)).not.toContain('canary');
  } finally {
    await context.setOffline(false);
    await server.end();
  }
});

test('an update: the open page goes on with its own files, and the new one comes when it is asked for', async ({ page, context, host }) => {
  const next = await nextBuild(host.folder);
  try {
    await visit(page, host.url);
    const [first] = await caches(page);
    const old = await version(page);
    const desk = new Desk(page);
    await desk.prompt.fill('a draft of mine');
    const later = await part(page);
    expect((await page.evaluate(async (file) => (await fetch(file)).status, later))).toBe(200);

    host.folder = next.folder;
    const second = await context.newPage();
    await second.goto(host.url);
    await ready(second);
    expect(await version(second)).toBe(next.version);
    await expect(page.locator('#newer')).toBeVisible();
    await expect(second.locator('#newer')).toHaveCount(0);
    expect((await fetch(new URL(later, host.url))).status, 'the host has the old file no more').toBe(404);
    expect(await page.evaluate(async (file) => (await fetch(file, { cache: 'no-store' })).status, later), 'the open page has it').toBe(200);
    expect(await version(page)).toBe(old);
    await expect(desk.prompt).toHaveValue('a draft of mine');
    await page.locator('#history-button').click();
    await expect(page.locator('#history')).toBeVisible();
    await page.keyboard.press('Escape');
    expect(await caches(page)).toContain(first);

    await second.close();
    await page.locator('#newer-reload').click();
    await expect.poll(() => version(page).catch(() => '')).toBe(next.version);
    await ready(page);
    await expect(page.locator('#newer')).toHaveCount(0);
    await expect(desk.prompt, 'the draft stays').toHaveValue('a draft of mine');
    await expect.poll(() => caches(page), 'the files of the old one go').toEqual([first.replace(old, next.version)]);
    host.stop();
    await context.setOffline(true);
    await page.reload();
    await ready(page);
    expect(await version(page)).toBe(next.version);
  } finally {
    await context.setOffline(false);
    await next.remove();
  }
});

test('a build that is not whole is not taken, and a host that fails is answered for', async ({ page, context, host }) => {
  const next = await nextBuild(host.folder);
  try {
    await visit(page, host.url);
    const before = await caches(page);
    const old = await version(page);
    const hole = (await readdir(next.folder)).find((name) => name.startsWith('split_history-'));
    await rename(join(next.folder, hole), join(next.folder, 'away'));
    host.folder = next.folder;
    const outcome = await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      const found = new Promise((resolve) => registration.addEventListener('updatefound', () => resolve(registration.installing), { once: true }));
      await registration.update();
      const worker = await found;
      while (!['redundant', 'activated'].includes(worker.state)) await new Promise((resolve) => worker.addEventListener('statechange', resolve, { once: true }));
      return worker.state;
    });
    expect(outcome).toBe('redundant');
    expect(await caches(page)).toEqual(before);
    await expect(page.locator('#newer')).toHaveCount(0);
    host.status = 503;
    await page.reload();
    await ready(page);
    expect(await version(page)).toBe(old);
    await expect(page.locator('#f-prompt')).toBeEditable();
  } finally {
    await next.remove();
  }
});

test('what is none of the page\'s own files goes past the worker', async ({ page, host }) => {
  await visit(page, host.url);
  const later = await part(page);
  const seen = async (run) => {
    host.asked.length = 0;
    await page.evaluate(run, later);
    return host.asked.filter((path) => !path.endsWith('sw.js'));
  };
  expect(await seen((file) => fetch(file).then((answer) => answer.blob())), 'kept').toEqual([]);
  const past = {
    'a range': (file) => fetch(file, { headers: { range: 'bytes=0-1' }, cache: 'no-store' }),
    'another method': (file) => fetch(file, { method: 'POST' }),
    'a query': (file) => fetch(`${file}?x`, { cache: 'no-store' }),
    'a name of nobody': () => fetch('./relay/', { cache: 'no-store' }),
    'the worker itself': () => fetch('./icon.svg', { cache: 'no-store' }),
  };
  for (const [what, run] of Object.entries(past)) expect(await seen(run), what).toHaveLength(1);
  const kept = await page.evaluate(async () => {
    const all = [];
    for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) all.push(request.url);
    return all;
  });
  expect(kept.filter((url) => /relay|icon|\?/.test(url))).toEqual([]);
});

test('the page can be installed, by a name and icons of its own', async ({ page, host, context }) => {
  await visit(page, host.url);
  const session = await context.newCDPSession(page);
  const { errors, data } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const manifest = JSON.parse(data);
  expect(manifest.name).toBe('Wan Playground');
  expect(manifest.name_localized.zh).toBe('万相演练场');
  for (const icon of manifest.icons) {
    const answer = await page.request.get(new URL(icon.src, host.url).href);
    expect(answer.status(), icon.src).toBe(200);
    expect(icon.src).toMatch(NAMED);
  }
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // A test's window is a private one.
  expect(installabilityErrors.map((error) => error.errorId).filter((id) => id !== 'in-incognito')).toEqual([]);
});
