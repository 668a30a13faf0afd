// The history: found again, opened, used again, deleted with a way back, taken out and in.
import { readFileSync } from 'node:fs';
import { violations } from './support/axe.mjs';
import { expect, test, creates, Desk, marker, ready } from './support/page.mjs';
import { file, importText, multiply, records } from './support/history.mjs';

const rows = (page) => page.locator('#history-list > li:not(.hint)');
const said = (page) => page.locator('#history-said');

/** One finished task, and the history open. */
async function begin(page, desk, words = marker()) {
  await desk.model('t2v', 'wan2.5-t2v-preview');
  await desk.prompt.fill(words);
  await desk.run.click();
  await desk.done();
  await page.locator('#history-button').click();
  await expect(rows(page)).toHaveCount(1);
  return (await records(page))[0];
}

/** The same with so many more. */
async function filled(page, desk, number) {
  const own = await begin(page, desk);
  await importText(page, file(multiply(own, number)));
  await expect(said(page)).toContainText('imported', { timeout: 60_000 });
  return own;
}

test('a task is found by its words, gateway, model and state, and by its id', async ({ page, desk }) => {
  await filled(page, desk, 120);
  const count = page.locator('#history-count');
  await expect(count).toHaveText('121 tasks');
  await expect(rows(page)).toHaveCount(30);
  await page.locator('#history-search').fill('moonlit KITTEN');
  await expect(count).toHaveText('24 of 121 tasks');
  await expect(rows(page)).toHaveCount(24);
  await page.locator('#history-search').fill('积水');
  await expect(count).toHaveText('24 of 121 tasks');
  await page.locator('#history-search').fill('made-id-77');
  await expect(rows(page)).toHaveCount(1);
  await page.locator('#history-search').fill('no such words');
  await expect(page.locator('#history-list')).toContainText('No matching tasks');
  await page.locator('#history-search').fill('');
  await page.locator('#history-gateway').selectOption('ope');
  await expect(count).toHaveText('30 of 121 tasks');
  await page.locator('#history-state').selectOption('failed');
  await expect(count).toHaveText('0 of 121 tasks');
  await page.locator('#history-gateway').selectOption('');
  await expect(count).toHaveText('20 of 121 tasks');
  await page.locator('#history-model').selectOption('wan2.6-t2v');
  for (const where of await rows(page).locator('.entry-where').allTextContents()) expect(where).toContain('wan2.6-t2v');
});

test('more rows come when asked for, and the keyboard goes on at the first of them', async ({ page, desk }) => {
  await filled(page, desk, 120);
  await page.locator('#history-more button').focus();
  await page.keyboard.press('Enter');
  await expect(rows(page)).toHaveCount(121);
  await expect(page.locator('#history-more button')).toHaveCount(0);
  await expect(rows(page).nth(30).locator('.entry')).toBeFocused();
});

test('more rows come when one scrolls', async ({ page, desk }) => {
  await filled(page, desk, 120);
  await rows(page).nth(10).hover();
  await page.mouse.wheel(0, 1200);
  await expect(rows(page)).toHaveCount(121);
});

test('an old task is opened on the stage with its video', async ({ page, desk }) => {
  await filled(page, desk, 30);
  await page.locator('#history-search').fill('made-id-6');
  await rows(page).first().locator('.entry').click();
  await expect(page.locator('#history')).not.toBeVisible();
  await expect(desk.state).toContainText('Done');
  await expect(page.locator('.task-head')).toContainText('made-id-6');
  await expect(page.locator('#stage')).toBeFocused();
  await desk.plays();
});

test('a task of the list changes while one looks', async ({ page, desk }) => {
  const mark = marker();
  await desk.model('t2v', 'wan2.5-t2v-preview');
  await desk.prompt.fill(`${mark} sim:slow`);
  await desk.run.click();
  await page.locator('#history-button').click();
  await expect(rows(page).first().locator('.badge')).toHaveText('Running', { timeout: 60_000 });
  // The row is the same one, and keeps the focus.
  await rows(page).first().getByRole('button', { name: /Delete/ }).focus();
  await expect(rows(page).first().locator('.badge')).toHaveText('Done', { timeout: 60_000 });
  await expect(rows(page).first().getByRole('button', { name: /Delete/ })).toBeFocused();
});

