// Megabytes of text with one customer's request in them: the page stays in motion while it reads.
import { mkdtempSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './support/page.mjs';

const BYTES = 5_000_000;
const LINE = "2026-11-28 10:22:31.123 INFO [worker-3] c.e.video.Client - polling task, attempt 17, it's fine\n";
const URL_ = 'https://dashscope.aliyuncs.com/api/v1/services/aigc/video-generation/video-synthesis';
const BODY = { model: 'wan2.5-t2v-preview', input: { prompt: 'out of the middle' } };
const CURL = `curl -X POST '${URL_}' \\\n  -H 'X-DashScope-Async: enable' \\\n  -H 'Content-Type: application/json' \\\n  -d '${JSON.stringify(BODY)}'\n`;
/** What a page in motion may take at once: far above a frame, as machines are noisy, and far below seconds. */
const FLOOR_MS = 400;

const log = (bytes, middle = CURL) => {
  const half = LINE.repeat(bytes / 2 / LINE.length);
  return half + middle + half;
};

const file = (name, text) => {
  const path = join(mkdtempSync(join(tmpdir(), 'wan-bulk-')), name);
  writeFileSync(path, text);
  return path;
};

/** Meters tasks and frames from now on. */
const meter = (page) =>
  page.evaluate(() => {
    window.__longest = 0;
    window.__gap = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.__longest = Math.max(window.__longest, duration);
    }).observe({ type: 'longtask' });
    let last = performance.now();
    const frame = () => {
      window.__gap = Math.max(window.__gap, performance.now() - last);
      last = performance.now();
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });

const measured = (page) => page.evaluate(() => Math.round(Math.max(window.__longest, window.__gap)));

const copied = (page, text) => page.evaluate((text) => navigator.clipboard.writeText(text), text);

/** How long the same text stops a page that has nothing but a field. */
async function yardstick(context, text) {
  const page = await context.newPage();
  await page.goto('./robots.txt').catch(() => {});
  await page.setContent('<textarea rows="6"></textarea>');
  await page.bringToFront();
  await copied(page, text);
  await meter(page);
  await page.locator('textarea').focus();
  await page.keyboard.press('Control+V');
  await expect.poll(() => page.locator('textarea').evaluate((area) => area.value.length)).toBeGreaterThan(0);
  await page.waitForTimeout(300);
  const longest = await measured(page);
  await page.close();
  return longest;
}

test.beforeEach(async ({ context, baseURL }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(baseURL).origin });
});

const opened = async (page) => {
  await page.locator('#open-takeup').click();
  await expect(page.locator('#takeup-text')).toBeVisible();
};

const result = (page) => page.locator('#takeup-result');

test('five megabytes of log with one request: pasted, the page stays in motion and the request comes', async ({ page, desk, context }) => {
  const text = log(BYTES);
  const plain = await yardstick(context, text);
  await page.bringToFront();
  await opened(page);
  await copied(page, text);
  await page.locator('#takeup-text').focus();
  await meter(page);
  await page.keyboard.press('Control+V');
  await expect(page.locator('#takeup-progress')).toContainText('Reading 4.7 MB of text');
  await expect(result(page).locator('[data-kind=request]')).toBeVisible({ timeout: 120_000 });
  const longest = await measured(page);
  console.log(`${String(longest).padStart(6)} ms longest task or gap: 5 MB pasted; ${plain} ms in a plain field`);
  expect(longest, 'milliseconds of the longest task').toBeLessThan(FLOOR_MS + 2 * plain);
  // Nothing that was pasted is lost.
  await expect(page.locator('#takeup-text')).toHaveValue('');
  await expect(page.locator('#takeup-apart')).toContainText('4.7 MB');
  await page.locator('#takeup-apart button').first().click();
  await expect(page.locator('#takeup-apart')).toContainText('Copied');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text);
  await page.locator('#import-fill').click();
  await expect(desk.prompt).toHaveValue('out of the middle');
});

test('a long file is read the same way, can be stopped, and a HAR file entry by entry', async ({ page, desk }) => {
  await opened(page);
  await meter(page);
  await page.locator('#takeup-file').setInputFiles(file('service.log', log(BYTES)));
  await page.locator('#takeup-stop').click();
  await expect(result(page)).toBeEmpty();
  await expect(page.locator('#takeup-text')).toBeFocused();
  const other = { request: { method: 'GET', url: 'https://h.example/a.js', headers: [] }, response: { status: 200, content: { text: 'function a() {}\n'.repeat(100) } } };
  const headers = [{ name: 'X-DashScope-Async', value: 'enable' }, { name: 'Content-Type', value: 'application/json' }];
  const ours = { request: { method: 'POST', url: URL_, headers, postData: { text: JSON.stringify(BODY) } } };
  const entries = Array(2000).fill(other);
  entries[1000] = ours;
  await page.locator('#takeup-file').setInputFiles(file('session.har', JSON.stringify({ log: { version: '1.2', entries } }, null, 2)));
  // The page's own files are requests too: the one that makes a video is the main card.
  await expect(result(page).locator('[data-kind=request]').first()).toContainText('creates a task', { timeout: 120_000 });
  console.log(`${String(await measured(page)).padStart(6)} ms longest task or gap: a HAR file of 5 MB`);
  expect(await measured(page)).toBeLessThan(1_000);
  await page.locator('#takeup-remove').click();
  await expect(result(page)).toBeEmpty();
});

test('a key in a long text stays nowhere, and what was typed while it was read stays', async ({ page, desk }) => {
  await opened(page);
  const key = 'sk-canary-bulk-0123456789abcdef';
  await page.locator('#takeup-file').setInputFiles(file('keyed.log', log(2_000_000, CURL.replace('-H', `-H 'Authorization: Bearer ${key}' -H`))));
  await expect(page.locator('#takeup-progress')).toBeVisible();
  await page.locator('#takeup-text').fill('typed meanwhile');
  await expect(result(page).locator('[data-kind=request]')).toBeVisible({ timeout: 120_000 });
  await expect(page.locator('#takeup-text')).toHaveValue('typed meanwhile');
  await page.locator('#takeup-apart button').first().click();
  await expect(page.locator('#takeup-apart')).toContainText('Copied');
  expect(await page.evaluate(() => navigator.clipboard.readText())).not.toContain('canary');
  expect(await page.content()).not.toContain('canary');
});

test('a file of two gigabytes is told by its size, and not read', async ({ page, desk }) => {
  await opened(page);
  const path = file('huge.har', '');
  truncateSync(path, 2 ** 31);
  await meter(page);
  await page.locator('#takeup-file').setInputFiles(path);
  await expect(result(page)).toContainText('Longer than 8 MB, so it was not read');
  expect(await measured(page)).toBeLessThan(1_000);
});
