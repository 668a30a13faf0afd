// Text that would like to be code, and answers that would like to be anything but answers.
import { expect, test, creates, log, marker, press } from './support/page.mjs';
import { curl } from './support/shell.mjs';

const HTTP_ERROR = /console: Failed to load resource/;

const PROMPTS = {
  'single quotes': `it's 'quoted' ''twice''`,
  'double quotes': `she said "run" and \\"ran\\"`,
  backslashes: 'C:\\new\\table \\\\ \\n \\',
  dollars: '$HOME ${PATH} $(id) $$ $DASHSCOPE_API_KEY',
  backticks: '`id` ``two``',
  'exclamation marks': 'wow! !! !ls !$',
  newlines: 'first\nsecond\n\n\tfourth',
  emoji: '👩‍👩‍👧‍👦 🐈‍⬛ é é 𝔘𝔫𝔦',
  markup: '<script>window.__pwned = 1</script><img src=x onerror="window.__pwned=1"> &amp; {{7*7}}',
  'right to left': 'قطة تجري \u202eevil\u202c ‏في الليل',
  'shell signs': '; rm -rf ~ | cat && echo # > /dev/null * ? [a] {b,c} ~ %s',
  'JSON signs': '"},{"model":"x"} \u2028 \u2029 /*',
};

const unharmed = (page) =>
  page.evaluate(() => [
    window.__pwned ?? null,
    document.querySelectorAll('#desk script, #stage script, #stage img, #request img, .tasks script').length,
  ]);

test('every prompt arrives as it was typed, by the page and by the command', async ({ page, desk }) => {
  test.setTimeout(300_000);
  for (const [name, text] of Object.entries(PROMPTS)) {
    const mark = marker();
    const prompt = `${text} ${mark}`;
    await desk.prompt.fill(prompt);
    const command = curl(await desk.printed('create', 'curl'));
    expect(JSON.parse(command.body).input.prompt, name).toBe(prompt);
    await desk.run.click();
    await expect.poll(() => creates(page, mark).then((sent) => sent.length), name).toBe(1);
    const [{ body }] = await creates(page, mark);
    expect(JSON.parse(body).input.prompt, name).toBe(prompt);
    expect(command.body, `${name}: the command carries the same bytes`).toBe(body);
    await page.locator('.card.new').click();
  }
  await expect(desk.cards()).toHaveCount(Object.keys(PROMPTS).length);
  await desk.cards().first().click();
  await page.locator('#log summary').click();
  expect(await unharmed(page)).toEqual([null, 0]);
  for (let index = 0; index < Object.keys(PROMPTS).length; index += 1) {
    await expect(desk.cards().nth(index).locator('.state')).toHaveText('Done', { timeout: 60_000 });
  }
});

test('an invisible control character is told with its place and not sent', async ({ page, desk }) => {
  const mark = marker();
  for (const [text, said] of [
    [`cat\u0000 ${mark}`, /U\+0000.*position 4/],
    [`\u001b[31m ${mark}`, /U\+001B.*position 1/],
    [`\u007f ${mark}`, /U\+007F.*position 1/],
  ]) {
    // A keyboard cannot type it, a paste can.
    await desk.prompt.evaluate((area, value) => {
      area.value = value;
      area.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }, text);
    await expect(page.locator('#p-prompt')).toContainText(said);
    await desk.run.click();
    await expect(page.locator('#blocked')).toContainText('Prompt');
  }
  expect(await creates(page, mark)).toEqual([]);
});

test('markup in an error stays text', async ({ page, desk, complaints }) => {
  complaints.expected.push(HTTP_ERROR);
  const evil = '<img src=x onerror="window.__pwned=1"><script>window.__pwned=1</script><b>bold</b>';
  await page.route('**/video-synthesis', (route) =>
    route.fulfill({ status: 400, json: { code: `Invalid${evil}`, message: evil, request_id: evil } }),
  );
  await desk.prompt.fill(marker());
  await desk.run.click();
  await expect(desk.state).toContainText('Refused');
  await expect(page.locator('#said')).toContainText(evil);
  await expect(page.locator('#said b')).toHaveCount(0);
  await page.locator('#log summary').click();
  await expect(page.locator('#log')).toContainText('onerror');
  expect(await unharmed(page)).toEqual([null, 0]);
});

