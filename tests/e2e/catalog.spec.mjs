// A deployer's catalog.json beside the page, as any host serves it, and gateways that a user adds. The page comes from a
// plain file server; the gateways are the simulator at another origin.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { violations } from './support/axe.mjs';
import { Desk, creates, expect, marker, ready } from './support/page.mjs';
import { files, listen, test as base } from './support/servers.mjs';

const KEY = 'sk-canary-catalog-51c8';
const EMPTY = { version: 1, gateways: [], remove: [] };
const acme = (sim) => ({ id: 'acme', name: 'ACME proxy', like: 'dashscope', base: `${sim}/sim/dashscope` });

const test = base.extend({
  /** A folder with the page in it, whose catalog a test writes. */
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'wan-catalog-'));
    cpSync(process.env.WAN_SITE, folder, { recursive: true });
    const put = (catalog) => writeFileSync(join(folder, 'catalog.json'), typeof catalog === 'string' ? catalog : JSON.stringify(catalog, null, 1));
    await use({ path: folder, put });
    rmSync(folder, { recursive: true, force: true });
  },
  host: async ({ folder }, use) => {
    const server = files(folder.path);
    await use(await listen(server));
    server.closeAllConnections();
    server.close();
  },
  baseURL: async ({ host }, use) => use(`${host}/`),
  desk: async ({ page, complaints, open }, use) => {
    complaints.hosts.add(open);
    await use(new Desk(page));
  },
});

async function visit(page, lang = 'en') {
  await page.addInitScript((lang) => localStorage.getItem('wan.lang') ?? localStorage.setItem('wan.lang', lang), lang);
  await page.goto('./');
  await ready(page);
}

const tabs = (page) => page.locator('.tabs input').evaluateAll((all) => all.map((one) => one.id.replace('gateway-', '')));
const notices = (page) => page.locator('.catalog-faults');

/** Runs a marked prompt at the gateway that is chosen, until it is on its way. */
async function send(page, desk, words = '') {
  const mark = marker();
  await desk.prompt.fill(`${mark} ${words}`);
  await page.locator('#key').fill(KEY);
  await desk.run.click();
  await desk.taskId();
  return mark;
}

async function simulated(page, open, mark) {
  const answer = await page.request.get(`${open}/sim/_log`);
  return (await answer.json()).filter((entry) => entry.method === 'POST' && entry.body.includes(mark));
}

async function add(page, { name, url, models }) {
  await page.locator('#open-gateways').click();
  if (await page.locator('#gateways-add').isVisible()) await page.locator('#gateways-add').click();
  await page.locator('#own-name').fill(name);
  await page.locator('#own-base').fill(url);
  if (models) {
    await page.locator('#own-all').uncheck();
    for (const box of await page.locator('.ticks input[type=checkbox]').all()) {
      if (!models.includes(await box.getAttribute('value'))) await box.uncheck();
    }
  }
  await page.locator('#own-save').click();
}

test('the catalog as it is shipped adds nothing and costs nothing', async ({ page, desk }) => {
  await visit(page);
  await expect(desk.run).toBeVisible();
  expect(await tabs(page)).toEqual(['crazyrouter', 'ope', 'acedata', 'dashscope']);
  await expect(page.locator('html')).not.toHaveAttribute('data-catalog');
  for (const name of ['catalog.json', 'catalog.built-in.json', 'catalog.schema.json']) {
    const answer = await page.request.get(new URL(name, page.url()).href);
    expect((await answer.json()).$schema, name).toBeTruthy();
  }
});

