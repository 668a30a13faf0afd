// What a gateway complains about is shown at the field it names, with the values it takes, until the field is edited.
import { expect, test, marker } from './support/page.mjs';

test('the message of a refused request marks its field, in both languages, until the field is edited', async ({ page, desk }) => {
  await desk.gateway('dashscope');
  await desk.model('t2v', 'wan2.7-t2v');
  await desk.prompt.fill(`${marker()} sim:bad-resolution`);
  await desk.run.click();
  await expect(desk.state).toContainText('Failed', { timeout: 60_000 });
  const row = page.locator('.field.f-tier');
  const group = page.locator('#f-tier');
  await expect(row).toHaveClass(/wrong/);
  await expect(page.locator('#p-tier')).toContainText('The gateway refused this (#1)');
  await expect(page.locator('#p-tier q')).toHaveText("Input should be '1080P' or '720P': parameters.resolution");
  await expect(page.locator('#p-tier')).toContainText('It takes: 1080P, 720P.');
  await expect(group).toHaveAttribute('aria-invalid', 'true');
  await expect(group).toHaveAttribute('aria-describedby', /(^| )p-tier( |$)/);
  await expect(page.locator('.field.wrong')).toHaveCount(1);
  // A task that failed is told of with 200: no news, and not in the way of what is.
  await expect(page.locator('#said')).toContainText('InvalidParameter');
  await expect(page.locator('#said')).not.toContainText('HTTP 200');
  await page.locator('#language').click();
  await expect(page.locator('#p-tier')).toContainText('网关拒绝了此项（#1）');
  await expect(page.locator('#p-tier')).toContainText('可用的值：1080P、720P。');
  await page.locator('#language').click();
  // Another value is another matter; the old one was refused all the same.
  await page.locator('#f-tier-720P').check();
  await expect(row).not.toHaveClass(/wrong/);
  await expect(group).toHaveAttribute('aria-invalid', 'false');
  await expect(page.locator('#p-tier')).toBeEmpty();
});

test('another run takes the mark away', async ({ page, desk }) => {
  await desk.gateway('dashscope');
  await desk.model('t2v', 'wan2.7-t2v');
  await desk.prompt.fill(`${marker()} sim:bad-resolution`);
  await desk.run.click();
  await expect(page.locator('.field.f-tier')).toHaveClass(/wrong/, { timeout: 60_000 });
  await desk.prompt.fill(`${marker()} all is well`);
  await desk.run.click();
  await desk.done();
  await expect(page.locator('.field.f-tier')).not.toHaveClass(/wrong/);
  // Nor does the old task bring it back: a later one of this model was taken.
  await desk.cards().last().click();
  await expect(desk.state).toContainText('Failed');
  await expect(page.locator('.field.f-tier')).not.toHaveClass(/wrong/);
});
