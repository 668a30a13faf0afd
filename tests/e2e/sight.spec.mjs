// What one meets first: what it costs where, what one starts from, the prompt; the rest in one quiet line that opens.
import { expect, test, byId, choosePlace, creates, marker, media, ready } from './support/page.mjs';

const place = (page) => page.locator('#place');
const line = (page) => page.locator('#place > summary');

test('a gateway is named with its prices, and a model is asked for by what one starts from', async ({ page, desk: _ }) => {
  const tab = (id) => page.locator(`label:has(#gateway-${id})`);
  await expect(tab('dashscope').locator('small')).toHaveText(/^CN¥0\.[0-9]+–[0-9.]+\/s$/);
  await expect(tab('crazyrouter').locator('small')).toHaveText(/\/s$/);
  await expect(tab('dashscope')).toHaveAttribute('title', /Model Studio/);
  const group = page.getByRole('radiogroup', { name: 'What do you start from?' });
  await expect(group.locator('legend')).toBeVisible();
  const rows = await group.locator('.seg').evaluateAll((all) => [...new Set(all.map((one) => one.getBoundingClientRect().top))]);
  expect(rows, 'all in one row').toHaveLength(1);
});

test('where it is called is one line until it is opened, or until something is to be filled in', async ({ page, desk }) => {
  await expect(line(page)).toHaveText(/^Docs .*2026 · Simulator · no key needed$/);
  await expect(page.locator('#base')).toBeHidden();
  await expect(page.locator('#open-account')).toBeHidden();
  await line(page).click();
  await expect(page.locator('#base')).toBeVisible();
  await expect(page.locator('#open-account')).toBeVisible();
  await expect(place(page).locator('.source')).toContainText('Nov 28, 2026');
  await line(page).click();
  // A key is asked for beside the line, not within it.
  await choosePlace(page, '0');
  await line(page).click();
  await expect(page.locator('#base')).toBeHidden();
  await expect(page.locator('#key')).toBeVisible();
  await expect(line(page)).toHaveText(/^Docs .*2026 · [^·]+$/);
  // A place that cannot be opens the line by itself.
  await choosePlace(page, 'typed');
  await page.locator('#base-typed').fill('https://example.com');
  await expect(page.locator('#base-fault')).toBeEmpty();
  await line(page).click();
  await expect(page.locator('#base')).toBeHidden();
  await page.locator('#base-typed').fill('example.com');
  await expect(page.locator('#base')).toBeVisible();
  await expect(desk.prompt).toBeVisible();
});

test('what a model is, is told in the line', async ({ page, desk }) => {
  await desk.gateway('dashscope');
  await desk.model('i2v', 'wan2.5-i2v-preview');
  await expect(line(page).locator('.chip')).toHaveText('Older');
});

test('the names of the API are shown where one asks for them, and it is remembered', async ({ page, desk: _ }) => {
  const path = page.locator('#w-prompt');
  await expect(path).toBeEmpty();
  await page.locator('#names').check();
  await expect(path).toHaveText('input.prompt');
  await expect(page.locator('#w-tier')).toHaveText('parameters.resolution');
  await page.reload();
  await ready(page);
  await expect(path).toHaveText('input.prompt');
  await page.locator('#language').click();
  await expect(page.locator('label:has(#names)')).toHaveText('API 参数名');
  await page.locator('#names').uncheck();
  await expect(path).toBeEmpty();
  await page.reload();
  await ready(page);
  await expect(path).toBeEmpty();
});

test('a new form is new, and one press brings the old one back until something else is done', async ({ page, desk }) => {
  const anew = page.locator('#anew');
  const undo = page.locator('#undo');
  await expect(desk.prompt).toBeVisible();
  await expect(anew, 'there is nothing to clear').toHaveCount(0);
  const mark = marker();
  await desk.prompt.fill(mark);
  await desk.pick('f-tier-720P');
  await anew.click();
  await expect(desk.prompt).toHaveValue('');
  await expect(desk.prompt).toBeFocused();
  await expect(byId(page, 'f-tier-1080P')).toBeChecked();
  await expect(anew).toHaveCount(0);
  await desk.model('i2v', 'wan2.5-i2v-preview');
  await undo.click();
  await expect(page.locator('#capability-t2v'), 'the model too').toBeChecked();
  await expect(desk.prompt).toHaveValue(mark);
  await expect(byId(page, 'f-tier-720P')).toBeChecked();
  await expect(undo).toHaveCount(0);
  await anew.click();
  await desk.prompt.fill('another');
  await expect(undo, 'it would take away what was typed').toHaveCount(0);
  expect(await creates(page, mark)).toEqual([]);
});

test('what came with a pasted request goes with the rest of the form', async ({ page, desk }) => {
  const request = { model: 'wan2.7-t2v', input: { prompt: 'a cat', media: [{ type: 'first_frame', url: media('a.png') }] } };
  await page.locator('#open-takeup').click();
  await page.locator('#takeup-text').fill(`curl https://dashscope.aliyuncs.com/api/v1/services/aigc/video-generation/video-synthesis -H 'X-DashScope-Async: enable' -H 'Authorization: Bearer $DASHSCOPE_API_KEY' -H 'Content-Type: application/json' -d '${JSON.stringify(request)}'`);
  await page.locator('#takeup-take').click();
  await page.locator('#import-keep').check();
  await page.locator('#import-fill').click();
  await expect(page.locator('#as-pasted')).toBeVisible();
  await page.locator('#anew').click();
  await expect(page.locator('#as-pasted')).toHaveCount(0);
  await page.locator('#undo').click();
  await expect(page.locator('#as-pasted')).toBeVisible();
  await expect(desk.prompt).toHaveValue('a cat');
});

test('on a phone name, tools and gateways take two rows, and the prompt is in sight', async ({ page, desk }) => {
  for (const [width, height] of [[390, 844], [320, 700]]) {
    await page.setViewportSize({ width, height });
    const tops = await page.locator('.tab').evaluateAll((all) => [...new Set(all.map((one) => Math.round(one.getBoundingClientRect().y + one.getBoundingClientRect().height / 2)))]);
    expect(tops, `${width}: one row of gateways`).toHaveLength(1);
    const brand = await page.locator('.brand').boundingBox();
    const tools = await page.locator('.tools').boundingBox();
    expect(tools.y, `${width}: the tools stand beside the name`).toBeLessThan(brand.y + brand.height);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  const prompt = await desk.prompt.boundingBox();
  const bar = await page.locator('.runbar').boundingBox();
  expect(prompt.y + prompt.height, 'the whole prompt is seen').toBeLessThanOrEqual(bar.y);
});
