// Links into Alibaba's store end two days after the upload, and are for one model: what is kept of them asks again in
// words, and is never sent after that.
import { byId, creates, expect, marker, ready, test } from './support/page.mjs';
import { uploaded } from './support/upload.mjs';

const HOUR = 3_600_000;
const stored = (page) => page.locator('.f-references .stored');
const problem = (page) => page.locator('#p-references');
const kept = (page) => page.evaluate(() => JSON.stringify({ ...localStorage }));

/** The page's clock, so much ahead from its next start. */
const ahead = (page, hours) =>
  page.addInitScript((ms) => {
    const now = Date.now;
    Date.now = () => now.call(Date) + ms;
  }, hours * HOUR);

/** A reference of a kind that no request can hold, as its link into the store. */
async function referred(page, desk) {
  await desk.model('r2v', 'wan2.6-r2v');
  const link = await uploaded(page, 'wan2.6-r2v', marker());
  const mark = marker();
  await desk.prompt.fill(`${mark} character1 walks`);
  await desk.fill('references', link);
  await expect(stored(page)).toContainText('deleted 48 h after upload');
  return [link, mark];
}

test('the kept form has the link until it ends, and the name of the file after that', async ({ page, desk }) => {
  const [link, mark] = await referred(page, desk);
  await expect.poll(() => kept(page)).toContain(link);
  await ahead(page, 47);
  await page.reload();
  await ready(page);
  await expect(byId(page, 'f-references')).toHaveValue(link);
  await expect(problem(page)).toBeEmpty();
  // It counts from when it was first there, not from the last visit.
  await expect.poll(() => page.evaluate(() => localStorage.length)).toBeGreaterThan(0);
  await ahead(page, 2);
  await page.reload();
  await ready(page);
  await expect(page.locator('.f-references .picked')).toContainText(link.split('/').at(-1));
  await expect(byId(page, 'f-references')).toHaveValue('');
  await expect(problem(page)).toContainText('Choose it again');
  await desk.run.click();
  await expect(page.locator('#blocked')).not.toBeEmpty();
  expect(await creates(page, mark)).toEqual([]);
});

test('a task used again asks for a file that has ended, and for one of another model', async ({ page, desk }) => {
  const [link, mark] = await referred(page, desk);
  await desk.run.click();
  await desk.done();
  expect((await creates(page, mark)).length).toBe(1);
  await desk.fill('references', 'https://example.com/other.png');
  const again = async () => {
    await page.locator('#history-button').click();
    await page.locator('#history-list > li').first().locator('.entry-tools button').first().click();
    await expect(page.locator('#history-compare-box')).toBeVisible();
  };
  await again();
  await expect(page.locator('#history-compare-box')).not.toContainText('has deleted');
  await page.locator('#history-take').click();
  await expect(byId(page, 'f-references')).toHaveValue(link);
  await expect(problem(page)).toBeEmpty();
  await desk.model('r2v', 'wan2.6-r2v-flash');
  await expect(stored(page)).toHaveText('It was uploaded for another model.');
  await expect(problem(page)).toContainText('Choose it again');
  await desk.run.click();
  await expect(page.locator('#blocked')).not.toBeEmpty();
  // Back at its model it is good again; two days later it is not.
  await desk.model('r2v', 'wan2.6-r2v');
  await expect(problem(page)).toBeEmpty();
  await desk.fill('references', 'https://example.com/other.png');
  await page.evaluate((ms) => {
    const now = Date.now;
    Date.now = () => now.call(Date) + ms;
  }, 48 * HOUR);
  await again();
  await expect(page.locator('#history-compare-box')).toContainText('The gateway has deleted the uploaded file.');
  await page.locator('#history-take').click();
  await expect(stored(page)).toHaveText('The gateway has deleted the uploaded file.');
  await desk.run.click();
  await expect(page.locator('#blocked')).not.toBeEmpty();
  expect((await creates(page, mark)).length, 'one press was one create call').toBe(1);
  // Neither is in a link.
  expect(page.url()).not.toContain('oss');
});
