// Numbers, money, sizes and days as each language writes them. That no text of the other language stands anywhere is
// looked at in every state, beside the barriers.
import { expect, test } from '../support/page.mjs';
import { speak } from './states.mjs';

test('money, seconds, sizes and days are written as the language writes them', async ({ page, desk }) => {
  await desk.known();
  await desk.prompt.fill('x');
  await expect(desk.amount).toHaveText('CN¥5.00');
  await expect(page.locator('#formula')).toContainText('5 s × CN¥1.00 = CN¥5.00');
  await expect(page.locator('.about .source')).toContainText(', Nov 21, 2026');
  await desk.run.click();
  await desk.done();
  await desk.plays();
  await expect(page.locator('#paid')).toContainText('CN¥5.00');
  await page.locator('#history-button').click();
  const when = page.locator('.entry-when').first();
  const written = (tag, options) => page.evaluate(([one, two]) => new Intl.DateTimeFormat(one, two).format(new Date()), [tag, options]);
  expect(await when.getAttribute('title')).toContain(await written('en', { dateStyle: 'medium' }));
  await page.keyboard.press('Escape');
  await speak(page, 'zh-CN');
  await expect(desk.amount).toHaveText('¥5.00');
  await expect(page.locator('#formula')).toContainText('5 秒 × ¥1.00 = ¥5.00');
  await expect(page.locator('.about .source')).toContainText('，2026年11月21日');
  await expect(page.locator('#paid')).toContainText('5 秒');
  await page.locator('#history-button').click();
  expect(await when.getAttribute('title')).toContain(await written('zh-CN', { dateStyle: 'medium' }));
});
