// Camera and microphone at a field: a photo, a recording, and the end of both. The devices are Chromium's own stand-ins;
// that what is on goes off again is read from the browser's own streams.
import { createServer } from 'node:http';
import config from './playwright.config.mjs';
import { expect } from './support/page.mjs';
import { files, listen } from './support/servers.mjs';
import { part, picked, press, test, tracks } from './support/capture.mjs';

const { launchOptions } = config.use;
const FAKE = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

test.use({ launchOptions: { ...launchOptions, args: [...launchOptions.args, ...FAKE] }, permissions: ['camera', 'microphone'] });

/** Switches the camera of the first frame on. */
async function filmed(page, desk) {
  await desk.model('i2v', 'wan2.7-i2v');
  await press(page, 'first_frame', 'Camera');
  const video = part(page, 'first_frame').locator('video');
  await expect.poll(() => video.evaluate((seen) => seen.videoWidth)).toBeGreaterThan(0);
  expect(await tracks(page)).toEqual(['live']);
}

test('a photo goes into the field and into the request, and the camera is off', async ({ page, desk }) => {
  await filmed(page, desk);
  await desk.prompt.fill('a boat');
  await press(page, 'first_frame', 'Take photo');
  await expect(picked(page, 'first_frame')).toContainText('photo.jpg');
  await expect(part(page, 'first_frame').locator('video')).toHaveCount(0);
  expect(await tracks(page)).toEqual(['ended']);
  await expect(page.locator('#p-first_frame')).toBeEmpty();
  const [call] = await Promise.all([page.waitForRequest((request) => request.method() === 'POST'), desk.run.click()]);
  await desk.done();
  expect(JSON.parse(call.postData()).input.media[0].url).toMatch(/^data:image\/jpeg;base64,\/9j\//);
});

test('a recording becomes a WAV file that is uploaded like any other, and the microphone is off', async ({ page, desk }) => {
  await desk.model('s2v', 'wan2.2-s2v');
  await press(page, 'audio', 'Microphone');
  await expect(part(page, 'audio')).toContainText('Recording … It stops automatically after 20 s.');
  expect(await tracks(page)).toEqual(['live']);
  await page.waitForFunction((from) => performance.now() - from > 1500, await page.evaluate(() => performance.now()));
  await press(page, 'audio', 'Stop and use');
  await expect(picked(page, 'audio')).toContainText(/recording\.wav.* [1-9]\d*(\.\d+)? s/s);
  expect(await tracks(page)).toEqual(['ended']);
  await page.locator('.f-audio .upload-now').click();
  await expect(page.locator('.f-audio .lies')).toContainText('Uploaded');
});

test('cancelled, or left by another model or language, it is off and nothing is kept', async ({ page, desk }) => {
  await filmed(page, desk);
  await press(page, 'first_frame', 'Cancel');
  await expect(part(page, 'first_frame').locator('video')).toHaveCount(0);
  expect(await tracks(page)).toEqual(['ended']);
  await expect(picked(page, 'first_frame')).toHaveCount(0);
  await press(page, 'first_frame', 'Camera');
  await expect.poll(() => tracks(page)).toEqual(['ended', 'live']);
  await desk.pick('capability-t2v');
  await expect.poll(() => tracks(page)).toEqual(['ended', 'ended']);
  await desk.model('i2v', 'wan2.7-i2v');
  await press(page, 'first_frame', 'Camera');
  await expect.poll(() => tracks(page)).toEqual(['ended', 'ended', 'live']);
  await page.locator('#language').click();
  await expect.poll(() => tracks(page)).toEqual(['ended', 'ended', 'ended']);
});

test('a device that goes away is told', async ({ page, desk }) => {
  await filmed(page, desk);
  // What a browser does when it is unplugged: the tracks end, and say so.
  await page.evaluate(() => {
    const [track] = window.streams[0].getTracks();
    track.stop();
    track.dispatchEvent(new Event('ended'));
  });
  await expect(part(page, 'first_frame').locator('.problem')).toHaveText('The camera was disconnected. Nothing was saved; try again.');
  await press(page, 'first_frame', 'Use camera');
  await expect.poll(() => tracks(page)).toEqual(['ended', 'live']);
});

for (const [allow, said] of [['', 'The camera is blocked.'], ['camera; microphone', '']]) {
  test(`inside another page that ${allow ? 'allows it' : 'does not allow it'}`, async ({ page, complaints }) => {
    complaints.expected.push(/permissions policy/i, /third party/);
    const inner = files(process.env.WAN_SITE);
    const address = `${await listen(inner)}/#embed/1/dashscope/wan2.7-i2v`;
    const frame = `<iframe src="${address}" width="1000" height="900" allow="${allow}"></iframe>`;
    const outer = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(`<!DOCTYPE html><title>Outer</title>${frame}`));
    await page.goto(await listen(outer));
    const field = page.frameLocator('iframe').locator('.f-first_frame');
    await field.getByRole('button', { name: 'Camera', exact: true }).click();
    if (said) await expect(field.locator('.capture .problem')).toContainText(said);
    else await expect(field.locator('.capture video')).toBeVisible();
    for (const server of [inner, outer]) {
      server.closeAllConnections();
      server.close();
    }
  });
}
