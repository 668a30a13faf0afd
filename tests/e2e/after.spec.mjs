// While a task runs, and after: what was asked stays in view, one sees how long it takes, and the next step is at hand.
import { createServer } from 'node:http';
import { expect, test, creates, marker, media } from './support/page.mjs';
import { answered } from './everyone/states.mjs';
import { EVERYTHING, violations } from './support/axe.mjs';

const asked = (page) => page.locator('.asked');

/** Runs the plainest text model with a prompt that nobody else has. The prompt. */
async function run(desk, words = 'a lake at dusk') {
  const prompt = `${marker()} ${words}`;
  await desk.known();
  await desk.prompt.fill(prompt);
  await desk.run.click();
  return prompt;
}

async function finish(desk, words) {
  const prompt = await run(desk, words);
  await desk.done();
  await desk.plays();
  return prompt;
}

test.describe('what was asked', () => {
  test('is on the stage while it is sent, while it runs, when it failed, and in another language', async ({ page, desk, complaints }) => {
    complaints.expected.push(/Failed to load resource/);
    await page.route('**/video-synthesis', () => {});
    const prompt = await run(desk);
    await expect(desk.state).toContainText('Sending');
    await expect(asked(page).locator('.prompt')).toHaveText(prompt);
    await expect(asked(page).locator('.settings')).toHaveText(/^1080P · 5 s$/);
    await expect(page.locator('.comes')).toContainText('returns a task ID');
    await page.unroute('**/video-synthesis');

    await page.locator('.card.new').click();
    await answered(page, 'RUNNING');
    await desk.fill('seed', '７'.normalize('NFKC'));
    await desk.fill('ratio', '9:16');
    const second = await run(desk, 'another');
    await expect(desk.state).toContainText('RUNNING');
    await expect(asked(page).locator('.prompt')).toHaveText(second);
    await expect(asked(page).locator('.settings')).toContainText('9:16 · 5 s · Seed 7');
    await page.locator('#language').click();
    await expect(asked(page).locator('.settings')).toContainText('9:16 · 5 秒 · 随机种子 7');
    await page.locator('#language').click();
    await page.unroute('**/sim/dashscope/api/v1/tasks/*');

    await page.locator('.card.new').click();
    const third = await run(desk, 'sim:moderation');
    await expect(desk.state).toContainText('Failed', { timeout: 60_000 });
    await expect(asked(page).locator('.prompt')).toHaveText(third);
    // What the form holds by now is another matter.
    await page.locator('.card').last().click();
    await expect(asked(page).locator('.prompt')).toHaveText(prompt);
  });

  test('a long prompt shows its beginning and opens by keyboard; a picture is named without its signature', async ({ page, desk }) => {
    await answered(page, 'RUNNING');
    await desk.model('i2v', 'wan2.5-i2v-preview');
    await desk.fill('first_frame', media('cats/a%20cat.png?Signature=secret'));
    const prompt = `${marker()} ${'the camera pushes in slowly while the clouds move, '.repeat(12)}`.trim();
    await desk.prompt.fill(prompt);
    await desk.run.click();
    await expect(asked(page).locator('.settings')).toContainText('First frame a%20cat.png');
    await expect(asked(page)).not.toContainText('secret');
    const fold = asked(page).locator('details');
    const whole = fold.locator('p');
    await expect(whole).toBeHidden();
    const lines = await fold.locator('.start').evaluate((start) => start.clientHeight / parseFloat(getComputedStyle(start).lineHeight));
    expect(Math.round(lines)).toBe(2);
    await fold.locator('summary').focus();
    await page.keyboard.press('Enter');
    await expect(whole).toHaveText(prompt);
    await expect(whole).toBeVisible();
    await expect(fold.locator('.start')).toBeHidden();
  });
});

