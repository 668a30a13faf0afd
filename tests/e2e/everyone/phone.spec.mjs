// With one thumb: price, Run and video are always near, on any phone, held either way.
import { expect, test, marker, choosePlace } from '../support/page.mjs';
import { answered, run, speak } from './states.mjs';

const PHONES = [[390, 844], [320, 568], [844, 390]];

const inView = (page, selector) =>
  page.locator(selector).evaluate((element) => {
    const box = element.getBoundingClientRect();
    return box.top >= -1 && box.bottom <= innerHeight + 1 && box.left >= -1 && box.right <= innerWidth + 1;
  });

for (const [width, height] of PHONES) {
  for (const tag of ['en', 'zh-CN']) {
    test(`${width} × ${height}, ${tag}: price and Run wherever one stands; the video right after Run, and back at a press`, async ({ page, desk }) => {
      await page.setViewportSize({ width, height });
      await speak(page, tag);
      const top = () => page.locator('.runbar').evaluate((bar) => bar.getBoundingClientRect().top);
      for (const place of [0, 0.5, 1]) {
        await page.evaluate((part) => window.scrollTo(0, document.scrollingElement.scrollHeight * part), place);
        expect(await inView(page, '#run'), `Run at ${place}`).toBe(true);
        expect(await inView(page, '#amount'), `the price at ${place}`).toBe(true);
        // And room for what one came to see.
        expect(height - (await top())).toBeLessThanOrEqual(height * 0.4);
      }
      // The end of the page is not behind the bar.
      expect(await page.locator('.foot').evaluate((foot) => foot.getBoundingClientRect().bottom)).toBeLessThanOrEqual((await top()) + 1);
      await run(desk);
      await expect.poll(() => page.locator('#state').evaluate((state) => state.getBoundingClientRect().top >= 0 && state.getBoundingClientRect().bottom < innerHeight)).toBe(true);
      await desk.done();
      await desk.plays();
      // Back at the form, and again at the video: one press.
      await desk.prompt.scrollIntoViewIfNeeded();
      await page.evaluate(() => window.scrollTo(0, 0));
      const way = page.locator('#to-stage');
      await expect(way).toHaveText(tag === 'en' ? 'Done' : '已完成');
      expect(await inView(page, '#to-stage')).toBe(true);
      await way.click();
      await expect(page.locator('#stage')).toBeFocused();
      await expect.poll(() => desk.video.evaluate((video) => video.getBoundingClientRect().top < innerHeight * 0.8 && video.getBoundingClientRect().bottom > 0)).toBe(true);
    });
  }
}

test('what is missing stands above the bar and leaves room for the form', async ({ page, desk }) => {
  await page.setViewportSize({ width: 320, height: 568 });
  await desk.gateway('crazyrouter');
  await desk.model('kf2v', 'wan2.2-kf2v-flash');
  await choosePlace(page, '0');
  for (const tag of ['en', 'zh-CN']) {
    await speak(page, tag);
    await desk.run.click();
    await expect(page.locator('#blocked')).not.toBeEmpty();
    const top = await page.locator('.runbar').evaluate((bar) => bar.getBoundingClientRect().top);
    expect(top, 'of 568').toBeGreaterThan(568 * 0.55);
    expect(await inView(page, '#run')).toBe(true);
  }
});

test('the page goes under notch and bar, and nothing to press lies there', async ({ page, desk }) => {
  await expect(page.locator('meta[name="viewport"]')).toHaveAttribute('content', /viewport-fit=cover/);
  const client = await page.context().newCDPSession(page);
  await page.setViewportSize({ width: 844, height: 390 });
  await client.send('Emulation.setSafeAreaInsetsOverride', { insets: { left: 47, right: 47, bottom: 34, top: 0 } });
  await answered(page, 'RUNNING');
  await desk.prompt.fill(marker());
  await desk.run.click();
  await expect(desk.state).toContainText('RUNNING');
  const hidden = await page.evaluate(() =>
    [...document.querySelectorAll('button, a[href], select, textarea, summary, input')]
      .filter((element) => element.checkVisibility() && !element.closest('.skip, .hidden, .cards ul, .tabs, .examples'))
      .map((element) => [element, element.getBoundingClientRect()])
      .filter(([, box]) => box.width > 1 && (box.left < 47 - 1 || box.right > innerWidth - 47 + 1))
      .map(([element]) => element.id || element.className),
  );
  expect(hidden).toEqual([]);
  const box = await desk.run.boundingBox();
  expect(box.y + box.height).toBeLessThanOrEqual(390 - 34);
});
