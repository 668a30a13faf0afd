// What goes wrong at the gateways, played by the simulator at a word in the prompt: every failure is told with its code
// and what to do, and what is only a disturbance ends in a video all the same.
import { expect, test, creates, log, marker, media, press } from './support/page.mjs';

const HTTP_ERROR = /console: Failed to load resource: the server responded with a status of (4|5)\d\d/;

/** The plainest model of a gateway, filled but for the prompt. */
const PLAIN = {
  crazyrouter: { capability: 't2v', model: 'wan2.5-t2v-preview' },
  ope: { capability: 'i2v', model: 'wan2.7-i2v', image: true },
  acedata: { capability: 't2v', model: 'wan2.6-t2v' },
  dashscope: { capability: 't2v', model: 'wan2.5-t2v-preview' },
};

async function prepare(page, desk, gateway, chosen = PLAIN[gateway]) {
  await desk.gateway(gateway);
  await desk.model(chosen.capability, chosen.model);
  if (chosen.image) await desk.fill('first_frame', media('frame.png'));
}

async function runWith(desk, words) {
  const before = await desk.cards().count();
  await desk.prompt.fill(words);
  await desk.run.click();
  await expect(desk.cards()).toHaveCount(before + 1);
}

const MODERATED = [/refused by moderation/, /内容未通过审核/];
const MEDIA_LOST = [/couldn.t download or use a file/, /网关无法下载或使用素材/];
const USED_UP = [/Balance or quota is used up/, /余额或额度已用完/];
const NATIVE = { capability: 'i2v', model: 'wan2.7-i2v@native', image: true };
const IMAGE = { capability: 'i2v', model: 'wan2.6-i2v', image: true };

// gateway, word, state, what the gateway says, advice in English and Chinese, the model if not the plain one.
const FAILURES = [
  ['crazyrouter', 'sim:moderation', 'Failed', /DataInspectionFailed/, MODERATED],
  ['crazyrouter', 'sim:quota', 'Refused', /insufficient_quota/, USED_UP],
  ['ope', 'sim:quota', 'Refused', /InsufficientQuota/, USED_UP],
  ['ope', 'sim:unreadable-image', 'Failed', /BadRequest\.InputDownloadFailed/, MEDIA_LOST, NATIVE],
  ['acedata', 'sim:moderation', 'Failed', /forbidden/, MODERATED],
  ['acedata', 'sim:quota', 'Refused', /used_up/, USED_UP],
  ['dashscope', 'sim:moderation', 'Failed', /DataInspectionFailed/, MODERATED],
  ['dashscope', 'sim:unreadable-image', 'Failed', /BadRequest\.InputDownloadFailed/, MEDIA_LOST, IMAGE],
];

for (const [gateway, word, state, code, [english, chinese], chosen] of FAILURES) {
  test(`${gateway} ${word}: code and advice, in both languages`, async ({ page, desk, complaints }) => {
    complaints.expected.push(HTTP_ERROR);
    await prepare(page, desk, gateway, chosen);
    await runWith(desk, `${marker()} ${word}`);
    await expect(desk.state).toContainText(state, { timeout: 60_000 });
    await expect(page.locator('#said')).toContainText(code);
    await expect(page.locator('#advice')).toContainText(english);
    await page.locator('#language').click();
    await expect(page.locator('#advice')).toContainText(chinese);
    await expect(page.locator('#said')).toContainText(code);
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  });
}

test('ope sim:moderation: the gateway gives no reason, and the page says what it knows', async ({ page, desk }) => {
  await prepare(page, desk, 'ope');
  await runWith(desk, `${marker()} sim:moderation`);
  await expect(desk.state).toContainText('Failed', { timeout: 60_000 });
  await expect(desk.state).toContainText('FAILURE');
  await expect(page.locator('.ended')).toContainText('Generation failed.');
  await expect(page.locator('#advice')).not.toBeEmpty();
});

