// A request from outside: pasted, explained, and back in the form. Nothing is sent by it.
import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, marker, ready, test } from './support/page.mjs';

const KEY = 'sk-canary-pasted-3c9d';
const PROMPT = '猫 says "it\'s $HOME, `date` & 100 %! \\n done\\';
/** What each shell's commands are run with; the Windows shells cannot be had here. */
const PROGRAMS = { posix: 'dash', bash: 'bash', fish: 'fish', cmd: null, powershell: null };

const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());
const result = (page) => page.locator('#takeup-result');

async function paste(page, text) {
  if (!(await page.locator('#takeup').isVisible())) await page.locator('#open-takeup').click();
  await page.locator('#takeup-text').fill(text);
  await page.locator('#takeup-take').click();
}

const run = (program, command, folder) =>
  new Promise((resolve) => {
    const options = { cwd: folder, env: { ...process.env, DASHSCOPE_API_KEY: 'sk-canary-terminal' }, timeout: 60_000 };
    execFile(program, ['-c', command], options, (error, stdout, stderr) => resolve(stdout || stderr || String(error)));
  });

test.beforeEach(async ({ context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
});

for (const [shell, program] of Object.entries(PROGRAMS)) {
  test(`${shell}: pasted, in the form, copied, run in a terminal, and its answer pasted back`, async ({ page, desk }) => {
    const folder = mkdtempSync(join(tmpdir(), 'wan-import-'));
    // A prompt that a command of the Windows prompt can hold.
    const prompt = `${marker()} ${shell === 'cmd' ? 'it\'s "so" & <that>' : PROMPT}`;
    await desk.model('t2v', 'wan2.5-t2v-preview');
    await desk.fill('prompt', prompt);
    await desk.fill('tier', '720P');
    const first = await desk.printed('create', shell);
    // Something else stands in the form when it comes back.
    await desk.fill('prompt', 'another wish');
    await desk.fill('tier', '480P');
    await paste(page, first);
    await expect(result(page)).toContainText('wan2.5-t2v-preview');
    await expect(page.locator('#import-healthy')).toBeVisible();
    await page.locator('#import-fill').click();
    await expect(page.locator('#takeup')).toBeHidden();
    await expect(desk.prompt).toHaveValue(prompt);
    await page.locator('#copy-command').click();
    await expect(page.locator('#copy-command')).toContainText('Copied');
    const copied = await clipboard(page);
    expect(copied).toBe(first.trimEnd());
    // The Windows shells' command is right where it is the same; the rest of the way goes by the shell at hand.
    const command = program ? copied : await desk.printed('create', 'bash');
    const answer = await run(program ?? 'bash', command, folder);
    await paste(page, answer);
    await page.locator('#takeup-result label.seg', { hasText: 'DashScope' }).click();
    await page.locator('#takeup-follow').click();
    await desk.done();
    await desk.plays();
  });
}

test('a field of another capability is told, corrected, and the form holds what is right', async ({ page, desk }) => {
  await paste(page, `curl -X POST 'https://dashscope.aliyuncs.com/api/v1/services/aigc/image2video/video-synthesis' \\
    -H 'Authorization: Bearer $DASHSCOPE_API_KEY' -H 'Content-Type: application/json' \\
    -d '{"model": "wan2.2-kf2v-flash", "input": {"prompt": "a cat", "img_url": "https://example.com/a.png", "last_frame_url": "https://example.com/b.png"}, "parameters": {"resolution": "720P"}}'`);
  await expect(page.locator('#import-findings')).toContainText('input.img_url');
  await expect(page.locator('#import-correction ins')).not.toHaveCount(0);
  await expect(page.locator('#import-correction')).toContainText('first_frame_url');
  await page.locator('#import-copy').click();
  await expect(page.locator('#import-copy')).toContainText('Copied');
  expect(await clipboard(page)).toContain('X-DashScope-Async: enable');
  await page.locator('#import-fill-corrected').click();
  await expect(page.locator('#f-first_frame')).toHaveValue('https://example.com/a.png');
  await expect(page.locator('#f-last_frame')).toHaveValue('https://example.com/b.png');
  await expect(desk.command).toContainText('"first_frame_url": "https://example.com/a.png"');
});

test('what the form cannot hold travels on, or stays behind, as the user says', async ({ page, desk }) => {
  const body = '{"model": "wan2.5-t2v-preview", "input": {"prompt": "a cat"}, "parameters": {"a_new_option": {"depth": 1.50, "list": [null]}}}';
  await paste(page, body);
  await expect(page.locator('#import-unknown')).toContainText('parameters.a_new_option');
  // What would be refused is kept by a press only.
  await page.locator('#import-keep').check();
  await page.locator('#import-fill').click();
  await expect(desk.command).toContainText('"depth": 1.50');
  await paste(page, body);
  await expect(page.locator('#import-keep')).not.toBeChecked();
  await page.locator('#import-fill').click();
  await expect(desk.command).not.toContainText('a_new_option');
  await expect(desk.prompt).toHaveValue('a cat');
});

test('a key is offered for the host it was sent to, however wrong the path, or not at all', async ({ page, desk }) => {
  await expect(desk.run).toBeVisible();
  const json = `--json '{"model":"wan2.7-i2v","prompt":"x"}'`;
  await paste(page, `curl https://api-platform.ope.ai/v1/video -H "Authorization: Bearer ${KEY}" ${json}`);
  await expect(page.locator('#takeup-use-key')).toContainText('https://api-platform.ope.ai');
  await paste(page, `curl https://api.example.com/v1/chat/completions -H "Authorization: Bearer ${KEY}" --json '{"messages":[]}'`);
  await expect(page.locator('#takeup-key')).toBeVisible();
  await expect(page.locator('#takeup-use-key')).toHaveCount(0);
});

test('a host much like a known one is told, and no key goes there', async ({ page, desk }) => {
  await expect(desk.run).toBeVisible();
  await paste(page, `curl https://dashscope.aliyun.com/api/v1/services/aigc/video-generation/video-synthesis -H "Authorization: Bearer ${KEY}" -H 'X-DashScope-Async: enable' --json '{"model":"wan2.5-t2v-preview","input":{"prompt":"x"}}'`);
  await expect(result(page)).toContainText('almost dashscope.aliyuncs.com');
  await expect(result(page)).toContainText('dashscope.aliyun.com isn\'t one of the four gateways');
  await expect(page.locator('#takeup-use-key')).toHaveCount(0);
});

test('a key in a command is taken out, offered once, and shown nowhere', async ({ page, desk }) => {
  await paste(page, `curl https://dashscope.aliyuncs.com/api/v1/services/aigc/video-generation/video-synthesis -H "Authorization: Bearer ${KEY}" -H 'X-DashScope-Async: enable' --json '{"model":"wan2.5-t2v-preview","input":{"prompt":"x"}}'`);
  await expect(page.locator('#takeup-key')).toBeVisible();
  expect(await page.content()).not.toContain(KEY);
  expect(await page.locator('#takeup-text').inputValue()).not.toContain('canary');
  expect(await page.locator('#takeup-text').inputValue()).toContain('wan2.5-t2v-preview');
  await page.locator('#takeup-use-key').click();
  await page.locator('#import-fill').click();
  await expect(page.locator('#key')).toHaveValue(KEY);
  expect(await desk.command.textContent()).not.toContain(KEY);
});

test('fetch, HAR and a body of five megabytes are read; a HAR comes as a file', async ({ page, desk }) => {
  await paste(page, `fetch("https://dashscope.aliyuncs.com/api/v1/services/aigc/video-generation/video-synthesis", {
  "headers": { "authorization": "Bearer ${KEY}", "content-type": "application/json", "x-dashscope-async": "enable" },
  "body": "{\\"model\\":\\"wan2.5-t2v-preview\\",\\"input\\":{\\"prompt\\":\\"by fetch\\"}}",
  "method": "POST"
});`);
  await page.locator('#import-fill').click();
  await expect(desk.prompt).toHaveValue('by fetch');

  const entry = {
    request: {
      method: 'POST', url: 'https://dashscope.aliyuncs.com/api/v1/services/aigc/video-generation/video-synthesis',
      headers: [{ name: 'X-DashScope-Async', value: 'enable' }, { name: 'Content-Type', value: 'application/json' }],
      postData: { mimeType: 'application/json', text: JSON.stringify({ model: 'wan2.5-t2v-preview', input: { prompt: 'by HAR' } }) },
    },
  };
  const path = join(mkdtempSync(join(tmpdir(), 'wan-har-')), 'a.har');
  writeFileSync(path, JSON.stringify({ log: { version: '1.2', entries: [entry] } }));
  await page.locator('#open-takeup').click();
  await page.locator('#takeup-file').setInputFiles(path);
  await page.locator('#import-fill').click();
  await expect(desk.prompt).toHaveValue('by HAR');

  const picture = `data:image/png;base64,${'A'.repeat(5 << 20)}`;
  const large = JSON.stringify({ model: 'wan2.5-i2v-preview', input: { prompt: 'large', img_url: picture } });
  await page.locator('#open-takeup').click();
  await page.evaluate((text) => navigator.clipboard.writeText(text), `curl https://dashscope.aliyuncs.com/api/v1/services/aigc/video-generation/video-synthesis -H 'X-DashScope-Async: enable' -d '${large}'`);
  await page.locator('#takeup-text').focus();
  await page.keyboard.press('Control+V');
  await expect(result(page)).toContainText('wan2.5-i2v-preview');
  await page.locator('#import-fill').click();
  await expect(desk.prompt).toHaveValue('large');
  await expect(page.locator('.field.f-first_frame .picked')).toBeVisible();
});

test('cookies and logins of a command stay nowhere', async ({ page, desk }) => {
  const secrets = ['c4n4ry', 'hunter-7', 'dXNlcjpodW50ZXItNw', 'odd~k3y-of-mine'];
  const call = (url) =>
    `curl -X POST 'https://user:hunter-7@${url}' -b 'sid=c4n4ry-b' -u user:hunter-7 -H 'Cookie: sid=c4n4ry; t=1' -H 'Proxy-Authorization: Basic dXNlcjpodW50ZXItNw==' -H 'X-Api-Key: odd~k3y-of-mine'`;
  const places = [
    `${call('dashscope.aliyuncs.com/api/v1/services/aigc/video-generation/video-synthesis')} -d '{"model":"wan2.5-t2v-preview","input":{"prompt":"a cat"}}'`,
    `${call('dashscope.aliyuncs.com/api/v1/tasks/0385dc79-5ff8-4d82-bcb6-000000000001').replace('-X POST ', '')}`,
    `no idea what this is: ${call('elsewhere.example/x')}`,
  ];
  for (const text of places) {
    await paste(page, text);
    await expect(result(page)).not.toBeEmpty();
    const left = await page.locator('#takeup-text').inputValue();
    expect(left).toContain('curl');
    await page.locator('#import-remarks').evaluateAll((all) => all.forEach((one) => (one.open = true)));
    const shown = await page.evaluate(() => document.documentElement.outerHTML);
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }) + location.href);
    for (const secret of secrets) for (const where of [left, shown, kept]) expect(where.includes(secret), `${secret} of ${text}`).toBe(false);
  }
  await paste(page, places[0]);
  await page.locator('#import-fill').first().click();
  await expect(desk.prompt).toHaveValue('a cat');
  const command = await desk.printed('create', 'curl');
  for (const secret of [...secrets, 'user:']) expect(command).not.toContain(secret);
});

