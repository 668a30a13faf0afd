// What a screen reader is given at each step of a run, in both languages, against the transcripts that were read and
// judged. `WAN_UPDATE=1` writes them anew.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '../support/page.mjs';
import { heard } from '../support/hear.mjs';
import { answered, speak, unfold } from './states.mjs';

const FOLDER = new URL('transcripts/', import.meta.url);

/** What differs from run to run. */
const calm = (text) =>
  text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>')
    .replace(/https?:\/\/127\.0\.0\.1:\d+/g, '<origin>')
    .replace(/\b\d+ ms/g, '<n> ms')
    .replace(/(elapsed|已用时) [\d:]+/g, '$1 <clock>')
    .replace(/\b\d+:\d\d:\d\d\b/g, '<clock>')
    .replace(/checking again in \d+ s/g, 'checking again in <n> s')
    .replace(/\d+ 秒后再次查询/g, '<n> 秒后再次查询')
    .replace(/(Request log|请求日志) \d+/g, '$1 <n>')
    .replace(/\b(just now|\d+ min ago)|刚刚|\d+ 分钟前/g, '<ago>')
    .replace(/ focused/g, '');

for (const [name, tag] of [['en', 'en'], ['zh', 'zh-CN']]) {
  test(`a run as it is heard (${name})`, async ({ page, desk }) => {
    await speak(page, tag);
    const parts = [];
    const hear = async (title, selector) => parts.push(`## ${title}\n\n${calm(await heard(page, selector))}\n`);
    // What comes after the form has come.
    await expect(page.locator('#names')).toBeVisible();
    await expect(page.locator('.strip img').last()).toBeVisible();
    await expect(page.locator('#edit-body')).toBeVisible();
    await hear('empty: the whole page');

    await desk.prompt.fill('a cat');
    await desk.fill('tier', '720P');
    await unfold(page, '#more');
    await desk.fill('seed', '-2');
    await desk.run.click();
    await hear('filled, with a mistake: the form', '#desk');

    await desk.fill('seed', '7');
    await answered(page, 'RUNNING');
    await desk.run.click();
    await expect(desk.state).toContainText('RUNNING');
    await hear('running: the stage', '#stage');

    await page.unroute('**/sim/dashscope/api/v1/tasks/*');
    await page.locator('.card.new').click();
    await desk.fill('seed', '8');
    await desk.run.click();
    await desk.done();
    await desk.plays();
    await hear('done: the stage', '#stage');
    await hear('done: the tasks', '.tasks');

    await desk.prompt.fill('a cat sim:moderation');
    await desk.run.click();
    await expect(desk.state).toContainText(/Failed|失败/, { timeout: 60_000 });
    await hear('failed: the stage', '#stage');
    await page.locator('#help-button').click();
    await expect(page.locator('#help')).toBeVisible();
    await hear('help', '#help');

    const text = parts.join('\n');
    const file = new URL(`run.${name}.txt`, FOLDER);
    if (process.env.WAN_UPDATE) {
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(file, text);
    }
    expect(text).toBe(readFileSync(file, 'utf8'));
  });
}
