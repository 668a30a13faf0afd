// Keys: in memory unless the user says otherwise, then in the storage that was chosen and nowhere else; temporary ones
// with their time; and everything forgotten at a press.
import { expect, marker, ready, test as base, choosePlace } from './support/page.mjs';
import { simulator } from './support/servers.mjs';
import { stored } from './support/stored.mjs';

const KEY = 'sk-canary-kept-51c7';
const NAME = 'wan.kept-keys';

const test = base.extend({
  /** A simulator at another origin whose tasks take as long as in life. */
  slow: async ({}, use) => {
    const running = await simulator('--speed', '1');
    await use(running.url);
    running.stop();
  },
});

/** The simulator at an address of the user's own: there a key is asked for. */
const own = (page, gateway = 'dashscope', host = '127.0.0.1') =>
  `${new URL(page.url()).origin.replace('127.0.0.1', host)}/sim/${gateway}`;

async function connect(page, address = own(page)) {
  await choosePlace(page, 'typed');
  await page.locator('#base-typed').fill(address);
}

const local = (page) => page.evaluate((name) => localStorage.getItem(name), NAME);
const session = (page) => page.evaluate((name) => sessionStorage.getItem(name), NAME);
const keep = (page, place) => page.locator('#keep-key').selectOption(place);

test('a key is in memory only, unless one says otherwise', async ({ page, desk }) => {
  await connect(page);
  await expect(page.locator('#keep-key')).toHaveValue('');
  await expect(page.locator('#key-means')).toContainText('Cleared on reload');
  await page.locator('#key').fill(KEY);
  await desk.prompt.fill('a boat');
  expect(await stored(page)).not.toContain('canary');
  await page.reload();
  await ready(page);
  await connect(page);
  await expect(page.locator('#key')).toHaveValue('');
});

test('kept in this tab: there after a reload, in no other tab, and gone when taken back', async ({ page, desk, context }) => {
  await connect(page);
  await page.locator('#key').fill(KEY);
  await keep(page, 'tab');
  await expect(page.locator('#key-means')).toContainText('cleared when the tab is closed');
  await expect.poll(() => session(page)).toBe(`1\ndashscope ${new URL(page.url()).origin} ${KEY}`);
  expect(await local(page)).toBe(null);
  await page.reload();
  await ready(page);
  await connect(page);
  await expect(page.locator('#key')).toHaveValue(KEY);
  await expect(page.locator('#keep-key')).toHaveValue('tab');
  const other = await context.newPage();
  await other.goto(page.url());
  await ready(other);
  await connect(other);
  await expect(other.locator('#keep-key')).toHaveValue('');
  await expect(other.locator('#key')).toHaveValue('');
  // It is the key that is sent.
  const mark = marker();
  await desk.prompt.fill(mark);
  const [request] = await Promise.all([
    page.waitForRequest((request) => request.method() === 'POST' && (request.postData() ?? '').includes(mark)),
    desk.run.click(),
  ]);
  expect(request.headers().authorization).toBe(`Bearer ${KEY}`);
  await page.locator('.card.new').click();
  await keep(page, '');
  expect(await session(page)).toBe(null);
  await expect(page.locator('#key'), 'it stays in memory').toHaveValue(KEY);
  expect(await stored(page)).not.toContain('canary');
});

test('kept in this browser: for its gateway and origin only, in every tab, and forgotten in every tab', async ({ page, desk, context }) => {
  await connect(page);
  await keep(page, 'browser');
  await page.locator('#key').fill(KEY);
  await expect(page.locator('#key-means')).toContainText('unencrypted');
  await expect.poll(() => local(page)).toContain(KEY);
  expect(await session(page)).toBe(null);
  const other = await context.newPage();
  await other.goto(page.url());
  await ready(other);
  await connect(other);
  await expect(other.locator('#key')).toHaveValue(KEY);
  await expect(other.locator('#keep-key')).toHaveValue('browser');
  await connect(other, own(page, 'dashscope', 'localhost'));
  await expect(other.locator('#key'), 'another origin').toHaveValue('');
  await other.locator('label:has([id="gateway-acedata"])').click();
  await connect(other, own(page, 'acedata'));
  await expect(other.locator('#key'), 'another gateway').toHaveValue('');
  await other.locator('label:has([id="gateway-dashscope"])').click();
  await connect(other);
  // Another key at once in the other tab, and none at once.
  await page.locator('#key').fill(`${KEY}-next`);
  await expect(other.locator('#key')).toHaveValue(`${KEY}-next`);
  await other.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(page.locator('#key')).toHaveValue('');
  expect(await stored(page)).not.toContain('canary');
  await expect(desk.run).toBeVisible();
});

