// What a screen reader is given of the paste box for twelve texts, in both languages, against transcripts that were read
// and judged: first what is said by itself, then the box from top to end. `WAN_UPDATE=1` writes them anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '../support/page.mjs';
import { cases } from '../support/cases.mjs';
import { heard, listen } from '../support/hear.mjs';
import { speak, takeUp } from './states.mjs';

const FOLDER = new URL('transcripts/', import.meta.url);

for (const [name, tag] of [['en', 'en'], ['zh', 'zh-CN']]) {
  test(`the paste box as it is heard (${name})`, async ({ page }) => {
    await page.goto('./');
    await expect(page.locator('html')).toHaveAttribute('data-boot', 'ready', { timeout: 60_000 });
    await speak(page, tag);
    const said = await listen(page);
    const parts = [];
    for (const [title, text] of cases()) {
      await said.forget();
      await takeUp(page, text);
      await expect(page.locator('#takeup-result .request-found')).toBeVisible();
      await expect.poll(async () => (await said.all()).length).toBeGreaterThan(0);
      const spoken = (await said.all()).map((line) => `> ${line}`);
      parts.push(`## ${title}\n\n${spoken.join('\n')}\n\n${await heard(page, '#takeup-result')}\n`);
      await page.keyboard.press('Escape');
      await expect(page.locator('#takeup')).toHaveCount(0);
    }
    const text = parts.join('\n');
    const file = new URL(`pasted.${name}.txt`, FOLDER);
    if (process.env.WAN_UPDATE) writeFileSync(file, text);
    expect(text).toBe(readFileSync(file, 'utf8'));
  });
}
