// Where the focus is, goes and comes back to, without a mouse.
import { expect, test, byId, marker, ready, choosePlace } from '../support/page.mjs';
import { STATES, answered, reach, run, speak } from './states.mjs';

const HTTP_ERROR = /Failed to load resource/;
const focused = (page) => page.evaluate(() => document.activeElement?.id || document.activeElement?.className || document.activeElement?.tagName);

const DIALOGS = ['#help-button', '#scenarios-button', '#history-button', '#open-takeup', '#kept-button'];

test('every dialog takes the focus, keeps it, and gives it back to what opened it', async ({ page, desk: _ }) => {
  for (const button of DIALOGS) {
    for (const leave of ['Escape', 'close']) {
      await page.locator(button).focus();
      await page.keyboard.press('Enter');
      const dialog = page.locator('dialog[open]');
      await expect(dialog, button).toBeVisible();
      await expect.poll(() => page.evaluate(() => document.activeElement.closest('dialog') !== null), { message: `${button}: the focus is in the dialog` }).toBe(true);
      // Around it: the focus leaves only to the browser's own controls.
      for (let steps = 0; steps < 25; steps += 1) {
        await page.keyboard.press('Tab');
        const outside = await page.evaluate(() => document.activeElement !== document.body && document.activeElement.closest('dialog') === null);
        expect(outside, `${button}: the focus stays in the dialog`).toBe(false);
      }
      if (leave === 'Escape') await page.keyboard.press('Escape');
      else await dialog.locator('form button').press('Enter');
      await expect(dialog).toHaveCount(0);
      await expect(page.locator(button), `${button} by ${leave}`).toBeFocused();
    }
  }
});

test('the skip link is first, is seen when it has the focus, and leads to the form', async ({ page, desk: _ }) => {
  for (const tag of ['en', 'zh-CN']) {
    await speak(page, tag);
    await page.reload();
    await ready(page);
    await page.keyboard.press('Tab');
    const skip = page.locator('.skip');
    await expect(skip).toBeFocused();
    await expect.poll(async () => (await skip.boundingBox()).y).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Enter');
    await expect(page.locator('#desk')).toBeFocused();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement.closest('#desk') !== null)).toBe(true);
  }
});

test('a task that moves on leaves the focus where it was, or close by', async ({ page, desk }) => {
  let word = 'PENDING';
  await page.route('**/sim/dashscope/api/v1/tasks/*', (route) =>
    word ? route.fulfill({ json: { request_id: '1', output: { task_status: word } } }) : route.fallback(),
  );
  await run(desk);
  await expect(desk.state).toContainText('PENDING');
  // What is pressed goes, and what undoes it has the focus.
  await page.locator('#stop').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('#follow')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#stop')).toBeFocused();
  // The buttons are made anew, because one of them goes; this one stays.
  await page.route('**/tasks/*/cancel', () => {});
  await page.locator('#cancel').evaluate((button) => setTimeout(() => button.click()));
  await page.locator('#stop').focus();
  await expect(page.locator('#cancel')).toHaveCount(0);
  await expect.poll(() => page.evaluate(() => document.activeElement.closest('.buttons') !== null)).toBe(true);
  // At the end they all go: the stage has the focus, and the next Tab is on it.
  await page.locator('#ask').focus();
  word = '';
  await desk.done();
  await expect.poll(() => focused(page)).toBe('stage');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement.closest('#stage') !== null)).toBe(true);
});

test('a call that comes leaves the focus on the answer that is read', async ({ page, desk }) => {
  await answered(page, 'RUNNING');
  await run(desk);
  await expect(desk.state).toContainText('RUNNING');
  await page.locator('#log summary').click();
  const calls = page.locator('#log li');
  const answer = calls.first().locator('pre').last();
  await answer.focus();
  const before = await calls.count();
  await expect.poll(() => calls.count()).toBeGreaterThan(before);
  await expect(answer).toBeFocused();
});

