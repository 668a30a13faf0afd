// What is sent without anybody looking is named where Run is; what would be taken and is not meant is told before.
import { expect, test, byId, creates, marker, media, ready, choosePlace } from './support/page.mjs';
import { png, pngFile } from './support/png.mjs';
import { curl } from './support/shell.mjs';
import { uploaded } from './support/upload.mjs';

const body = async (desk) => JSON.parse(curl(await desk.printed('create', 'curl')).body);
const along = (page) => page.locator('#along li');
const traps = (page) => page.locator('.f-prompt [data-trap]');

/** Opens the paste box and fills the form with a command. */
async function paste(page, text, keeps = false) {
  await page.locator('#open-takeup').click();
  await page.locator('#takeup-text').fill(text);
  await page.locator('#takeup-take').click();
  // What is refused is kept by a press only.
  if (keeps) {
    await expect(page.locator('#import-keep')).not.toBeChecked();
    await page.locator('#import-keep').check();
  }
  await page.locator('#import-fill').click();
  await expect(page.locator('#takeup')).toBeHidden();
}

test.describe('what travels along', () => {
  test('the speech of another model is named beside Run, and one press takes it out', async ({ page, desk }) => {
    await desk.model('s2v', 'wan2.2-s2v');
    await desk.fill('portrait', media('portrait.png'));
    await desk.fill('audio', media('voice.mp3'));
    await expect(along(page), 'set for this model, before the eyes').toHaveCount(0);
    await desk.model('t2v', 'wan2.5-t2v-preview');
    const mark = marker();
    await desk.prompt.fill(mark);
    await expect(along(page)).toHaveCount(1);
    await expect(along(page)).toContainText('Audio');
    await expect(along(page)).toContainText('voice.mp3');
    await expect(along(page)).toContainText('set for wan2.2-s2v');
    expect((await body(desk)).input.audio_url).toBe(media('voice.mp3'));

    // It is remembered as long as the draft.
    await page.waitForTimeout(800);
    await page.reload();
    await ready(page);
    await expect(along(page)).toContainText('set for wan2.2-s2v');

    await along(page).getByRole('button', { name: 'Remove Audio' }).click();
    await expect(along(page)).toHaveCount(0);
    await expect(page.locator('#run'), 'who holds Enter must not run it').not.toBeFocused();
    expect((await body(desk)).input).toEqual({ prompt: mark });
    await desk.run.click();
    await desk.done();
    const [{ body: sent }] = await creates(page, mark);
    expect(sent).not.toContain('voice.mp3');
  });

  test('a value that is set anew belongs to the model of now', async ({ page, desk }) => {
    await desk.known();
    await desk.fill('seed', '7');
    await desk.model('t2v', 'wan2.7-t2v');
    await expect(along(page)).toContainText('set for wan2.5-t2v-preview');
    await desk.fill('seed', '8');
    await expect(along(page)).toHaveCount(0);
  });

  test('what came with a pasted request has no row and is named, with what it is worth', async ({ page, desk }) => {
    const request = {
      model: 'wan2.7-t2v',
      input: { prompt: 'a cat', media: [{ type: 'first_frame', url: media('a.png') }] },
      parameters: { fps: 24 },
    };
    await paste(page, `curl https://dashscope.aliyuncs.com/api/v1/services/aigc/video-generation/video-synthesis -H 'X-DashScope-Async: enable' -H 'Authorization: Bearer $DASHSCOPE_API_KEY' -H 'Content-Type: application/json' -d '${JSON.stringify(request)}'`, true);
    const box = page.locator('#as-pasted');
    await expect(box).toContainText('Sent as pasted (2)');
    await expect(along(page), 'it stands in the form').toHaveCount(0);
    const media_ = box.locator('li').filter({ hasText: 'input.media' });
    await expect(media_).toContainText('still billed');
    await box.locator('li').filter({ hasText: 'parameters.fps' }).getByRole('button').click();
    await expect(box).toContainText('Sent as pasted (1)');
    await media_.getByRole('button').click();
    await expect(box).toHaveCount(0);
    expect(await body(desk)).toEqual({ model: 'wan2.7-t2v', input: { prompt: 'a cat' } });
  });
});

