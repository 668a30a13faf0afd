// The paste box is reached from wherever people are: by its buttons, by paste, by drop, and from a prompt that begins
// like a command. What is typed or pasted into a field stays that field's.
import { expect, test } from './support/page.mjs';

const BODY = '{"model": "wan2.6-t2v", "input": {"prompt": "a cat on a sill"}, "parameters": {"duration": 5}}';
const COMMAND = `curl -X POST 'https://dashscope.aliyuncs.com/api/v1/services/aigc/video-generation/video-synthesis' \\
  -H "Authorization: Bearer $DASHSCOPE_API_KEY" \\
  -H 'Content-Type: application/json' -H 'X-DashScope-Async: enable' \\
  -d '${BODY}'`;

const box = (page) => page.locator('#takeup');
const result = (page) => page.locator('#takeup-result');

/** Pastes a text into whatever has the focus, as the browser does. */
async function paste(page, text) {
  await page.evaluate((words) => navigator.clipboard.writeText(words), text);
  await page.keyboard.press('ControlOrMeta+V');
}

/** Drops a text, or a file, on an element. Whether the page let the browser have it. */
function drop(page, selector, text, file = null) {
  return page.evaluate(
    ([place, words, name]) => {
      const dataTransfer = new DataTransfer();
      if (name) dataTransfer.items.add(new File([words], name));
      else dataTransfer.setData('text/plain', words);
      const target = document.querySelector(place);
      const event = (type) => new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
      target.dispatchEvent(event('dragover'));
      return target.dispatchEvent(event('drop'));
    },
    [selector, text, file],
  );
}

/** Nothing has the focus. */
const leave = (page) => page.evaluate(() => document.activeElement?.blur());

test.beforeEach(async ({ context, desk }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await desk.model('t2v', 'wan2.6-t2v');
});

for (const id of ['import-button', 'import-request']) {
  test(`#${id} opens the box by mouse and by keyboard, and closing it leads back`, async ({ page }) => {
    const opener = page.locator(`#${id}`);
    await opener.click();
    await expect(box(page)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(box(page)).toBeHidden();
    await expect(opener).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.locator('#takeup-text')).toBeVisible();
  });
}

for (const [what, text, said] of [
  ['a command', COMMAND, 'wan2.6-t2v'],
  ['a body', BODY, 'wan2.6-t2v'],
  ['an answer', '{"output":{"task_status":"PENDING","task_id":"0385dc79-5ff8-4d82-bcb6-000000000001"},"request_id":"r"}', '0385dc79'],
  ['an id', '0385dc79-5ff8-4d82-bcb6-000000000001', '0385dc79'],
]) {
  test(`${what} pasted beside every field is read in the box`, async ({ page, desk }) => {
    await desk.prompt.fill('stays');
    await leave(page);
    await paste(page, text);
    await expect(box(page)).toBeVisible();
    await expect(result(page)).toContainText(said);
    await page.keyboard.press('Escape');
    await expect(desk.prompt).toHaveValue('stays');
  });
}

test('a plain word pasted beside every field is left alone', async ({ page }) => {
  await leave(page);
  await paste(page, 'cat');
  await paste(page, 'A cat runs over the roofs.');
  // What follows in the queue of the page has come after the pastes.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await expect(box(page)).toHaveCount(0);
});

test('what is pasted or dropped into a field is the field\'s', async ({ page, desk }) => {
  await desk.prompt.focus();
  await paste(page, COMMAND);
  await expect(desk.prompt).toHaveValue(COMMAND);
  await expect(box(page)).toHaveCount(0);
  expect(await drop(page, '#f-prompt', BODY), 'the browser puts it in').toBe(true);
  await expect(box(page)).toHaveCount(0);
});

test('what is pasted into the box is not taken twice', async ({ page }) => {
  await page.locator('#import-button').click();
  await page.locator('#takeup-text').focus();
  await paste(page, BODY);
  await expect(page.locator('#takeup-text')).toHaveValue(BODY);
  await expect(box(page)).toHaveCount(1);
});

for (const [what, text, file, said] of [
  ['a text', COMMAND, null, 'wan2.6-t2v'],
  ['a script', `#!/bin/sh\n${COMMAND}\n`, 'run.sh', 'wan2.6-t2v'],
  ['a log', `10:22 submit\n${COMMAND}\n10:23 done\n`, 'worker.log', 'wan2.6-t2v'],
  [
    'a HAR file',
    JSON.stringify({ log: { entries: [{ request: { method: 'POST', url: 'https://dashscope.aliyuncs.com/api/v1/services/aigc/video-generation/video-synthesis', headers: [], postData: { text: BODY } } }] } }),
    'network.har',
    'wan2.6-t2v',
  ],
]) {
  test(`${what} dropped anywhere is read in the box`, async ({ page }) => {
    expect(await drop(page, 'footer', text, file), 'the page does not go away').toBe(false);
    await expect(box(page)).toBeVisible();
    await expect(result(page)).toContainText(said);
  });
}

test('a plain text dropped beside a field opens nothing', async ({ page }) => {
  await drop(page, 'footer', 'a cat');
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await expect(box(page)).toHaveCount(0);
});

for (const start of [COMMAND, `$ ${COMMAND}`, BODY, 'import requests\n\nrequests.post("https://h.example")']) {
  test(`a prompt that begins with ${start.slice(0, 16).trim()} is offered as a request, and stays`, async ({ page, desk }) => {
    await desk.prompt.fill('a cat on a roof, curl of smoke');
    await expect(page.locator('#import-prompt')).toHaveCount(0);
    await desk.prompt.fill(start);
    await page.locator('#import-prompt').press('Enter');
    await expect(box(page)).toBeVisible();
    await expect(result(page)).not.toBeEmpty();
    await page.keyboard.press('Escape');
    await expect(desk.prompt).toHaveValue(start);
    await desk.prompt.fill('a cat');
    await expect(page.locator('#import-prompt')).toHaveCount(0);
  });
}

test('on a phone both openers are within reach', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const id of ['import-button', 'import-request']) {
    const opener = page.locator(`#${id}`);
    await opener.scrollIntoViewIfNeeded();
    const area = await opener.boundingBox();
    expect(area.x).toBeGreaterThanOrEqual(0);
    expect(area.x + area.width).toBeLessThanOrEqual(390);
    await opener.click();
    await expect(box(page)).toBeVisible();
    await page.keyboard.press('Escape');
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