test('what is pressed away leaves the focus near', async ({ page, desk }) => {
  await desk.gateway('crazyrouter');
  await desk.prompt.fill('a cat');
  // An advice that goes when it is taken.
  const advice = page.locator('.field.f-tier .advice.risk button');
  await advice.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.field.f-tier .advice.risk')).toHaveCount(0);
  expect(await page.evaluate(() => document.activeElement.closest('#desk') !== null), 'an advice').toBe(true);
  await desk.gateway('dashscope');
  // A reference that is removed.
  await desk.model('r2v', 'wan2.6-r2v');
  await page.locator('.references > button').click();
  await page.locator('.reference').nth(1).getByRole('button', { name: 'Remove' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.reference')).toHaveCount(1);
  expect(await page.evaluate(() => document.activeElement.closest('.references') !== null), 'a reference').toBe(true);
});

test('before it is sent again, the focus is on the button that does not pay', async ({ page, desk, complaints }) => {
  complaints.expected.push(HTTP_ERROR);
  await run(desk, 'sim:create-500');
  await expect(desk.state).toContainText('Unconfirmed');
  await page.locator('#again').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('#again-no')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#again')).toBeFocused();
});

test('Run goes to the first thing that is wrong, which says what it is', async ({ page, desk }) => {
  for (const tag of ['en', 'zh-CN']) {
    await speak(page, tag);
    await desk.gateway('dashscope');
    await desk.model('kf2v', 'wan2.2-kf2v-flash');
    await choosePlace(page, '0');
    for (const [id, value] of [
      ['f-first_frame', 'https://example.com/a.png'],
      ['key', 'sk canary'],
    ]) {
      await desk.run.press('Enter');
      const control = byId(page, id);
      await expect(control).toBeFocused();
      await expect(control).toHaveAttribute('aria-invalid', 'true');
      const described = (await control.getAttribute('aria-describedby')).split(' ');
      const words = await page.evaluate((ids) => ids.map((one) => document.getElementById(one)?.textContent ?? `no ${one}`).join(' '), described);
      expect(words, `${tag} ${id}`).toMatch(tag === 'en' ? /required|API key/ : /必填|请填入|请输入|API Key/);
      expect(words).not.toMatch(/no [a-z]-/);
      await expect(page.locator('#blocked')).not.toBeEmpty();
      await control.fill(value);
    }
    await expect(byId(page, 'f-first_frame')).toHaveAttribute('aria-invalid', 'false');
    await expect(page.locator('#key')).toHaveAttribute('aria-invalid', 'true');
    await page.locator('#key').fill('');
    await desk.fill('first_frame', '');
    // An address that is wrong is marked at both of its controls.
    await choosePlace(page, 'typed');
    await page.locator('#base-typed').fill('example.com');
    await expect(page.locator('#base-typed')).toHaveAttribute('aria-invalid', 'true');
    await desk.run.press('Enter');
    await expect(page.locator('#base')).toBeFocused();
    await choosePlace(page, 'simulator');
  }
});

/** Elements that take the focus though nobody can see them or their stand-in. */
const hidden = (page) =>
  page.evaluate(() => {
    const all = document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"], video[controls]');
    const shown = (element) => {
      const box = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      return box.width > 1 && box.height > 1 && style.visibility === 'visible' && (style.opacity !== '0' || (element.nextElementSibling ?? element.parentElement).getBoundingClientRect().width > 1);
    };
    return [...all]
      .filter((element) => element.tabIndex >= 0 && !element.disabled && element.checkVisibility({ checkVisibilityCSS: false }))
      .filter((element) => !element.closest('.skip') && !shown(element) && !shown(document.querySelector(`label[for="${element.id}"]`) ?? element))
      .map((element) => `${element.tagName} ${element.id} ${element.className}`);
  });

for (const name of ['empty', 'filled', 'done, with calls and report', 'kept videos', 'history, filled, compared', 'import with findings', 'form dashscope s2v']) {
  test(`${name}: nothing takes the focus that cannot be seen, and the order is the order on the screen`, async ({ page, desk, context }) => {
    const state = STATES[name];
    await reach(state, page, desk, { context });
    await state.show?.(page, desk);
    expect(await hidden(page)).toEqual([]);
    // Nothing jumps the queue.
    expect(await page.evaluate(() => document.querySelectorAll('[tabindex]:not([tabindex="0"], [tabindex="-1"])').length)).toBe(0);
  });
}

for (const [width, height] of [[1366, 768], [768, 1024], [390, 844], [320, 640], [844, 390]]) {
  test(`the focus is never behind the run bar at ${width} × ${height}`, async ({ page, desk }) => {
    await page.setViewportSize({ width, height });
    await choosePlace(page, '0');
    // The bar at its highest: with what is missing.
    await desk.run.click();
    await expect(page.locator('#blocked')).not.toBeEmpty();
    await page.locator('#more').evaluate((details) => details.setAttribute('open', ''));
    await page.locator('#gateway-dashscope').focus();
    const behind = [];
    for (let steps = 0; steps < 80; steps += 1) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(async () => {
        await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
        const element = document.activeElement;
        const bar = document.querySelector('.runbar');
        const box = element.getBoundingClientRect();
        if (element === document.body || bar.contains(element) || box.height === 0) return null;
        const top = bar.getBoundingClientRect().top;
        const name = element.id || element.className || element.tagName;
        // 2.4.11 asks that not all of it is covered; here nothing of a control that fits is.
        const room = top - 8;
        const covered = bar.getBoundingClientRect().bottom > box.top && box.bottom > top + 1 && box.right > bar.getBoundingClientRect().left && box.left < bar.getBoundingClientRect().right;
        return { name, covered: covered && box.height < room, below: box.top >= innerHeight };
      });
      if (at === null) continue;
      if (at.covered || at.below) behind.push(at.name);
      if (at.name === 'kept-button') break;
    }
    expect(behind).toEqual([]);
  });
}

test('keys that work alone can be seen, switched off, and stay off', async ({ page, desk }) => {
  for (const tag of ['en', 'zh-CN']) {
    await speak(page, tag);
    await page.locator('#help-button').focus();
    await page.keyboard.press('?');
    await expect(page.locator('#help')).toBeVisible();
    for (const key of ['Ctrl + Enter', '/', '?', 'Esc']) await expect(page.locator('#help kbd', { hasText: key }).first()).toBeVisible();
    const toggle = page.locator('#single-keys');
    await expect(toggle).toBeChecked();
    await toggle.press('Space');
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    await expect(desk.prompt).not.toBeFocused();
    await page.keyboard.press('?');
    await expect(page.locator('#help')).toBeHidden();
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('data-boot', 'ready', { timeout: 60_000 });
    await page.locator('#help-button').focus();
    await page.keyboard.press('?');
    await expect(page.locator('#help'), 'also the next time').toBeHidden();
    // What needs Ctrl is no such key.
    await desk.prompt.fill(marker());
    await answered(page, 'RUNNING');
    await page.keyboard.press('Control+Enter');
    await expect(desk.state).toContainText('RUNNING');
    await page.locator('#help-button').press('Enter');
    await toggle.press('Space');
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    await expect(desk.prompt).toBeFocused();
  }
});