for (const gateway of Object.keys(PLAIN)) {
  test(`${gateway}: tasks run side by side, and each comes to its own end`, async ({ page, desk, complaints }) => {
    complaints.expected.push(HTTP_ERROR);
    await prepare(page, desk, gateway);
    const ends = [
      ['sim:throttled', 'Done'],
      ['sim:server-error', 'Done'],
      ['sim:html', 'Done'],
      ['sim:moderation', 'Failed'],
      ['sim:expired', 'Not found'],
      ['', 'Done'],
    ];
    for (const [word] of ends) await runWith(desk, `${marker()} ${word}`);
    // The newest stands first.
    for (const [index, [word, end]] of ends.entries()) {
      const card = desk.cards().nth(ends.length - 1 - index);
      await expect(card.locator('.state'), word || 'plain').toHaveText(end, { timeout: 60_000 });
    }
    await desk.cards().nth(1).click();
    await expect(page.locator('.ended')).toContainText('can\'t find this task');
    await page.locator('#language').click();
    await expect(page.locator('.ended')).toContainText('网关查不到这个任务');
    await desk.cards().nth(5).click();
    await desk.plays();
  });

  test(`${gateway} sim:unknown-state: the word is shown as it is, and the video comes`, async ({ page, desk }) => {
    await prepare(page, desk, gateway);
    await runWith(desk, `${marker()} sim:unknown-state`);
    const odd = gateway === 'acedata' ? 'postprocessing' : 'POSTPROCESSING';
    expect(await press(page, '#ask', odd)).toContain('Running');
    await desk.done();
    await desk.plays();
  });
}

test('acedata: an attempt that failed is told in both languages, and the video comes', async ({ page, desk }) => {
  await prepare(page, desk, 'acedata');
  let goesOn = true;
  await page.route('**/sim/acedata/wan/tasks', (route) => {
    if (!goesOn || !route.request().headers().authorization) return route.continue();
    const { id } = route.request().postDataJSON();
    const error = { code: 'api_error', message: 'one provider failed' };
    return route.fulfill({ json: { id, request: {}, finished_at: null, response: { success: false, error, state: 'failed' } } });
  });
  await runWith(desk, marker());
  const trouble = page.locator('#trouble');
  await expect(trouble).toContainText('An attempt failed; the gateway continues automatically', { timeout: 60_000 });
  await expect(trouble).toContainText('api_error one provider failed');
  await expect(desk.state).toContainText('Running');
  await page.locator('#language').click();
  await expect(trouble).toContainText('网关有一次尝试失败，正在自动继续');
  await page.locator('#language').click();
  goesOn = false;
  await desk.done();
  await expect(trouble).toHaveCount(0);
  await desk.plays();
});

test('acedata sim:attempt-failed ends in its video', async ({ page, desk }) => {
  await prepare(page, desk, 'acedata');
  await runWith(desk, `${marker()} sim:attempt-failed`);
  expect(await press(page, '#ask', 'failed')).toContain('Running');
  await desk.done();
  await desk.plays();
});

test('dashscope sim:bad-resolution: the task is told to be a refused request that was not billed', async ({ page, desk }) => {
  await prepare(page, desk, 'dashscope');
  await runWith(desk, `${marker()} sim:bad-resolution`);
  await expect(desk.state).toContainText('Failed', { timeout: 60_000 });
  await expect(page.locator('#happened')).toContainText('checked the request and refused it');
  await expect(page.locator('#billed')).toContainText('Refused requests aren\'t billed');
  await page.locator('#language').click();
  await expect(page.locator('#happened')).toContainText('随即拒绝');
});

for (const [word, why] of [
  ['sim:server-error', 'The gateway has an error and can\'t respond right now.'],
  ['sim:throttled', 'Too many queries: the gateway limits the rate.'],
]) {
  test(`dashscope ${word}: a failed question does not send people to pay twice`, async ({ page, desk, complaints }) => {
    complaints.expected.push(HTTP_ERROR);
    await prepare(page, desk, 'dashscope');
    await runWith(desk, `${marker()} ${word}`);
    await expect(page.locator('#trouble')).toContainText(why, { timeout: 60_000 });
    await expect(page.locator('#trouble')).toContainText('The page keeps checking automatically.');
    await expect(page.locator('#trouble')).toContainText('Don\'t run it again: that would create and bill a second video.');
    await desk.done();
  });
}

