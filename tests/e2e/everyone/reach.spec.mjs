// What the page is to a finger, a magnifier, a reader's own spacing, high contrast and a quiet screen.
import { expect, test, byId } from '../support/page.mjs';
import { STATES, answered, reach, run, speak, unfold } from './states.mjs';

const HTTP_ERROR = /Failed to load resource/;
const LOOKED_AT = ['empty', 'filled', 'invalid', 'key typed', 'running', 'done, with calls and report', 'failed', 'doubtful', 'history, filled, compared', 'kept videos', 'import with findings', 'help', 'form acedata r2v', 'form dashscope s2v'];

/** A sheet of the reader's own, as extensions and browsers bring them: the page's policy does not bind it. */
const dress = (page, css) =>
  page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }, css);

/** Whatever is smaller than a fingertip and has no room around it. */
const small = (page, least) =>
  page.evaluate((size) => {
    const inline = (element) => element.matches('p a, p .small, li a, .advice a, .basis a, .source');
    const boxes = [...document.querySelectorAll('a[href], button, select, summary, input, textarea, [role="button"]')]
      .filter((element) => element.checkVisibility() && !element.closest('.skip, .hidden') && !inline(element))
      // A radio button is as large as the words it lies over; a checkbox as the line it stands in.
      .map((element) => [element, (element.closest('label') ?? document.querySelector(`label[for="${element.id}"].button`) ?? element).getBoundingClientRect()])
      .filter(([, box]) => box.width > 0 && box.height > 0);
    return boxes
      .filter(([, box]) => box.width < size - 0.5 || box.height < size - 0.5)
      .map(([element, box]) => `${element.id || element.className || element.tagName} “${element.textContent.slice(0, 20)}” ${Math.round(box.width)} × ${Math.round(box.height)}`);
  }, least);

/** Text that is cut off, beside what is meant to be: lines that end in “…” and have their whole text as a tooltip or name. */
const cut = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((element) => element.checkVisibility() && [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()))
      .filter((element) => !element.closest('select, textarea, pre, .hidden, .example, .entries, .skip, .sample figcaption, .told, .asked, #formula, svg, [aria-hidden="true"]'))
      .filter((element) => {
        const style = getComputedStyle(element);
        const clipped = (way) => way !== 'visible' && way !== 'auto' && way !== 'scroll';
        return (clipped(style.overflowX) && element.scrollWidth > element.clientWidth + 1) || (clipped(style.overflowY) && element.scrollHeight > element.clientHeight + 1);
      })
      .map((element) => `${element.id || element.className || element.tagName} “${element.textContent.slice(0, 30)}”`),
  );

const sideways = (page) =>
  page.evaluate(() => {
    const over = document.scrollingElement.scrollWidth - window.innerWidth;
    const dialog = document.querySelector('dialog[open]');
    return Math.max(over, dialog ? dialog.scrollWidth - dialog.clientWidth : 0);
  });

for (const name of LOOKED_AT) {
  test(`${name}: targets, zoom, 320 px and the reader's spacing`, async ({ page, desk, context, complaints }) => {
    complaints.expected.push(HTTP_ERROR);
    const state = STATES[name];
    await page.setViewportSize({ width: 1366, height: 768 });
    await reach(state, page, desk, { context });
    const found = {};
    const note = (key, list) => {
      if (Array.isArray(list) ? list.length > 0 : list > 0) found[key] = list;
    };
    for (const tag of ['en', 'zh-CN']) {
      await speak(page, tag);
      await state.show?.(page, desk);
      for (const [what, width, height] of [
        ['wide', 1366, 768],
        // 200 % and 400 % of a screen of 1366 and 1280.
        ['200 %', 683, 384],
        ['400 %', 320, 256],
        ['phone', 390, 844],
      ]) {
        await page.setViewportSize({ width, height });
        note(`${tag} ${what}: smaller than 24`, await small(page, 24));
        note(`${tag} ${what}: cut off`, await cut(page));
        note(`${tag} ${what}: sideways`, await sideways(page));
      }
      // WCAG 1.4.12.
      await dress(page, '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }');
      for (const width of [1366, 320]) {
        await page.setViewportSize({ width, height: 768 });
        note(`${tag} spaced ${width}: cut off`, await cut(page));
        note(`${tag} spaced ${width}: sideways`, await sideways(page));
      }
      await page.evaluate(() => (document.adoptedStyleSheets = []));
    }
    expect(found).toEqual({});
  });
}