test('of several requests each has a card, with its own faults, key and fields', async ({ page, desk }) => {
  const url = 'https://dashscope.aliyuncs.com/api/v1/services/aigc/video-generation/video-synthesis';
  const head = "-H 'X-DashScope-Async: enable'";
  await paste(page, `curl ${url} ${head} -H "Authorization: Bearer $DASHSCOPE_API_KEY" --json '{"model":"wan2.5-t2v-preview","input":{"prompt":"the first"}}'
curl https://dashscope.aliyuncs.com/api/v1/tasks/0f0f0f0f-1111-2222-3333-444444444444
curl ${url} ${head} -H 'Authorization: Bearer ${KEY}' --json '{"model":"wan2.5-i2v-preview","input":{"prompt":"the second","imge_url":"https://a.example/b.png"}}'`);
  const cards = result(page).locator('.taken-card');
  await expect(cards).toHaveCount(3);
  await expect(cards.nth(0)).toContainText('wan2.5-t2v-preview');
  await expect(page.locator('#import-healthy')).toBeVisible();
  await expect(page.locator('#takeup-key')).toHaveCount(0);
  const summary = cards.nth(2).locator('summary').first();
  await summary.focus();
  await page.keyboard.press('Enter');
  await expect(cards.nth(2).locator('.findings')).toContainText('imge_url');
  await expect(cards.nth(2)).toContainText('found and removed. It was not kept');
  await expect(summary).toBeFocused();
  await cards.nth(2).getByRole('button', { name: 'Fill the form (corrected)' }).click();
  await expect(desk.prompt).toHaveValue('the second');
  await expect(desk.command).toContainText('wan2.5-i2v-preview');
  expect(await page.content()).not.toContain(KEY);
});