test.describe('how long it takes', () => {
  test('the documented time with its source, a bar that grows, and what comes next', async ({ page, desk }) => {
    await answered(page, 'PENDING');
    await run(desk);
    await expect(desk.state).toContainText('PENDING');
    await expect(page.locator('.usual')).toContainText('Usually 1–5 minutes');
    await expect(page.locator('.usual a')).toHaveAttribute('href', /^https:\/\/help\.aliyun\.com\//);
    await expect(page.locator('.comes')).toContainText('queue');
    const width = () => page.locator('.pulse i').evaluate((bar) => parseFloat(bar.style.width));
    const before = await width();
    await expect.poll(width).toBeGreaterThan(before);
    expect(await width()).toBeLessThan(100);
  });

  test('one\'s own finished tasks of the model tell it better', async ({ page, desk }) => {
    test.slow();
    for (let number = 0; number < 3; number += 1) {
      await finish(desk);
      await page.locator('.card.new').click();
    }
    await answered(page, 'RUNNING');
    await run(desk);
    await expect(page.locator('.usual')).toContainText(/Your last runs of this model took about 0:\d\d/);
    // Of another model nothing is known.
    await page.locator('.card.new').click();
    await desk.model('t2v', 'wan2.6-t2v');
    await desk.prompt.fill(marker());
    await desk.run.click();
    await expect(page.locator('.usual')).toContainText('Usually 1–5 minutes');
  });

  test('a connection that is held until the video is there says so', async ({ page, desk }) => {
    await page.route('**/sim/acedata/**', () => {});
    await desk.gateway('acedata');
    await desk.pick('f-async-false');
    await desk.prompt.fill(marker());
    await desk.run.click();
    await expect(page.locator('.comes')).toContainText('Keep this tab open');
    await page.locator('.card.new').click();
    await desk.pick('f-async-true');
    await desk.run.click();
    await expect(page.locator('.comes')).toContainText('returns a task ID');
  });
});

test.describe('after a video', () => {
  test('run again is a run: one press one create call, the price on the button, a double press none more', async ({ page, desk }) => {
    const prompt = await finish(desk);
    const mark = prompt.split(' ')[0];
    await expect(page.locator('#run-again')).toHaveText('Run again · CN¥5.00');
    await page.locator('#run-again').dblclick();
    await expect(desk.cards()).toHaveCount(2);
    await desk.done();
    const sent = await creates(page, mark);
    expect(sent).toHaveLength(2);
    expect(sent[1].body).toBe(sent[0].body);
    await expect(asked(page).locator('.prompt')).toHaveText(prompt);
    // A second, later press is another run.
    await page.locator('#run-again').press('Enter');
    await expect(desk.cards()).toHaveCount(3);
    await expect(page.locator('#stage')).toBeFocused();
    await expect.poll(async () => (await creates(page, mark)).length).toBe(3);
  });

  test('into the form, with another seed or as it was, sends nothing', async ({ page, desk }) => {
    await desk.known();
    await desk.fill('ratio', '9:16');
    const prompt = await finish(desk);
    await page.locator('.card.new').click();
    await desk.gateway('acedata');
    await desk.prompt.fill('something else');
    await desk.cards().first().click();
    await page.locator('#vary-seed').click();
    await expect(page.locator('#f-seed')).toBeFocused();
    await expect(page.locator('#f-seed')).toHaveValue(/^\d+$/);
    await expect(desk.prompt).toHaveValue(prompt);
    await expect(page.locator('[id="f-ratio-9:16"]')).toBeChecked();
    await expect(page.locator('#gateway-dashscope')).toBeChecked();
    await desk.cards().first().click();
    await page.locator('#use-again').click();
    await expect(desk.prompt).toBeFocused();
    await expect(page.locator('#f-seed')).toHaveValue('');
    await expect(desk.cards()).toHaveCount(1);
    expect(await creates(page, prompt.split(' ')[0])).toHaveLength(1);
  });

  for (const which of ['first', 'last']) {
    test(`the ${which} frame becomes the first frame of the next request`, async ({ page, desk }) => {
      const prompt = await finish(desk);
      const [width, height] = await desk.plays();
      await page.locator(`#use-${which}`).click();
      await expect(desk.prompt).toBeFocused();
      await expect(page.locator('#model')).toHaveValue(/.+/);
      await expect(page.locator('#capability-i2v')).toBeChecked();
      const picked = page.locator('.field.f-first_frame .picked');
      await expect(picked).toContainText(`_${which}.jpg`, { timeout: 60_000 });
      await expect(picked).toContainText(`${width} × ${height}`);
      await expect(desk.cards()).toHaveCount(1);
      expect(await creates(page, prompt.split(' ')[0])).toHaveLength(1);
    });
  }

  test('where the host forbids reading, the page says why it takes no picture', async ({ page, desk, complaints }) => {
    complaints.expected.push(/CORS|net::ERR_FAILED/, /third party: http:\/\/127\.0\.0\.1/);
    // As object stores do: the file, and not a word about other origins.
    let original;
    const host = createServer((request, response) => response.writeHead(200, { 'content-type': 'video/mp4' }).end(original));
    await new Promise((resolve) => host.listen(0, '127.0.0.1', resolve));
    await page.route(/\/api\/v1\/tasks\//, async (route) => {
      const answer = await route.fetch();
      const body = await answer.json();
      if (body.output?.video_url) {
        original ??= await (await page.request.get(body.output.video_url)).body();
        body.output.video_url = `http://127.0.0.1:${host.address().port}/a.mp4`;
      }
      await route.fulfill({ response: answer, json: body });
    });
    await finish(desk);
    await page.locator('#use-last').click();
    await expect(page.locator('#step-said')).toContainText('doesn\'t let web pages read it');
    await expect(page.locator('#download')).toBeVisible();
    await expect(desk.cards().first().locator('.thumb svg')).toBeVisible();
    host.closeAllConnections();
    host.close();
  });

  test('the file is named after model, prompt and task; Chinese stays, what is unsafe goes', async ({ page, desk }) => {
    await finish(desk, '湖边的黄昏: ../../"x"');
    const id = await desk.taskId();
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#download').click()]);
    expect(download.suggestedFilename()).toMatch(new RegExp(`^wan2\\.5-t2v_m[0-9a-z]+-湖边的黄昏-x_${id.split('-')[0]}\\.mp4$`));
  });

  test('the link is copied to the last sign', async ({ page, desk, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await finish(desk);
    await page.locator('#copy-video').click();
    await expect(page.locator('#copy-video')).toHaveText('Link copied');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await desk.video.evaluate((video) => video.src));
  });

  test('an upright video stands without pillars, and its facts are one line', async ({ page, desk }) => {
    await desk.known();
    await desk.fill('ratio', '9:16');
    await finish(desk);
    const [width, height] = await desk.plays();
    expect(height).toBeGreaterThan(width);
    const box = await desk.video.boundingBox();
    expect(Math.abs(box.width / box.height - width / height)).toBeLessThan(0.02);
    await expect(page.locator('.facts')).toContainText(`${width} × ${height}`);
    const tops = await page.locator('.facts > div:not(.wide)').evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().top)));
    expect(new Set(tops).size).toBe(1);
  });

  test('all of it by keyboard, and nothing axe would say', async ({ page, desk }) => {
    await finish(desk);
    await page.locator('#run-again').focus();
    for (const id of ['vary-seed', 'use-again', 'use-first', 'use-last', 'download']) {
      await page.keyboard.press('Tab');
      await expect(page.locator(`#${id}`)).toBeFocused();
    }
    expect(await violations(page, EVERYTHING)).toEqual([]);
  });
});