test.describe('media', () => {
  test('where a model needs a link a local file is told so, and where it has no such field it is kept', async ({ page, desk }) => {
    await desk.model('i2v', 'wan2.5-i2v-preview');
    await desk.fill('first_frame', pngFile('mine.png', 480, 270));
    await desk.gateway('ope');
    await desk.model('i2v', 'wan2.7-i2v');
    await expect(page.locator('#p-first_frame'), 'where it is required, the model says what it takes').toContainText('This model only accepts URLs here');
    await desk.gateway('dashscope');
    await desk.model('s2v', 'wan2.2-s2v');
    await expect(page.locator('#unsent')).toContainText('First frame');
    await expect(page.locator('#unsent')).toContainText('not');
  });

  test('an oss:// link bears its header at DashScope and is refused elsewhere', async ({ page, desk }) => {
    const mark = marker();
    const link = await uploaded(page, 'wan2.5-i2v-preview', marker());
    await desk.model('i2v', 'wan2.5-i2v-preview');
    await desk.prompt.fill(mark);
    await desk.fill('first_frame', link);
    await expect(page.locator('#p-first_frame')).toBeEmpty();
    for (const form of ['http', 'posix', 'wan_dashscope.py', 'wan.py']) {
      await page.locator('#form').selectOption(form);
      await expect(desk.command, form).toContainText('X-DashScope-OssResourceResolve');
    }
    await desk.run.click();
    await desk.done();
    // The form that put the file there bears the mark too.
    const create = (await creates(page, mark)).find(({ path }) => !path.endsWith('/oss'));
    expect(JSON.stringify(create.headers).toLowerCase()).toContain('x-dashscope-ossresourceresolve');
    await desk.gateway('crazyrouter');
    await desk.model('i2v', 'wan2.5-i2v-preview');
    await expect(page.locator('.f-first_frame .stored')).toHaveText('It was uploaded to another gateway.');
    await expect(page.locator('#p-first_frame')).toContainText('Choose it again');
    await page.locator('#form').selectOption('posix');
    await expect(desk.command).not.toContainText('OssResourceResolve');
  });

  test('a PNG with transparency is flattened in one press, and then sent', async ({ page, desk, complaints }) => {
    complaints.expected.push(/^console: Failed to load resource/);
    await desk.model('i2v', 'wan2.5-i2v-preview');
    const mark = marker();
    await desk.prompt.fill(mark);
    await desk.fill('first_frame', pngFile('logo.png', 480, 270, true));
    await expect(page.locator('#p-first_frame')).toContainText('transparency');
    await page.getByRole('button', { name: 'Flatten onto white' }).click();
    await expect(page.locator('#p-first_frame')).toBeEmpty();
    await expect(page.locator('.f-first_frame .picked')).toContainText('logo.jpg');
    const corner = await page.locator('.f-first_frame .picked img').evaluate(async (image) => {
      await image.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
      const brush = canvas.getContext('2d');
      brush.drawImage(image, 0, 0);
      return [canvas.width, canvas.height, ...brush.getImageData(2, 2, 1, 1).data];
    });
    expect(corner).toEqual([480, 270, 255, 255, 255, 255]);
    await desk.run.click();
    await desk.done();
    const [{ body: sent }] = await creates(page, mark);
    expect(JSON.parse(sent).input.img_url).toMatch(/^data:image\/jpeg;base64,/);
  });

  test('an opaque PNG has nothing to be flattened', async ({ page, desk }) => {
    await desk.model('i2v', 'wan2.5-i2v-preview');
    await desk.fill('first_frame', { name: 'a.png', mimeType: 'image/png', buffer: png(480, 270) });
    await expect(page.locator('#p-first_frame')).toBeEmpty();
    await expect(page.getByRole('button', { name: 'Flatten onto white' })).toHaveCount(0);
  });
});

