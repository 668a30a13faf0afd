// A customer's request, sent exactly as it was pasted: to the byte, once, and followed as any other.
import { expect, test, creates, log, marker, ready } from './support/page.mjs';
import { curl } from './support/shell.mjs';

const HOST = 'https://dashscope.aliyuncs.com';
const CREATE = '/api/v1/services/aigc/video-generation/video-synthesis';
const HEADERS = "-H 'X-DashScope-Async: enable' -H 'Authorization: Bearer $DASHSCOPE_API_KEY' -H 'Content-Type: application/json'";

/** A command as a customer pastes it. */
const command = (body, more = '') => `curl -X POST '${HOST}${CREATE}' ${HEADERS} ${more} -d '${body}'`;

/** Pastes a text and opens what is offered of it. */
async function paste(page, text) {
  await page.locator('#open-takeup').click();
  await page.locator('#takeup-text').fill(text);
  await page.locator('#takeup-take').click();
}

async function open(page, text) {
  await paste(page, text);
  await page.locator('#exact summary').click();
  await page.locator('#exact-base').selectOption({ label: 'Simulator' });
}

test('a broken request is sent as it is, once, and its refusal is the gateway\'s own', async ({ page, desk, complaints }) => {
  complaints.expected.push(/status of 400/);
  const mark = marker();
  // Fields at the top level, a comma too many, spaces of one's own: nothing of it survives a form.
  const body = `{"model":  "wan2.5-t2v-preview",\n\t"prompt": "${mark} 猫", "resolution": "720P" , "duration": 5}`;
  await open(page, command(body));
  const said = page.locator('#exact');
  await expect(page.locator('#exact-request')).toHaveText(new RegExp(`^POST .*/sim/dashscope${CREATE}\\nX-DashScope-Async: enable\\nContent-Type: application/json\\n\\n`));
  expect(await page.locator('#exact-request').textContent()).toContain(body);
  await expect(page.locator('#exact-price')).toContainText('nothing is charged');
  await expect(said).toContainText('Per the docs');
  await page.locator('#exact-send').click();
  await expect(page.locator('#takeup')).toBeHidden();
  await expect(desk.state).toContainText('Refused');
  await expect(page.locator('#as-sent')).toHaveText('sent as pasted');
  const sent = await creates(page, mark);
  expect(sent.map((entry) => [entry.path, entry.body, entry.status]), 'one call, to the byte').toEqual([
    [expect.stringContaining(CREATE), body, 400],
  ]);
  await expect(page.locator('#stage'), 'in the gateway\'s own words').toContainText('Required input parameter missing from request.');
  expect(await desk.prompt.inputValue(), 'the form is as it was').toBe('');
});

test('a good one becomes a video, and goes on after a reload; once more sends the same bytes', async ({ page, desk }) => {
  const mark = marker();
  const body = `{"model":"wan2.5-t2v-preview","input":{"prompt":"${mark}"},"parameters":{"size":"832*480","duration":5,"prompt_extend":false}}`;
  await open(page, command(body));
  await expect(page.locator('#exact-price')).toContainText('¥1.50');
  await page.locator('#exact-send').click();
  await expect(page.locator('#as-sent')).toHaveText('sent as pasted');
  const id = await desk.taskId();
  await page.reload();
  await ready(page);
  await desk.cards().first().click();
  expect(await desk.taskId()).toBe(id);
  await expect(page.locator('#as-sent')).toHaveText('sent as pasted');
  await desk.done();
  await desk.plays();
  // Bytes and calls: one create call, and everything else asked for its id.
  expect((await creates(page, mark)).map((entry) => entry.body)).toEqual([body]);
  // The page prints what was sent, and a shell would send the same.
  await desk.pick('whose-task');
  expect(curl(await desk.printed('create', 'curl')).body).toBe(body);
  expect((await log(page, id)).every((entry) => entry.method === 'GET')).toBe(true);
});

test('two quick presses are one task', async ({ page, desk }) => {
  const mark = marker();
  await open(page, command(`{"model":"wan2.5-t2v-preview","input":{"prompt":"${mark}"}}`));
  await page.locator('#exact-send').evaluate((button) => (button.click(), button.click()));
  await desk.done();
  expect((await creates(page, mark)).length).toBe(1);
});

test('a real address needs a key of this page, never the one in the text; and what cannot be sent says why', async ({ page, desk }) => {
  const key = 'sk-canary-exact-0123456789abcdef';
  await paste(page, command('{"model":"wan2.5-t2v-preview","input":{"prompt":"a cat"}}').replace('$DASHSCOPE_API_KEY', key));
  await page.locator('#exact summary').click();
  await expect(page.locator('#exact-base option').first(), 'the address of the paste comes first').toHaveText(HOST);
  await page.locator('#exact-send').click();
  await expect(page.locator('#exact-problem')).toContainText('No key is entered');
  await expect(page.locator('#exact')).not.toContainText('canary');
  await page.locator('#takeup-text').fill(command('{"model":"wan2.5-t2v-preview","key":"sk-canary-exact-0123456789abcdef"}'));
  await page.locator('#takeup-take').click();
  await expect(page.locator('#exact-not')).toContainText('there is a key');
  await page.locator('#takeup-text').fill(`curl ${HOST}${CREATE} -H 'Content-Type: application/json' -d @body.json`);
  await page.locator('#takeup-take').click();
  await expect(page.locator('#exact-not')).toContainText('in a file');
  await expect(desk.cards()).toHaveCount(0);
});

test('what the form holds of a pasted request stands in it, and ends with another model', async ({ page, desk }) => {
  await desk.gateway('acedata');
  const text = `curl https://api.acedata.cloud/wan/videos -H 'Content-Type: application/json' -H 'Authorization: Bearer $ACEDATACLOUD_API_KEY' -d '{"model":"wan2.6-t2v","action":"text2video","prompt":"a cat","fps":24}'`;
  await paste(page, text);
  if (!(await page.locator('#import-keep').isChecked())) await page.locator('#import-keep').check();
  await page.locator('#import-fill').click();
  const box = page.locator('#as-pasted');
  await expect(box).toContainText('Sent as pasted (1)');
  await expect(box).toContainText('fps');
  await expect(box).toContainText('Not sent, as in the pasted request');
  const body = async () => JSON.parse(curl(await desk.printed('create', 'curl')).body);
  expect(await body(), 'nothing is added').toEqual({ model: 'wan2.6-t2v', action: 'text2video', prompt: 'a cat', fps: 24 });
  await box.locator('li').filter({ hasText: 'fps' }).getByRole('button').click();
  expect(await body()).toEqual({ model: 'wan2.6-t2v', action: 'text2video', prompt: 'a cat' });
  await desk.model('i2v', 'wan2.6-i2v');
  await expect(box).toHaveCount(0);
  await desk.model('t2v', 'wan2.6-t2v');
  expect((await body()).async, 'the form is as usual again').toBe(true);
});
