// The main job, for every model: pick, fill, read price and command, run, watch. Prices are written here by hand, from
// the gateways' documents and Alibaba's price list as read on 2026-11-21, and never taken from the catalog.
import { byId, expect, test, creates, marker, media } from './support/page.mjs';
import { pngFile } from './support/png.mjs';
import { curl } from './support/shell.mjs';

const FRAME = { first_frame: 'frame.png' };
const VOICE = { portrait: 'portrait.png', audio: 'voice.mp3' };

// gateway, capability, model, fields, price shown, width and height of the video.
const DOCUMENTED = [
  // "Wan 视频" (Crazyrouter): ¥0.30 / ¥0.60 / ¥1.00, ¥0.14 / ¥0.70, ¥0.10 / ¥0.20 / ¥0.48, ¥0.50 / ¥0.90 per second.
  ['crazyrouter', 't2v', 'wan2.5-t2v-preview', { tier: '720P', duration: '5' }, 'CN¥3.00', [1280, 720]],
  ['crazyrouter', 'i2v', 'wan2.5-i2v-preview', { ...FRAME, tier: '480P', duration: '10' }, 'CN¥3.00', [832, 480]],
  ['crazyrouter', 't2v', 'wan2.2-t2v-plus', { tier: '480P' }, 'CN¥0.70', [832, 480]],
  ['crazyrouter', 'i2v', 'wan2.2-i2v-plus', { first_frame: pngFile('tall.png', 360, 640), tier: '1080P' }, 'CN¥3.50', [1080, 1920]],
  ['crazyrouter', 'i2v', 'wan2.2-i2v-flash', { first_frame: pngFile('square.png', 480, 480), tier: '720P' }, 'CN¥1.00', [960, 960]],
  ['crazyrouter', 'kf2v', 'wan2.2-kf2v-flash', { ...FRAME, last_frame: 'last.png', tier: '1080P' }, 'CN¥2.40', [1920, 1080]],
  ['crazyrouter', 's2v', 'wan2.2-s2v', { ...VOICE, tier: '720P' }, 'CN¥0.90 / s', [1280, 720]],
  // "wan2.7-i2v" (OPE.AI) publishes no price: Alibaba's 0.6 and 1.0 as a reference.
  ['ope', 'i2v', 'wan2.7-i2v', { ...FRAME, tier: '720P', ratio: '9:16', duration: '8' }, '≈ CN¥4.80', [720, 1280]],
  // "Wan Videos Generation API" (AceDataCloud) publishes none either; the flash model is 0.3 and 0.5, half if silent.
  ['acedata', 't2v', 'wan2.6-t2v', { tier: '720P', ratio: '1:1', duration: '10' }, '≈ CN¥6.00', [960, 960]],
  ['acedata', 'i2v', 'wan2.6-i2v', { ...FRAME, tier: '1080P', duration: '5' }, '≈ CN¥5.00', [1920, 1080]],
  ['acedata', 'i2v', 'wan2.6-i2v-flash', { ...FRAME, tier: '720P', sound: 'false' }, '≈ CN¥0.75', [1280, 720]],
  ['acedata', 'r2v', 'wan2.6-r2v', { references: 'one.mp4', tier: '720P', ratio: '3:4' }, '≈ CN¥3.00–6.00', [832, 1088]],
  // "万相 2.5 文生视频" (DashScope): 0.3 / 0.6 / 1 per second.
  ['dashscope', 't2v', 'wan2.5-t2v-preview', { tier: '480P', ratio: '9:16', duration: '10' }, 'CN¥3.00', [480, 832]],
];