const QUERIES = {
  'ten megabytes': { contentType: 'application/json', body: `{"output":"${'x'.repeat(10 << 20)}"}` },
  empty: { contentType: 'application/json', body: '' },
  'cut off': { contentType: 'application/json', body: '{"output":{"task_id":"1","task_sta' },
  'wrong types': { json: { output: { task_id: 7, task_status: { a: [1] }, video_url: false }, usage: 'much' } },
  'a list': { json: [1, 2, 3] },
  null: { json: null },
  'a web page': { status: 502, contentType: 'text/html', body: '<html><script>window.__pwned=1</script>Bad gateway</html>' },
  'no connection': 'abort',
  'a redirect': { status: 302, headers: { location: 'https://elsewhere.example/' } },
};

test('hostile answers to queries harm no task: it goes on and ends in a video', async ({ page, desk, complaints }) => {
  test.setTimeout(300_000);
  complaints.expected.push(HTTP_ERROR, /third party: https:\/\/elsewhere\.example/, /policy: /);
  const left = Object.entries(QUERIES);
  let answered = 0;
  await page.route('**/sim/dashscope/api/v1/tasks/*', async (route) => {
    // What the page asks without the key, to find out why no answer came, is none of the task's queries.
    const next = route.request().headers().authorization && left.shift();
    if (!next) return route.continue();
    answered += 1;
    return next[1] === 'abort' ? route.abort('connectionreset') : route.fulfill(next[1]);
  });
  await desk.prompt.fill(marker());
  await desk.run.click();
  await desk.taskId();
  for (const [index, name] of Object.keys(QUERIES).entries()) {
    // The page waits longer after each of them; here it is asked to go on.
    if (answered === index) await page.locator('#ask').click();
    await expect.poll(() => answered, name).toBeGreaterThan(index);
    await expect(page.locator('.running-view'), name).toContainText('couldn\'t check the status', { timeout: 60_000 });
    await expect(page.locator('.running-view'), name).toContainText(`tried ${index + 1} ×`);
  }
  await page.locator('#ask').click();
  await desk.done();
  await desk.plays();
  expect(await unharmed(page)).toEqual([null, 0]);
});

for (const [name, answer, end] of [
  ['empty', { body: '' }, 'The response was empty'],
  ['a web page', { contentType: 'text/html', body: '<html><body>Hello</body></html>' }, 'web page instead of data'],
  ['cut off', { contentType: 'application/json', body: '{"output":{"task_id":"' }, 'was incomplete or not JSON'],
  ['of wrong types', { json: { output: { task_id: ['x'], task_status: 'PENDING' } } }, 'has no task ID'],
  ['ten megabytes', { contentType: 'application/json', body: 'y'.repeat(10 << 20) }, 'far too long'],
  ['no connection', 'abort', 'No response'],
]) {
  test(`a create call answered by ${name} is doubtful and not repeated`, async ({ page, desk, complaints }) => {
    complaints.expected.push(HTTP_ERROR);
    let calls = 0;
    await page.route('**/video-synthesis', (route) => {
      calls += route.request().method() === 'POST' ? 1 : 0;
      return answer === 'abort' ? route.abort('connectionreset') : route.fulfill(answer);
    });
    await desk.prompt.fill(marker());
    await desk.run.click();
    await expect(desk.state).toContainText('Unconfirmed', { timeout: 60_000 });
    await expect(page.locator('.ended')).toContainText(end);
    await expect(page.locator('.ended')).toContainText('Possibly');
    await page.waitForTimeout(800);
    expect(calls).toBe(1);
  });
}

