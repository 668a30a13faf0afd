// The paste box shows everything that a text holds, as cards in their order. Nothing leaves the page while it is pasted.
import { expect, test } from './support/page.mjs';

const ID = '3f9a1c52-7d10-4b6e-9c1d-0a2b3c4d5e6f';
const OTHER = '81b7d2aa-0c4e-4f5b-8f6a-5e4d3c2b1a09';
const CREATE = 'https://dashscope.aliyuncs.com/api/v1/services/aigc/video-generation/video-synthesis';
const HEAD = `-H "Authorization: Bearer $DASHSCOPE_API_KEY" -H 'Content-Type: application/json' -H 'X-DashScope-Async: enable'`;
const BODY = '{"model":"wan2.6-t2v","input":{"prompt":"a lighthouse in the fog"},"parameters":{"size":"1280*720","duration":5}}';
const COMMAND = `curl -X POST '${CREATE}' ${HEAD} -d '${BODY}'`;
const result = (page) => page.locator('#takeup-result');
const cards = (page) => page.locator('#takeup-result .taken-card');
const titles = async (page) => (await cards(page).locator(':scope > summary').allInnerTexts()).map((text) => text.trim());
const main = (page) => page.locator('#takeup-result .taken-card[open]');

async function paste(page, text) {
  if (!(await page.locator('#takeup').isVisible())) await page.locator('#open-takeup').click();
  await page.locator('#takeup-text').fill(text);
  await page.locator('#takeup-take').click();
}

/** What leaves the page from now on. */
function watched(page) {
  const sent = [];
  page.on('request', (request) => {
    // The page's own samples come when it rests, which may be now.
    if (!/^(data|blob):|\/samples\//.test(request.url())) sent.push(request.url());
  });
  return sent;
}

test.beforeEach(async ({ page, desk }) => {
  await expect(desk.run).toBeVisible();
  await page.locator('#open-takeup').click();
  await expect(page.locator('#takeup')).toBeVisible();
});

test('a failed answer is explained before a gateway is chosen, and following it comes second', async ({ page }) => {
  await paste(page, JSON.stringify({
    request_id: OTHER,
    output: { task_id: ID, task_status: 'FAILED', code: 'InvalidParameter', message: "Input should be '1080P' or '720P': parameters.resolution" },
  }));
  await expect(cards(page)).toHaveCount(1);
  await expect(main(page)).toContainText('the task failed');
  await expect(main(page)).toContainText('InvalidParameter');
  await expect(main(page)).toContainText('Allowed: 1080P, 720P');
  await expect(main(page)).toContainText('failed tasks aren\'t billed');
  await expect(main(page)).toContainText(OTHER);
  const order = await main(page).evaluate((card) => card.innerText.search('What to do') < card.innerText.search('Task 3f9a'));
  expect(order).toBe(true);
});

test('two commands are two cards, the one that creates open', async ({ page }) => {
  await paste(page, `${COMMAND}\ncurl https://dashscope.aliyuncs.com/api/v1/tasks/${ID} -H "Authorization: Bearer $DASHSCOPE_API_KEY"`);
  await expect(cards(page)).toHaveCount(2);
  expect(await titles(page)).toEqual(['Request: creates a task: wan2.6-t2v', `Request: queries a task: ${ID}`]);
  await expect(main(page)).toHaveCount(1);
  await expect(page.locator('#import-fill')).toBeVisible();
  await cards(page).nth(1).locator('summary').first().click();
  await expect(cards(page).nth(1).getByRole('button', { name: 'Track this task' })).toBeVisible();
  await expect(cards(page).nth(1).getByLabel(/Created at/)).toHaveValue('https://dashscope.aliyuncs.com');
  await expect(result(page)).not.toContainText('No task ID, response, command or link');
});

test('the cause that the answer proves stands first in the card of the command', async ({ page }) => {
  const intl = COMMAND.replace('dashscope.aliyuncs.com', 'dashscope-intl.aliyuncs.com');
  await paste(page, `${intl}\n{"code":"InvalidApiKey","message":"Invalid API-key provided.","request_id":"${OTHER}"}`);
  await expect(cards(page)).toHaveCount(2);
  await expect(page.locator('#taken-cause')).toContainText('Invalid API-key provided.');
  await expect(page.locator('#taken-cause')).toContainText('The key was refused');
  const first = await main(page).evaluate((card) => card.querySelector('summary').nextElementSibling.id);
  expect(first).toBe('taken-cause');
  await expect(page.locator('#import-healthy')).toHaveCount(0);
});

test('messages of curl prove the quotes of the Windows prompt, and the command for it is there', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await paste(page, `C:\\Users\\li>${COMMAND}\ncurl: (6) Could not resolve host: wan2.6-t2v,\ncurl: (3) unmatched close brace/bracket in URL position 4`);
  await expect(page.locator('#taken-cause')).toContainText('Windows Command Prompt doesn\'t support single quotes');
  await page.locator('#taken-cmd').click();
  await expect(page.locator('#taken-cmd')).toContainText('Copied');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('\\^"model');
});