test('where the browser keeps nothing, words say so and the key stays in memory', async ({ page }) => {
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage']) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException('no', 'SecurityError');
        },
      });
    }
  });
  await page.goto('./');
  await ready(page);
  await connect(page);
  await page.locator('#key').fill(KEY);
  for (const place of ['tab', 'browser']) {
    await keep(page, place);
    await expect(page.locator('#key-unkept')).toContainText('doesn\'t let the page save');
    await expect(page.locator('#keep-key')).toHaveValue('');
    await expect(page.locator('#key')).toHaveValue(KEY);
  }
});

test('keys of another version are left as they are', async ({ page, desk }) => {
  await page.evaluate((name) => localStorage.setItem(name, '2\nsomething new'), NAME);
  await page.reload();
  await ready(page);
  await connect(page);
  await page.locator('#key').fill(KEY);
  await keep(page, 'browser');
  await expect(page.locator('#key-unkept')).toContainText('another version');
  await expect(page.locator('#keep-key')).toHaveValue('');
  expect(await local(page)).toBe('2\nsomething new');
  await expect(desk.run).toBeVisible();
});

test('a kept key is redacted like a typed one', async ({ page, desk }) => {
  // A key that does not look like one: only who knows it can take it out.
  const odd = 'canary~odd~kept~key';
  await connect(page);
  await page.locator('#key').fill(odd);
  await keep(page, 'browser');
  await page.reload();
  await ready(page);
  await connect(page);
  await expect(page.locator('#key')).toHaveValue(odd);
  await desk.prompt.fill(`${marker()} quotes ${odd}`);
  await desk.run.click();
  await desk.done();
  await page.locator('#history-button').click();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export' }).click()]);
  const { readFileSync } = await import('node:fs');
  const text = readFileSync(await file.path(), 'utf8');
  expect(text).toContain('quotes');
  expect(text).not.toContain(odd);
});

test('everything is forgotten at a press, in every tab, and nothing is left anywhere', async ({ page, desk, context, complaints, slow }) => {
  test.setTimeout(300_000);
  complaints.hosts.add(slow);
  const said = [];
  const addresses = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('request', (request) => addresses.push(request.url()));
  await connect(page);
  await page.locator('#key').fill(KEY);
  await keep(page, 'browser');
  await desk.prompt.fill(`${marker()} kept for good`);
  await desk.run.click();
  await desk.done();
  await desk.plays();
  await page.locator('#keep').click();
  await expect(page.locator('#keep')).toHaveAttribute('aria-pressed', 'true');
  await page.locator('.card.new').click();
  await connect(page, `${slow}/sim/dashscope`);
  await page.locator('#key').fill(`${KEY}-tab`);
  await keep(page, 'tab');
  await desk.prompt.fill(`${marker()} runs on`);
  await desk.run.click();
  const id = await desk.taskId();
  await page.locator('.card.new').click();
  await page.locator('label:has([id="gateway-acedata"])').click();
  await connect(page, own(page, 'acedata'));
  await page.locator('#key').fill(`${KEY}-memory`);
  const other = await context.newPage();
  await other.goto(page.url());
  await ready(other);
  await other.locator('label:has([id="gateway-ope"])').click();
  await connect(other, own(page, 'ope'));
  await other.locator('#key').fill(`${KEY}-elsewhere`);

  await page.bringToFront();
  await page.locator('#forget-button').click();
  const dialog = page.locator('#forget');
  await expect(dialog).toContainText('in memory 1, in this tab 1, in this browser 1');
  await expect(page.locator('#forget-running')).toContainText(id);
  await expect(dialog).toContainText('Task history, including running tasks (2)');
  await expect(dialog).toContainText('Videos saved in this browser (1)');
  for (const box of await dialog.locator('input[type=checkbox]').all()) await expect(box, 'nothing but keys unasked').not.toBeChecked();
  expect(await stored(page)).toContain('canary');
  await page.locator('#forget-go').click();
  await expect(page.locator('#forget-said')).toContainText('Cleared.');
  await expect(other.locator('#key')).toHaveValue('');
  for (const one of [page, other]) expect(await stored(one)).not.toContain('canary');
  expect(await stored(page), 'the rest stays').toContain('kept for good');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(page.locator('#key')).toHaveValue('');
  await desk.cards().first().click();
  await expect(page.locator('#stage'), 'the task waits for its key').toContainText('Enter this gateway\'s key', { timeout: 60_000 });

  await page.locator('#forget-button').click();
  await page.locator('#forget-all').click();
  await page.locator('#forget-go').click();
  await expect(page.locator('#forget-said')).toContainText('Cleared.');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(desk.cards()).toHaveCount(0);
  const left = await stored(page);
  expect(left).not.toContain('kept for good');
  expect(left).not.toContain('wan.');
  expect(left).not.toContain(id);
  const places = {
    document: await page.evaluate(() => document.documentElement.outerHTML),
    addresses: [page.url(), ...addresses].join('\n'),
    console: said.join('\n'),
    storage: left,
  };
  for (const [place, text] of Object.entries(places)) expect(text.includes('canary'), `a key in: ${place}`).toBe(false);
  await page.reload();
  await ready(page);
  await expect(desk.cards()).toHaveCount(0);
});

