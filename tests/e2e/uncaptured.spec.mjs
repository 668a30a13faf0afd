// Where there is no camera or microphone, or it is not allowed, that is said; and a phone opens its own camera.
import config from './playwright.config.mjs';
import { Desk, expect, ready } from './support/page.mjs';
import { part, picked, press, test } from './support/capture.mjs';
import { pngFile } from './support/png.mjs';

const { launchOptions } = config.use;

test.describe('without', () => {
  test('a camera that is not allowed is said to be blocked', async ({ playwright, baseURL }) => {
    // The browser has a camera, and whoever is asked refuses it.
    const args = [...launchOptions.args, '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream=deny'];
    const browser = await playwright.chromium.launch({ ...launchOptions, args });
    const page = await browser.newPage({ baseURL });
    await page.goto('./');
    await ready(page);
    await new Desk(page).model('i2v', 'wan2.7-i2v');
    await press(page, 'first_frame', 'Camera');
    await expect(part(page, 'first_frame').locator('.problem')).toContainText('The camera is blocked. Allow it');
    await browser.close();
  });

  test.describe('a device', () => {
    test.use({ permissions: ['camera', 'microphone'] });
    test('that is not there is said to be missing', async ({ page, desk }) => {
      await desk.model('s2v', 'wan2.2-s2v');
      await press(page, 'audio', 'Microphone');
      await expect(part(page, 'audio').locator('.problem')).toHaveText('No microphone found. Connect one, or choose a file.');
    });
  });
});

test.describe('on a phone', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test("the phone's own camera is opened", async ({ page, desk }) => {
    await desk.model('i2v', 'wan2.7-i2v');
    await press(page, 'first_frame', 'Camera');
    const input = part(page, 'first_frame').locator('input[capture]');
    await expect(input).toHaveAttribute('accept', 'image/*');
    await input.setInputFiles(pngFile('IMG_1.png', 480, 640));
    await expect(picked(page, 'first_frame')).toContainText('IMG_1.png');
    await expect(part(page, 'first_frame')).toHaveCount(0);
  });
});
