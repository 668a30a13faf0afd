// What is asked beside the tasks: the models of the account beside the catalog, and the check of a portrait. Both on a press
// only, each press at most one call.
import { violations } from './support/axe.mjs';
import { expect, marker, media, ready, test, choosePlace, openPlace } from './support/page.mjs';

const KEY = 'sk-canary-account-0123456789';
const rows = (page) => page.locator('#account-rows > li');
const row = (page, id) => rows(page).filter({ has: page.locator('code', { hasText: new RegExp(`^${id.replace(/\./g, '\\.')}$`) }) });

/** Calls of a kind, as they leave the page. */
function watch(page, part) {
  const seen = [];
  page.on('request', (request) => {
    if (request.method() !== 'OPTIONS' && request.url().includes(part)) seen.push(request);
  });
  return seen;
}

test('the models of the account stand beside the catalog, asked for on a press and page by page', async ({ page, desk }) => {
  const seen = watch(page, '/api/v1/models');
  await desk.model('t2v', 'wan2.7-t2v');
  expect(seen, 'nothing is asked by itself').toHaveLength(0);
  await openPlace(page);
  await page.locator('#open-account').click();
  await expect(page.locator('#account-said')).toContainText('in the catalog');
  await expect(rows(page).first()).toBeVisible();
  const queries = seen.map((request) => new URL(request.url()).search);
  expect(queries).toEqual(['?capabilities=VG&page_no=1&page_size=20', '?capabilities=VG&page_no=2&page_size=20']);
  expect(seen.every((request) => request.method() === 'GET' && request.postData() === null)).toBe(true);

  const current = row(page, 'wan2.7-t2v');
  await expect(current).toHaveAttribute('data-standing', 'both');
  await expect(current).toContainText('0.9 CNY per second');
  await expect(current).toContainText('CN¥1.00/s');
  await expect(current.locator('.differs')).toHaveCount(1);
  await expect(current.locator('.differs')).toHaveText('Differs from the catalog');
  await expect(current).toContainText('Same as the catalog');
  await expect(row(page, 'wan2.2-t2v-plus')).toContainText('Retires on 2027-03-31 00:00:00');
  await expect(row(page, 'wan2.2-kf2v-flash')).toHaveAttribute('data-standing', 'not-listed');
  await expect(row(page, 'wan2.7-t2v-2026-06-12')).toHaveAttribute('data-standing', 'not-in-catalog');
  await expect(page.locator('#account-said')).toContainText('3 models that aren\'t Wan (hidden)');
  await expect(page.locator('#account-rows')).not.toContainText('kling');
  expect(await violations(page)).toEqual([]);

  await page.locator('#account-refresh').click();
  await expect.poll(() => seen.length).toBe(4);
  await expect(rows(page).first()).toBeVisible();
});

test('a page that is drawn anew keeps the list that is open, and asks for nothing', async ({ page, desk, context }) => {
  const seen = watch(page, '/api/v1/models');
  await desk.model('t2v', 'wan2.7-t2v');
  await openPlace(page);
  await page.locator('#open-account').click();
  await expect(rows(page).first()).toBeVisible();
  const count = await rows(page).count();
  const said = await page.locator('#account-said').textContent();
  // Another tab adds a gateway: the page here is drawn anew with it.
  const other = await context.newPage();
  await other.goto(page.url());
  await ready(other);
  const own = { version: 1, gateways: [{ id: 'lab', name: 'Lab', dialect: 'bailian', base: 'https://lab.example', models: 'all' }] };
  await other.evaluate((own) => localStorage.setItem('wan.gateways', own), JSON.stringify(own));
  await expect(page.locator('#gateway-lab')).toBeAttached();
  await expect(page.locator('#account')).toHaveAttribute('open', '');
  await expect(rows(page)).toHaveCount(count);
  expect(await page.locator('#account-said').textContent()).toBe(said);
  expect(seen, 'two pages of the list, asked for once').toHaveLength(2);
});

test('another press while the list is on its way asks for nothing more', async ({ page, desk }) => {
  const seen = watch(page, '/api/v1/models');
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route('**/api/v1/models**', async (route) => {
    await held;
    await route.continue();
  });
  await openPlace(page);
  await page.locator('#open-account').click();
  await expect(page.locator('#account-said')).toHaveText('Loading the list…');
  await page.locator('#account-refresh').click();
  await page.locator('#account-refresh').click();
  release();
  await expect(rows(page).first()).toBeVisible();
  expect(seen).toHaveLength(2);
  await expect(desk.run).toBeVisible();
});