test('what one came to press is 44 px on a phone', async ({ page, desk }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const height = async (selector) => (await page.locator(selector).first().boundingBox()).height;
  expect(await height('#run')).toBeGreaterThanOrEqual(44);
  await run(desk);
  await desk.done();
  expect(await height('#download')).toBeGreaterThanOrEqual(44);
  await page.locator('#open-takeup').click();
  expect(await height('#takeup-take')).toBeGreaterThanOrEqual(44);
});

test('with a page twice as large in letters, nothing is lost', async ({ page, desk }) => {
  // Text alone, as Firefox enlarges it.
  await dress(page, 'html { font-size: 200% !important }');
  for (const width of [1366, 683]) {
    await page.setViewportSize({ width, height: 768 });
    await expect(desk.run).toBeVisible();
    expect(await sideways(page)).toBeLessThanOrEqual(0);
    expect(await cut(page)).toEqual([]);
  }
});

test('where motion is unwelcome, nothing moves', async ({ page, desk }) => {
  const moving = () => page.evaluate(() => document.getAnimations().filter((one) => one.playState === 'running').map((one) => one.animationName ?? one.transitionProperty));
  await answered(page, 'RUNNING');
  await run(desk);
  await expect(desk.state).toContainText('RUNNING');
  await expect.poll(async () => (await moving()).length, { message: 'it does move where it may' }).toBeGreaterThan(0);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await moving()).toEqual([]);
  // Also what comes later: lines that light up, colors on their way, dialogs.
  await page.locator('.card.new').click();
  await desk.fill('tier', '480P');
  await page.locator('#help-button').click();
  expect(await moving()).toEqual([]);
  expect(await page.evaluate(() => getComputedStyle(document.scrollingElement).scrollBehavior)).toBe('auto');
});

test('in forced colors the focus, the choice, the state and the mistake are still to be seen', async ({ page, desk }) => {
  await desk.known();
  for (const scheme of ['light', 'dark']) {
    await page.emulateMedia({ forcedColors: 'active', colorScheme: scheme });
    const style = (selector, names, pseudo = null) =>
      page.locator(selector).first().evaluate((element, [list, part]) => list.map((name) => getComputedStyle(element, part)[name]), [names, pseudo]);
    // A choice: an outline around what is on, none around what is off.
    const [on] = await style('.seg input:checked + span', ['outlineStyle']);
    const [off] = await style('.seg input:not(:checked) + span', ['outlineStyle']);
    expect([on, off]).toEqual(['solid', 'none']);
    // The focus: thicker than the choice, or of another kind.
    await byId(page, 'f-tier-480P').focus();
    await page.keyboard.press('ArrowRight');
    const focus = await style('[id="f-tier-720P"] + span', ['outlineStyle', 'outlineWidth', 'outlineOffset']);
    const chosen = await style('[id="capability-t2v"] + span', ['outlineStyle', 'outlineWidth', 'outlineOffset']);
    expect(focus).not.toEqual(chosen);
    // Run and fields keep an edge; a mistake has another one.
    await desk.fill('seed', '-1');
    const [wrong] = await style('#f-seed', ['borderTopWidth']);
    const [right] = await style('#f-prompt', ['borderTopWidth']);
    expect(parseFloat(wrong)).toBeGreaterThan(parseFloat(right));
    expect(parseFloat((await style('#run', ['borderTopWidth']))[0])).toBeGreaterThan(0);
    await expect(page.locator('#p-seed')).toBeVisible();
    await desk.fill('seed', '');
  }
  await answered(page, 'RUNNING');
  await run(desk);
  await expect(desk.state).toContainText('RUNNING');
  const badge = await page.locator('#state .badge').evaluate((element) => getComputedStyle(element).borderTopStyle);
  expect(badge).toBe('solid');
  const card = await page.locator('.card[aria-pressed="true"]').last().evaluate((element) => getComputedStyle(element).outlineStyle);
  expect(card).toBe('solid');
});

test('a button without words has a name, in both languages', async ({ page, desk }) => {
  await run(desk);
  await desk.done();
  for (const tag of ['en', 'zh-CN']) {
    await speak(page, tag);
    await unfold(page, '#log');
    const nameless = await page.evaluate(() =>
      [...document.querySelectorAll('button, a[href], select, input, textarea, video, summary, dialog')]
        .filter((element) => !(element.ariaLabel || element.labels?.length || element.getAttribute('aria-labelledby') || element.textContent.trim()))
        .map((element) => element.outerHTML.slice(0, 100)),
    );
    expect(nameless).toEqual([]);
    // Of several buttons with the same word, each says what it is for.
    const copies = await page.locator('button').evaluateAll((all, word) => all.filter((one) => one.checkVisibility() && (one.ariaLabel ?? one.textContent) === word).length, tag === 'en' ? 'Copy' : '复制');
    expect(copies).toBeLessThanOrEqual(1);
  }
});
