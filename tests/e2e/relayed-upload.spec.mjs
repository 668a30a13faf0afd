// A file from this device goes through the relay: the policy, the form to the store, the oss:// link in one create call.
// All of it is real but the gateway, which is the simulator behind the relay.
import { expect, marker, media } from './support/page.mjs';
import { pngFile } from './support/png.mjs';
import { closed, test } from './support/relay.mjs';
import { KEY } from './support/servers.mjs';
import { wav } from './support/sound.mjs';

const STORE = 'dashscope-file-sim.oss-cn-beijing.aliyuncs.com';
const upload = (page, field) => page.locator(`.f-${field} .upload-now`);
const lies = (page, field) => page.locator(`.f-${field} .lies`);
const said = (page, field) => page.locator(`.f-${field} .upload`);

/** Eighteen seconds, some megabytes: more than sockets hold back. */
const voice = () => ({ name: 'voice.wav', mimeType: 'audio/wav', buffer: wav(18, 192_000) });

/** The relay switched on, and the page's calls to it, one after the other: method, host and path, key or none. */
async function switched(page, desk, relaying, gateway = 'dashscope') {
  await closed(page, desk, gateway);
  await page.locator('#use-relay').click();
  await page.locator('.card.new').click();
  const calls = [];
  page.on('request', (request) => {
    const url = request.url();
    const relay = `${relaying}/relay/${gateway}/`;
    if (url.startsWith(relay)) calls.push([request.method(), url.slice(relay.length), request.headers().authorization ?? '']);
  });
  return calls;
}

/** What the simulator has received since the last look. */
async function received(page, behind) {
  const answer = await page.request.get(`${behind}/sim/_log`);
  const all = await answer.json();
  await page.request.delete(`${behind}/sim/_log`);
  return all;
}

const creates = (log) => log.filter(({ method, path }) => method === 'POST' && path.includes('/video-synthesis'));
const forms = (log) => log.filter(({ method, path }) => method === 'POST' && /\/oss\/?$/.test(path));

const policyCall = (model) => ['GET', `dashscope.aliyuncs.com/api/v1/uploads?action=getPolicy&model=${model}`, `Bearer ${KEY}`];
const formCall = ['POST', `${STORE}/`, ''];

