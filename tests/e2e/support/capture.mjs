// What specs of camera and microphone share.
import { test as base } from './page.mjs';

export const test = base.extend({
  /** The streams that the page was given are remembered. */
  watched: [
    async ({ page }, use) => {
      await page.addInitScript(() => {
        window.streams = [];
        const devices = navigator.mediaDevices;
        if (!devices) return;
        const open = devices.getUserMedia.bind(devices);
        devices.getUserMedia = async (wish) => {
          const stream = await open(wish);
          window.streams.push(stream);
          return stream;
        };
      });
      await use();
    },
    { auto: true },
  ],
});

/** The state of each track there was. */
export const tracks = (page) => page.evaluate(() => window.streams.flatMap((stream) => stream.getTracks().map((track) => track.readyState)));
export const picked = (page, field) => page.locator(`.f-${field} .picked`);
export const part = (page, field) => page.locator(`.f-${field} .capture`);
export const press = (page, field, name) => page.locator(`.f-${field}`).getByRole('button', { name, exact: true }).click();
