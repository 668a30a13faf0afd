// The first sight: a sample plays, and any of them fills the form. Nothing is sent by it.
import { byId, creates, expect, log, ready, test } from './support/page.mjs';

const sample = (page, id) => byId(page, `sample-${id}`);
const video = (page) => page.locator('#sample');

test('a sample plays by itself, without sound, over the place of the first video: nothing moves', async ({ page }) => {
  await page.addInitScript(() => {
    window.__shift = 0;
    new PerformanceObserver((list) => {
      for (const { value } of list.getEntries()) window.__shift += value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto('./');
  await ready(page);
  await expect.poll(() => video(page).evaluate((video) => video.currentTime > 0.2 && !video.paused)).toBe(true);
  expect(await video(page).evaluate((video) => [video.muted, video.loop, video.controls])).toEqual([true, true, false]);
  await expect(page.locator('.sample figcaption')).toContainText('A paper boat drifts');
  await page.getByRole('button', { name: 'Pause sample' }).click();
  await expect.poll(() => video(page).evaluate((video) => video.paused)).toBe(true);
  await page.getByRole('button', { name: 'Play sample' }).click();
  await expect.poll(() => video(page).evaluate((video) => video.paused)).toBe(false);
  expect(await page.evaluate(() => window.__shift)).toBeLessThan(0.01);
});

test.describe('where less motion is asked for', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });
  test('it stands still and is not loaded until it is pressed', async ({ page }) => {
    const asked = [];
    page.on('request', (request) => request.url().endsWith('.mp4') && asked.push(request.url()));
    await page.goto('./');
    await ready(page);
    await expect(page.getByRole('button', { name: 'Play sample' })).toBeVisible();
    await page.waitForTimeout(500);
    expect(asked).toEqual([]);
    await page.getByRole('button', { name: 'Play sample' }).click();
    await expect.poll(() => video(page).evaluate((video) => video.currentTime > 0)).toBe(true);
  });
});

test('two presses make a first video of one\'s own: a sample, and Run', async ({ page, desk }) => {
  await sample(page, 'text').click();
  await expect(desk.prompt).toHaveValue(/^A paper boat drifts/);
  await desk.run.click();
  await desk.done();
  await desk.plays();
  await expect(video(page), 'the stage is about that now').toHaveCount(0);
});

test('a sample with media brings its files, which become part of the request', async ({ page, desk }) => {
  await desk.gateway('dashscope');
  await sample(page, 'frames').click();
  await expect(page.locator('#capability-kf2v')).toBeChecked();
  await expect(page.locator('.f-first_frame .picked')).toContainText('frames-first.webp');
  await expect(page.locator('.f-last_frame .picked')).toContainText('frames-last.webp');
  await expect(page.locator('.samples [role="status"]')).toContainText('Nothing is sent until you press Run.');
  expect(await log(page, 'The same street')).toEqual([]);
  await sample(page, 'reference').click();
  await expect(page.locator('#capability-r2v')).toBeChecked();
  await expect(page.locator('#desk .picked')).toHaveCount(2);
  await sample(page, 'speech').click();
  await expect(page.locator('.f-portrait .picked')).toContainText('speech-portrait.webp');
  await expect(page.locator('.f-audio .picked')).toContainText('speech-voice.mp3');
});

test('undo gives back what stood in the form', async ({ page, desk }) => {
  await desk.known();
  await desk.prompt.fill('mine, half written');
  await sample(page, 'image').click();
  await expect(desk.prompt).toHaveValue(/^The fox/);
  await page.locator('#sample-undo').click();
  await expect(desk.prompt).toHaveValue('mine, half written');
  await expect(page.locator('#capability-t2v')).toBeChecked();
  await expect(desk.command).toContainText('wan2.5-t2v-preview');
});

test('at a gateway whose models take links only, the sample is a link of this page', async ({ page, desk }) => {
  await desk.gateway('acedata');
  await sample(page, 'image').click();
  await expect(page.locator('#desk')).toContainText(/image-first\.webp/);
});

test('a video that does not come leaves the frame, and a file that does not come is told', async ({ page, complaints }) => {
  complaints.expected.push(/Failed to load resource/);
  await page.route(/samples\/.*\.(mp4|webp)$/, (route) => route.fulfill({ status: 404, body: '' }));
  await page.goto('./');
  await ready(page);
  await expect(sample(page, 'image')).toBeVisible();
  await expect(video(page)).toHaveCount(0);
  await expect(page.locator('.frame')).toBeVisible();
  await sample(page, 'image').click();
  await expect(page.locator('.samples [role="status"]')).toContainText('could not be loaded');
  expect((await creates(page, 'The fox')).length).toBe(0);
});

test('by keyboard alone', async ({ page, desk }) => {
  await sample(page, 'text').focus();
  await page.keyboard.press('Enter');
  await expect(desk.prompt).toBeFocused();
  await page.keyboard.press('Control+Enter');
  await desk.done();
});
