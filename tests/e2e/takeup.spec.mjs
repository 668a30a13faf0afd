// The page from a plain file server, gateways at another origin that let no page in, and a real curl in between: the
// paste-back loop and the take-up box from end to end.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, marker, media } from './support/page.mjs';
import { KEY, connect, test } from './support/servers.mjs';

const run = promisify(execFile);
const BLOCKED = [/blocked by CORS policy/, /Failed to load resource/, /net::ERR/, /third party/];

test.beforeEach(({ complaints }) => complaints.expected.push(...BLOCKED));

const PLAIN = {
  crazyrouter: { capability: 't2v', model: 'wan2.5-t2v-preview', variable: 'CRAZYROUTER_API_KEY' },
  ope: { capability: 'i2v', model: 'wan2.7-i2v', image: true, variable: 'OPE_API_KEY', download: true },
  acedata: { capability: 't2v', model: 'wan2.6-t2v', variable: 'ACEDATA_API_KEY' },
  dashscope: { capability: 't2v', model: 'wan2.5-t2v-preview', variable: 'DASHSCOPE_API_KEY' },
};

async function prepare(page, desk, gateway, sim, words = '') {
  const chosen = PLAIN[gateway];
  await desk.gateway(gateway);
  await desk.model(chosen.capability, chosen.model);
  await connect(page, `${sim}/sim/${gateway}`);
  if (chosen.image) await desk.fill('first_frame', media('frame.png'));
  const mark = marker();
  await desk.prompt.fill(`${mark} ${words}`);
  return mark;
}

/** Runs a printed command in a real shell, as a person would. */
async function terminal(command, gateway, folder) {
  const env = { PATH: process.env.PATH, [PLAIN[gateway].variable]: KEY };
  const { stdout } = await run('/bin/sh', ['-c', command.replace(/^curl/, 'curl -s')], { env, cwd: folder });
  return stdout;
}

const entries = async (page, sim, mark, method = 'POST') =>
  (await (await page.request.get(`${sim}/sim/_log`)).json()).filter(
    (entry) => entry.method === method && entry.body.includes(mark),
  );

const creates = (page, sim, mark) => entries(page, sim, mark);

const paste = async (page, text) => {
  await page.locator('#hand-answer').fill(text);
  await page.locator('#hand-take').click();
};

/** From a known task to its video: asks by hand until it is there. */
async function askUntilDone(page, desk, gateway, folder) {
  await expect(async () => {
    if (!/Done/.test(await desk.state.innerText())) {
      await expect(page.locator('#by-hand')).toContainText('Check the status', { timeout: 2_000 });
      await paste(page, await terminal(await page.locator('#hand-command').innerText(), gateway, folder));
    }
    await expect(desk.state).toContainText('Done', { timeout: 700 });
  }).toPass({ timeout: 60_000, intervals: [500] });
  if (PLAIN[gateway].download) {
    await expect(page.locator('#by-hand')).toContainText('Download the video');
    const command = await page.locator('#hand-command').innerText();
    await terminal(command, gateway, folder);
    await page.locator('#hand-file').setInputFiles(join(folder, /--output '([^']+)'/.exec(command)[1]));
  }
  expect((await desk.plays())[0]).toBeGreaterThan(0);
}