test('a portrait and a voice pass through the relay and become one task', async ({ page, desk, relaying, behind }) => {
  const calls = await switched(page, desk, relaying);
  await desk.model('s2v', 'wan2.2-s2v');
  await desk.fill('portrait', pngFile('me.png', 480, 640));
  await desk.fill('audio', voice());
  await received(page, behind);
  expect(calls, 'choosing files sends nothing').toEqual([]);
  for (const field of ['portrait', 'audio']) {
    await upload(page, field).click();
    await expect(lies(page, field)).toContainText('for wan2.2-s2v only');
  }
  expect(calls).toEqual([policyCall('wan2.2-s2v'), formCall, policyCall('wan2.2-s2v'), formCall]);
  const stored = forms(await received(page, behind));
  expect(stored.map(({ headers }) => headers.authorization)).toEqual(['absent', 'absent']);
  const [portrait, sound] = stored.map(({ body }) => JSON.parse(body));
  expect(sound.file.bytes).toBe(voice().buffer.length);
  await desk.run.click();
  await desk.done();
  await desk.plays();
  const made = creates(await received(page, behind));
  expect(made.length, 'one press, one create call').toBe(1);
  const { input } = JSON.parse(made[0].body);
  expect(input.image_url).toMatch(/^oss:\/\/dashscope-instant\//);
  expect(input.image_url.split('/').at(-1)).toBe(portrait.file.name);
  expect(input.audio_url.split('/').at(-1)).toBe(sound.file.name);
  const create = calls.filter(([method, path]) => method === 'POST' && path.endsWith('/video-synthesis'));
  expect(create).toEqual([['POST', 'dashscope.aliyuncs.com/api/v1/services/aigc/image2video/video-synthesis', `Bearer ${KEY}`]]);
});

test('cut in the middle it stores nothing, and a press sends it again', async ({ page, desk, relaying, behind, line }) => {
  const calls = await switched(page, desk, relaying);
  await desk.model('s2v', 'wan2.2-s2v');
  await desk.fill('portrait', pngFile('me.png', 480, 640));
  await upload(page, 'portrait').click();
  await expect(lies(page, 'portrait')).toBeVisible();
  await desk.fill('audio', voice());
  await received(page, behind);
  const before = line.cut;
  line.limit = voice().buffer.length / 2;
  await upload(page, 'audio').click();
  await expect(said(page, 'audio').locator('.problem').first()).toContainText('The upload failed');
  expect(line.cut, 'it was cut').toBeGreaterThan(before);
  await expect(lies(page, 'audio')).toHaveCount(0);
  await expect(page.locator('#p-audio')).toContainText('isn\'t uploaded yet');
  line.limit = null;
  const tried = calls.length;
  await expect(upload(page, 'audio')).toHaveText('Upload again');
  await upload(page, 'audio').click();
  await expect(lies(page, 'audio')).toContainText('Uploaded');
  expect(calls.slice(tried), 'a new policy for a new name').toEqual([policyCall('wan2.2-s2v'), formCall]);
  await desk.run.click();
  await desk.done();
  const [create, ...more] = creates(await received(page, behind));
  expect(more).toEqual([]);
  expect(JSON.parse(create.body).input.audio_url).toMatch(/^oss:\/\/.+\.wav$/);
});

test('a policy that expires on the way is told, and a press asks for another', async ({ page, desk, relaying, behind }) => {
  const calls = await switched(page, desk, relaying);
  await desk.model('s2v', 'wan2.2-s2v');
  await desk.fill('portrait', pngFile('me.png', 480, 640));
  // Five minutes pass between the policy and the form.
  const store = `${relaying}/relay/dashscope/${STORE}/`;
  await page.route(store, async (route) => {
    await page.request.post(`${behind}/sim/_control`, { data: { advance_seconds: 301 } });
    await route.continue();
  });
  await upload(page, 'portrait').click();
  await expect(said(page, 'portrait').locator('.problem').first()).toContainText('The upload permission expired');
  await page.unroute(store);
  await upload(page, 'portrait').click();
  await expect(lies(page, 'portrait')).toContainText('Uploaded');
  expect(calls).toEqual([policyCall('wan2.2-s2v'), formCall, policyCall('wan2.2-s2v'), formCall]);
});

test('for another model it is uploaded again, and not sent before', async ({ page, desk, relaying, behind }) => {
  const calls = await switched(page, desk, relaying);
  await desk.model('r2v', 'wan2.6-r2v');
  await desk.prompt.fill(marker());
  await desk.fill('references', pngFile('cat.png', 480, 270));
  await upload(page, 'references').click();
  await expect(lies(page, 'references')).toContainText('for wan2.6-r2v only');
  await desk.model('r2v', 'wan2.6-r2v-flash');
  await expect(said(page, 'references')).toContainText('It was uploaded for another model.');
  await received(page, behind);
  await desk.run.click();
  await expect(page.locator('#blocked')).not.toBeEmpty();
  expect(creates(await received(page, behind)), 'held back').toEqual([]);
  await upload(page, 'references').click();
  await expect(lies(page, 'references')).toContainText('for wan2.6-r2v-flash only');
  expect(calls).toEqual([policyCall('wan2.6-r2v'), formCall, policyCall('wan2.6-r2v-flash'), formCall]);
  await desk.run.click();
  await desk.done();
  expect(creates(await received(page, behind)).length).toBe(1);
});

test('at Crazyrouter the form goes with the key, and the link it answers into one create call', async ({ page, desk, relaying, behind }) => {
  const calls = await switched(page, desk, relaying, 'crazyrouter');
  await desk.model('s2v', 'wan2.2-s2v');
  await desk.prompt.fill(marker());
  await desk.fill('portrait', pngFile('me.png', 480, 640));
  await desk.fill('audio', media('voice.mp3'));
  await upload(page, 'portrait').click();
  await expect(lies(page, 'portrait')).toContainText('Uploaded');
  expect(calls).toEqual([['POST', 'api.crazyrouter.com/v1/files/uploads', `Bearer ${KEY}`]]);
  await received(page, behind);
  await desk.run.click();
  await desk.done();
  const [create, ...more] = creates(await received(page, behind));
  expect(more).toEqual([]);
  expect(JSON.parse(create.body).input.image_url).toMatch(/^https:\/\/media\.crazyrouter\.com\/.+\.png$/);
});