test('a deployer says which model a gateway opens with, and a link is free to say another', async ({ page, folder, complaints }) => {
  complaints.expected.push(/console: catalog\.json line \d+ \/gateways\/0\/default:/);
  const chosen = page.locator('#model option:checked');
  folder.put({ ...EMPTY, gateways: [{ id: 'dashscope', like: 'dashscope', default: 'wan2.7-t2v' }] });
  await visit(page);
  await expect(chosen).toContainText('wan2.7-t2v');
  await page.goto('./?again#1/dashscope/wan3.0-video?prompt=x');
  await ready(page);
  await expect(page.locator('#f-prompt')).toHaveValue('x');
  await expect(chosen).toContainText('wan3.0-video');
  folder.put({ ...EMPTY, gateways: [{ id: 'dashscope', like: 'dashscope', default: 'wan2.6-t2v' }] });
  await visit(page);
  await expect(notices(page)).toContainText('"wan2.6-t2v" is not marked as current');
});

test('a deployer adds, replaces and removes gateways without a rebuild, and the new one makes a video', async ({ page, desk, folder, open }) => {
  folder.put({
    ...EMPTY,
    gateways: [acme(open), { id: 'acedata', like: 'acedata', name: 'Ace, by us', models: ['wan2.6-t2v'] }],
    remove: ['ope'],
  });
  const sent = [];
  page.on('request', (request) => {
    if (request.headers().authorization) sent.push([new URL(request.url()).origin, request.headers().authorization]);
  });
  await visit(page);
  expect(await tabs(page)).toEqual(['crazyrouter', 'acedata', 'dashscope', 'acme']);
  await expect(page.locator('#gateway-dashscope'), 'the gateway that was chosen stays chosen').toBeChecked();
  await expect(notices(page)).toHaveCount(0);
  await desk.gateway('acedata');
  await expect(page.locator('#model option')).toHaveCount(1);
  await desk.gateway('acme');
  await expect(page.locator('#base option').first()).toContainText('/sim/dashscope');
  await expect(page.locator('#amount')).toContainText('¥');
  expect(await desk.printed('create', 'curl')).toContain(`${open}/sim/dashscope/api/v1/services/aigc/video-generation/video-synthesis`);
  expect(await desk.printed('create', 'curl')).toContain('$ACME_API_KEY');
  const mark = await send(page, desk);
  await desk.done();
  await desk.plays();
  expect(await simulated(page, open, mark)).toHaveLength(1);
  expect(sent.length).toBeGreaterThan(1);
  expect(sent.every(([origin, words]) => origin === open && words === `Bearer ${KEY}`), JSON.stringify(sent)).toBe(true);
  // The language makes the view anew; the gateways stay.
  await page.locator('#language').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page.locator('#open-gateways')).toHaveAttribute('aria-label', '我的网关');
  expect(await tabs(page)).toContain('acme');
  // One’s own stands beside the deployer’s.
  await add(page, { name: 'Lab', url: `${open}/sim/dashscope` });
  await expect(page.locator('#gateway-lab')).toBeChecked();
  expect(await tabs(page)).toEqual(['crazyrouter', 'acedata', 'dashscope', 'acme', 'lab']);
});

test('a broken entry is told with line and remedy in both languages; the rest works', async ({ page, desk, folder, open, complaints }) => {
  complaints.expected.push(/console: catalog\.json/);
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  const hostile = { ...acme(open), id: 'html', name: '<img src=x onerror=alert(1)><b>Bold</b>' };
  folder.put({ ...EMPTY, gateways: [{ ...acme(open), id: 'bad', base: 'http://evil.example' }, hostile, { ...acme(open), key_variable: KEY }] });
  await visit(page);
  expect(await tabs(page)).toEqual(['crazyrouter', 'ope', 'acedata', 'dashscope', 'html']);
  const notice = notices(page);
  await expect(notice.locator('li')).toHaveCount(3);
  await expect(notice.locator('li').first()).toHaveText(/^Line 8 \/gateways\/0\/base: A base URL looks like/);
  await expect(notice).toContainText('This looks like a key');
  expect(await page.locator('body').innerText(), 'nothing of the key is repeated').not.toContain(KEY);
  expect(said.join('\n')).toMatch(/catalog\.json line 8 \/gateways\/0\/base: A base URL/);
  expect(said.join('\n')).not.toContain(KEY);
  await expect(page.locator('label:has(#gateway-html)')).toContainText(hostile.name);
  expect(await page.locator('.tabs img, .tabs b').count(), 'a name is a text').toBe(0);
  await page.locator('#language').click();
  await expect(notice.locator('li').first()).toHaveText(/^第 8 行 \/gateways\/0\/base: 接口地址/);
  await desk.gateway('html');
  await send(page, desk);
  await desk.done();
  await notice.getByRole('button').click();
  await expect(notice).toHaveCount(0);
});

