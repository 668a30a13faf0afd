// The packed site as a plain host would serve it, from a folder below the root: strict policy, nothing inline, nothing
// foreign, everything named by its content, and small.
import { createHash } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { curl } from './support/shell.mjs';

const FOLDER = '/some/where/';
// Everything until the form can be used. The parts are not among it, because the form does without: see below.
// The lightest peer takes 179 kB for the same work.
const LIMIT = 179_000;
const LATER = /(^|\/)((split|chunk)_[^/]*\.wasm|later-[^/]*\.css)$/;
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

/** A host that knows nothing but files and their types. */
async function serve(folder) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://host');
    const inside = pathname.startsWith(FOLDER) ? normalize(decodeURIComponent(pathname.slice(FOLDER.length))) : null;
    try {
      if (inside === null || inside.startsWith('..')) throw new Error('outside');
      const name = inside === '.' || inside === '' ? 'index.html' : inside;
      const body = await readFile(join(folder, name));
      response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream' });
      response.end(body);
    } catch {
      response.writeHead(404, { 'content-type': 'text/plain' });
      response.end('not here');
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}${FOLDER}`, close: () => server.close() };
}

const test = base.extend({
  site: [
    async ({}, use) => {
      const folder = process.env.WAN_DIST;
      if (!folder) throw new Error('WAN_DIST names the folder that `cargo xtask dist` made');
      const site = await serve(folder);
      await use({ folder, url: site.url });
      site.close();
    },
    { scope: 'worker' },
  ],
  /** What must stay empty, and what was loaded. */
  watch: async ({ page, site }, use) => {
    const seen = { complaints: [], loaded: new Set() };
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) seen.complaints.push(`${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => seen.complaints.push(`page error: ${error.message}`));
    page.on('requestfailed', (request) => seen.complaints.push(`failed: ${request.url()}`));
    page.on('response', (response) => {
      if (response.status() >= 400) seen.complaints.push(`${response.status()}: ${response.url()}`);
    });
    page.on('request', (request) => {
      const url = request.url();
      if (/^(data|blob):/.test(url)) return;
      if (!url.startsWith(site.url)) seen.complaints.push(`elsewhere: ${url}`);
      seen.loaded.add(new URL(url).pathname.slice(FOLDER.length) || 'index.html');
    });
    await page.addInitScript(() => {
      window.__violations = [];
      addEventListener('securitypolicyviolation', (event) => {
        window.__violations.push(`${event.violatedDirective} ${event.blockedURI}`);
      });
    });
    await page.goto(site.url);
    await expect(page.locator('html')).toHaveAttribute('data-boot', 'ready', { timeout: 60_000 });
    await use(seen);
  },
});

const text = async (site, name) => readFile(join(site.folder, name), 'utf8');

test('from a folder below the root the form works, under the strict policy, and nobody is asked', async ({ page, watch }) => {
  await expect(page.locator('#f-prompt')).toBeVisible();
  await expect(page.locator('#scenarios-button'), 'no simulator stands behind a static host').toHaveCount(0);
  expect(await page.locator('#base option').allTextContents()).not.toContain('Simulator');
  await page.locator('#f-prompt').fill(`a cat's "life"`);
  await page.locator('label:has([id="f-tier-720P"])').click();
  await expect(page.locator('#amount')).toHaveText('CN¥3.00');
  const command = curl(await page.locator('#command').evaluate((element) => element.textContent));
  expect(command.url).toBe('https://dashscope.aliyuncs.com/api/v1/services/aigc/video-generation/video-synthesis');
  expect(JSON.parse(command.body)).toEqual({
    model: 'wan3.0-video',
    input: { prompt: `a cat's "life"` },
    parameters: { resolution: '720P' },
  });
  await page.locator('#run').click();
  await expect(page.locator('#key')).toBeFocused();
  await page.locator('#language').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page.locator('#run')).toContainText('运行');
  await expect(page.locator('#f-prompt')).toHaveValue(`a cat's "life"`);
  await page.locator('[id="gateway-ope"]').locator('xpath=..').click();
  await expect(page.locator('#f-first_frame')).toBeVisible();
  expect(await page.evaluate(() => window.__violations)).toEqual([]);
  expect(watch.complaints).toEqual([]);
});

