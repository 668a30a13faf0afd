// Without a mouse, and at every width. Barriers, focus and speech stand in `everyone`.
import { expect, test, byId, creates, marker, choosePlace } from './support/page.mjs';

/** Presses Tab until the focused element fits, checking on the way that the focus can be seen. */
async function tabTo(page, selector, most = 60) {
  for (let steps = 0; steps <= most; steps += 1) {
    const at = await page.evaluate((wanted) => {
      const element = document.activeElement;
      // An invisible radio button or file picker shows its focus beside itself.
      const around = [element, element.nextElementSibling, element.parentElement, ...(element.parentElement?.children ?? [])];
      const marked = around.some((one) => {
        if (!one) return false;
        const style = getComputedStyle(one);
        return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || (one === element && style.boxShadow !== 'none');
      });
      const name = `${element.tagName.toLowerCase()}#${element.id}.${element.className}`;
      // The controls of a video belong to the browser, and so does their focus.
      return { name, marked: marked || element === document.body || element.tagName === 'VIDEO', there: element.matches(wanted) };
    }, selector);
    expect(at.marked, `the focus can be seen at ${at.name}`).toBe(true);
    if (at.there) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${most} steps did not reach ${selector}`);
}

test.describe('keys', () => {
  test('the main job, from the first Tab to the playing video, with the keyboard alone', async ({ page, desk }) => {
    const mark = marker();
    await page.keyboard.press('Tab');
    await expect(page.locator('.skip')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.locator('#desk')).toBeFocused();
    await tabTo(page, '[name="capability"]');
    await page.keyboard.press('ArrowRight');
    await expect(byId(page, 'capability-i2v')).toBeChecked();
    await expect(byId(page, 'capability-i2v'), 'the choice does not take the focus away').toBeFocused();
    await page.keyboard.press('ArrowLeft');
    await tabTo(page, '#model');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await tabTo(page, '#f-prompt');
    await page.keyboard.type(mark);
    await tabTo(page, '[name="f-tier"]');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect(byId(page, 'f-tier-720P')).toBeChecked();
    await tabTo(page, '[name="f-ratio"]');
    await page.keyboard.press('ArrowLeft');
    await expect(byId(page, 'f-ratio-9:16'), 'from the first to the last').toBeChecked();
    await tabTo(page, '#more summary');
    await page.keyboard.press('Enter');
    await tabTo(page, '#f-seed');
    await page.keyboard.type('7');
    await tabTo(page, '#run');
    await page.keyboard.press('Enter');
    await desk.done();
    expect(await desk.plays()).toEqual([720, 1280]);
    await tabTo(page, '#download');
    const [{ body }] = await creates(page, mark);
    expect(JSON.parse(body).parameters).toEqual({ resolution: '720P', ratio: '9:16', seed: 7 });
  });

  test('Ctrl + Enter runs from the prompt; / and ? and Esc do what they say', async ({ page, desk }) => {
    await page.keyboard.press('/');
    await expect(desk.prompt).toBeFocused();
    await expect(desk.prompt).toHaveValue('');
    await page.keyboard.type('what? and/or');
    await expect(desk.prompt, 'in a field they are only signs').toHaveValue('what? and/or');
    await expect(page.locator('#help')).toBeHidden();
    await page.keyboard.press('Control+Enter');
    await expect(desk.cards()).toHaveCount(1);
    await page.locator('#help-button').focus();
    await page.keyboard.press('?');
    await expect(page.locator('#help')).toBeVisible();
    await page.keyboard.press('Control+Enter');
    await page.keyboard.press('/');
    await expect(desk.prompt).not.toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page.locator('#help')).toBeHidden();
    await expect(page.locator('#help-button')).toBeFocused();
    await expect(desk.cards(), 'nothing runs behind a dialog').toHaveCount(1);
  });

  test('a scenario is put into the prompt from its dialog', async ({ page, desk }) => {
    await desk.prompt.fill('a cat');
    await page.locator('#scenarios-button').focus();
    await page.keyboard.press('Enter');
    await page.locator('#scenarios li', { hasText: 'sim:moderation' }).getByRole('button').press('Enter');
    await page.keyboard.press('Escape');
    await expect(desk.prompt).toHaveValue('a cat sim:moderation');
  });
});

test.describe('language and theme', () => {
  test('the language changes and takes nothing away: draft, task, focus', async ({ page, desk }) => {
    const mark = marker();
    await desk.prompt.fill(`${mark} sim:slow`);
    await desk.fill('ratio', '9:16');
    await desk.fill('seed', '9');
    await desk.run.click();
    const id = await desk.taskId();
    await page.locator('#language').focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
    await expect(desk.run).toContainText('运行');
    await expect(page.locator('#language')).toBeFocused();
    await expect(desk.prompt).toHaveValue(`${mark} sim:slow`);
    await expect(byId(page, 'f-ratio-9:16')).toBeChecked();
    await desk.open('f-seed');
    await expect(byId(page, 'f-seed')).toHaveValue('9');
    expect(await desk.taskId()).toBe(id);
    await page.locator('#language').press('Enter');
    await expect(desk.run).toContainText('Run');
    await desk.done();
    await desk.plays();
    await page.locator('#language').press('Enter');
    await expect(desk.state).toContainText('已完成');
    await desk.plays();
    expect(await creates(page, mark)).toHaveLength(1);
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
    await expect(desk.run).toContainText('运行');
  });

  test('the page speaks the language of the browser at first', async ({ browser, baseURL }) => {
    for (const [locale, word] of [['zh-CN', '运行'], ['zh-TW', '运行'], ['fr-FR', 'Run']]) {
      const page = await browser.newPage({ locale, baseURL });
      await page.goto('./');
      await expect(page.locator('#run')).toContainText(word, { timeout: 60_000 });
      await page.close();
    }
  });

  test('light and dark change at a press and are remembered', async ({ page, desk: _ }) => {
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    const theme = page.locator('.tools button.round').first();
    await theme.click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    const dark = await ground();
    expect(dark).not.toBe(light);
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect.poll(ground).toBe(dark);
    await theme.click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
    expect(await ground()).toBe(light);
  });

  test('the system\'s dark is followed', async ({ page, desk: _ }) => {
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await ground()).not.toBe(light);
  });
});

for (const width of [320, 390, 1366]) {
  test(`nothing scrolls sideways at ${width} px, whatever the model`, async ({ page, desk }) => {
    await page.setViewportSize({ width, height: 740 });
    const over = () => page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth);
    for (const gateway of ['crazyrouter', 'ope', 'acedata', 'dashscope']) {
      await desk.gateway(gateway);
      const kinds = await page.locator('[name="capability"]').evaluateAll((all) => all.map((one) => one.id));
      for (const kind of kinds) {
        await desk.pick(kind);
        if ((await page.locator('#more').count()) > 0) await page.locator('#more').evaluate((details) => details.setAttribute('open', ''));
        expect(await over(), `${gateway} ${kind}`).toBeLessThanOrEqual(0);
      }
    }
    await desk.pick('capability-t2v');
    await desk.prompt.fill('不换行'.repeat(60) + 'W'.repeat(400));
    await choosePlace(page, 'typed');
    await page.locator('#base-typed').fill(`https://${'long-'.repeat(30)}host.example`);
    expect(await over(), 'with long words').toBeLessThanOrEqual(0);
  });
}