test('a task that fails while one looks loses its price: it costs nothing', async ({ page, desk }) => {
  let pending = true;
  await page.route('**/sim/dashscope/api/v1/tasks/*', (route) =>
    pending ? route.fulfill({ json: { request_id: '1', output: { task_status: 'RUNNING' } } }) : route.fallback(),
  );
  await desk.model('t2v', 'wan2.5-t2v-preview');
  await desk.prompt.fill(`${marker()} sim:moderation`);
  await desk.run.click();
  await page.locator('#history-button').click();
  const row = rows(page).first();
  await expect(row.locator('.badge')).toHaveText('Running', { timeout: 60_000 });
  await expect(row.locator('.entry-price')).not.toBeEmpty();
  pending = false;
  await expect(row.locator('.badge')).toHaveText('Failed', { timeout: 60_000 });
  await expect(row.locator('.entry-price')).toBeEmpty();
});

test('what is looked for is looked for in a file that is read in, too', async ({ page, desk }) => {
  const own = await begin(page, desk);
  await page.locator('#history-search').fill('kitten');
  await page.locator('#history-state').selectOption('done');
  await expect(page.locator('#history-count')).toHaveText('0 of 1 tasks');
  await importText(page, file(multiply(own, 30)));
  await expect(said(page)).toContainText('30 imported');
  await expect(page.locator('#history-count')).toHaveText('3 of 31 tasks');
  await expect(rows(page)).toHaveCount(3);
  // A model that is chosen stays chosen when more come.
  await page.locator('#history-model').selectOption('wan2.6-t2v');
  await expect(page.locator('#history-count')).toHaveText('1 of 31 tasks');
  await importText(page, file(multiply(own, 2)));
  await expect(said(page)).toContainText('0 imported, 2 already here');
  await expect(page.locator('#history-model')).toHaveValue('wan2.6-t2v');
  await expect(rows(page)).toHaveCount(1);
});

test('using a task again shows what would change, and changes it only when told', async ({ page, desk }) => {
  const mark = marker();
  await begin(page, desk, mark);
  await page.keyboard.press('Escape');
  await expect(page.locator('#history-button')).toBeFocused();
  await desk.gateway('crazyrouter');
  await desk.prompt.fill('something else');
  await page.locator('#history-button').click();
  await rows(page).first().getByRole('button', { name: /Use again/ }).click();
  const table = page.locator('.compare table');
  await expect(table).toContainText('something else');
  await expect(table.getByRole('row', { name: /Prompt/ })).toContainText(mark);
  await expect(table.getByRole('row', { name: /Gateway/ })).toContainText('Crazyrouter');
  await expect(page.locator('#history-take')).toBeFocused();
  await expect(desk.prompt).toHaveValue('something else');
  await page.locator('#history-take').click();
  await expect(desk.prompt).toHaveValue(mark);
  await expect(page.locator('#gateway-dashscope')).toBeChecked();
  await desk.run.click();
  await desk.done();
  expect(await creates(page, mark)).toHaveLength(2);
});

test('nothing changes where the draft is the same', async ({ page, desk }) => {
  await begin(page, desk);
  await rows(page).first().getByRole('button', { name: /Use again/ }).click();
  await expect(page.locator('.compare')).toContainText('your form is already the same');
});

test('a deleted task comes back by undo, and is gone for good without', async ({ page, desk }) => {
  await filled(page, desk, 5);
  const first = rows(page).first();
  const second = await rows(page).nth(1).locator('.entry-prompt').textContent();
  await first.getByRole('button', { name: /Delete/ }).click();
  await expect(rows(page)).toHaveCount(5);
  await expect(said(page)).toContainText('1 task deleted');
  await expect(rows(page).first().locator('.entry')).toBeFocused();
  expect(await records(page)).toHaveLength(6);
  await page.locator('#history-undo').click();
  await expect(rows(page)).toHaveCount(6);
  await expect(rows(page).first().locator('.entry')).toBeFocused();
  await rows(page).nth(1).getByRole('button', { name: /Delete/ }).click();
  await page.keyboard.press('Escape');
  await expect.poll(async () => (await records(page)).length).toBe(5);
  await page.reload();
  await ready(page);
  await page.locator('#history-button').click();
  await expect(rows(page)).toHaveCount(5);
  await expect(page.locator('#history-list')).not.toContainText(second);
});