test('ope sim:not-ready: the download is tried again and ends in a playing video', async ({ page, desk, complaints }) => {
  complaints.expected.push(HTTP_ERROR);
  await prepare(page, desk, 'ope');
  await runWith(desk, `${marker()} sim:not-ready`);
  const id = await desk.taskId();
  await desk.done();
  expect(await desk.plays()).toEqual([1920, 1080]);
  await expect(desk.video).toHaveAttribute('src', /^blob:/);
  const downloads = (await log(page, `${id}/content`)).map((entry) => entry.status);
  expect(downloads).toEqual([400, 200]);
});

test('dashscope sim:not-ready: a video that does not load is told, and loads at a press', async ({ page, desk, complaints }) => {
  complaints.expected.push(HTTP_ERROR);
  await prepare(page, desk, 'dashscope');
  await runWith(desk, `${marker()} sim:not-ready`);
  await desk.done();
  const trouble = page.locator('.done-view .problem');
  await expect(trouble).toBeVisible();
  await trouble.locator('button').click();
  await desk.plays();
  await expect(trouble).toBeHidden();
});

for (const gateway of Object.keys(PLAIN)) {
  test(`${gateway} sim:create-500: doubtful, and nothing is sent again`, async ({ page, desk, complaints }) => {
    complaints.expected.push(HTTP_ERROR);
    const mark = marker();
    await prepare(page, desk, gateway);
    await runWith(desk, `${mark} sim:create-500`);
    await expect(desk.state).toContainText('Unconfirmed');
    await expect(page.locator('.ended')).toContainText('First check whether the task exists');
    await expect(page.locator('#advice')).toContainText('won\'t send it again on its own');
    // Longer than any polling interval at this speed.
    await page.waitForTimeout(1500);
    expect(await creates(page, mark)).toHaveLength(1);
  });
}

test('the list of a doubtful send offers no task that the page has already', async ({ page, desk, complaints }) => {
  complaints.expected.push(HTTP_ERROR);
  await prepare(page, desk, 'dashscope');
  await runWith(desk, marker());
  const id = await desk.taskId();
  await desk.done();
  await runWith(desk, `${marker()} sim:create-500`);
  await expect(desk.state).toContainText('Unconfirmed');
  await page.locator('#look-up').click();
  const mine = page.locator('.candidates li', { hasText: id });
  await expect(mine).toContainText('already in your tasks: #1');
  await expect(mine.getByRole('button')).toHaveCount(0);
});

test('a throttled create is refused with advice, and no task is followed', async ({ page, desk, complaints }) => {
  complaints.expected.push(HTTP_ERROR);
  const mark = marker();
  await prepare(page, desk, 'dashscope');
  await runWith(desk, `${mark} sim:throttled-create`);
  await expect(desk.state).toContainText('Refused');
  await expect(page.locator('#said')).toContainText('Throttling.RateQuota');
  await expect(page.locator('#said')).toContainText('HTTP 429');
  await expect(page.locator('#advice')).toContainText('Too many requests');
  await page.waitForTimeout(1500);
  expect(await creates(page, mark)).toHaveLength(1);
});

for (const [name, twice] of [
  ['a double click', (page, desk) => desk.run.dblclick()],
  [
    'Ctrl + Enter twice',
    async (page, desk) => {
      await desk.prompt.focus();
      await page.keyboard.press('Control+Enter');
      await page.keyboard.press('Control+Enter');
    },
  ],
]) {
  test(`${name} on Run makes one create call`, async ({ page, desk }) => {
    const mark = marker();
    await desk.prompt.fill(mark);
    await twice(page, desk);
    await desk.done();
    expect(await creates(page, mark)).toHaveLength(1);
    await expect(desk.cards()).toHaveCount(1);
  });
}

