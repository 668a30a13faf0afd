// The whole main job with the keyboard alone, in both languages: no pointer, no script that presses for the user.
import { expect, test, creates, marker } from '../support/page.mjs';

/** Presses Tab (or Shift+Tab) until the focused element fits. Wherever it stops, the focus is on something that is seen. */
async function tabTo(page, selector, { back = false, most = 90 } = {}) {
  for (let steps = 0; steps <= most; steps += 1) {
    const at = await page.evaluate((wanted) => {
      const element = document.activeElement;
      return { there: element.matches(wanted), name: element.id || element.className || element.tagName };
    }, selector);
    if (at.there) return;
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
  }
  throw new Error(`${most} steps did not reach ${selector}`);
}

/** Presses an arrow until this radio button is on. */
async function choose(page, name, id) {
  await tabTo(page, `[name="${name}"]`);
  for (let steps = 0; steps < 12; steps += 1) {
    if (await page.evaluate((wanted) => document.activeElement.id === wanted, id)) return;
    await page.keyboard.press('ArrowRight');
  }
  throw new Error(`no ${id} among ${name}`);
}

for (const [tag, words] of [
  ['en', { done: 'Done', copied: 'Copied' }],
  ['zh-CN', { done: '已完成', copied: '已复制' }],
]) {
  test(`gateway, model, form, run, watch, download, copy, history, report (${tag})`, async ({ page, desk, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const mark = marker();
    if (tag === 'zh-CN') {
      await tabTo(page, '#language');
      await page.keyboard.press('Enter');
      await expect(page.locator('html')).toHaveAttribute('lang', tag);
      await expect(page.locator('#language')).toBeFocused();
      await tabTo(page, '[name="gateway"]', { back: true });
    }
    await choose(page, 'gateway', 'gateway-acedata');
    await choose(page, 'capability', 'capability-t2v');
    await tabTo(page, '#model');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await tabTo(page, '#f-prompt');
    await page.keyboard.type(mark);
    await choose(page, 'f-tier', 'f-tier-720P');
    await choose(page, 'f-ratio', 'f-ratio-9:16');
    await tabTo(page, '#more summary');
    await page.keyboard.press('Enter');
    await tabTo(page, '#run');
    await page.keyboard.press('Enter');
    await expect(desk.state).toContainText(words.done, { timeout: 60_000 });
    expect(await desk.plays()).toEqual([720, 1280]);
    // The focus is still where it was, and what is new comes next.
    await expect(desk.run).toBeFocused();
    await tabTo(page, '#video');
    await page.keyboard.press('Space');
    await expect.poll(() => desk.video.evaluate((video) => video.paused), { message: 'the space bar plays' }).toBe(false);
    await tabTo(page, '#download');
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(download.suggestedFilename()).toMatch(/\.mp4$/);
    await tabTo(page, '#log summary');
    await page.keyboard.press('Enter');
    await tabTo(page, '#report-copy');
    await page.keyboard.press('Enter');
    await expect(page.locator('#report-said')).toHaveText(words.copied);
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(mark);
    await tabTo(page, '#copy-command');
    await page.keyboard.press('Enter');
    await expect(page.locator('#copy-command')).toHaveText(words.copied);
    const command = await page.evaluate(() => navigator.clipboard.readText());
    expect(command).toContain(mark);
    expect(command).toMatch(/^curl /);
    await tabTo(page, '#history-button');
    await page.keyboard.press('Enter');
    await expect(page.locator('#history-search')).toBeFocused();
    await page.keyboard.type(mark);
    await expect(page.locator('#history-list > li')).toHaveCount(1);
    await tabTo(page, '.entry');
    await page.keyboard.press('Enter');
    await expect(page.locator('#history')).toBeHidden();
    await expect(page.locator('#stage')).toBeFocused();
    expect(await creates(page, mark)).toHaveLength(1);
  });
}
