// Every state of the page a person can meet: how it is reached, once, and how it is shown in the language of the moment.
import { createHash } from 'node:crypto';
import { byId, marker, media, ready, choosePlace } from '../support/page.mjs';
import { cases } from '../support/cases.mjs';
import { importText, multiply, file, records } from '../support/history.mjs';
import { simulator } from '../support/servers.mjs';
import { expect } from '@playwright/test';

const HTTP_ERROR = /Failed to load resource/;
const CORS = [/blocked by CORS policy/, HTTP_ERROR, /net::ERR/, /third party/];
export const KEY = 'sk-canary-everyone-4d1a';

/** Nothing moves on while one looks: tasks are answered with this word for ever. */
export const answered = (page, word) =>
  page.route('**/sim/dashscope/api/v1/tasks/*', (route) =>
    route.fulfill({ json: { request_id: '1', output: { task_status: word } } }),
  );

/** Presses Run with a prompt; a word of a scenario may stand in it. */
export async function run(desk, words = '') {
  await desk.prompt.fill(`${marker()} ${words}`);
  await desk.run.click();
}

export const unfold = (page, id) => page.locator(id).evaluate((details) => details.setAttribute('open', ''));

const ended = async (desk, word, words) => {
  await run(desk, word);
  await expect(desk.state).toContainText(words, { timeout: 60_000 });
};

const done = async (page, desk) => {
  await run(desk);
  await desk.done();
  await desk.plays();
};

/** The clock of the page, so much ahead. */
const later = (page, hours) =>
  page.evaluate((ms) => {
    const now = Date.now;
    Date.now = () => now.call(Date) + ms;
  }, hours * 3_600_000);

const press = (page, selector) => page.locator(selector).evaluate((button) => button.click());

/** A request with faults of several kinds. */
const FAULTY = `curl -X POST 'https://dashscope.aliyuncs.com/api/v1/services/aigc/image2video/video-synthesis' \\
  -H 'Authorization: Bearer ${KEY}' -H 'Content-Type: application/json' \\
  -d '{"model": "wan2.2-kf2v-flash", "input": {"prompt": "a cat", "img_url": "https://example.com/a.png", "last_frame_url": "https://example.com/b.png"}, "parameters": {"resolution": "4K", "odd": 1}}'`;

/** Opens the paste box, and has it take a text. */
export const takeUp = async (page, text) => {
  if (!(await page.locator('#takeup[open]').count())) await press(page, '#open-takeup');
  await page.locator('#takeup-text').fill(text);
  await page.locator('#takeup-take').click();
};

const open = (button, dialog) => async (page) => {
  await press(page, button);
  await expect(page.locator(dialog)).toBeVisible();
};

/** The forms: each gateway with each capability it offers. */
const FORMS = {
  crazyrouter: ['t2v', 'i2v', 'kf2v', 's2v'],
  ope: ['i2v'],
  acedata: ['t2v', 'i2v', 'r2v'],
  dashscope: ['t2v', 'i2v', 'kf2v', 'r2v', 's2v'],
};

const forms = Object.entries(FORMS).flatMap(([gateway, kinds]) =>
  kinds.map((kind) => [
    `form ${gateway} ${kind}`,
    {
      reach: async (page, desk) => {
        await desk.gateway(gateway);
        await desk.pick(`capability-${kind}`);
      },
      show: async (page) => {
        await unfold(page, '#place');
        if (await page.locator('#more').count()) await unfold(page, '#more');
      },
    },
  ]),
);

const WRITTEN = ['powershell', 'wan.py', 'http'].map((form) => [
  `request as ${form}`,
  {
    reach: async (page, desk) => {
      await desk.prompt.fill('a cat');
      await page.locator('#form').selectOption(form);
    },
  },
]);

