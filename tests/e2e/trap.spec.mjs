// After a trap of the module nothing may reach it any more: its data may be half changed, and a press could cost money.
import { expect, log, marker, media, ready, test } from './support/page.mjs';

/**
 * Makes the module trap in the middle of an event, for real: its memory is gone for that moment and back afterwards, so
 * that a page that went on calling it would go on as if nothing had happened.
 */
const trap = (page) =>
  page.evaluate(() => {
    const bytes = () => new Uint8Array(globalThis.moduleMemory.buffer);
    const kept = bytes().slice();
    bytes().fill(0);
    document.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true }));
    bytes().set(kept);
  });

test.beforeEach(async ({ page, complaints }) => {
  complaints.expected.push(/RuntimeError|page error: |unreachable|null function|memory access|indirect call/);
  await page.addInitScript(() => {
    const { instantiate, instantiateStreaming } = WebAssembly;
    const seen = (made) => {
      globalThis.moduleMemory ??= Object.values(made.instance.exports).find((value) => value instanceof WebAssembly.Memory);
      return made;
    };
    WebAssembly.instantiateStreaming = async (...args) => seen(await instantiateStreaming.apply(WebAssembly, args));
    WebAssembly.instantiate = async (...args) => seen(await instantiate.apply(WebAssembly, args));
  });
});

/** Every call that leaves the page from now on. */
const calls = (page) => {
  const made = [];
  page.on('request', (request) => made.push(`${request.method()} ${request.url()}`));
  return made;
};

const stopped = async (page) => {
  await expect(page.locator('html')).toHaveAttribute('data-boot', 'stopped');
  await expect(page.locator('.panic')).toBeVisible();
};

test('neither keys nor clicks nor messages reach a module that trapped', async ({ page, desk }) => {
  const mark = marker();
  await desk.prompt.fill(`${mark} a boat`);
  await expect.poll(() => page.evaluate(() => localStorage.getItem('wan.draft') ?? '')).toContain(mark);
  await trap(page);
  await stopped(page);
  const made = calls(page);
  await page.keyboard.press('Control+Enter');
  await page.keyboard.press('Meta+Enter');
  await page.evaluate(() => {
    const keys = { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true };
    for (const target of [document.querySelector('#f-prompt'), document.body, document]) target.dispatchEvent(new KeyboardEvent('keydown', keys));
    document.querySelector('#run').click();
    document.querySelector('#run').dispatchEvent(new MouseEvent('click', { bubbles: true }));
    postMessage({ wan: 1, type: 'wish', link: '1/ope' }, '*');
    for (const name of ['storage', 'hashchange', 'online', 'focus', 'pageshow', 'rest', 'whole']) dispatchEvent(new Event(name));
    document.dispatchEvent(new Event('visibilitychange'));
    document.querySelector('#f-prompt').dispatchEvent(new Event('input', { bubbles: true }));
  });
  await page.waitForTimeout(4000);
  expect(made).toEqual([]);
  expect((await log(page, mark)).length).toBe(0);
  expect(await page.locator('.tasks .card:not(.new)').count()).toBe(0);
  // What was typed is there again.
  await page.reload();
  await ready(page);
  await expect(desk.prompt).toHaveValue(new RegExp(mark));
  await desk.run.click();
  await desk.done();
  expect((await log(page, mark)).filter((entry) => entry.method === 'POST').length).toBe(1);
});

test('a call that was under way is not followed up, and is in doubt afterwards', async ({ page, desk }) => {
  const mark = marker();
  await desk.gateway('dashscope');
  await desk.model('i2v', 'wan2.2-i2v-flash');
  await desk.fill('first_frame', media('a.png'));
  await desk.prompt.fill(`${mark} sim:slow a boat`);
  let go;
  const released = new Promise((resolve) => (go = resolve));
  await page.route('**/sim/dashscope/**/video-synthesis', async (route) => {
    const answer = await route.fetch();
    await released;
    await route.fulfill({ response: answer });
  });
  await desk.run.click();
  await expect.poll(async () => (await log(page, mark)).length).toBe(1);
  await trap(page);
  await stopped(page);
  const made = calls(page);
  go();
  await page.waitForTimeout(4000);
  await page.keyboard.press('Control+Enter');
  await page.waitForTimeout(1000);
  expect(made).toEqual([]);
  expect((await log(page, mark)).length).toBe(1);
  await page.reload();
  await ready(page);
  await expect(desk.cards()).toHaveCount(1);
  await expect(desk.state).toContainText(/Unconfirmed/);
});

test('no timer of a task asks after a trap', async ({ page, desk }) => {
  const mark = marker();
  await desk.prompt.fill(`${mark} sim:slow a boat`);
  await desk.run.click();
  const id = await desk.taskId();
  await expect.poll(async () => (await log(page, id)).length, { timeout: 60_000 }).toBeGreaterThan(0);
  await trap(page);
  await stopped(page);
  await expect(page.locator('.panic')).toContainText(id);
  const made = calls(page);
  await page.waitForTimeout(6000);
  expect(made).toEqual([]);
  await page.reload();
  await ready(page);
  await desk.done();
  expect((await log(page, mark)).filter((entry) => entry.method === 'POST').length).toBe(1);
});