test('all that are found are deleted after a second question, and those in progress stay', async ({ page, desk }) => {
  await filled(page, desk, 20);
  await page.keyboard.press('Escape');
  await desk.prompt.fill(`${marker()} sim:slow`);
  await desk.run.click();
  await expect(desk.state).toContainText('Running');
  await page.locator('#history-button').click();
  await expect(rows(page)).toHaveCount(22);
  await page.getByRole('button', { name: 'Delete all shown' }).click();
  await expect(page.locator('.really')).toContainText('21 tasks');
  await expect(rows(page)).toHaveCount(22);
  await page.locator('#history-really').click();
  await expect(rows(page)).toHaveCount(1);
  await page.keyboard.press('Escape');
  await desk.done();
  await expect.poll(async () => (await records(page)).length).toBe(1);
});

test('what is asked before a deletion is what would be deleted now, and keeping gives the focus back', async ({ page, desk }) => {
  await filled(page, desk, 20);
  await page.getByRole('button', { name: 'Delete all shown' }).click();
  await expect(page.locator('.really')).toContainText('Delete 21 tasks?');
  await page.locator('#history-search').fill('kitten');
  await expect(page.locator('.really')).toContainText('Delete 4 tasks?');
  await page.locator('.really').getByRole('button', { name: 'Keep them' }).click();
  await expect(page.locator('#history-delete-all button')).toBeFocused();
  await expect(rows(page)).toHaveCount(4);
});

test('every deletion is read out, and one that nobody takes back is done after a while', async ({ page, desk }) => {
  await page.clock.install();
  await filled(page, desk, 5);
  const remove = () => rows(page).first().getByRole('button', { name: /Delete/ }).click();
  await remove();
  await expect(rows(page)).toHaveCount(5);
  await said(page).evaluate((place) => {
    window.heard = 0;
    new MutationObserver(() => (window.heard += 1)).observe(place, { childList: true, subtree: true, characterData: true });
  });
  await remove();
  await expect(rows(page)).toHaveCount(4);
  await expect.poll(() => page.evaluate(() => window.heard)).toBeGreaterThan(0);
  await expect(said(page)).toContainText('1 task deleted.');
  await expect.poll(async () => (await records(page)).length, 'the next deletion settles the one before').toBe(5);
  await page.clock.fastForward(21_000);
  await expect(page.locator('#history-undo')).toHaveCount(0);
  await expect.poll(async () => (await records(page)).length).toBe(4);
});

test('a deletion is settled before a file is read in', async ({ page, desk }) => {
  const own = await filled(page, desk, 5);
  await rows(page).nth(3).getByRole('button', { name: /Delete/ }).click();
  await expect(rows(page)).toHaveCount(5);
  const [, , , , , seventh] = multiply(own, 6);
  await importText(page, file([seventh]));
  await expect(said(page)).toContainText('1 imported');
  await expect(rows(page)).toHaveCount(6);
  expect(await records(page)).toHaveLength(6);
});

test('what is exported is read in again elsewhere, once', async ({ page, desk, browser, baseURL }) => {
  const mark = marker();
  await begin(page, desk, mark);
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#history-export').click()]);
  const text = readFileSync(await download.path(), 'utf8');
  expect(text).toContain(mark);
  const other = await browser.newContext();
  try {
    const there = await other.newPage();
    await there.goto(baseURL);
    await ready(there);
    await there.locator('#history-button').click();
    await expect(there.locator('#history-list')).toContainText('No tasks yet');
    await importText(there, text);
    await expect(said(there)).toContainText('1 imported, 0 already here');
    await importText(there, text);
    await expect(said(there)).toContainText('0 imported, 1 already here');
    await rows(there).first().locator('.entry').click();
    await new Desk(there).done();
    await new Desk(there).plays();
  } finally {
    await other.close();
  }
});

