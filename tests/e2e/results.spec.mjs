// A finished video is not lost: downloaded with its progress in view, kept in the browser, and spoken of before its
// link ends.
import { createServer } from 'node:http';
import { createReadStream } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { expect, test, marker, ready } from './support/page.mjs';

/** Runs the plainest text model to its end. */
async function finish(desk) {
  await desk.model('t2v', 'wan2.5-t2v-preview');
  await desk.prompt.fill(`${marker()} a red boat`);
  await desk.run.click();
  await desk.done();
  await desk.plays();
}

const source = (desk) => desk.video.evaluate((video) => video.src);

/** A host that serves one file as object stores do, without a word about other origins. */
async function silentHost(bytes, path) {
  await writeFile(path, bytes);
  const host = createServer(async (request, response) => {
    response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': (await stat(path)).size });
    createReadStream(path).pipe(response);
  });
  await new Promise((resolve) => host.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${host.address().port}/video.mp4?Expires=4102444800&Signature=a%2Fb%2B%3D`, end: () => host.close() };
}

test('a video is downloaded whole', async ({ page, desk }) => {
  await finish(desk);
  const original = await (await page.request.get(await source(desk))).body();
  // A signed link arrives to the last sign as the gateway gave it.
  const asked = page.waitForRequest((request) => request.resourceType() === 'fetch' && request.url().includes('Signature='));
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#download').click()]);
  expect(download.suggestedFilename()).toMatch(/^wan2\.5-t2v_.*_[0-9a-f]{8}\.mp4$/);
  expect((await readFile(await download.path())).equals(original)).toBe(true);
  await expect(page.locator('#download-said')).toHaveText('');
  expect((await asked).url()).toBe(await source(desk));
});

test('where the host lets no page read it, the video plays, and the page says how to save it', async ({ page, desk, complaints }, info) => {
  complaints.expected.push(/CORS|net::ERR_FAILED/, /third party: http:\/\/127\.0\.0\.1/);
  let host;
  await page.route(/\/api\/v1\/tasks\//, async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    if (body.output?.video_url) {
      host ??= await silentHost(await (await page.request.get(body.output.video_url)).body(), info.outputPath('video.mp4'));
      body.output.video_url = host.url;
    }
    await route.fulfill({ response: answer, json: body });
  });
  await finish(desk);
  await page.locator('#download').click();
  await expect(page.locator('#download-said')).toContainText('doesn\'t let web pages read it');
  await expect(page.locator('a', { hasText: 'Open' })).toHaveAttribute('href', host.url);
  host.end();
});

test('a kept video plays after its link has ended, and is listed and removed', async ({ page, desk }) => {
  await finish(desk);
  await page.locator('#keep').click();
  await expect(page.locator('#keep')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('#download-said')).toHaveText('');
  const url = await source(desk);
  await page.route(url, (route) => route.fulfill({ status: 403, contentType: 'application/xml', body: '<Error/>' }));
  await page.reload();
  await ready(page);
  await page.locator('#kept-button').click();
  const row = page.locator('#kept-list li');
  await expect(row).toHaveCount(1);
  await expect(row).toContainText('wan2.5-t2v-preview');
  await expect(row).toContainText('a red boat');
  await row.getByRole('button', { name: 'Play' }).click();
  const video = row.locator('video');
  await expect.poll(() => video.evaluate((video) => video.readyState)).toBeGreaterThanOrEqual(2);
  await row.getByRole('button', { name: 'Remove' }).click();
  await expect(row).toHaveCount(0);
  await expect(page.locator('#kept-list')).toContainText('No saved videos yet');
  await expect(page.locator('#kept-title')).toBeFocused();
});

test('before a link ends the page says so, until a copy is here', async ({ page, desk }) => {
  await page.addInitScript(() => {
    const now = Date.now;
    window.__later = 0;
    Date.now = () => now.call(Date) + window.__later;
  });
  await page.reload();
  await ready(page);
  await finish(desk);
  await expect(page.locator('#reminder')).toHaveCount(0);
  // The simulator signs its links for 24 hours, as the document says.
  await page.evaluate(() => (window.__later = 23 * 3_600_000));
  await expect(page.locator('#reminder')).toContainText('expires soon');
  await expect(page.locator('.facts')).toContainText(/(59|58):\d\d/);
  await page.locator('#keep').click();
  await expect(page.locator('#keep')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('#reminder')).toHaveCount(0);
});

test('after its link has ended a video without a copy is explained', async ({ page, desk, complaints }) => {
  complaints.expected.push(/Failed to load resource/);
  await finish(desk);
  const ended = await source(desk);
  await page.route((url) => url.href === ended, (route) => route.fulfill({ status: 403, contentType: 'application/xml', body: '<Error/>' }));
  await page.addInitScript(() => {
    const now = Date.now;
    Date.now = () => now.call(Date) + 25 * 3_600_000;
  });
  await page.reload();
  await ready(page);
  await page.locator('#history-button').click();
  await page.locator('#history').getByText('a red boat').first().click();
  await expect(page.locator('#download-said')).toContainText('has expired, and no copy is saved here');
  await expect(page.locator('.facts')).toContainText('expired');
  await page.locator('#download').click();
  await expect(page.locator('#download-said')).toContainText('The host refused the file');
});
