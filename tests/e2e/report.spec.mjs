// The report of a task: whole, taken in again, and without the key.
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, marker, ready, test, choosePlace } from './support/page.mjs';

const KEY = 'sk-canary-report-5b2e';

async function saved(page, id) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator(id).click()]);
  const path = join(mkdtempSync(join(tmpdir(), 'wan-report-')), download.suggestedFilename());
  await download.saveAs(path);
  return { path, text: readFileSync(path, 'utf8') };
}

async function finished(page, desk, prompt) {
  await choosePlace(page, 'typed');
  await page.locator('#base-typed').fill(new URL('sim/dashscope', page.url()).href);
  await page.locator('#key').fill(KEY);
  await desk.fill('prompt', prompt);
  await desk.run.click();
  await desk.done();
  await page.locator('#log summary').click();
}

test('a report holds the request, every call, times, browser and clock, and of the key a fingerprint', async ({ page, desk }) => {
  const mark = marker();
  await finished(page, desk, `a cat \`\`\` ${mark}`);
  const { path, text } = await saved(page, '#report-json');
  expect(text).not.toContain(KEY);
  expect(text).not.toContain('canary');
  const file = JSON.parse(text);
  const { key, ...about } = file.report;
  expect(key.ends).toBe('5b2e');
  expect(key.hmac_sha256).toBe(createHmac('sha256', Buffer.from(key.salt, 'hex')).update(KEY).digest('hex'));
  expect(about.browser).toContain('Chrome');
  expect(about.page).toBe(new URL('./', page.url()).href);
  expect(Math.abs(about.clock_ahead_ms)).toBeLessThan(60_000);
  expect(Math.abs(Date.parse(about.made) - Date.now())).toBeLessThan(600_000);
  const { exchanges } = file.records[0].task;
  expect(exchanges.length).toBeGreaterThan(1);
  expect(exchanges[0].sent).toContain(mark);
  expect(exchanges.every((call) => call.status === 200 && call.took_ms >= 0)).toBe(true);

  const har = JSON.parse((await saved(page, '#report-har')).text);
  expect(har.log.entries.map((entry) => entry.request.url)).toEqual(exchanges.map((call) => call.line.split(' ')[1]));
  expect(JSON.stringify(har)).not.toContain('canary');

  const markdown = (await saved(page, '#report-markdown')).text;
  expect(markdown).toContain(`Task ID: \`${await desk.taskId()}\``);
  expect(markdown).toContain('Key ends in: `5b2e`');
  expect(markdown).not.toContain('canary');
  expect(path).toMatch(/wan-\d{4}-\d\d-\d\d-\w+\.json$/);
});

test('it is copied as text, in both languages of the page', async ({ page, desk, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await finished(page, desk, 'a cat');
  await page.locator('#report-copy').click();
  await expect(page.locator('#report-said')).toHaveText('Copied');
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toContain('# Wan Playground report');
  expect(text).not.toContain('canary');
  await page.locator('#language').click();
  await page.locator('#log summary').click();
  await expect(page.locator('.report')).toContainText('Key 不在内');
});

test("support takes it in: the customer's task is there, with its draft", async ({ page, desk, browser, baseURL }) => {
  const mark = marker();
  await finished(page, desk, mark);
  const { path } = await saved(page, '#report-json');
  const other = await browser.newContext({ baseURL });
  const support = await other.newPage();
  await support.goto('./');
  await ready(support);
  await support.locator('#history-button').click();
  const [chooser] = await Promise.all([support.waitForEvent('filechooser'), support.locator('#history-import').click()]);
  await chooser.setFiles(path);
  await expect(support.locator('#history-said')).toContainText('1');
  await expect(support.locator('#history-list')).toContainText(mark);
  await other.close();
});