for (const gateway of Object.keys(PLAIN)) {
  test(`${gateway}: the paste-back loop, from a call that CORS forbade to the video`, async ({ page, desk, sim }) => {
    test.setTimeout(300_000);
    const folder = await mkdtemp(join(tmpdir(), 'wan-'));
    const mark = await prepare(page, desk, gateway, sim);
    await desk.run.click();
    await expect(page.locator('#diagnosis')).toHaveAttribute('data-found', 'cors', { timeout: 60_000 });
    await expect(page.locator('#billed')).toContainText('Most likely not');
    expect(await creates(page, sim, mark)).toEqual([]);
    const command = await page.locator('#hand-command').innerText();
    expect(command).toContain(`$${PLAIN[gateway].variable}`);
    // What is no answer changes nothing and is told.
    await paste(page, '<html>login</html>');
    await expect(page.locator('#hand-problem')).toContainText('web page');
    await paste(page, '{"a": ');
    await expect(page.locator('#hand-problem')).toContainText('isn\'t JSON');
    await paste(page, await terminal(command, gateway, folder));
    await expect(page.locator('.task-head .id code')).not.toBeEmpty();
    // An answer about another task is not taken.
    const other = await terminal(command, gateway, folder);
    await expect(page.locator('#by-hand')).toContainText('Check the status');
    await paste(page, other);
    await expect(page.locator('#hand-problem')).not.toBeEmpty();
    await askUntilDone(page, desk, gateway, folder);
    expect(await creates(page, sim, mark)).toHaveLength(2);
    expect(await page.content()).not.toContain(KEY);
  });

  test(`${gateway}: run by hand from the start, with no key in the page`, async ({ page, desk, sim }) => {
    test.setTimeout(300_000);
    const folder = await mkdtemp(join(tmpdir(), 'wan-'));
    await prepare(page, desk, gateway, sim);
    await desk.run.click();
    await expect(page.locator('#diagnosis')).toHaveAttribute('data-found', 'cors', { timeout: 60_000 });
    await page.locator('.card.new').click();
    await page.locator('#key').fill('');
    await page.locator('#run-by-hand').click();
    await expect(desk.state).toContainText('Send manually');
    await paste(page, await terminal(await page.locator('#hand-command').innerText(), gateway, folder));
    await askUntilDone(page, desk, gateway, folder);
  });

  test(`${gateway}: the take-up box takes the answer to a create call, and the loop brings the video`, async ({ page, desk, sim }) => {
    test.setTimeout(300_000);
    const folder = await mkdtemp(join(tmpdir(), 'wan-'));
    await prepare(page, desk, gateway, sim);
    const command = await desk.printed('create', 'curl');
    const answer = await terminal(command, gateway, folder);
    await page.locator('#key').fill('');
    await takeUp(page, answer);
    await choose(page, gateway);
    await page.locator('#takeup-base').selectOption(`${sim}/sim/${gateway}`);
    await page.locator('#takeup-follow').click();
    await askUntilDone(page, desk, gateway, folder);
  });

  test(`${gateway}: the take-up box takes a query command with its key, and follows`, async ({ page, desk, open }) => {
    test.setTimeout(300_000);
    const folder = await mkdtemp(join(tmpdir(), 'wan-'));
    await prepare(page, desk, gateway, open);
    const answer = JSON.parse(await terminal(await desk.printed('create', 'curl'), gateway, folder));
    const id = answer.output?.task_id ?? answer.task_id ?? answer.id;
    const query = (await desk.printed('query', 'curl')).replaceAll('TASK_ID', id).replace(/\$[A-Z_]+_API_KEY/, KEY);
    await page.locator('#key').fill('');
    await takeUp(page, query);
    await expect(page.locator('#takeup-key')).toContainText('found and removed. It was not kept');
    await expect(page.locator('#takeup-text')).toHaveValue(/Bearer \*+/);
    await page.locator('#takeup-use-key').click();
    await page.locator('#takeup-follow').click();
    await desk.done();
    await desk.plays();
    expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]))).not.toContain(KEY);
    expect(await page.content()).not.toContain(KEY);
  });
}

async function takeUp(page, text) {
  await page.locator('#open-takeup').click();
  await page.locator('#takeup-text').fill(text);
  await page.locator('#takeup-take').click();
}

/** Says which gateway, where the text does not tell. */
async function choose(page, gateway) {
  const choices = page.locator('#takeup-result input[name="takeup-place"]');
  if ((await choices.count()) === 0) return;
  const names = { crazyrouter: 'Crazyrouter', ope: 'OPE.AI', acedata: 'AceDataCloud', dashscope: 'DashScope' };
  await page.locator('#takeup-result label.seg', { hasText: names[gateway] }).first().click();
}

test('what is no task is told apart, in both languages', async ({ page, desk }) => {
  const result = page.locator('#takeup-result');
  const cases = [
    ['', 'Nothing pasted yet', '还没有粘贴内容'],
    ['hello there', 'No task ID, response, command or link', '没有识别出'],
    ['<!DOCTYPE html><html><body><img src=x onerror="window.__pwned=1"></body></html>', 'a web page', '这是一个网页'],
    ['{"code":"Throttling.AllocationQuota","message":"Free allocated quota exceeded.","request_id":"r-1"}', 'Waiting doesn\'t help', '等待无效'],
    ['<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request has expired.</Message></Error>', 'The link has expired', '链接已过期'],
    [
      `curl -X POST 'https://api.acedata.cloud/wan/videos' -H "Authorization: Bearer $ACEDATA_API_KEY" -H 'Content-Type: application/json' -d '{"action":"text2video","model":"wan2.6-t2v","prompt":"a cat","async":true}'`,
      'creates and bills another video',
      '再生成一个视频并计费',
    ],
  ];
  for (const [text, english] of cases) {
    await takeUp(page, text);
    await expect(result, text).toContainText(english);
    await page.keyboard.press('Escape');
  }
  await page.locator('#language').click();
  for (const [text, , chinese] of cases) {
    await takeUp(page, text);
    await expect(result, text).toContainText(chinese);
    await page.keyboard.press('Escape');
  }
  expect(await page.evaluate(() => window.__pwned ?? null)).toBe(null);
});