// The other ways into the gateways, and DashScope's other models, by Alibaba's mainland price list.
const FURTHER = [
  ['crazyrouter', 't2v', 'wan2.5-t2v-preview@generations', { tier: '1080P', ratio: '1:1' }, 'CN¥5.00', [1440, 1440]],
  ['crazyrouter', 't2v', 'wan2.2-t2v-plus@generations', { tier: '480P' }, 'CN¥0.70', [832, 480]],
  ['ope', 'i2v', 'wan2.7-i2v@native', { ...FRAME, tier: '720P', duration: '2' }, '≈ CN¥1.20', [1280, 720]],
  ['dashscope', 't2v', 'wan2.7-t2v', { tier: '720P', ratio: '4:3', duration: '15' }, 'CN¥9.00', [1104, 832]],
  ['dashscope', 't2v', 'wan2.6-t2v', { tier: '1080P', ratio: '3:4', duration: '2' }, 'CN¥2.00', [1248, 1632]],
  ['dashscope', 't2v', 'wan2.2-t2v-plus', { tier: '480P', ratio: '1:1' }, 'CN¥0.70', [624, 624]],
  ['dashscope', 'i2v', 'wan2.7-i2v', { ...FRAME, last_frame: 'last.png', tier: '720P', duration: '3' }, 'CN¥1.80', [1280, 720]],
  ['dashscope', 'i2v', 'wan2.6-i2v', { ...FRAME, tier: '720P', duration: '4' }, 'CN¥2.40', [1280, 720]],
  ['dashscope', 'i2v', 'wan2.6-i2v-flash', { ...FRAME, tier: '1080P', duration: '10', sound: 'false' }, 'CN¥2.50', [1920, 1080]],
  ['dashscope', 'i2v', 'wan2.5-i2v-preview', { first_frame: pngFile('tall.png', 360, 640), tier: '480P' }, 'CN¥1.50', [480, 832]],
  ['dashscope', 'i2v', 'wan2.2-i2v-plus', { ...FRAME, tier: '480P' }, 'CN¥0.70', [832, 480]],
  ['dashscope', 'i2v', 'wan2.2-i2v-flash', { ...FRAME, tier: '480P' }, 'CN¥0.50', [832, 480]],
  ['dashscope', 'kf2v', 'wan2.2-kf2v-flash', { ...FRAME, last_frame: 'last.png', tier: '720P' }, 'CN¥1.00', [1280, 720]],
  ['dashscope', 'r2v', 'wan2.7-r2v', { references: 'one.png', tier: '720P', ratio: '16:9' }, 'CN¥3.00', [1280, 720]],
  ['dashscope', 'r2v', 'wan2.6-r2v', { references: 'one.png', tier: '720P', ratio: '9:16' }, 'CN¥3.00', [720, 1280]],
  ['dashscope', 'r2v', 'wan2.6-r2v-flash', { references: 'one.mp4', tier: '720P', sound: 'false' }, 'CN¥0.75–1.50', [1280, 720]],
  ['dashscope', 's2v', 'wan2.2-s2v', { ...VOICE, tier: '480P' }, 'CN¥0.50 / s', [832, 480]],
  ['ope', 'i2v', 'wan2.6-i2v@native', { ...FRAME, tier: '720P', duration: '2' }, '≈ CN¥1.20', [1280, 720]],
  // Virginia: the simulator plays every region, and the price is that of the model's own.
  ['dashscope', 't2v', 'wan2.6-t2v-us', { tier: '720P', ratio: '9:16', duration: '10' }, 'CN¥7.34', [720, 1280]],
  ['dashscope', 'i2v', 'wan2.6-i2v-us', { ...FRAME, tier: '720P', duration: '15' }, 'CN¥11.01', [1280, 720]],
  // wan3.0 (¥0.30 / ¥0.60 / ¥1.20): -1 leaves the length to the model, 30 s at most; reference videos are billed too.
  ['dashscope', 't2v', 'wan3.0-video', { tier: '480P', ratio: '9:16', duration: '-1' }, 'up to CN¥9.00', [480, 832]],
  ['dashscope', 'i2v', 'wan3.0-video@frames', { ...FRAME, last_frame: 'last.png', tier: '720P', duration: '2' }, 'CN¥1.20', [1280, 720]],
  ['dashscope', 'r2v', 'wan3.0-video@references', { references: 'one.mp4', tier: '720P' }, 'CN¥3.00–12.00', [1280, 720]],
  // The faster one: 0.45, 0.90 and 1.80.
  ['dashscope', 't2v', 'wan3.0-video-prime', { tier: '720P', duration: '4' }, 'CN¥3.60', [1280, 720]],
  ['dashscope', 'i2v', 'wan3.0-video-prime@frames', { ...FRAME, tier: '480P' }, 'CN¥2.25', [832, 480]],
  ['dashscope', 'r2v', 'wan3.0-video-prime@references', { references: 'one.png', tier: '720P' }, 'CN¥4.50', [1280, 720]],
  ['dashscope', 'edit', 'wan2.7-videoedit', { source_video: 'one.mp4', tier: '720P' }, 'up to CN¥12.00', [1280, 720]],
  ['dashscope', 'motion', 'wan2.2-animate-move', { source_video: 'one.mp4', portrait: 'me.png', tier: 'wan-pro' }, 'CN¥0.60 / s', [1280, 720]],
  ['dashscope', 'motion', 'wan2.2-animate-mix', { source_video: 'one.mp4', portrait: 'me.png' }, 'CN¥0.60 / s', [1280, 720]],
  ['acedata', 't2v', 'wan3.0-video', { tier: '720P', ratio: '1:1', duration: '4' }, '$0.40', [960, 960]],
  ['acedata', 'i2v', 'wan3.0-video@frames', { ...FRAME, tier: '480P' }, '$0.25', [832, 480]],
  ['acedata', 'r2v', 'wan3.0-video@references', { references: 'one.png', tier: '720P', ratio: '9:16' }, '$0.50', [720, 1280]],
];