for (const [name, content, words] of [
  ['cut in the middle', '{"version": 1,\n"gateways": [', 'Line 2: Not valid JSON'],
  ['of a later version', { ...EMPTY, version: 2, gateways: [{}] }, 'version 1 of the format'],
  ['with an id twice', null, 'The ID "acme" occurs twice'],
  ['larger than 1 MB', `{"version": 1, "gateways": [${' '.repeat(1 << 20)}]}`, 'larger than 1 MB'],
  ['that removes every gateway', { ...EMPTY, remove: ['ope', 'acedata', 'crazyrouter', 'dashscope'] }, 'No gateway would be left'],
]) {
  test(`a catalog ${name} gets words, and the page works`, async ({ page, desk, folder, open, complaints }) => {
    complaints.expected.push(/console: catalog\.json/);
    folder.put(content ?? { ...EMPTY, gateways: [acme(open), { ...acme(open), name: 'Again' }] });
    await visit(page);
    await expect(notices(page)).toContainText(words);
    await desk.gateway('dashscope');
    await desk.prompt.fill('a fish');
    expect(await desk.printed('create', 'curl')).toContain('a fish');
  });
}

test('a host without the file, or with a page in its place, has an empty one', async ({ page, desk, folder, complaints }) => {
  complaints.expected.push(/Failed to load resource.*404/);
  rmSync(join(folder.path, 'catalog.json'));
  await visit(page);
  await expect(desk.run).toBeVisible();
  await expect(notices(page)).toHaveCount(0);
  await page.route('**/catalog.json', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><p>Start</p>' }));
  await page.reload();
  await ready(page);
  await expect(desk.run).toBeVisible();
  await expect(notices(page)).toHaveCount(0);
});

test('a gateway of one’s own is checked in place, makes a video, and outlives the visit', async ({ page, desk, open }) => {
  await visit(page);
  await page.locator('#open-gateways').click();
  await expect(page.locator('#gateways h2')).toHaveText('Add a gateway');
  await page.locator('#own-save').click();
  await expect(page.locator('#own-name-fault')).toHaveText('Enter a name.');
  await expect(page.locator('#own-base-fault')).toContainText('https://');
  await expect(page.locator('#own-name')).toBeFocused();
  await expect(page.locator('#own-name')).toHaveAttribute('aria-invalid', 'true');
  await page.locator('#own-name').fill('Lab 实验室');
  await expect(page.locator('#own-variable')).toHaveAttribute('placeholder', 'LAB_API_KEY');
  await page.locator('#own-base').fill('http://lab.example');
  await page.locator('#own-variable').fill(KEY);
  await page.locator('#own-save').click();
  await expect(page.locator('#own-name-fault')).toBeEmpty();
  await expect(page.locator('#own-base-fault')).not.toBeEmpty();
  await expect(page.locator('#own-variable-fault')).toContainText('looks like a key');
  await page.locator('#own-variable').fill('');
  await page.locator('#own-all').uncheck();
  await page.locator('#own-search').fill('t2v');
  await expect(page.locator('.ticks .tick:visible')).not.toHaveCount(0);
  for (const box of await page.locator('.ticks input[type=checkbox]').all()) await box.evaluate((one) => one.checked && one.click());
  await page.locator('#own-base').fill(`${open}/sim/dashscope/`);
  await page.locator('#own-save').click();
  await expect(page.locator('#own-models-fault')).toHaveText('Select at least one model.');
  await page.locator('.ticks input[value="wan2.7-t2v"]').check();
  expect(await violations(page)).toEqual([]);
  await page.locator('#own-save').click();
  await expect(page.locator('#gateway-lab')).toBeChecked();
  await expect(page.locator('#gateway-lab')).toBeFocused();
  await expect(page.locator('#model option')).toHaveText([/wan2\.7-t2v/]);
  const mark = await send(page, desk);
  await desk.done();
  await desk.plays();
  expect(await simulated(page, open, mark)).toHaveLength(1);
  await page.reload();
  await ready(page);
  await expect(page.locator('#gateway-lab')).toBeVisible();
  expect(await page.evaluate(() => localStorage.getItem('wan.gateways'))).not.toContain(KEY);
  await page.locator('#open-gateways').click();
  await expect(page.locator('.own-gateway b')).toHaveText('Lab 实验室');
  expect(await violations(page)).toEqual([]);
});

test('the focus goes where the work goes on, and what is still wrong is said again', async ({ page, open }) => {
  await visit(page);
  await page.locator('#open-gateways').click();
  await page.locator('.own-form').getByRole('button', { name: 'Cancel' }).click();
  await expect(page.locator('#gateways')).toHaveCount(0);
  await expect(page.locator('#open-gateways')).toBeFocused();
  await page.locator('#open-gateways').click();
  await page.locator('#own-name').fill('Lab');
  await page.locator('#own-save').click();
  await expect(page.locator('#own-base')).toBeFocused();
  const line = page.locator('#own-base-fault');
  await line.evaluate((line) => {
    window.said = 0;
    new MutationObserver(() => (window.said += 1)).observe(line, { childList: true, characterData: true, subtree: true });
  });
  await page.locator('#own-save').click();
  await expect.poll(() => page.evaluate(() => window.said), 'the same words are told to those who listen').toBeGreaterThan(0);
  // Another protocol has other models, and its own choice among them.
  await page.locator('#own-all').uncheck();
  await page.locator('#own-search').fill('t2v');
  await page.locator('label:has(#own-protocol-unified)').click();
  await expect(page.locator('#own-all')).toBeChecked();
  await expect(page.locator('#own-search')).toHaveValue('');
  await expect(page.locator('#own-region')).toHaveCount(0);
  await page.locator('label:has(#own-protocol-bailian)').click();
  await page.locator('#own-base').fill(`${open}/sim/dashscope`);
  await page.locator('#own-region').selectOption('intl');
  await page.locator('#own-save').click();
  await expect(page.locator('#gateway-lab')).toBeFocused();
  expect(JSON.parse(await page.evaluate(() => localStorage.getItem('wan.gateways'))).gateways[0].region).toBe('intl');
  await page.locator('#open-gateways').click();
  await page.locator('#remove-lab').click();
  await expect(page.locator('.own-gateway p')).toBeFocused();
  await expect(page.locator('.own-gateway p')).toContainText('Remove Lab?');
  await page.getByRole('button', { name: 'Keep' }).click();
  await expect(page.locator('#edit-lab')).toBeVisible();
});

test('exported without a key, taken in elsewhere, edited and copied', async ({ page, desk, open, browser, host }) => {
  await visit(page);
  await add(page, { name: 'Lab', url: `${open}/sim/dashscope` });
  await expect(page.locator('#gateway-lab')).toBeChecked();
  await page.locator('#key').fill(KEY);
  await page.locator('#open-gateways').click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#gateways-export').click()]);
  const text = readFileSync(await download.path(), 'utf8');
  expect(text).not.toContain(KEY);
  expect(JSON.parse(text).gateways).toEqual([{ id: 'lab', name: 'Lab', dialect: 'bailian', base: `${open}/sim/dashscope`, region: 'cn', models: 'all' }]);

  const context = await browser.newContext({ locale: 'zh-CN', baseURL: `${host}/` });
  const other = await context.newPage();
  await visit(other, 'zh');
  const take = (content) =>
    other.locator('#gateways-file').setInputFiles({ name: 'g.json', mimeType: 'application/json', buffer: Buffer.from(content) });
  await other.locator('#open-gateways').click();
  await take(text);
  await expect(other.locator('#gateways-said')).toHaveText('已添加：lab');
  await expect(other.locator('#gateway-lab')).toBeAttached();
  await take('<html>');
  await expect(other.locator('#gateways-said')).toContainText('不是合法的 JSON');
  await take(JSON.stringify({ version: 1, gateways: [{ id: 'dashscope', like: 'dashscope', base: 'https://evil.example' }] }));
  await expect(other.locator('#gateways-said')).toContainText('只有页面旁的 catalog.json 可以');
  await other.locator('#edit-lab').click();
  await expect(other.locator('#own-base')).toHaveValue(`${open}/sim/dashscope`);
  await other.locator('#own-name').fill('实验室');
  await other.locator('#own-save').click();
  await expect(other.locator('label:has(#gateway-lab)')).toContainText('实验室');
  await other.locator('#open-gateways').click();
  await other.locator('#duplicate-lab').click();
  await expect(other.locator('#own-name')).toHaveValue('实验室 副本');
  await other.locator('#own-save').click();
  expect(await tabs(other)).toEqual(['crazyrouter', 'ope', 'acedata', 'dashscope', 'lab', 'gateway']);
  await context.close();
});

test('removed while its task runs: the task comes to its end, also after a reload with the key typed again', async ({ page, desk, open }) => {
  await visit(page);
  await add(page, { name: 'Lab', url: `${open}/sim/dashscope` });
  const mark = await send(page, desk);
  const id = await desk.taskId();
  const remove = async () => {
    await page.locator('#open-gateways').click();
    await page.locator('#remove-lab').click();
  };
  await remove();
  await expect(page.locator('.own-gateway')).toContainText('One of its tasks is still running');
  await page.locator('#remove-yes').click();
  await expect(page.locator('#gateways-said')).toHaveText('Removed: Lab');
  await page.keyboard.press('Escape');
  expect(await tabs(page)).toEqual(['crazyrouter', 'ope', 'acedata', 'dashscope']);
  await expect(page.locator('.task-head .id code')).toHaveText(id);
  await page.reload();
  await ready(page);
  await expect(page.locator('.task-head .id code')).toHaveText(id);
  await expect(page.locator('.task-head')).toContainText('lab');
  await page.locator('#give-key').click();
  await expect(page.locator('#orphan-key')).toContainText(open);
  await page.locator('#orphan-key-input').fill(KEY);
  await page.locator('#orphan-key-use').click();
  await desk.done();
  await desk.plays();
  expect(await simulated(page, open, mark), 'created once').toHaveLength(1);
});

test('another tab’s gateways appear here', async ({ page, desk, context, open }) => {
  await visit(page);
  const other = await context.newPage();
  await visit(other);
  await add(other, { name: 'Lab', url: `${open}/sim/dashscope` });
  await expect(page.locator('#gateway-lab')).toBeAttached();
});

test('what a later version keeps is not written over', async ({ page, desk, open, complaints }) => {
  complaints.expected.push(/console: wan\.gateways/);
  const later = '{"version":2,"gateways":{}}';
  await page.addInitScript((later) => localStorage.setItem('wan.gateways', later), later);
  await visit(page);
  await expect(notices(page)).toContainText('version 1');
  await page.locator('#open-gateways').click();
  await page.locator('#gateways-add').click();
  await page.locator('#own-name').fill('Lab');
  await page.locator('#own-base').fill(`${open}/sim/dashscope`);
  await page.locator('#own-save').click();
  await expect(page.locator('#own-any')).toContainText('newer version');
  expect(await page.evaluate(() => localStorage.getItem('wan.gateways'))).toBe(later);
});
