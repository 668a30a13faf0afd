// What the page says by itself to those who do not see it change: enough, and no more.
import { expect, test, marker } from '../support/page.mjs';
import { listen } from '../support/hear.mjs';
import { run, speak } from './states.mjs';

const HTTP_ERROR = /Failed to load resource/;

for (const [tag, states, end] of [
  ['en', /^Task \d+: (Sending|Queued|Running|Downloading|Done)$/, 'Task 1: Done'],
  ['zh-CN', /^任务 \d+：(发送中|排队中|生成中|处理中|下载中|已完成)$/, '任务 1：已完成'],
]) {
  test(`a run tells each change of its state once, and no clock (${tag})`, async ({ page, desk }) => {
    await speak(page, tag);
    const voice = await listen(page);
    await run(desk, 'sim:slow');
    await desk.done();
    await desk.plays();
    await expect.poll(voice.all).toContain(end);
    const said = (await voice.all()).flatMap((text) => text.split(/ (?=Task \d|任务 \d)/));
    for (const line of said) expect(line).toMatch(states);
    expect(new Set(said).size, `each once: ${said.join(' | ')}`).toBe(said.length);
    expect(said.length).toBeLessThanOrEqual(5);
    // And silence, while clocks tick on.
    await voice.forget();
    await page.waitForTimeout(4_000);
    expect(await voice.all()).toEqual([]);
  });
}

test('a task that is not on the stage tells its end too', async ({ page, desk, complaints }) => {
  complaints.expected.push(HTTP_ERROR);
  await run(desk, 'sim:moderation');
  const voice = await listen(page);
  await page.locator('.card.new').click();
  await expect(desk.cards().first().locator('.state')).toHaveText('Failed', { timeout: 60_000 });
  await expect.poll(voice.all).toContain('Task 1: Failed');
});

test('tasks that come back with the page are no news', async ({ page, desk }) => {
  await run(desk);
  await desk.done();
  await page.reload();
  const voice = await listen(page);
  await expect(desk.cards()).toHaveCount(1);
  await page.waitForTimeout(2_000);
  expect(await voice.all()).toEqual([]);
});

test('what is missing is told when Run is pressed, and a mistake once, not with every key', async ({ page, desk }) => {
  await desk.known();
  const voice = await listen(page);
  await desk.run.press('Enter');
  await expect.poll(async () => (await voice.all()).join('\n')).toContain('Fix first: Prompt');
  await voice.forget();
  await desk.prompt.fill('x'.repeat(1_600));
  await desk.prompt.press('End');
  await page.keyboard.type('twenty more letters');
  await expect(page.locator('#p-prompt')).toContainText('Too long');
  const said = (await voice.all()).filter((text) => text.includes('Too long'));
  expect(said).toHaveLength(1);
});

test('copying says so once, beside the panels and in a dialog', async ({ page, desk, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await desk.prompt.fill('a cat');
  const voice = await listen(page);
  await page.locator('#copy-command').press('Enter');
  await expect(page.locator('#copy-command')).toHaveText('Copied');
  await expect(page.locator('#copy-command')).toHaveText('Copy', { timeout: 20_000 });
  expect(await voice.all()).toEqual(['Copied']);
  await voice.forget();
  // In a dialog the words stand within it: what is beside an open dialog is not read.
  await page.locator('#open-takeup').click();
  await page.locator('#takeup-text').fill(`sk-canary-${marker()}`);
  await page.locator('#takeup-take').press('Enter');
  await expect.poll(() => page.locator('#takeup .voice').textContent()).not.toBe('');
  expect((await voice.all()).length).toBe(1);
});