// What the HTTP view writes in place of a file.
const SHORTENED = /data:image\/png;base64,[^"]*/g;

function walk([gateway, capability, model, fields, price, size]) {
  test(`${gateway} ${model}: pick, fill, price, command, run, watch`, async ({ page, desk }) => {
    const mark = marker();
    await desk.gateway(gateway);
    await desk.model(capability, model);
    const talks = (await desk.prompt.count()) > 0;
    const prompt = `一只小猫 'runs' in the $moonlight ${mark}`;
    if (talks) await desk.prompt.fill(prompt);
    for (const [field, value] of Object.entries(fields)) {
      const isLink = typeof value === 'string' && /\.(png|mp3|mp4)$/.test(value);
      await desk.fill(field, isLink ? media(`${mark}/${value}`) : value);
    }

    await expect(desk.amount).toHaveText(price);
    const http = await desk.printed('create', 'http');
    const shown = http.slice(http.indexOf('\n\n') + 2).replace(/\n$/, '');
    const command = curl(await desk.printed('create', 'curl'));
    expect(command.method).toBe('POST');
    expect(command.url).toContain(new URL(`/sim/${gateway}/`, page.url()).href);
    expect(command.headers.authorization).toMatch(/^Bearer \$[A-Z_]+_API_KEY$/);
    if (talks) expect(shown).toContain(JSON.stringify(prompt).slice(1, -1));

    await desk.run.click();
    await desk.done();
    const [width, height] = await desk.plays();
    expect([width, height]).toEqual(size);
    await expect(page.locator('#measured-size')).toHaveText(`${width} × ${height}`);

    const sent = await creates(page, mark);
    expect(sent, 'one press, one create call').toHaveLength(1);
    const [{ body, status, headers }] = sent;
    expect(status).toBe(200);
    expect(headers.authorization).toBe('present');
    expect(body.replace(SHORTENED, '')).toBe(shown.replace(SHORTENED, ''));
    if (command.body.startsWith('@')) expect(body).toMatch(SHORTENED);
    else expect(command.body).toBe(body);
  });
}

test.describe('the 13 models of the documents', () => DOCUMENTED.forEach(walk));
test.describe('further models and ways', () => FURTHER.forEach(walk));

test('without a choice of tier the dearest is shown, as the gateway takes it', async ({ desk }) => {
  await desk.known();
  await expect(desk.amount).toHaveText('CN¥5.00');
  await expect(desk.page.locator('#formula')).toContainText('5 s × CN¥1.00 = CN¥5.00');
  await expect(desk.page.locator('#formula')).toContainText('1080P');
  await desk.fill('duration', '10');
  await expect(desk.amount).toHaveText('CN¥10.00');
});

/** The list of models as it is read: by group, the names in their order. */
const listed = (page) =>
  page.locator('#model').evaluate((select) =>
    [...select.children].map((child) => [child.label, [...child.children].map((option) => option.textContent.split(/\s/)[0])]),
  );

test('each gateway opens with its best documented current model', async ({ page, desk }) => {
  const chosen = page.locator('#model option:checked');
  await expect(byId(page, 'gateway-dashscope')).toBeChecked();
  await expect(chosen).toHaveText('wan3.0-video · up to 30 s, with sound · CN¥0.30–1.20/s');
  await expect(desk.amount).toHaveText('CN¥6.00');
  await expect(page.locator('#place .chip')).toHaveCount(0);
  for (const [gateway, words] of [
    ['crazyrouter', 'wan2.5-t2v-preview · 5 or 10 s, with sound · CN¥0.30–1.00/s'],
    ['ope', 'wan2.7-i2v · one image, up to 15 s, sound optional · ≈ CN¥0.60–1.00/s'],
    ['acedata', 'wan3.0-video · up to 30 s, with sound · $0.05–0.20/s'],
  ]) {
    await desk.gateway(gateway);
    await expect(chosen).toHaveText(words);
  }
});

test('the list says which models are current, beta and older, and what each is for', async ({ page, desk }) => {
  expect(await listed(page)).toEqual([
    ['Current', ['wan3.0-video', 'wan2.7-t2v', 'wan3.0-video-prime']],
    ['Older', ['wan2.5-t2v-preview', 'wan2.6-t2v', 'wan2.6-t2v-us', 'wan2.2-t2v-plus']],
  ]);
  // The same model comes first where it makes a video from something else.
  await desk.pick('capability-i2v');
  await expect(page.locator('#model option:checked')).toContainText('wan3.0-video@frames');
  await desk.model('i2v', 'wan2.2-i2v-plus');
  await expect(page.locator('#place .chip')).toHaveText('Older');
  await desk.pick('capability-t2v');
  await desk.gateway('crazyrouter');
  await desk.pick('capability-kf2v');
  expect(await listed(page)).toEqual([['Beta', ['wan2.2-kf2v-flash']]]);
  await page.locator('#language').click();
  await expect(page.locator('#model option:checked')).toHaveText('wan2.2-kf2v-flash · 5 秒，无声，首尾帧 · ¥0.10–0.48/秒');
  await desk.gateway('dashscope');
  expect((await listed(page)).map(([label]) => label)).toEqual(['当前', '旧版']);
  for (const option of await page.locator('#model option').allTextContents()) expect(option).toMatch(/ · .*[一-鿿]/);
});
