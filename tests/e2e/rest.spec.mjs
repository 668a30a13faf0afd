// A developer's page is never served from a cache: the worker of an earlier packed page at this address goes by itself.
import { expect, ready, test } from './support/page.mjs';

test('the page that is built for development has no worker, and sends away one that is there', async ({ page, desk }) => {
  expect(await page.evaluate(() => document.querySelectorAll('script[data-worker]').length)).toBe(0);
  await page.evaluate(async () => {
    await (await caches.open('wan-files of an earlier page')).put('/x', new Response('old'));
    await (await caches.open('of somebody else')).put('/x', new Response('theirs'));
    await navigator.serviceWorker.register('./sw.js');
  });
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.getRegistrations().then((all) => all.length))).toBe(0);
  expect(await page.evaluate(() => caches.keys())).toEqual(['of somebody else']);
  await page.reload();
  await ready(page);
  expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBe(null);
  await expect(desk.run).toBeVisible();
});
