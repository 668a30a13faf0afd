// Pasting asks nobody: while texts of every kind are read, the page sends no request to any host; its own parts and samples aside.
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from './support/page.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const own = path.join(root, 'tests/cases/data');
const shared = path.resolve(root, '../shared/cases');

/** The texts of a folder: `NAME.txt`, or `NAME/input.txt`. */
function texts(folder) {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.txt'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((file) => [path.relative(folder, file), fs.readFileSync(file, 'utf8')]);
}

test('no request leaves the page while any of the cases is pasted', async ({ page, baseURL }) => {
  test.setTimeout(600_000);
  const asked = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!/^(data|blob):/.test(url)) asked.push(`${request.method()} ${url}`);
  });
  await page.goto('./');
  await expect(page.locator('html')).toHaveAttribute('data-boot', 'ready');
  await page.locator('#import-button').click();
  await expect(page.locator('#takeup-text')).toBeVisible();
  // All parts of the page that reading needs have come with the first text.
  const all = [...texts(own), ...texts(shared)];
  expect(all.length).toBeGreaterThan(50);
  const stray = [];
  for (const [name, text] of all) {
    const before = asked.length;
    await page.locator('#takeup-text').fill(text);
    await page.locator('#takeup-take').click();
    await expect(page.locator('#takeup-result')).not.toBeEmpty();
    // A second turn of the page's loop: what reading set off has begun.
    await page.evaluate(() => new Promise((done) => setTimeout(() => requestAnimationFrame(done))));
    stray.push(...asked.slice(before).map((line) => `${name}: ${line}`));
  }
  const site = new URL('./', baseURL).href;
  const isPart = (line) => / GET \S+(\.(wasm|js|json|css|svg)(\?\S*)?|\/samples\/[a-z-]+\.(webp|mp4))$/.test(line) && line.includes(` ${site}`);
  expect(stray.filter((line) => !isPart(line)), `${all.length} texts`).toEqual([]);
  console.log(`${all.length} texts, ${asked.length} requests of the page for its own files, ${stray.length} of them while pasting`);
});