test('a result that is no web link is never followed', async ({ page, desk }) => {
  await page.route('**/sim/dashscope/api/v1/tasks/*', (route) =>
    route.fulfill({ json: { output: { task_status: 'SUCCEEDED', video_url: 'javascript:window.__pwned=1' } } }),
  );
  await desk.prompt.fill(marker());
  await desk.run.click();
  await press(page, '#ask');
  // A link like that is no answer: the page goes on asking, and shows what it got in the log.
  await expect(page.locator('.running-view')).toContainText('couldn\'t check the status');
  await expect(page.locator('video')).toHaveCount(0);
  await page.locator('#log summary').click();
  await expect(page.locator('#log')).toContainText('javascript:window.__pwned');
  expect(await page.evaluate(() => document.querySelectorAll('[src^="javascript"], [href^="javascript"]').length)).toBe(0);
  expect(await unharmed(page)).toEqual([null, 0]);
});

test('an answer about another task ends nothing, and the log says whose it is', async ({ page, desk }) => {
  let strange = 0;
  await page.route('**/sim/dashscope/api/v1/tasks/*', (route) => {
    if (!route.request().headers().authorization || strange === 2) return route.continue();
    strange += 1;
    const output = { task_id: 'task-of-somebody', task_status: 'FAILED', code: 'InvalidParameter', message: 'not yours' };
    return route.fulfill({ json: { request_id: '1', output } });
  });
  await desk.prompt.fill(marker());
  await desk.run.click();
  await press(page, '#ask');
  await expect.poll(() => strange).toBeGreaterThan(0);
  await desk.done();
  await desk.plays();
  await page.locator('#log summary').click();
  await expect(page.locator('#log')).toContainText('This response is for another task and changes nothing here: task-of-somebody');
  expect(await unharmed(page)).toEqual([null, 0]);
});

test('fourteen presses of "ask now" in a second are two questions at most', async ({ page, desk }) => {
  await desk.prompt.fill(`${marker()} sim:slow`);
  await desk.run.click();
  const id = await desk.taskId();
  await page.locator('#ask').waitFor();
  const before = (await log(page, id)).length;
  await page.locator('#ask').evaluate((button) => {
    for (let press = 0; press < 14; press++) button.click();
  });
  await page.waitForTimeout(500);
  expect((await log(page, id)).length - before).toBeLessThanOrEqual(2);
});

test('a task id cannot lead a query to another path', async ({ page, desk, complaints }) => {
  complaints.expected.push(HTTP_ERROR);
  const asked = [];
  await page.route('**/video-synthesis', (route) =>
    route.fulfill({ json: { output: { task_id: '../../../evil?x=1#y', task_status: 'PENDING' }, request_id: '1' } }),
  );
  page.on('request', (request) => {
    if (request.method() === 'GET' && request.url().includes('/sim/')) asked.push(new URL(request.url()));
  });
  await desk.prompt.fill(marker());
  await desk.run.click();
  await press(page, '#ask');
  await expect.poll(() => asked.length).toBeGreaterThan(0);
  for (const url of asked) {
    expect(url.pathname).toMatch(/^\/sim\/dashscope\/api\/v1\/tasks\//);
    expect(url.search).toBe('');
  }
});

test('the whole main job asks nobody but the page\'s own host', async ({ page, desk, complaints }) => {
  const hosts = new Set();
  page.on('request', (request) => {
    if (/^https?:/.test(request.url())) hosts.add(new URL(request.url()).origin);
  });
  await desk.prompt.fill(marker());
  await desk.run.click();
  await desk.done();
  await desk.plays();
  await page.locator('#help-button').click();
  await expect(page.locator('#help')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.locator('#scenarios-button').click();
  await expect(page.locator('#scenarios code').first()).toContainText('sim:');
  expect([...hosts]).toEqual([new URL(page.url()).origin]);
  expect(complaints.list).toEqual([]);
});
