// The relay's client half: offered only where straight calls are proven impossible and the page's own server has a
// relay, used only once it is switched on, and always named at the Run button.
import { expect, marker, ready, openPlace } from './support/page.mjs';
import { closed, test } from './support/relay.mjs';
import { KEY } from './support/servers.mjs';

test('offered after the proof, used after the switch, named at the Run button', async ({ page, desk, relaying }) => {
  test.setTimeout(300_000);
  const seen = [];
  page.on('request', (request) => {
    if (request.url().startsWith(`${relaying}/relay/`)) seen.push([request.method(), request.url(), request.headers()]);
  });
  const mark = await closed(page, desk);
  await expect(page.locator('#use-relay')).toContainText(relaying);
  expect(seen.map(([method, url]) => `${method} ${url}`), 'only the question whether there is one').toEqual([`GET ${relaying}/relay/`]);
  expect(seen[0][2].authorization).toBeUndefined();
  await page.locator('#use-relay').click();
  await expect(page.locator('#route')).toContainText(`Your key passes through ${relaying}`);
  await page.locator('.card.new').click();
  await desk.prompt.fill(`${mark} again`);
  await desk.run.click();
  await expect(desk.state).toContainText(/Queued|Running|Done/, { timeout: 60_000 });
  const [, create] = seen;
  expect(create[0]).toBe('POST');
  expect(create[1]).toBe(`${relaying}/relay/dashscope/dashscope.aliyuncs.com/api/v1/services/aigc/video-generation/video-synthesis`);
  expect(create[2].authorization).toBe(`Bearer ${KEY}`);
  await desk.done();
  await desk.plays();
  await page.locator('#language').click();
  await expect(page.locator('#route')).toContainText('您的 Key 会经过');
  await page.locator('#route button').click();
  await expect(page.locator('#route')).toContainText('不允许浏览器直接调用');
  // What is asked beside the tasks goes the same way.
  await openPlace(page);
  await page.locator('#open-account').click();
  await page.locator('#account-relay').click();
  await expect(page.locator('#account-rows > li').first()).toBeVisible();
  const models = seen.find(([, url]) => url.includes('/models?'));
  expect(models[1]).toBe(`${relaying}/relay/dashscope/dashscope.aliyuncs.com/api/v1/models?capabilities=VG&page_no=1&page_size=20`);
  expect(models[2].authorization).toBe(`Bearer ${KEY}`);
  await page.keyboard.press('Escape');
  await desk.model('s2v', 'wan2.2-s2v');
  await desk.fill('portrait', 'https://example.com/a.png');
  await page.locator('#check-portrait').click();
  await expect(page.locator('[data-check="passed"]')).toBeVisible();
  const checks = seen.filter(([, url]) => url.endsWith('/face-detect'));
  expect(checks.map(([method, url]) => `${method} ${url}`)).toEqual([
    `POST ${relaying}/relay/dashscope/dashscope.aliyuncs.com/api/v1/services/aigc/image2video/face-detect`,
  ]);
});

test('on a plain file server there is none, and the page says so', async ({ page, site }) => {
  await page.goto(`${site}/`);
  await ready(page);
  await page.locator('#key').fill(KEY);
  await page.locator('#f-prompt').fill(marker());
  await page.locator('#run').click();
  await expect(page.locator('#diagnosis')).toHaveAttribute('data-found', 'cors', { timeout: 60_000 });
  await expect(page.locator('.route-choice')).toContainText('has no relay');
  await expect(page.locator('#use-relay')).toHaveCount(0);
});

test('what the relay did not pass on is no doubt, and its reason is told', async ({ page, desk, relaying }) => {
  await page.route(`${relaying}/relay/dashscope/**`, (route) =>
    route.fulfill({
      status: 502,
      headers: { 'x-relay': 'refused' },
      json: { relay: 'refused', error: 'unreachable', message: 'The host does not take the connection.', sent: false },
    }),
  );
  await closed(page, desk);
  await page.locator('#use-relay').click();
  await page.locator('.card.new').click();
  await desk.prompt.fill(marker());
  await desk.run.click();
  await expect(desk.state).toContainText('Refused');
  await expect(page.locator('#said')).toContainText('Relay.unreachable');
  await expect(page.locator('#advice')).toContainText('didn\'t forward the request');
  await expect(page.locator('#billed')).toContainText('Nothing was created');
});