test('a file with bad records: the good ones come, the bad ones are kept aside', async ({ page, desk }) => {
  const own = await begin(page, desk);
  const [first, second] = multiply(own, 2);
  const future = second.replace('"wan-playground-task":1', '"wan-playground-task":99');
  await importText(page, file([first, '{"half":', future].map((text, index) => (index === 1 ? JSON.stringify(text) : text))));
  await expect(said(page)).toContainText('1 imported, 0 already here. 2 couldn\'t be read and are kept unchanged');
  await expect(rows(page)).toHaveCount(2);
  await expect(page.locator('.aside summary')).toHaveText('2 records can\'t be read');
  await page.locator('.aside summary').click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('.aside li').nth(1).getByRole('button', { name: 'Save as file' }).click(),
  ]);
  expect(JSON.parse(readFileSync(await download.path(), 'utf8'))['wan-playground-task']).toBe(99);
  await page.locator('.aside li').first().getByRole('button', { name: 'Delete' }).click();
  await expect(page.locator('.aside summary')).toHaveText('1 record can\'t be read');
  await expect(page.locator('.aside li'), 'the list stays open').toBeVisible();
  await page.locator('.aside li').getByRole('button', { name: 'Delete' }).click();
  await expect(page.locator('.aside')).toHaveCount(0);
});

test('of one task twice in a file the record that knows more is kept', async ({ page, desk }) => {
  const own = await begin(page, desk);
  const [text] = multiply(own, 1);
  const older = JSON.parse(text);
  Object.assign(older.task, { rev: 1, state: { is: 'waiting', stage: 'queued', word: '' } });
  await importText(page, file([text, JSON.stringify(older)]));
  await expect(said(page)).toContainText('1 imported, 1 already here');
  await expect(rows(page).nth(1).locator('.badge')).toHaveText('Done');
});

test('files that are none are refused with their reason', async ({ page, desk }) => {
  await begin(page, desk);
  for (const [text, reason] of [
    ['{"a": 1}', 'an export of this page'],
    ['<!doctype html><title>x</title>', 'read this file'],
    [file(['{"a":1}']).slice(0, 30), 'read this file'],
    [file([]).replace(':1', ':2'), 'newer version'],
  ]) {
    await importText(page, text);
    await expect(said(page)).toContainText(reason);
  }
  await expect(rows(page)).toHaveCount(1);
});

test('hostile words stay words', async ({ page, desk }) => {
  const own = await begin(page, desk);
  const bad = JSON.parse(multiply(own, 1)[0]);
  bad.draft.prompt = '<img src=x onerror="document.title=1">';
  bad.task.origin.gateway = '<b>gateway</b>';
  bad.task.origin.model = '"><script>document.title=2</script>';
  await importText(page, file([JSON.stringify(bad)]));
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).nth(1)).toContainText('<img src=x');
  await expect(rows(page).nth(1)).toContainText('<b>gateway</b>');
  await rows(page).nth(1).getByRole('button', { name: /Use again/ }).click();
  await expect(page.locator('.compare')).toContainText('no longer offers');
  expect(await page.title()).toBe('Wan Playground');
});

for (const look of ['light', 'dark']) {
  test(`no barriers, ${look}`, async ({ page, desk }) => {
    await page.emulateMedia({ colorScheme: look });
    await filled(page, desk, 20);
    await importText(page, file(['"x"']));
    await expect(page.locator('.aside')).toBeVisible();
    await page.locator('.aside summary').click();
    expect(await violations(page)).toEqual([]);
    await rows(page).nth(2).getByRole('button', { name: /Use again/ }).click();
    await expect(page.locator('.compare')).toBeVisible();
    await rows(page).nth(3).getByRole('button', { name: /Delete/ }).click();
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.locator('.history-foot').getByRole('button', { name: 'Delete all shown' }).click();
    expect(await violations(page)).toEqual([]);
    const wide = await page.evaluate(() => {
      const dialog = document.getElementById('history');
      return dialog.scrollWidth - dialog.clientWidth;
    });
    expect(wide).toBe(0);
  });
}