for (const language of ['en', 'zh']) {
  test(`the main job of a text model fits 1366 × 768 without scrolling (${language})`, async ({ page, desk }) => {
    await page.setViewportSize({ width: 1366, height: 768 });
    if (language === 'zh') await page.locator('#language').click();
    for (const gateway of ['dashscope', 'acedata', 'crazyrouter']) {
      await desk.gateway(gateway);
      await page.evaluate(() => window.scrollTo(0, 0));
      for (const id of ['model', 'f-prompt', 'f-tier', 'f-duration', 'amount', 'run']) {
        const box = await byId(page, id).boundingBox();
        expect(box.y, `${gateway} #${id}`).toBeGreaterThanOrEqual(0);
        expect(box.y + box.height, `${gateway} #${id}`).toBeLessThanOrEqual(768);
      }
      // What sticks to the bottom edge must not lie over the fields.
      const covered = await page.evaluate(() => {
        const bar = document.querySelector('.runbar').getBoundingClientRect().top;
        return document.getElementById('f-duration').getBoundingClientRect().bottom - bar;
      });
      expect(covered, `${gateway}: the bar covers the last field`).toBeLessThanOrEqual(0);
    }
  });
}

test('with a narrow page, price and Run stay under the thumb', async ({ page, desk }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const id of ['amount', 'run']) {
    const box = await byId(page, id).boundingBox();
    expect(box.y + box.height).toBeLessThanOrEqual(844);
  }
  const box = await desk.run.boundingBox();
  expect(box.height).toBeGreaterThanOrEqual(40);
});
