// Input methods compose undisturbed: real composition, as the browser gets it from the system.
import { expect, test, byId, creates, marker, media } from '../support/page.mjs';

/** Composes letter by letter, then takes the characters. */
async function compose(client, steps, taken) {
  for (const step of steps) {
    await client.send('Input.imeSetComposition', { text: step, selectionStart: step.length, selectionEnd: step.length });
  }
  await client.send('Input.insertText', { text: taken });
}

const STEPS = ['n', 'ni', 'ni h', 'ni ha', 'ni hao'];

test('the prompt takes what was composed, whole and once, wherever the caret stands', async ({ page, desk }) => {
  const client = await page.context().newCDPSession(page);
  const mark = marker();
  await desk.prompt.fill(`${mark} `);
  await desk.prompt.press('End');
  for (const step of STEPS) {
    await client.send('Input.imeSetComposition', { text: step, selectionStart: step.length, selectionEnd: step.length });
    await expect(desk.prompt, 'what is being composed stands in the field').toHaveValue(`${mark} ${step}`);
    await expect(desk.command, 'and nowhere else').not.toContainText(`${mark} ${step}`);
  }
  await client.send('Input.insertText', { text: '你好' });
  await expect(desk.prompt).toHaveValue(`${mark} 你好`);
  await expect(desk.command).toContainText(`${mark} 你好`);
  await expect(page.locator('.f-prompt .count')).toHaveText(new RegExp(`^${mark.length + 3} /`));
  // In the middle of a text, the caret stays behind what was taken.
  await desk.prompt.press('Home');
  await compose(client, STEPS, '在');
  await page.keyboard.type('!');
  await expect(desk.prompt).toHaveValue(`在!${mark} 你好`);
  // A composition that is given up leaves nothing.
  await client.send('Input.imeSetComposition', { text: 'shu', selectionStart: 3, selectionEnd: 3 });
  await client.send('Input.imeSetComposition', { text: '', selectionStart: 0, selectionEnd: 0 });
  await expect(desk.prompt).toHaveValue(`在!${mark} 你好`);
  await desk.run.click();
  await desk.done();
  const [{ body }] = await creates(page, mark);
  expect(JSON.parse(body).input.prompt).toBe(`在!${mark} 你好`);
});

test('a clock that ticks, a state that changes and a memo that runs do not touch what is being composed', async ({ page, desk }) => {
  const client = await page.context().newCDPSession(page);
  await desk.prompt.fill(`${marker()} sim:slow`);
  await desk.run.click();
  await expect(page.locator('.next')).not.toBeEmpty();
  await desk.fill('prompt', '');
  await desk.prompt.focus();
  await client.send('Input.imeSetComposition', { text: 'zhong wen', selectionStart: 9, selectionEnd: 9 });
  await desk.done();
  await expect(desk.prompt).toBeFocused();
  await expect(desk.prompt).toHaveValue('zhong wen');
  await client.send('Input.insertText', { text: '中文' });
  await expect(desk.prompt).toHaveValue('中文');
});

test('links, numbers and searches compose too', async ({ page, desk }) => {
  const client = await page.context().newCDPSession(page);
  await desk.model('i2v', 'wan2.5-i2v-preview');
  await desk.fill('first_frame', media(''));
  await byId(page, 'f-first_frame').press('End');
  await compose(client, STEPS, '图');
  await expect(byId(page, 'f-first_frame')).toHaveValue(media('图'));
  await desk.open('f-seed');
  await byId(page, 'f-seed').focus();
  await compose(client, ['1', '12'], '12');
  await expect(byId(page, 'f-seed')).toHaveValue('12');
  await page.locator('#history-button').click();
  await expect(page.locator('#history-search')).toBeFocused();
  await compose(client, STEPS, '你好');
  await expect(page.locator('#history-search')).toHaveValue('你好');
});

test('the Enter that ends a composition runs nothing, also with Ctrl, and is no key of ours', async ({ page, desk }) => {
  const mark = marker();
  await desk.prompt.fill(mark);
  const press = (init) =>
    desk.prompt.evaluate((field, values) => field.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...values })), init);
  // Chromium and Firefox say that one composes; Safari tells of the key when it is over, under this number.
  await press({ key: 'Enter', ctrlKey: true, isComposing: true });
  await press({ key: 'Enter', ctrlKey: true, keyCode: 229 });
  await expect(desk.cards()).toHaveCount(0);
  await page.evaluate(() => document.activeElement.blur());
  await page.evaluate(() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '?', isComposing: true, bubbles: true })));
  await expect(page.locator('#help')).toBeHidden();
  expect(await creates(page, mark)).toHaveLength(0);
  await press({ key: 'Enter', ctrlKey: true });
  await expect(desk.cards()).toHaveCount(1);
});