test('five megabytes of nothing are told as that and stay outside the field, more than eight are not read, and a key is not kept', async ({ page, desk, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.locator('#open-takeup').click();
  await page.evaluate(() => navigator.clipboard.writeText('x'.repeat(5 << 20)));
  await page.locator('#takeup-text').focus();
  await page.keyboard.press('Control+V');
  await expect(page.locator('#takeup-result')).toContainText('No task ID, response, command or link found');
  await expect(page.locator('#takeup-apart')).toContainText('5 MB of text read');
  await expect(page.locator('#takeup-text')).toHaveValue('');
  await page.evaluate(() => navigator.clipboard.writeText('x'.repeat(9 << 20)));
  await page.locator('#takeup-text').focus();
  await page.keyboard.press('Control+V');
  await expect(page.locator('#takeup-result')).toContainText('Longer than 8 MB, so it was not read');
  await expect(page.locator('#takeup-apart')).toHaveCount(0);
  await page.locator('#takeup-text').fill('sk-canary-alone-9f3a7c');
  await page.locator('#takeup-take').click();
  await expect(page.locator('#takeup-result')).toContainText('This is an API key');
  await expect(page.locator('#takeup-text')).toHaveValue('');
  expect(await page.content()).not.toContain('canary-alone');
});

test('what stands in the box, and what it is, stay while it is closed, and in the other language', async ({ page, desk }) => {
  await expect(desk.run).toBeVisible();
  await takeUp(page, 'task 0385dc79-5ff8-4d82-bcb6-00000000ffff');
  await expect(page.locator('#takeup-result')).toContainText('0385dc79');
  await page.locator('#takeup-text').fill('typed, and not taken');
  for (const [leave, asked] of [['Escape', 'doesn\'t say where'], ['close', 'doesn\'t say where'], ['language', '从内容看不出']]) {
    if (leave === 'close') await page.locator('#takeup form button').click();
    else await page.keyboard.press('Escape');
    await expect(page.locator('#takeup')).toBeHidden();
    await expect(page.locator('#open-takeup')).toBeFocused();
    if (leave === 'language') await page.locator('#language').click();
    await page.locator('#open-takeup').click();
    await expect(page.locator('#takeup-text')).toHaveValue('typed, and not taken');
    await expect(page.locator('#takeup-result'), leave).toContainText(asked);
    await expect(page.locator('#takeup-result'), leave).toContainText('0385dc79');
  }
});

test('a task id of another gateway is told as not found there, and nothing else happens', async ({ page, desk, open }) => {
  await prepare(page, desk, 'dashscope', open);
  await takeUp(page, '0385dc79-5ff8-4d82-bcb6-00000000ffff');
  await expect(page.locator('#takeup-follow')).toHaveCount(0);
  await choose(page, 'dashscope');
  await page.locator('#takeup-base').selectOption(`${open}/sim/dashscope`);
  await page.locator('#takeup-follow').click();
  await expect(page.locator('#open-takeup'), 'the focus is back where the box was opened').toBeFocused();
  await expect(desk.state).toContainText('Not found', { timeout: 60_000 });
  await expect(page.locator('#happened')).toContainText('another gateway or region');
});

test('a doubtful send is looked up in the gateway\'s list and attached', async ({ page, desk, open }) => {
  const mark = await prepare(page, desk, 'dashscope', open);
  let lost = 0;
  await page.route('**/video-synthesis', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    await route.fetch();
    lost += 1;
    return route.abort('connectionreset');
  });
  await desk.run.click();
  await expect(desk.state).toContainText('Unconfirmed');
  await expect(page.locator('#billed')).toContainText('Possibly');
  await expect(page.locator('#retry')).toContainText('certain that no task exists');
  await page.locator('#look-up').click();
  await expect(page.locator('.candidates li').first()).toBeVisible();
  await page.locator('.candidates li').first().getByRole('button').click();
  await desk.done();
  expect(lost).toBe(1);
  expect(await creates(page, open, mark)).toHaveLength(1);
});

test('a doubtful send is sent again only after a second press, with the price in view', async ({ page, desk, open }) => {
  const mark = await prepare(page, desk, 'ope', open, 'sim:create-500');
  await desk.run.click();
  await expect(desk.state).toContainText('Unconfirmed');
  await expect(page.locator('#no-list')).toBeVisible();
  await page.locator('#again').click();
  await expect(page.locator('.sure')).toContainText('¥');
  expect(await creates(page, open, mark)).toHaveLength(1);
  await page.locator('#again-no').click();
  await page.locator('#again').click();
  await page.locator('#again-yes').click();
  await expect(desk.cards()).toHaveCount(2);
  await expect.poll(() => creates(page, open, mark).then((all) => all.length)).toBe(2);
});

test('a doubtful send is attached by its id', async ({ page, desk, open }) => {
  await prepare(page, desk, 'crazyrouter', open);
  let id = '';
  await page.route('**/video-synthesis', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    id = (await (await route.fetch()).json()).output.task_id;
    return route.abort('connectionreset');
  });
  await desk.run.click();
  await expect(desk.state).toContainText('Unconfirmed');
  await page.locator('#attach-id').fill(id);
  await page.locator('#attach').click();
  await desk.done();
});