test.describe('the end, for those who look elsewhere', () => {
  const TITLE = 'Wan Playground';
  /** Somebody goes to another tab, or comes back. */
  const look = (page, hidden) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  const icon = (page) => page.locator('link[rel="icon"]').getAttribute('href');

  /** Notes what the page asks of the system: a test's browser shows nothing. */
  const notifications = (page, answer) =>
    page.addInitScript((answer) => {
      window.shown = [];
      window.asked = 0;
      window.Notification = class {
        static permission = 'default';
        static async requestPermission() {
          window.asked += 1;
          return (this.permission = answer);
        }
        constructor(title, options) {
          window.shown.push([title, options.body]);
          window.last = this;
        }
        close() {}
      };
    }, answer);

  test('title and icon tell of it, and are as before once somebody looks', async ({ page, desk, complaints }) => {
    complaints.expected.push(/Failed to load resource/);
    const plain = await icon(page);
    await run(desk);
    await look(page, true);
    await desk.done();
    await expect(page).toHaveTitle(`✓ Done · ${TITLE}`);
    expect(await icon(page)).toContain('circle');
    await look(page, false);
    await expect(page).toHaveTitle(TITLE);
    expect(await icon(page)).toBe(plain);

    await page.locator('.card.new').click();
    await run(desk, 'sim:moderation');
    await look(page, true);
    await expect(desk.state).toContainText('Failed', { timeout: 60_000 });
    await expect(page).toHaveTitle(`✕ Failed · ${TITLE}`);
    await look(page, false);
    await expect(page).toHaveTitle(TITLE);
    // Who looks on needs no sign.
    await page.locator('.card.new').click();
    await run(desk);
    await desk.done();
    await expect(page).toHaveTitle(TITLE);
  });

  test('a notification comes where it was asked for; leave is asked for by that press only', async ({ page, desk }) => {
    await notifications(page, 'granted');
    await page.reload();
    const prompt = await run(desk);
    expect(await page.evaluate(() => window.asked)).toBe(0);
    await page.locator('#notify').click();
    await expect(page.locator('#notify')).toHaveAttribute('aria-pressed', 'true');
    expect(await page.evaluate(() => window.asked)).toBe(1);
    await look(page, true);
    await desk.done();
    await expect.poll(() => page.evaluate(() => window.shown)).toEqual([['✓ Video ready · wan2.5-t2v-preview', prompt]]);
    await page.locator('.card.new').click();
    await page.evaluate(() => window.last.onclick({ target: window.last }));
    await expect(asked(page).locator('.prompt')).toHaveText(prompt);
  });

  test('leave that is denied is said, and nothing is shown', async ({ page, desk }) => {
    await notifications(page, 'denied');
    await page.reload();
    await answered(page, 'RUNNING');
    await run(desk);
    await page.locator('#notify').click();
    await expect(page.locator('#notify-said')).toContainText('blocked for this site');
    await expect(page.locator('#notify')).toHaveAttribute('aria-pressed', 'false');
    await page.unroute('**/sim/dashscope/api/v1/tasks/*');
    await look(page, true);
    await desk.done();
    expect(await page.evaluate(() => window.shown)).toEqual([]);
  });
});