test('a program is read, what it computes is named and stays empty in the form', async ({ page, desk }) => {
  await paste(page, `import requests
r = requests.post("${CREATE}", headers={"Authorization": f"Bearer {key}", "X-DashScope-Async": "enable"},
    json={"model": "wan2.6-t2v", "input": {"prompt": prompt}, "parameters": {"size": "1280*720", "duration": 5}})`);
  await expect(main(page)).toContainText('Not filled in, or unknown here');
  await expect(main(page)).toContainText('input.prompt (prompt)');
  await expect(page.locator('#import-healthy')).toHaveCount(0);
  await page.locator('#import-fill').click();
  await expect(desk.prompt).toHaveValue('');
  await expect(desk.command).toContainText('wan2.6-t2v');
});

test('the request id of a log line is no task', async ({ page }) => {
  await paste(page, `2026-11-30 10:22:31 WARN wan call failed, request_id=${OTHER}, retry in 5 s`);
  await expect(cards(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Track this task' })).toHaveCount(0);
});

test('a link shows its host and its end, and is loaded by a press only', async ({ page, complaints }) => {
  complaints.expected.push(/third party: https:\/\/dashscope-result-sh\.oss/, /Failed to load resource/, /net::ERR/);
  const sent = watched(page);
  const asked = [];
  await page.route('https://dashscope-result-sh.oss-cn-shanghai.aliyuncs.com/**', (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  const link = 'https://dashscope-result-sh.oss-cn-shanghai.aliyuncs.com/1d/x/a.mp4?Expires=1764400000&OSSAccessKeyId=a&Signature=b';
  await paste(page, link);
  await expect(main(page)).toContainText('dashscope-result-sh.oss-cn-shanghai.aliyuncs.com');
  await expect(main(page)).toContainText(/The link expired on Nov 29, 2025/);
  await expect(page.locator('#takeup video')).toHaveCount(0);
  expect([...sent, ...asked]).toEqual([]);
  await page.locator('#taken-load').click();
  await expect.poll(() => asked.length).toBeGreaterThan(0);
  await expect(main(page)).toContainText('It didn\'t load');
});

test('a finished answer tells its cost where the request is there, and that it is unknown where it is not', async ({ page }) => {
  const done = JSON.stringify({
    request_id: OTHER,
    output: { task_id: ID, task_status: 'SUCCEEDED', video_url: 'https://dashscope-result-sh.oss-cn-shanghai.aliyuncs.com/1d/a.mp4?Expires=1764400000' },
    usage: { duration: 5, SR: 720, video_count: 1 },
  });
  await paste(page, done);
  await expect(main(page)).toContainText('the model isn\'t named');
  await expect(main(page)).not.toContainText('CN¥');
  await paste(page, `${COMMAND}\n${done}`);
  await cards(page).nth(1).locator('summary').first().click();
  await expect(cards(page).nth(1)).toContainText('CN¥3.00 = 5 s × CN¥0.60 (720P)');
  await expect(cards(page).nth(1).locator('.source')).not.toHaveCount(0);
  await expect(cards(page).nth(1)).toContainText('Billed.');
});

test('each verdict has its source', async ({ page }) => {
  await paste(page, COMMAND.replace('"duration":5', '"duration":99'));
  const row = page.locator('#import-findings li').filter({ hasText: 'parameters.duration' });
  await expect(row).toContainText('Will be accepted, then fail; not billed');
  await expect(row.locator('.source').first()).toContainText(/20\d\d/);
});

test('the apostrophe that ended a quote is shown where it stands', async ({ page }) => {
  await paste(page, `curl -X POST '${CREATE}' ${HEAD} -d '{"model":"wan2.6-t2v","input":{"prompt":"it's a cat"}}'`);
  await expect(page.locator('#import-repairs')).toContainText('The apostrophe in this word ends the quote');
  await expect(page.locator('#import-repairs mark', { hasText: /^it's$/ })).toHaveCount(1);
});

test('a host that is none of the four is said, and its key is offered to nobody', async ({ page }) => {
  await paste(page, COMMAND.replace('dashscope.aliyuncs.com', 'api.reseller.example').replace('$DASHSCOPE_API_KEY', 'sk-canary-reseller-1a2b'));
  await expect(main(page)).toContainText('api.reseller.example isn\'t one of the four gateways');
  await expect(page.locator('#takeup-key')).toBeVisible();
  await expect(page.locator('#takeup-use-key')).toHaveCount(0);
  expect(await page.content()).not.toContain('canary-reseller');
});

test('a key in a command that names another gateway is not offered to the one of the form', async ({ page }) => {
  const cut = `curl -H "Authorization: Bearer sk-canary-elsewhere-3c4d" -d '{"model": "wan2.6-t2v", "prompt": "a sign '"'"'open'" }' "https://api.acedata.cloud/wan/videos"`;
  await paste(page, cut);
  await expect(page.locator('#takeup-key')).toBeVisible();
  await expect(page.locator('#takeup-use-key')).toHaveCount(0);
});

test('who listens hears how many things a text holds', async ({ page }) => {
  await paste(page, `${COMMAND}\n\n{"data": {"status": "processing"}}`);
  await expect(page.locator('.voice', { hasText: '2 items found; this one is open.' })).toHaveCount(1);
});

test('a state without an id may be billed and cannot be followed', async ({ page }) => {
  await paste(page, '{"data": {"status": "processing"}}');
  await expect(main(page)).toContainText('may exist and be billed');
  await expect(page.getByRole('button', { name: 'Track this task' })).toHaveCount(0);
});

test('a key goes with what was found, when keys are forgotten', async ({ page }) => {
  await paste(page, COMMAND.replace('$DASHSCOPE_API_KEY', 'sk-canary-forgotten-77aa'));
  await expect(page.locator('#takeup-use-key')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.locator('#forget-button').click();
  await page.locator('#forget-go').click();
  await expect(page.locator('#forget-said')).not.toBeEmpty();
  await page.keyboard.press('Escape');
  await page.locator('#open-takeup').click();
  await expect(page.locator('#takeup-text')).toHaveValue(/curl/);
  await expect(page.locator('#takeup-use-key')).toHaveCount(0);
});

test('nothing leaves the page while all of it is pasted, in both languages', async ({ page }) => {
  const texts = [
    COMMAND,
    `{"output":{"task_id":"${ID}","task_status":"SUCCEEDED","video_url":"https://video.example/a.mp4?Expires=1996400000"},"usage":{"duration":5}}`,
    'https://video.example/a.mp4',
    `look at https://video.example/b.mp4?Expires=1996400000 and task_id: ${ID}`,
    `VideoSynthesis.call(model="wan2.5-i2v-preview", prompt="x", img_url="https://img.example/a.png")`,
    '<!DOCTYPE html><html><body><img src="https://img.example/p.png"></body></html>',
    'curl: (7) Failed to connect to dashscope.aliyuncs.com port 443',
  ];
  const sent = watched(page);
  for (const text of texts) {
    await paste(page, text);
    await expect(cards(page).first()).toBeVisible();
    for (const summary of await cards(page).locator(':scope > summary').all()) await summary.click();
  }
  expect(sent).toEqual([]);
});