test('Crazyrouter lists ids alone, and a gateway without a list has no button', async ({ page, desk }) => {
  const seen = watch(page, '/v1/models');
  await desk.gateway('ope');
  await expect(page.locator('#open-account')).toHaveCount(0);
  await desk.gateway('crazyrouter');
  await openPlace(page);
  await page.locator('#open-account').click();
  await expect(row(page, 'wan2.7-t2v')).toHaveAttribute('data-standing', 'not-in-catalog');
  await expect(row(page, 'wan2.2-kf2v-flash')).toHaveAttribute('data-standing', 'not-listed');
  await expect(row(page, 'wan2.5-t2v-preview')).toContainText('no price listed');
  expect(seen.map((request) => new URL(request.url()).search)).toEqual(['']);
});

test('without a key nothing is asked; the key goes to its own gateway alone, and a refusal says what to do', async ({ page, desk, complaints }) => {
  complaints.expected.push(/Failed to load resource/, /third party: https:\/\/dashscope-intl/);
  const seen = watch(page, '/api/v1/models');
  await desk.gateway('dashscope');
  await choosePlace(page, { label: 'Singapore · dashscope-intl.aliyuncs.com' });
  await openPlace(page);
  await page.locator('#open-account').click();
  await expect(page.locator('#account-said')).toContainText('Enter your API key first');
  expect(seen).toHaveLength(0);
  await page.keyboard.press('Escape');
  await page.route('https://dashscope-intl.aliyuncs.com/**', (route) =>
    route.fulfill({
      status: 401,
      headers: { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*', 'content-type': 'application/json' },
      body: JSON.stringify({ code: 'InvalidApiKey', message: `Invalid API-key provided: ${KEY}.`, request_id: 'r' }),
    }),
  );
  await page.locator('#key').fill(KEY);
  await openPlace(page);
  await page.locator('#open-account').click();
  await expect(page.locator('#account-said')).toContainText('The gateway refused the request.');
  await expect(page.locator('#account-said')).toContainText('InvalidApiKey');
  await expect(page.locator('body')).not.toContainText(KEY);
  expect(seen[0].headers().authorization).toBe(`Bearer ${KEY}`);
  expect(seen.every((request) => new URL(request.url()).origin === 'https://dashscope-intl.aliyuncs.com')).toBe(true);
});

test('what is no list of models is told, whatever it is', async ({ page, desk, complaints }) => {
  complaints.expected.push(/Failed to load resource/, /net::ERR/);
  await desk.model('t2v', 'wan2.7-t2v');
  let answer;
  await page.route('**/api/v1/models**', (route) => answer(route));
  const told = async (given, words) => {
    answer = given;
    await openPlace(page);
    await page.locator('#open-account').click();
    await expect(page.locator('#account-said')).toContainText(words, { timeout: 60_000 });
    await page.keyboard.press('Escape');
  };
  await told((route) => route.fulfill({ body: '<html>' }), "isn't a list of models");
  await told((route) => route.fulfill({ body: JSON.stringify({ output: { models: [] } }) }), 'The list is empty');
  await told((route) => route.abort('failed'), "couldn't be loaded");
  const hostile = { model: 'wan-<img src=x onerror=alert(1)>', name: '\u202ewan', prices: 7 };
  await told((route) => route.fulfill({ body: JSON.stringify({ output: { models: [hostile] } }) }), '1 not in the catalog');
  await expect(page.locator('#account-rows img')).toHaveCount(0);
});

/** The form of the model that makes a portrait speak, with this link. */
async function portrait(page, desk, link) {
  await desk.gateway('dashscope');
  await desk.model('s2v', 'wan2.2-s2v');
  if (link) await desk.fill('portrait', link);
}

test('a portrait is checked on a press, once, with the price on the button', async ({ page, desk }) => {
  const seen = watch(page, '/face-detect');
  await portrait(page, desk);
  const button = page.locator('#check-portrait');
  await expect(button).toHaveText('Check the portrait · CN¥0.004');
  await button.click();
  await expect(page.locator('#check-said')).toContainText('Enter the link');
  await expect(page.locator('#f-portrait')).toBeFocused();
  const link = media(`${marker()}.png`);
  await desk.fill('portrait', link);
  expect(seen, 'nothing is asked by itself').toHaveLength(0);

  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route('**/face-detect', async (route) => {
    await held;
    await route.continue();
  });
  await button.click();
  await expect(page.locator('#check-said')).toHaveText('Checking the portrait…');
  // It says that it is under way; pressed all the same, it does nothing.
  await button.click({ force: true });
  await button.press('Enter');
  // Nor does it matter that the form is re-rendered meanwhile.
  await desk.model('t2v', 'wan2.7-t2v');
  await desk.model('s2v', 'wan2.2-s2v');
  await button.click();
  release();
  await expect.poll(async () => {
    await button.click();
    return page.locator('#check-said').textContent();
  }).toContain('Passed. This portrait can be used.');
  expect(seen).toHaveLength(1);
  expect(JSON.parse(seen[0].postData())).toEqual({ model: 'wan2.2-s2v-detect', input: { image_url: link } });
  expect(seen[0].headers()['x-dashscope-async']).toBeUndefined();
  expect(seen[0].headers().authorization).toMatch(/^Bearer /);

  await button.click();
  await expect(page.locator('#check-known')).toContainText('already checked');
  expect(seen).toHaveLength(1);
  expect(await violations(page)).toEqual([]);
  await page.locator('#check-again').click();
  await expect(page.locator('#check-known')).toHaveCount(0);
  await expect(page.locator('#check-said')).toContainText('Passed.');
  expect(seen).toHaveLength(2);
  await desk.fill('portrait', media('other.png'));
  await expect(page.locator('#check-said')).toBeEmpty();
});

test('what does not pass or is refused says what to do, and is asked once', async ({ page, desk, complaints }) => {
  complaints.expected.push(/Failed to load resource/);
  const seen = watch(page, '/face-detect');
  await portrait(page, desk);
  let count = 0;
  for (const [word, kind, said] of [
    ['sim:no-person', 'not-passed', 'no person found'],
    ['sim:throttled', 'refused', 'Throttling.RateQuota'],
    ['sim:moderation', 'refused', 'DataInspectionFailed'],
    ['sim:unreadable-image', 'refused', 'InputDownloadFailed'],
    ['sim:create-500', 'refused', 'InternalError'],
  ]) {
    await desk.fill('portrait', media(`${marker()}-${word}.png`));
    await page.locator('#check-portrait').click();
    await expect(page.locator(`[data-check="${kind}"]`)).toBeVisible();
    await expect(page.locator('#check-said')).toContainText(said);
    count += 1;
    expect(seen, word).toHaveLength(count);
  }
  await page.waitForTimeout(1500);
  expect(seen, 'nothing is asked again by itself').toHaveLength(count);
});

test('the check is there where the gateway has it, and nowhere else', async ({ page, desk }) => {
  await portrait(page, desk);
  await expect(page.locator('#check-portrait')).toBeVisible();
  await choosePlace(page, { label: 'Singapore · dashscope-intl.aliyuncs.com' });
  await expect(page.locator('#check-portrait')).toHaveCount(0);
  await choosePlace(page, '0');
  await expect(page.locator('#check-portrait')).toBeVisible();
  await desk.fill('portrait', media('a.png'));
  await page.locator('#check-portrait').click();
  await expect(page.locator('#check-said')).toContainText('Enter your API key first');
  await desk.gateway('crazyrouter');
  await desk.model('s2v', 'wan2.2-s2v');
  await expect(page.locator('#f-portrait')).toBeVisible();
  await expect(page.locator('#check-portrait')).toHaveCount(0);
});

test.describe('in Chinese, on a small screen', () => {
  test.use({ locale: 'zh-CN', viewport: { width: 390, height: 844 } });

  test('both fit and are worded', async ({ page }) => {
    await page.goto('./');
    await ready(page);
    await openPlace(page);
    await page.locator('#open-account').click();
    await expect(page.locator('#account h2')).toHaveText('此账号可用的模型');
    await expect(page.locator('#account-rows .differs')).toHaveText('与目录不同');
    const wide = await page.locator('#account').evaluate((dialog) => dialog.scrollWidth > dialog.clientWidth);
    expect(wide, 'nothing sticks out').toBe(false);
    expect(await violations(page)).toEqual([]);
  });
});
