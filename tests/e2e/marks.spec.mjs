// What a gateway complains about is shown at the field it names, with the values it takes, until the field is edited.
import { expect, test, marker, media } from './support/page.mjs';

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
  await expect(page.locator('#p-tier')).toContainText('Allowed: 1080P, 720P.');
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

for (const [word, capability, model, fields, marked] of [
  ['sim:bad-size', 't2v', 'wan2.2-t2v-plus', {}, { tier: ['size must be in 1080*1920,1920*1080', 'Allowed: 1080*1920, 1920*1080'] }],
  ['sim:bad-duration', 't2v', 'wan2.2-t2v-plus', {}, { duration: ['duration customization is not supported', 'leave it out'] }],
  ['sim:lone-frame', 'r2v', 'wan2.7-r2v', { references: media('a.png') }, { references: ['Only first frame provided is not allowed', 'This field is required.'] }],
  ['sim:no-words', 't2v', 'wan2.7-t2v', {}, { prompt: ['prompt must contain words', 'This field is required.'] }],
  [
    'sim:two-faults',
    't2v',
    'wan2.7-t2v',
    {},
    {
      tier: ["Input should be '1080P' or '720P': parameters.resolution", 'Allowed: 1080P, 720P.'],
      duration: ['Duration should be between 2 and 15', '2'],
    },
  ],
]) {
  test(`dashscope ${word}: refused late, each field it names is marked, and nothing was billed`, async ({ page, desk }) => {
    await desk.gateway('dashscope');
    await desk.model(capability, model);
    for (const [field, value] of Object.entries(fields)) await desk.fill(field, value);
    await desk.prompt.fill(`${marker()} ${word}`);
    await desk.run.click();
    await expect(desk.state).toContainText('Failed', { timeout: 60_000 });
    await expect(page.locator('#happened')).toContainText('checked the request and refused it');
    await expect(page.locator('#billed')).toContainText('Refused requests aren\'t billed');
    for (const [field, [said, takes]] of Object.entries(marked)) {
      await expect(page.locator(`.field.f-${field}`)).toHaveClass(/wrong/);
      await expect(page.locator(`#p-${field} q`)).toContainText(said);
      await expect(page.locator(`#p-${field}`)).toContainText(takes);
    }
    await expect(page.locator('.field.wrong')).toHaveCount(Object.keys(marked).length);
  });
}

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