test('nothing in a pasted text is run, and faults are shown where they are', async ({ page, desk }) => {
  await expect(desk.run).toBeVisible();
  await page.evaluate(() => (window.__pwned = null));
  await paste(page, `curl https://dashscope.aliyuncs.com/api/v1/services/aigc/video-generation/video-synthesis \\
  -H 'X-DashScope-Async: enable' --frobnicate -o out.json \\
  -d '{"model":"wan2.5-t2v-preview","input":{"prompt":"<img src=x onerror=__pwned=1> $(rm -rf /)"}}' | jq .`);
  await page.locator('#import-remarks summary').click();
  const remarks = page.locator('#import-remarks li');
  await expect(remarks.filter({ has: page.locator('mark', { hasText: '--frobnicate' }) })).toContainText('no such option');
  await expect(remarks.filter({ hasText: 'Another command' })).toHaveCount(1);
  expect(await page.evaluate(() => window.__pwned)).toBe(null);
  await page.locator('#import-fill').click();
  await expect(page.locator('#f-prompt')).toHaveValue('<img src=x onerror=__pwned=1> $(rm -rf /)');
  await paste(page, `curl 'https://dashscope.aliyuncs.com/api/v1/services/aigc/video-generation/video-synthesis -d '{"model":`);
  await expect(result(page)).not.toBeEmpty();
});

test('all of it in Chinese', async ({ page, desk }) => {
  await expect(desk.run).toBeVisible();
  await page.locator('#language').click();
  await paste(page, `curl https://dashscope.aliyuncs.com/api/v1/services/aigc/image2video/video-synthesis -H "Authorization: Bearer $DASHSCOPE_API_KEY" -d '{"model":"wan2.2-kf2v-flash","input":{"prompt":"猫","img_url":"https://example.com/a.png","last_frame_url":"https://example.com/b.png"}}'`);
  await expect(result(page)).toContainText('存在的问题');
  await expect(result(page)).toContainText('更正后的请求');
  await expect(page.locator('#import-fill-corrected')).toHaveText('填入更正后的内容');
});