test('a task that a clock ahead has dated does not hide a double click', async ({ page, desk }) => {
  const [ahead, mark] = [marker(), marker()];
  await page.evaluate(() => {
    window.realNow = Date.now;
    Date.now = () => window.realNow() + 3_600_000;
  });
  await runWith(desk, ahead);
  await desk.done();
  await page.evaluate(() => (Date.now = window.realNow));
  await desk.prompt.fill(mark);
  await desk.run.dblclick();
  await desk.done();
  expect(await creates(page, mark)).toHaveLength(1);
  await expect(desk.cards()).toHaveCount(2);
});

test('the same draft runs again when it is asked for again later', async ({ page, desk }) => {
  const mark = marker();
  await runWith(desk, mark);
  await desk.done();
  await runWith(desk, mark);
  await desk.done();
  expect(await creates(page, mark)).toHaveLength(2);
});

test('a task is canceled while it is queued', async ({ page, desk }) => {
  await desk.prompt.fill(`${marker()} sim:slow`);
  const pressed = press(page, '#cancel');
  await desk.run.click();
  await pressed;
  await expect(desk.state).toContainText('Canceled', { timeout: 60_000 });
  await expect(page.locator('.ended')).toContainText('Canceled by you');
  await expect(page.locator('#billed')).toContainText('only finished videos are billed');
  // The button says it: an advice beside it would say it twice.
  await expect(page.locator('#run-again')).toHaveClass(/primary/);
  await expect(page.locator('#advice')).toHaveCount(0);
  await expect(page.locator('#blame')).toHaveCount(0);
  await expect(desk.cards().first().locator('.hint')).toBeEmpty();
  await page.locator('#language').click();
  await expect(desk.state).toContainText('已取消');
});

test('a task that already runs is not offered to be canceled, and the page says why', async ({ page, desk }) => {
  await desk.prompt.fill(`${marker()} sim:slow`);
  await desk.run.click();
  await expect(desk.state).toContainText('RUNNING', { timeout: 60_000 });
  await expect(page.locator('#cancel')).toHaveCount(0);
  await expect(page.locator('.running-view')).toContainText('only queued tasks can be canceled');
  await desk.done();
});

test('a task that begins to run while it is being canceled goes on, and that is said', async ({ page, desk, complaints }) => {
  complaints.expected.push(HTTP_ERROR);
  await page.route('**/tasks/*/cancel', async (route) => {
    await expect(desk.state).toContainText('RUNNING', { timeout: 60_000 });
    await route.fallback();
  });
  await desk.prompt.fill(`${marker()} sim:slow`);
  const pressed = press(page, '#cancel');
  await desk.run.click();
  await pressed;
  await expect(page.locator('.running-view')).toContainText('The task wasn\'t canceled and keeps running', { timeout: 60_000 });
  await expect(page.locator('.running-view')).toContainText('UnsupportedOperation');
  await desk.done();
});

test('following stops and begins again at a press', async ({ page, desk }) => {
  await desk.prompt.fill(`${marker()} sim:slow`);
  await desk.run.click();
  const id = await desk.taskId();
  await page.locator('#stop').click();
  await expect(page.locator('.running-view')).toContainText('Updates paused');
  await page.waitForTimeout(200);
  const queries = (await log(page, id)).length;
  await page.waitForTimeout(2500);
  expect((await log(page, id)).length, 'nothing is asked meanwhile').toBe(queries);
  await page.locator('#follow').click();
  await desk.done();
  await desk.plays();
});

test('every exchange is told with its status, and the key is not', async ({ page, desk, complaints }) => {
  complaints.expected.push(HTTP_ERROR);
  const mark = marker();
  await runWith(desk, `${mark} sim:server-error`);
  await desk.done();
  const exchanges = page.locator('#log');
  await exchanges.locator('summary').click();
  await expect(exchanges.locator('li').first()).toContainText('Create · HTTP 200');
  await expect(exchanges.locator('li').first()).toContainText(mark);
  await expect(exchanges.locator('li').nth(1)).toContainText('Query · HTTP 500');
  await expect(exchanges.locator('li').last()).toContainText('SUCCEEDED');
  await expect(exchanges).not.toContainText('simulated-key');
});
