import { chromium } from '@playwright/test';
import { readFileSync } from 'node:fs';
const browser = await chromium.launch({ executablePath: process.env.WAN_CHROMIUM, args: ['--no-sandbox', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'] });
const read = (id) => readFileSync(new URL(`../cases/data/${id}.txt`, import.meta.url), 'utf8');
for (const [lang, scheme, width] of [['en', 'light', 1366], ['zh-CN', 'dark', 390]]) {
  const context = await browser.newContext({ locale: lang, colorScheme: scheme, viewport: { width, height: 900 }, permissions: ['camera', 'microphone'] });
  const page = await context.newPage();
  const name = (what) => `/tmp/loud/shot-${what}-${lang}.png`;
  await page.goto('http://127.0.0.1:41200/#1/dashscope/wan2.7-i2v');
  await page.locator('html[data-boot=ready]').waitFor();
  await page.waitForTimeout(1500);
  await page.locator('.f-first_frame').scrollIntoViewIfNeeded();
  await page.screenshot({ path: name('field') });
  await page.locator('.f-first_frame .pick button').click();
  await page.waitForTimeout(1500);
  await page.locator('.f-first_frame').screenshot({ path: name('camera') });
  await page.locator('.f-first_frame .capture button').last().click();
  await page.evaluate(() => { navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no', 'NotAllowedError'); }; });
  await page.locator('.f-first_frame .pick button').click();
  await page.waitForTimeout(500);
  await page.locator('.f-first_frame').screenshot({ path: name('blocked') });
  await page.locator('#f-first_frame').fill('oss://dashscope-instant/a/1.png');
  await page.waitForTimeout(500);
  await page.locator('.f-first_frame').screenshot({ path: name('oss') });
  for (const id of ['a-10', 'd-23', 'c-10']) {
    await page.locator('#open-takeup').evaluate((b) => b.click());
    await page.locator('#takeup-text').fill(read(id));
    await page.locator('#takeup-take').click();
    await page.waitForTimeout(400);
    await page.locator('#takeup').screenshot({ path: name(id) });
    await page.keyboard.press('Escape');
  }
  await context.close();
}
await browser.close();