test('the dialog that forgets gives the focus back, and closes by Escape with nothing done', async ({ page, desk }) => {
  await connect(page);
  await page.locator('#key').fill(KEY);
  await keep(page, 'browser');
  await page.locator('#forget-button').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('#forget')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('#forget')).toBeHidden();
  await expect(page.locator('#forget-button')).toBeFocused();
  await expect(page.locator('#key')).toHaveValue(KEY);
  await expect.poll(() => local(page)).toContain(KEY);
  await expect(desk.run).toBeVisible();
});

test.describe('temporary keys', () => {
  const TOKEN = 'st-canary-temporary-90ab';

  /** The page with a clock that the test moves. */
  async function open(page) {
    await page.clock.install();
    await page.goto('./');
    await ready(page);
    await connect(page);
  }

  const answer = async (page, seconds) => {
    const now = await page.evaluate(() => Date.now());
    return JSON.stringify({ token: TOKEN, expires_at: Math.floor(now / 1000) + seconds }, null, 1);
  };

  test('the whole answer is taken, counts down exactly, and the end is said before anything is sent', async ({ page }) => {
    await open(page);
    await page.locator('#f-prompt').fill('a boat');
    await page.locator('#key').fill(await answer(page, 600));
    await expect(page.locator('#key')).toHaveValue(TOKEN);
    await expect(page.locator('#key-left')).toHaveText(/^Expires in (9:5\d|10:00)\.$/);
    await expect(page.locator('#key-left')).toHaveAttribute('aria-live', 'off');
    await expect(page.locator('#key-means')).toContainText('temporary key');
    await page.clock.fastForward(300_000);
    await expect(page.locator('#key-left')).toHaveText(/^Expires in (4:[45]\d|5:00)\.$/);
    await expect(page.locator('#key-fault')).toBeEmpty();
    await page.clock.fastForward(301_000);
    await expect(page.locator('#key-fault')).toContainText('has expired');
    await expect(page.locator('#key-left')).toBeEmpty();
    const sent = [];
    page.on('request', (request) => sent.push(request.url()));
    await page.locator('#run').click();
    await expect(page.locator('#blocked')).toContainText('API key');
    await expect(page.locator('#key')).toBeFocused();
    expect(sent.filter((url) => url.includes('/sim/'))).toEqual([]);
    await page.locator('#key').fill(KEY);
    await expect(page.locator('#key-fault')).toBeEmpty();
    await expect(page.locator('#blocked')).toBeEmpty();
  });

  test('of a bare one it is said what is not known', async ({ page }) => {
    await open(page);
    await page.locator('#f-prompt').fill('a boat');
    await page.locator('#key').fill(TOKEN);
    await expect(page.locator('#key-left')).toContainText(/unknown.*in (0:5\d|1:00)/);
    await page.clock.fastForward(61_000);
    await expect(page.locator('#key-left')).toContainText(/may have expired.*in 2[89]:\d\d at the latest/);
    await expect(page.locator('#key-fault'), 'it may still be good').toBeEmpty();
    await page.clock.fastForward(1_740_000);
    await expect(page.locator('#key-fault')).toContainText('has expired');
  });

  test('it is never kept, whatever was chosen, and takes the place of the one that was', async ({ page }) => {
    await open(page);
    await page.locator('#key').fill(KEY);
    await keep(page, 'browser');
    await expect.poll(() => local(page)).toContain(KEY);
    await page.locator('#key').fill(TOKEN);
    await expect(page.locator('#keep-key')).toBeHidden();
    expect(await stored(page)).not.toContain('canary');
    await page.reload();
    await ready(page);
    await connect(page);
    await expect(page.locator('#key')).toHaveValue('');
  });

  test('an answer without a key is none', async ({ page }) => {
    await open(page);
    await page.locator('#key').fill('{"code":"InvalidApiKey","message":"no","request_id":"1"}');
    await expect(page.locator('#key-fault')).toContainText('quotation mark');
    await expect(page.locator('#key-left')).toHaveCount(0);
  });

  test('a task that outlives its key says so and goes on with a new one', async ({ page }) => {
    await open(page);
    const mark = marker();
    await page.locator('#f-prompt').fill(`${mark} sim:slow`);
    await page.locator('#key').fill(await answer(page, 60));
    await page.locator('#run').click();
    await expect(page.locator('#state')).toContainText(/Queued|Running/, { timeout: 60_000 });
    await page.clock.fastForward(61_000);
    await expect(page.locator('#stage')).toContainText('Enter this gateway\'s key', { timeout: 60_000 });
    await page.locator('.card.new').click();
    await expect(page.locator('#key-fault')).toContainText('has expired');
    await page.locator('#key').fill(await answer(page, 1800));
    await page.locator('#key').blur();
    await page.locator('.tasks .card:not(.new)').first().click();
    await expect(page.locator('#state')).toContainText('Done', { timeout: 120_000 });
  });
});