test.describe('an end without a video', () => {
  test('refused: one headline, the gateway\'s words, one advice, one action; the rest folded', async ({ page, desk, complaints }) => {
    complaints.expected.push(/Failed to load resource/);
    const prompt = await run(desk, 'sim:moderation');
    await expect(desk.state).toContainText('Failed', { timeout: 60_000 });
    await expect(page.locator('#said')).not.toContainText('HTTP 200');
    await expect(page.locator('#blame')).toBeHidden();
    await expect(page.locator('#retry')).toBeHidden();
    await expect(page.locator('#billed')).toBeVisible();
    await expect(page.locator('.ended .primary')).toHaveCount(1);
    await expect(page.locator('#run-again')).toHaveCount(0);
    await page.locator('#use-again').click();
    await expect(desk.prompt).toHaveValue(prompt);
    await expect(desk.prompt).toBeFocused();
    await expect(desk.cards()).toHaveCount(1);
    await desk.cards().first().click();
    await page.locator('#why summary').focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('#blame')).toBeVisible();
    expect(await violations(page, EVERYTHING)).toEqual([]);
  });

  test('trouble that may pass: the same again is one press', async ({ page, desk, complaints }) => {
    complaints.expected.push(/Failed to load resource/);
    const prompt = await run(desk, 'sim:throttled-create');
    await expect(desk.state).toContainText('Refused', { timeout: 60_000 });
    await expect(page.locator('#run-again')).toHaveClass(/primary/);
    // A press right after the first one counts as the same: then it is pressed again.
    await expect(async () => {
      if ((await desk.cards().count()) === 1) await page.locator('#run-again').click();
      await expect(desk.cards()).toHaveCount(2, { timeout: 1_000 });
    }).toPass();
    await expect.poll(async () => (await creates(page, prompt.split(' ')[0])).length).toBe(2);
  });

  test('in doubt nothing offers to run again but the way with two presses', async ({ page, desk, complaints }) => {
    complaints.expected.push(/Failed to load resource/);
    await run(desk, 'sim:create-500');
    await expect(page.locator('#doubt')).toBeVisible({ timeout: 60_000 });
    await expect(page.locator('#run-again')).toHaveCount(0);
    await expect(page.locator('#use-again')).toHaveCount(0);
    await expect(page.locator('#again')).toBeVisible();
  });
});

test('cards and the history show a picture, what was asked, what it cost and how long ago', async ({ page, desk }) => {
  const prompt = await finish(desk);
  const card = desk.cards().first();
  await expect(card.locator('.thumb img')).toHaveAttribute('src', /^data:image\/jpeg;base64,/);
  await expect(card.locator('b')).toHaveText(prompt);
  await expect(card.locator('.of')).toHaveText('#1 wan2.5-t2v-preview');
  await expect(card.locator('.hint')).toHaveText('CN¥5.00');
  await expect(card.locator('.when')).toHaveText('just now');
  const [wide, high] = await card.locator('.thumb img').evaluate((image) => [image.naturalWidth, image.naturalHeight]);
  expect([wide, high]).toEqual([128, 72]);
  await page.locator('#history-button').click();
  const row = page.locator('#history-list li').first();
  await expect(row.locator('.thumb img')).toHaveAttribute('src', /^data:image\/jpeg;base64,/);
  await expect(row.locator('.entry-when')).toHaveText('just now');
  await page.keyboard.press('Escape');
  // In memory only: after a reload a sign stands there, until the video is looked at.
  await page.reload();
  await expect(desk.cards().first().locator('.thumb svg')).toBeVisible();
});