/** The body, edited in its place, with something wrong in it. */
const EDITED = {
  'request edited as JSON': {
    reach: async (page, desk) => desk.prompt.fill('a cat'),
    show: async (page) => {
      await press(page, '#edit-body');
      await page.locator('#body-json').fill('{\n  "model": oops\n}');
      await press(page, '#body-apply');
      await expect(page.locator('#body-problem')).not.toBeEmpty();
    },
  },
};

/** What people paste. The box is the same in an embedded page. */
const PASTED = cases().map(([name, text]) => [
  `pasted: ${name}`,
  {
    alone: true,
    show: async (page) => {
      await takeUp(page, text);
      await expect(page.locator('#takeup-result .request-found')).toBeVisible();
      await page.locator('#takeup-result').evaluate((box) => box.querySelectorAll('details').forEach((part) => part.setAttribute('open', '')));
    },
  },
]);

/**
 * By name: `reach` drives the page there once; `show` is called again after each change of language, which makes the
 * view anew: it opens what a person had to open. What is `alone` is not looked at in an embedded page, too.
 */
export const STATES = {
  empty: {},
  ...Object.fromEntries(forms),
  ...Object.fromEntries(WRITTEN),
  ...EDITED,
  filled: {
    reach: async (page, desk) => {
      await desk.prompt.fill('A kitten runs across a moonlit roof');
      await desk.fill('ratio', '9:16');
      await desk.fill('seed', '7');
      await desk.pick('capability-i2v');
      await desk.fill('first_frame', media('a.png'));
      await desk.pick('capability-t2v');
      await expect(page.locator('#unsent')).toBeVisible();
    },
    show: (page) => unfold(page, '#more'),
  },
  invalid: {
    reach: async (page, desk) => {
      await desk.gateway('crazyrouter');
      await desk.model('kf2v', 'wan2.2-kf2v-flash');
      await desk.fill('seed', '-1');
      await desk.fill('first_frame', 'javascript:alert(1)');
      await choosePlace(page, '0');
      await desk.run.click();
      await expect(page.locator('#blocked')).not.toBeEmpty();
    },
  },
  'request in the prompt': {
    reach: async (page, desk) => {
      await desk.prompt.fill('curl https://api.example.com/v1/videos');
      await expect(page.locator('#import-prompt')).toBeVisible();
    },
  },
  'address typed': {
    reach: async (page) => {
      await choosePlace(page, 'typed');
      await page.locator('#base-typed').fill('https://user:word@example.com');
    },
  },
  'key typed': {
    reach: async (page, desk) => {
      await desk.prompt.fill('a cat');
      await choosePlace(page, '0');
      await page.locator('#key').fill(KEY);
    },
  },
  'key kept in this browser': {
    reach: async (page, desk) => {
      await desk.prompt.fill('a cat');
      await choosePlace(page, '0');
      await page.locator('#key').fill(KEY);
      // An embedded page keeps none.
      if (await page.locator('#keep-key').count()) await page.locator('#keep-key').selectOption('browser');
    },
  },
  sending: {
    reach: async (page, desk) => {
      await page.route('**/video-synthesis', () => {});
      await run(desk);
      await expect(desk.state).toContainText('Sending');
    },
  },
  queued: {
    reach: async (page, desk) => {
      await answered(page, 'PENDING');
      await run(desk);
      await expect(desk.state).toContainText('PENDING');
    },
  },
  running: {
    reach: async (page, desk) => {
      await answered(page, 'RUNNING');
      await run(desk);
      await expect(desk.state).toContainText('RUNNING');
    },
    show: (page) => unfold(page, '#log'),
  },
  'not followed': {
    reach: async (page, desk) => {
      await answered(page, 'RUNNING');
      await run(desk);
      await page.locator('#stop').click();
      await expect(page.locator('#follow')).toBeVisible();
    },
  },
  'done, with calls and report': {
    reach: done,
    show: (page) => unfold(page, '#log'),
  },
  failed: {
    expected: [HTTP_ERROR],
    reach: (page, desk) => ended(desk, 'sim:moderation', 'Failed'),
  },
  refused: {
    expected: [HTTP_ERROR],
    reach: (page, desk) => ended(desk, 'sim:quota', 'Refused'),
  },
  doubtful: {
    expected: [HTTP_ERROR],
    reach: (page, desk) => ended(desk, 'sim:create-500', 'Unconfirmed'),
  },
  'not found': {
    expected: [HTTP_ERROR],
    reach: (page, desk) => ended(desk, 'sim:expired', 'Not found'),
  },
  canceled: {
    reach: async (page, desk) => {
      await page.route('**/sim/dashscope/api/v1/tasks/*/cancel', (route) => route.fulfill({ json: { request_id: '1' } }));
      let word = 'PENDING';
      await page.route('**/sim/dashscope/api/v1/tasks/*', (route) =>
        route.fulfill({ json: { request_id: '1', output: { task_status: word } } }),
      );
      await run(desk);
      await expect(desk.state).toContainText('PENDING');
      word = 'CANCELED';
      await expect(desk.state).toContainText('Canceled', { timeout: 60_000 });
    },
  },
  offline: {
    expected: [HTTP_ERROR, /net::ERR/],
    reach: async (page, desk, { context }) => {
      // What Run needs is on this device before the network goes.
      await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('/split_tasks')));
      await page.waitForLoadState('networkidle');
      await context.setOffline(true);
      await run(desk);
      await expect(page.locator('#diagnosis')).toHaveAttribute('data-found', /./, { timeout: 60_000 });
    },
    settled: (page) => expect(page.locator('#diagnosis')).toHaveAttribute('data-found', /./, { timeout: 60_000 }),
  },
  'diagnosis of CORS, by hand': {
    expected: CORS,
    reach: async (page, desk, { defer }) => {
      const running = await simulator('--deny-cors', 'dashscope');
      defer(running.stop);
      await choosePlace(page, 'typed');
      await page.locator('#base-typed').fill(`${running.url}/sim/dashscope`);
      await page.locator('#key').fill(KEY);
      await run(desk);
      await expect(page.locator('#diagnosis')).toHaveAttribute('data-found', 'cors', { timeout: 60_000 });
    },
    settled: (page) => expect(page.locator('#diagnosis')).toHaveAttribute('data-found', 'cors', { timeout: 60_000 }),
  },
  'link ends soon': {
    reach: async (page, desk) => {
      await done(page, desk);
      await later(page, 23);
      await expect(page.locator('#reminder')).toBeVisible();
    },
  },
  expired: {
    reach: async (page, desk) => {
      await done(page, desk);
      await later(page, 25);
      await expect(page.locator('.facts')).toContainText('expired');
    },
  },
  'tasks not kept': {
    before: (page) =>
      page.addInitScript(() => Object.defineProperty(window, 'indexedDB', { get: () => undefined })),
    reach: async (page, desk) => {
      await done(page, desk);
      await expect(page.locator('#unkept')).toBeVisible();
    },
  },
  'history, empty': { show: open('#history-button', '#history') },
  'history, filled, compared': {
    expected: [HTTP_ERROR],
    reach: async (page, desk) => {
      await done(page, desk);
      await page.locator('#history-button').click();
      const [own] = await records(page);
      await importText(page, file([...multiply(own, 8), '{"broken":1}']));
      await expect(page.locator('#history-said')).toContainText('imported', { timeout: 60_000 });
      await page.keyboard.press('Escape');
    },
    show: async (page) => {
      await press(page, '#history-button');
      await expect(page.locator('#history-list > li')).toHaveCount(9);
      await page.locator('#history-list > li').nth(4).locator('.entry-tools button').first().click();
      await expect(page.locator('#history-compare-box')).toBeVisible();
    },
  },
  'history, asked before it deletes': {
    reach: done,
    show: async (page) => {
      await press(page, '#history-button');
      await expect(page.locator('#history-list > li')).toHaveCount(1);
      await page.locator('#history-delete-all button').click();
      await expect(page.locator('#history-really')).toBeFocused();
    },
  },
  'kept videos': {
    reach: async (page, desk) => {
      await done(page, desk);
      await page.locator('#keep').click();
      await expect(page.locator('#keep')).toHaveAttribute('aria-pressed', 'true');
    },
    show: async (page) => {
      await press(page, '#kept-button');
      await expect(page.locator('#kept-list li')).toHaveCount(1);
    },
  },
  'take-up box': { show: open('#open-takeup', '#takeup') },
  'take-up of a task': {
    show: async (page) => {
      await takeUp(page, `task ${createHash('md5').update('x').digest('hex').replace(/(.{8})(.{4})(.{4})(.{4})(.*)/, '$1-$2-$3-$4-$5')}`);
      await page.locator('#takeup-result label.seg').first().click();
      await expect(page.locator('#takeup-follow')).toBeVisible();
    },
  },
  'import with findings': {
    show: async (page) => {
      await takeUp(page, FAULTY);
      await expect(page.locator('#import-findings')).toBeVisible();
      if (await page.locator('#import-remarks').count()) await unfold(page, '#import-remarks');
    },
  },
  'a request to be sent exactly as pasted': {
    show: async (page) => {
      await takeUp(page, FAULTY.replace('https://example.com/b.png', '猫'));
      await unfold(page, '#exact');
      await expect(page.locator('#exact-request')).toBeVisible();
    },
  },
  'what is sent as pasted, in the form': {
    show: async (page) => {
      await takeUp(page, FAULTY);
      await page.locator('#import-keep').check();
      await page.locator('#import-fill').click();
      await expect(page.locator('#as-pasted')).toBeVisible();
    },
  },
  ...Object.fromEntries(PASTED),
  'copy of a link': {
    reach: async (page, desk) => {
      await desk.model('i2v', 'wan2.5-i2v-preview');
      await desk.prompt.fill('a cat');
      await desk.fill('first_frame', media('a.png?Signature=x'));
    },
    show: open('#open-share', '#share'),
  },
  'a link that is not understood in full': {
    // In an embed that goes to the author of the page around it, not to the reader.
    alone: true,
    reach: async (page) => {
      await page.goto(`./?opened#1/dashscope/no-such-model?prompt=a%20cat&odd=1&duration=many`);
      await ready(page);
      await expect(page.locator('#link-notice')).toBeVisible({ timeout: 60_000 });
    },
    show: (page) => expect(page.locator('#link-notice')).toBeVisible(),
  },
  'gateways of one\'s own': { show: open('#open-gateways', 'dialog[open]') },
  'a gateway of one\'s own, with mistakes': {
    show: async (page) => {
      await press(page, '#open-gateways');
      await expect(page.locator('dialog[open]')).toBeVisible();
      if (await page.locator('#gateways-add').isVisible()) await page.locator('#gateways-add').click();
      await page.locator('#own-base').fill('javascript:alert(1)');
      await page.locator('#own-save').click();
      await expect(page.locator('dialog[open] .problem:not(:empty)').first()).toBeVisible();
    },
  },
  'what is forgotten': {
    reach: done,
    show: open('#forget-button', '#forget'),
  },
  help: { show: open('#help-button', '#help') },
  scenarios: {
    show: async (page) => {
      await press(page, '#scenarios-button');
      await expect(page.locator('#scenario-list li').first()).toBeVisible();
    },
  },
};

/** Changes the language in place. */
export async function speak(page, tag) {
  if ((await page.locator('html').getAttribute('lang')) === tag) return;
  await press(page, '#language');
  await expect(page.locator('html')).toHaveAttribute('lang', tag);
}

/** Drives the page to a state. `fixtures` holds what the state needs beside the page. */
export async function reach(state, page, desk, fixtures) {
  if (state.before) {
    await state.before(page);
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('data-boot', 'ready', { timeout: 60_000 });
  }
  await state.reach?.(page, desk, fixtures);
}

export { byId };