test('the first load is small', async ({ page, site, watch }) => {
  await expect(page.locator('#f-prompt')).toBeEditable();
  await expect.poll(() => [...watch.loaded].some((name) => LATER.test(name)), 'what tasks need comes by itself').toBe(true);
  const sizes = [];
  // The deployer's catalog has no packed twin: it is edited in place.
  const packed = (name) => (name.endsWith('catalog.json') ? name : `${name}.br`);
  for (const name of watch.loaded) sizes.push([name, (await stat(join(site.folder, packed(name)))).size]);
  const total = sizes.reduce((sum, [name, size]) => sum + (LATER.test(name) ? 0 : size), 0);
  for (const [name, size] of sizes) console.log(`${String(size).padStart(8)} ${packed(name)}${LATER.test(name) ? ' (after that)' : ''}`);
  console.log(`${String(total).padStart(8)} bytes in brotli until the form can be used, of at most ${LIMIT}`);
  expect(sizes.length).toBeGreaterThanOrEqual(4);
  expect(total).toBeLessThanOrEqual(LIMIT);
});

for (const [width, height] of [[390, 844], [1366, 768]]) {
  test(`nothing that is seen moves while the page comes, at ${width} px`, async ({ page, site }) => {
    await page.setViewportSize({ width, height });
    const session = await page.context().newCDPSession(page);
    // Slow enough to paint between any two pieces.
    await session.send('Emulation.setCPUThrottlingRate', { rate: 6 });
    await page.addInitScript(() => {
      window.__moved = [];
      new PerformanceObserver((list) => {
        for (const { value, sources } of list.getEntries()) {
          window.__moved.push([value, ...sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? 'gone')]);
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    const later = page.waitForResponse((response) => LATER.test(response.url()));
    await page.goto(site.url);
    await expect(page.locator('html')).toHaveAttribute('data-boot', 'ready', { timeout: 60_000 });
    await (await later).finished();
    await expect(page.locator('#open-takeup')).toBeVisible();
    await expect(page.locator('.keeping')).toBeVisible();
    await page.evaluate(() => new Promise((seen) => setTimeout(seen, 1500)));
    const moved = await page.evaluate(() => window.__moved);
    expect(moved.reduce((sum, [value]) => sum + value, 0), JSON.stringify(moved)).toBeLessThan(0.01);
  });
}

test('all of the form works while no part has come', async ({ page, site }) => {
  // Every model at every gateway, twice: minutes, where a machine is short of time.
  test.setTimeout(900_000);
  const faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.route(LATER, (route) => route.abort());
  await page.goto(site.url);
  await expect(page.locator('html')).toHaveAttribute('data-boot', 'ready', { timeout: 60_000 });
  const pick = (id) => page.locator(`label:has([id="${id}"])`).click();
  for (const words of ['长 "text"', 'a cat']) {
    for (const gateway of ['crazyrouter', 'ope', 'acedata', 'dashscope']) {
      await pick(`gateway-${gateway}`);
      const capabilities = await page.locator('[id^="capability-"]').evaluateAll((all) => all.map((one) => one.id));
      for (const capability of capabilities) {
        await pick(capability);
        for (const model of await page.locator('#model option').evaluateAll((all) => all.map((one) => one.value))) {
          await page.locator('#model').selectOption(model);
          for (const box of await page.locator('main textarea:visible').all()) await box.fill(words);
          for (const box of await page.locator('main input[type=url]:visible').all()) await box.fill('https://example.com/a.png');
        }
      }
    }
    await pick('capability-t2v');
    await page.locator('#f-prompt').fill('');
    await page.locator('#f-prompt').pressSequentially('a cat');
    await page.locator('label:has([id="f-tier-720P"])').click();
    // In one language, then in the other.
    await expect(page.locator('#amount')).toHaveText(/^(CN)?¥3\.00$/);
    await expect(page.locator('#command')).toContainText('a cat');
    await page.getByRole('button', { name: /Light or dark|浅色/ }).click();
    await page.locator('#language').click();
  }
  await page.locator('#key').fill('sk-canary-dist-form');
  expect(faults).toEqual([]);
  await expect(page.locator('html')).toHaveAttribute('data-boot', 'ready');
});

test('the policy is strict, and nothing stands inline', async ({ site }) => {
  const html = await text(site, 'index.html');
  const policy = /<meta http-equiv="?Content-Security-Policy"? content="([^"]+)"/i.exec(html)?.[1] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toMatch(/script-src 'self' 'wasm-unsafe-eval'(;|$)/);
  expect(policy).not.toMatch(/'unsafe-inline'|'unsafe-eval'|script-src[^;]*https?:/);
  expect(html).not.toMatch(/<style[\s>]/i);
  expect(html).not.toMatch(/\son[a-z]+\s*=/i);
  expect(html).not.toMatch(/\sstyle\s*=/i);
  expect(html).not.toMatch(/javascript:/i);
  const scripts = [...html.matchAll(/<script\b([^>]*)>([^]*?)<\/script>/gi)];
  expect(scripts.length).toBeGreaterThan(0);
  for (const [, attributes, inside] of scripts) {
    expect(attributes).toMatch(/\ssrc\s*=/);
    expect(inside.trim()).toBe('');
  }
});

test('every script and sheet is held to its integrity, by the right digest', async ({ site }) => {
  const html = await text(site, 'index.html');
  const tags = [...html.matchAll(/<(?:script|link)\b[^>]*>/gi)].map(([tag]) => tag);
  const attribute = (tag, name) => new RegExp(`\\s${name}="?([^"\\s>]+)"?`, 'i').exec(tag)?.[1];
  const files = tags.filter((tag) => /^<script/i.test(tag) || /stylesheet|modulepreload/i.test(attribute(tag, 'rel') ?? ''));
  expect(files.length).toBeGreaterThanOrEqual(2);
  for (const tag of files) {
    const name = attribute(tag, 'src') ?? attribute(tag, 'href');
    const digest = attribute(tag, 'integrity');
    expect(digest, tag).toMatch(/^sha(256|384|512)-/);
    const [kind, value] = [digest.slice(0, digest.indexOf('-')), digest.slice(digest.indexOf('-') + 1)];
    const body = await readFile(join(site.folder, name.replace(/^\.\//, '')));
    expect(createHash(kind).update(body).digest('base64'), name).toBe(value);
  }
});

test('a changed file is not run', async ({ page, site }) => {
  const scripts = [];
  await page.route('**/*.js', async (route) => {
    const answer = await route.fetch();
    scripts.push(route.request().url());
    await route.fulfill({ response: answer, body: `${await answer.text()}\nwindow.__changed = 1;` });
  });
  await page.goto(site.url);
  await page.waitForTimeout(1500);
  expect(scripts.length).toBeGreaterThan(0);
  expect(await page.evaluate(() => window.__changed ?? null)).toBe(null);
});

test('the element for other sites keeps its name and is small', async ({ site }) => {
  const size = (await stat(join(site.folder, 'embed.js.br'))).size;
  console.log(`${size} bytes in brotli of embed.js, of at most 4096`);
  expect(size).toBeLessThanOrEqual(4096);
  expect(await text(site, 'embed.js')).toMatch(/customElements\.define/);
  expect(await text(site, 'embed.d.ts')).toContain('WanPlayground');
});

// People rely on these addresses; the first is edited in place, so it has no twins that would be served instead.
const ADDRESSES = ['sw.js', 'embed.js', 'embed.d.ts', 'catalog.json', 'catalog.built-in.json', 'catalog.schema.json', 'third-party.txt'];

test('every file but the start page is named by its content and has its compressed twins', async ({ site }) => {
  const names = (await readdir(site.folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
  const plain = names.filter((name) => !/\.(br|gz)$/.test(name));
  expect(plain).toContain('index.html');
  for (const name of plain) {
    if (name === 'catalog.json') {
      expect(names).not.toContain(`${name}.br`);
    } else if (/\.(js|css|wasm|json|html|svg|webmanifest)$/.test(name)) {
      expect(names, name).toContain(`${name}.br`);
      expect(names, name).toContain(`${name}.gz`);
    }
    // The samples are no part of a version of the page: the module names them.
    const isSample = /\.(mp4|webp|mp3)$/.test(name);
    if (name !== 'index.html' && !isSample && !ADDRESSES.includes(name)) expect(name).toMatch(/[.-][0-9a-f]{8,}[.-_]/);
  }
});