test.describe('references', () => {
  test('a new one is an image, as the examples name it; a name that is not there is told', async ({ page, desk }) => {
    await desk.model('r2v', 'wan2.7-r2v');
    await expect(byId(page, 'f-references-kind-image')).toBeChecked();
    await expect(page.locator('.example').first()).toContainText('Image 1');
    await desk.pick('f-references-kind-video');
    await expect(page.locator('.example').first()).toContainText('Video 1');
    await byId(page, 'f-references').fill(media('clip.mp4'));
    await desk.prompt.fill('Image 1 walks into a café');
    await expect(traps(page)).toContainText('“Image 1”, but there is no image');
    await desk.pick('f-references-kind-image');
    await byId(page, 'f-references').fill(media('a.png'));
    await expect(traps(page)).toHaveCount(0);
    await desk.prompt.fill('Image 1 and Image 2 dance');
    await expect(traps(page)).toContainText('only 1 image');
    await desk.prompt.fill('character1 dances');
    await expect(traps(page)).toContainText('Image 1, Video 1');
  });

  const entries = (page) => page.locator('.f-references .reference');

  async function paste(page, file) {
    const bytes = [file.buffer.toString('base64'), file.name, file.mimeType];
    await page.evaluate(([base64, name, type]) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name, { type }));
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, bytes);
  }

  test('pictures of this device stand among links, up to the video, and only in the request', async ({ page, desk }) => {
    await desk.model('r2v', 'wan3.0-video@references');
    const mark = marker();
    await desk.prompt.fill(`Image 1 shows Image 2 and Image 3 ${mark}`);
    // Small enough that the simulator's log holds the whole body.
    const [first, third] = [pngFile('person.png', 510, 240), pngFile('room.png', 510, 255)];
    await desk.fill('references', first);
    await expect(entries(page).first().locator('.picked')).toContainText('510 × 240');
    await expect(byId(page, 'f-references-kind')).toBeHidden();
    await page.getByRole('button', { name: 'Add a reference' }).click();
    await byId(page, 'f-references-1').fill(media(`${mark}/link.png`));
    await paste(page, third);
    await expect(entries(page)).toHaveCount(3);
    await expect(entries(page).nth(2).locator('.picked')).toContainText('room.png');
    await expect(traps(page)).toHaveCount(0);
    await desk.fill('tier', '720P');
    await expect(desk.amount).toHaveText('CN¥3.00');

    const secrets = [first, third].map((file) => file.buffer.toString('base64').slice(60, 120));
    for (const form of ['posix', 'http']) {
      const printed = await desk.printed('create', form);
      for (const secret of secrets) expect(printed).not.toContain(secret);
    }
    await desk.run.click();
    await desk.done();
    expect(await desk.plays()).toEqual([1280, 720]);
    const [{ body }] = await creates(page, mark);
    const uri = (file) => `data:image/png;base64,${file.buffer.toString('base64')}`;
    const links = [uri(first), media(`${mark}/link.png`), uri(third)];
    expect(JSON.parse(body).input.media).toEqual(links.map((url) => ({ type: 'reference_image', url })));
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }) + location.href);
    for (const secret of secrets) expect(kept).not.toContain(secret);
  });

  test('a transparent one is flattened in its place; a model that takes links asks for an upload', async ({ page, desk }) => {
    await desk.model('r2v', 'wan3.0-video@references');
    const problem = page.locator('#p-references');
    await desk.fill('references', pngFile('logo.png', 480, 270, true));
    await expect(problem).toContainText('transparency');
    await entries(page).first().getByRole('button', { name: 'Flatten onto white' }).click();
    await expect(problem).toBeEmpty();
    await expect(entries(page).first().locator('.picked')).toContainText('logo.jpg');
    // Kept while another model is looked at, which takes links of uploaded files only.
    await desk.model('r2v', 'wan2.6-r2v');
    await expect(problem).toContainText('isn\'t uploaded yet');
    await expect(entries(page).first().locator('.upload-now')).toBeVisible();
    await desk.model('r2v', 'wan3.0-video@references');
    await expect(problem).toBeEmpty();
    await entries(page).first().getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('button', { name: 'Add a reference' }).click();
    const kinds = entries(page).first().locator('[role=radiogroup] input');
    await expect(entries(page).first().locator('input[type=file]')).toHaveCount(1);
    await kinds.and(page.locator('[value=video]')).check({ force: true });
    await expect(entries(page).first().locator('input[type=file]')).toHaveAttribute('accept', 'video/*');
  });
});

test.describe('addresses', () => {
  const told = (page) => page.locator('#base-fault');

  test('a whole endpoint is told, and one press makes a base of it', async ({ page, desk }) => {
    await choosePlace(page, 'typed');
    const input = byId(page, 'base-typed');
    for (const tail of ['/api/v1/services/aigc/video-generation/video-synthesis', '/api/v1', '/compatible-mode/v1', '/v1']) {
      await input.fill(`https://dashscope.aliyuncs.com${tail}`);
      await expect(told(page), tail).toContainText('The base URL is https://dashscope.aliyuncs.com.');
      await page.getByRole('button', { name: 'Use this URL' }).click();
      await expect(input).toHaveValue('https://dashscope.aliyuncs.com');
      await expect(told(page)).toBeEmpty();
      await expect(page.getByRole('button', { name: 'Use this URL' })).toHaveCount(0);
    }
    expect(curl(await desk.printed('create', 'curl')).url).toBe('https://dashscope.aliyuncs.com/api/v1/services/aigc/video-generation/video-synthesis');
  });

  test('a key is no address: it moves to its field, and is kept nowhere', async ({ page, desk }) => {
    await desk.prompt.fill('x');
    const key = `sk-canary-${marker()}`;
    await choosePlace(page, 'typed');
    await byId(page, 'base-typed').fill(key);
    await expect(told(page)).toContainText('This is a key, not an address.');
    await page.waitForTimeout(900);
    const stores = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    expect(stores).not.toContain(key);
    await page.getByRole('button', { name: 'Move it to the key field' }).click();
    await expect(byId(page, 'key')).toHaveValue(key);
    await expect(byId(page, 'base-typed')).toHaveCount(0);
    await page.waitForTimeout(900);
    expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toContain(key);
  });
});

test.describe('numbers and words', () => {
  test('digits of a Chinese input method are read', async ({ page, desk }) => {
    await desk.fill('seed', '１２');
    await expect(page.locator('#p-seed')).toBeEmpty();
    expect((await body(desk)).parameters.seed).toBe(12);
  });

  test('a length out of range is told as such, also by the price', async ({ page, desk }) => {
    await desk.model('t2v', 'wan2.7-t2v');
    await desk.fill('duration', '99');
    await expect(page.locator('#p-duration')).toContainText('Must be from 2 to 15');
    await expect(page.locator('#formula')).toContainText('the duration isn\'t valid yet');
    await expect(page.locator('#formula')).not.toContainText('audio');
  });

  test('over a prompt that is too long nothing is called incomplete', async ({ page, desk }) => {
    await desk.known();
    await desk.prompt.fill('x'.repeat(1501));
    await expect(page.locator('.incomplete')).toContainText('can\'t be sent yet');
    await expect(page.locator('.incomplete')).not.toContainText('ncomplete');
  });
});
