// Files from this device: looked at by content, mended on a press, dropped anywhere, uploaded on a press.
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, test, byId } from './support/page.mjs';
import { png, pngFile } from './support/png.mjs';
import { listen } from './support/servers.mjs';
import { wavFile } from './support/sound.mjs';

const picked = (page, field) => page.locator(`.f-${field} .picked`);
const mend = (page, field) => page.locator(`.f-${field} .mends button`);
const problem = (page, field) => page.locator(`#p-${field}`);

/** Presses Run, and gives the input of the create call as it left: the simulator's log holds the beginning only. */
async function run(page, desk) {
  const [call] = await Promise.all([page.waitForRequest((request) => request.method() === 'POST'), desk.run.click()]);
  await desk.done();
  return JSON.parse(call.postData()).input;
}

/** Width and height of a JPEG, from its frame header. */
function jpegSides(bytes) {
  for (let at = 2; at < bytes.length; ) {
    const kind = bytes[at + 1];
    if (kind >= 0xc0 && kind <= 0xc3) return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  throw new Error('no frame');
}

/** A transfer with files that are made in the page. */
const transfer = (page, files) =>
  page.evaluateHandle((list) => {
    const data = new DataTransfer();
    for (const [base64, name, type] of list) {
      data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name, { type }));
    }
    return data;
  }, files.map((file) => [file.buffer.toString('base64'), file.name, file.mimeType]));

test.describe('mended on a press', () => {
  for (const [what, file, words, sides] of [
    ['too large', pngFile('wide.png', 8200, 2000), 'Scale to 8000 × 1952', [8000, 1952]],
    ['too narrow', pngFile('strip.png', 3000, 300), 'Crop to 2400 × 300', [2400, 300]],
    ['too small', pngFile('tiny.png', 200, 200), 'Enlarge to 240 × 240', [240, 240]],
    ['transparent and too narrow', pngFile('logo.png', 3000, 300, true), 'Flatten onto white, crop to 2400 × 300', [2400, 300]],
  ]) {
    test(`a picture that is ${what}`, async ({ page, desk }) => {
      await desk.model('i2v', 'wan2.7-i2v');
      await desk.prompt.fill('a boat');
      await desk.fill('first_frame', file);
      await expect(problem(page, 'first_frame')).not.toBeEmpty();
      await expect(mend(page, 'first_frame')).toHaveText(words);
      await mend(page, 'first_frame').click();
      await expect(problem(page, 'first_frame')).toBeEmpty();
      await expect(mend(page, 'first_frame')).toHaveCount(0);
      await expect(picked(page, 'first_frame')).toContainText(sides.join(' × '));
      const { url } = (await run(page, desk)).media[0];
      expect(url).toMatch(/^data:image\/jpeg;base64,/);
      expect(jpegSides(Buffer.from(url.split(',')[1], 'base64'))).toEqual(sides);
    });
  }

  test('a picture with too many bytes is compressed until they fit', async ({ page, desk }) => {
    await desk.model('i2v', 'wan2.5-i2v-preview');
    // Noise, which nothing shortens but a loss.
    await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(3200, 2800);
      const brush = canvas.getContext('2d');
      const data = brush.createImageData(3200, 2800);
      for (let at = 0; at < data.data.length; at += 65536) crypto.getRandomValues(data.data.subarray(at, at + 65536));
      for (let at = 3; at < data.data.length; at += 4) data.data[at] = 255;
      brush.putImageData(data, 0, 0);
      window.noise = new File([await canvas.convertToBlob({ type: 'image/png' })], 'noise.png', { type: 'image/png' });
      const transfer = new DataTransfer();
      transfer.items.add(window.noise);
      const input = document.getElementById('f-first_frame-file');
      input.files = transfer.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await expect(problem(page, 'first_frame')).toContainText('The limit is 20 MB', { timeout: 30_000 });
    await expect(mend(page, 'first_frame')).toHaveText('Flatten onto white, compress to 20 MB');
    await mend(page, 'first_frame').click();
    await expect(problem(page, 'first_frame')).toBeEmpty({ timeout: 30_000 });
    await expect(picked(page, 'first_frame')).toContainText(/noise\.jpg.*sent as base64 \(\d+(\.\d)? MB\)/);
  });

  test('a sound that is too long is cut, and one of another format converted', async ({ page, desk }) => {
    await desk.model('s2v', 'wan2.2-s2v');
    await desk.fill('audio', wavFile('long.wav', 25));
    await expect(problem(page, 'audio')).toContainText('It lasts 25 s. Allowed: < 20 s.');
    await expect(mend(page, 'audio')).toHaveText('Keep the first 19.9 s');
    await mend(page, 'audio').click();
    await expect(problem(page, 'audio')).not.toContainText('lasts');
    await expect(picked(page, 'audio')).toContainText('19.9 s');
    await expect(mend(page, 'audio')).toHaveCount(0);
  });
});

test.describe('looked at', () => {
  test('2 GB are known before anything is read', async ({ page, desk }) => {
    await desk.model('i2v', 'wan2.7-i2v');
    const took = await page.evaluate(() => {
      // Sparse: one megabyte, named two thousand times.
      const part = new Blob([new Uint8Array(1 << 20)]);
      const head = new Uint8Array([0x89, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 5, 0, 0, 0, 2, 208, 8, 2, 0, 0, 0]);
      const file = new File([head, ...Array.from({ length: 2048 }, () => part)], 'huge.png', { type: 'image/png' });
      const data = new DataTransfer();
      data.items.add(file);
      const input = document.getElementById('f-first_frame-file');
      input.files = data.files;
      const start = performance.now();
      input.dispatchEvent(new Event('change', { bubbles: true }));
      return performance.now() - start;
    });
    expect(took).toBeLessThan(100);
    await expect(problem(page, 'first_frame')).toContainText('The file is 2 GB. The limit is 20 MB.');
    await expect(picked(page, 'first_frame')).not.toContainText('base64');
  });

  for (const [what, file, said] of [
    ['text', { name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('these are only words') }, 'This is plain text. Accepted: jpg'],
    ['a saved page', { name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('<!DOCTYPE html><title>Sign in</title>') }, 'This is a saved web page.'],
    ['nothing', { name: 'a.png', mimeType: 'image/png', buffer: Buffer.alloc(0) }, 'The file is empty.'],
    ['an iPhone picture', { name: 'IMG_1.HEIC', mimeType: 'image/heic', buffer: Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic') }, 'This is HEIC (an image).'],
  ]) {
    test(`what is in it counts, not its name: ${what}`, async ({ page, desk }) => {
      await desk.model('i2v', 'wan2.7-i2v');
      await desk.fill('first_frame', file);
      await expect(problem(page, 'first_frame')).toContainText(said);
      await expect(picked(page, 'first_frame')).not.toContainText('base64');
    });
  }

  test('a wrong name is told and does not matter', async ({ page, desk }) => {
    await desk.model('i2v', 'wan2.7-i2v');
    await desk.fill('first_frame', { name: 'a.jpg', mimeType: 'image/jpeg', buffer: png(480, 270) });
    await expect(problem(page, 'first_frame')).toBeEmpty();
    await expect(picked(page, 'first_frame')).toContainText('Named .jpg, but it is PNG.');
  });
});

test.describe('dropped anywhere', () => {
  test('the fitting field lights up and takes it', async ({ page, desk }) => {
    await desk.model('s2v', 'wan2.2-s2v');
    const portrait = await transfer(page, [pngFile('me.png', 480, 640)]);
    await page.dispatchEvent('header', 'dragover', { dataTransfer: portrait });
    await expect(page.locator('.f-portrait .drop')).toHaveClass(/over/);
    await page.dispatchEvent('header', 'drop', { dataTransfer: portrait });
    await expect(page.locator('.f-portrait .drop')).not.toHaveClass(/over/);
    await expect(picked(page, 'portrait')).toContainText('me.png');
    const voice = await transfer(page, [wavFile('voice.wav', 5)]);
    await page.dispatchEvent('header', 'dragover', { dataTransfer: voice });
    await expect(page.locator('.f-audio .drop')).toHaveClass(/over/);
    await page.dispatchEvent('header', 'drop', { dataTransfer: voice });
    await expect(picked(page, 'audio')).toContainText('5 s');
  });

  test('with no field for it, the model that takes it is one press away', async ({ page, desk }) => {
    await desk.model('t2v', 'wan2.7-t2v');
    const image = await transfer(page, [pngFile('cat.png', 480, 270)]);
    await page.dispatchEvent('header', 'dragover', { dataTransfer: image });
    await expect(page.locator('.drop.over')).toHaveCount(0);
    await page.dispatchEvent('header', 'drop', { dataTransfer: image });
    const said = page.locator('#homeless');
    await expect(said).toContainText('“cat.png” is an image file. The chosen model has no field for it.');
    await said.getByRole('button', { name: /Use it as first frame with wan/ }).click();
    await expect(said).toHaveCount(0);
    await expect(picked(page, 'first_frame')).toContainText('cat.png');
    await expect(problem(page, 'first_frame')).toBeEmpty();
  });

  test('where a gateway takes links only, the button and a drop say so', async ({ page, desk }) => {
    await desk.gateway('ope');
    await desk.model('i2v', 'wan2.7-i2v');
    await page.locator('.f-first_frame').getByRole('button', { name: 'Choose file' }).click();
    await expect(page.locator('.f-first_frame .limits')).toContainText('only accepts URLs here');
    const voice = await transfer(page, [wavFile('voice.wav', 5)]);
    await page.dispatchEvent('header', 'drop', { dataTransfer: voice });
    await expect(page.locator('#homeless')).toContainText('only accepts URLs here');
    await page.locator('#homeless').getByRole('button', { name: 'Close' }).click();
    await expect(page.locator('#homeless')).toHaveCount(0);
  });

  test('a picture copied with its text stays a text', async ({ page, desk }) => {
    await desk.model('i2v', 'wan2.7-i2v');
    const copied = await transfer(page, [pngFile('cell.png', 480, 270)]);
    await copied.evaluate((data) => data.setData('text/plain', 'A1'));
    await page.evaluate((data) => {
      const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
      window.kept = document.body.dispatchEvent(event);
    }, copied);
    expect(await page.evaluate(() => window.kept)).toBe(true);
    await expect(picked(page, 'first_frame')).toHaveCount(0);
  });
});

test.describe('links', () => {
  for (const [link, said] of [
    ['http://192.168.1.4/a.png', 'Only your own network can open this address'],
    ['https://pan.baidu.com/s/1abc', 'opens a page at pan.baidu.com'],
    ['https://store.example/a.png?Expires=1600000000&Signature=x', 'expired on'],
  ]) {
    test(`${link} is doubted`, async ({ page, desk }) => {
      await desk.model('i2v', 'wan2.7-i2v');
      await desk.fill('first_frame', link);
      await expect(page.locator('.f-first_frame .doubted')).toContainText(said);
    });
  }

  test('a page of GitHub becomes the file in one press', async ({ page, desk }) => {
    await desk.model('i2v', 'wan2.7-i2v');
    await desk.fill('first_frame', 'https://github.com/o/r/blob/main/a.png');
    await page.locator('.f-first_frame .doubted').getByRole('button', { name: 'Use the direct link' }).click();
    await expect(byId(page, 'f-first_frame')).toHaveValue('https://raw.githubusercontent.com/o/r/main/a.png');
    await expect(page.locator('.f-first_frame .doubted')).toHaveCount(0);
  });
});

test.describe('uploaded on a press', () => {
  const upload = (page, field) => page.locator(`.f-${field} .upload-now`);
  const lies = (page, field) => page.locator(`.f-${field} .lies`);

  /** Calls of the page to a place for files. */
  function uploads(page) {
    const seen = [];
    page.on('request', (request) => {
      const path = new URL(request.url()).pathname;
      if (/^\/sim\/.*\/(uploads|oss|files\/)/.test(path)) seen.push([request.method(), path, request.headers().authorization ?? '']);
    });
    return seen;
  }

  test('a portrait and a voice from the disk become a talking video in four presses', async ({ page, desk }) => {
    const calls = uploads(page);
    // Two files are dragged over the page together; the presses are counted.
    await desk.pick('capability-s2v');
    const both = await transfer(page, [pngFile('me.png', 480, 640), wavFile('voice.wav', 5)]);
    await page.dispatchEvent('header', 'drop', { dataTransfer: both });
    await expect(upload(page, 'portrait')).toHaveText(/Upload to .+ · free, kept 48 h/);
    await expect(problem(page, 'portrait')).toContainText('isn\'t uploaded yet');
    await expect(upload(page, 'audio')).toBeVisible();
    await page.waitForTimeout(300);
    expect(calls, 'choosing a file uploads nothing').toEqual([]);
    await upload(page, 'portrait').click();
    await upload(page, 'audio').click();
    await expect(lies(page, 'portrait')).toContainText(/Uploaded · kept until .+ · for wan2\.2-s2v only/);
    await expect(lies(page, 'audio')).toContainText('Uploaded');
    await expect(problem(page, 'portrait')).toBeEmpty();
    const input = await run(page, desk);
    expect(input.image_url).toMatch(/^oss:\/\/dashscope-instant\/\w+\/[0-9a-f]{8}\.png$/);
    expect(input.audio_url).toMatch(/^oss:\/\/dashscope-instant\/\w+\/[0-9a-f]{8}\.wav$/);
    await desk.plays();
    // The key goes with the question, and never to the store.
    expect(calls.map(([method, path, key]) => [method, path.split('/').at(-1), key !== ''])).toEqual(
      expect.arrayContaining([['GET', 'uploads', true], ['POST', 'oss', false]]),
    );
    expect(calls.length).toBe(4);
    // The link ends: neither the draft nor a link of the page holds it.
    await page.waitForTimeout(800);
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }) + location.href);
    expect(kept).not.toContain('oss://');
    expect(kept).toContain('me.png');
  });

  test('another model asks again, and the first one still has its own', async ({ page, desk }) => {
    await desk.model('r2v', 'wan2.6-r2v');
    await desk.fill('references', pngFile('cat.png', 480, 270));
    await upload(page, 'references').click();
    await expect(lies(page, 'references')).toContainText('for wan2.6-r2v only');
    await desk.model('r2v', 'wan2.6-r2v-flash');
    await expect(upload(page, 'references')).toHaveText('Upload again');
    await expect(page.locator('.f-references .upload')).toContainText('It was uploaded for another model.');
    await expect(problem(page, 'references')).toContainText('isn\'t uploaded yet');
    await desk.model('r2v', 'wan2.6-r2v');
    await expect(lies(page, 'references')).toContainText('for wan2.6-r2v only');
    await expect(problem(page, 'references')).toBeEmpty();
  });

  test('it is stopped by a press, and one press starts it again', async ({ page, desk }) => {
    await desk.model('s2v', 'wan2.2-s2v');
    await desk.fill('audio', wavFile('voice.wav', 5));
    let let_go;
    const held = new Promise((resolve) => (let_go = resolve));
    await page.route('**/oss', async (route) => {
      await held;
      await route.continue().catch(() => {});
    });
    await upload(page, 'audio').click();
    const cancel = page.locator('.f-audio .upload').getByRole('button', { name: 'Cancel upload' });
    await expect(page.locator('.f-audio progress')).toBeVisible();
    await cancel.click();
    await expect(page.locator('.f-audio .upload')).toContainText('Upload canceled.');
    let_go();
    await page.unroute('**/oss');
    await expect(lies(page, 'audio')).toHaveCount(0);
    await upload(page, 'audio').click();
    await expect(lies(page, 'audio')).toContainText('Uploaded');
  });

  test('a refusal is told in words, and a press tries again', async ({ page, desk, complaints }) => {
    complaints.expected.push(/^console: Failed to load resource/);
    await desk.model('s2v', 'wan2.2-s2v');
    await desk.fill('audio', wavFile('voice.wav', 5));
    await page.route('**/oss', (route) =>
      route.fulfill({
        status: 403,
        contentType: 'application/xml',
        body: '<Error><Code>AccessDenied</Code><Message>Invalid according to Policy: Policy expired.</Message></Error>',
      }),
    );
    await upload(page, 'audio').click();
    await expect(page.locator('.f-audio .upload .problem')).toContainText('The upload permission expired');
    await page.unroute('**/oss');
    await upload(page, 'audio').click();
    await expect(lies(page, 'audio')).toContainText('Uploaded');
  });

  test('a file that has gone since it was chosen is told so', async ({ page, desk }, info) => {
    const { rm, writeFile } = await import('node:fs/promises');
    const path = info.outputPath('voice.wav');
    await writeFile(path, wavFile('voice.wav', 5).buffer);
    await desk.model('s2v', 'wan2.2-s2v');
    await byId(page, 'f-audio-file').setInputFiles(path);
    await expect(upload(page, 'audio')).toBeVisible();
    await rm(path);
    await upload(page, 'audio').click();
    await expect(page.locator('.f-audio .upload .problem')).toContainText('The file can\'t be read any more');
  });

  test('at Crazyrouter the picture goes with the key, and the sound needs a link', async ({ page, desk }) => {
    const calls = uploads(page);
    await desk.gateway('crazyrouter');
    await desk.model('s2v', 'wan2.2-s2v');
    await desk.fill('portrait', pngFile('me.png', 480, 640));
    await upload(page, 'portrait').click();
    await expect(lies(page, 'portrait')).toContainText('Uploaded · kept until');
    expect(calls.map(([method, , key]) => [method, key !== ''])).toEqual([['POST', true]]);
    await page.locator('.f-audio').getByRole('button', { name: 'Choose file' }).click();
    await expect(page.locator('.f-audio .limits')).toContainText('only accepts URLs here');
  });
});

test.describe('in commands and programs', () => {
  const PORTRAIT = pngFile('me.png', 480, 640);
  const VOICE = wavFile('voice.wav', 5);
  const notes = (page) => page.locator('#command-notes');

  /** A folder with both files. */
  async function folder(info) {
    const path = info.outputPath('files');
    await mkdir(path, { recursive: true });
    for (const file of [PORTRAIT, VOICE]) await writeFile(join(path, file.name), file.buffer);
    return path;
  }

  const run = (program, args, cwd) =>
    new Promise((resolve) => {
      const env = { ...process.env, DASHSCOPE_API_KEY: 'sk-canary-by-hand', CRAZYROUTER_API_KEY: 'sk-canary-by-hand' };
      execFile(program, args, { cwd, env, timeout: 120_000 }, (error, stdout, stderr) => resolve({ error, stdout, stderr }));
    });

  test('a command only names a file that has to be uploaded, a program uploads it', async ({ page, desk }, info) => {
    await desk.model('s2v', 'wan2.2-s2v');
    await desk.fill('portrait', PORTRAIT);
    await desk.fill('audio', VOICE);
    for (const form of ['bash', 'fish', 'cmd', 'powershell', 'http']) {
      await page.locator('#form').selectOption(form);
      await expect(notes(page), form).toContainText('The local file is only named here: upload it beside its field');
      await expect(page.locator('#save-body'), form).toHaveCount(0);
    }
    await page.locator('#form').selectOption('bash');
    await expect(desk.command).toContainText(`"image_url": "data:image/png;base64,… me.png, ${PORTRAIT.buffer.length} B …"`);
    for (const form of ['wan.sh', 'wan.ps1', 'wan.py', 'wan_dashscope.py', 'wan.go', 'main.rs', 'Main.java', 'wan.mjs']) {
      await page.locator('#form').selectOption(form);
      await expect(notes(page), form).toContainText('It uploads the local files itself');
    }
    await expect(desk.command).toContainText('["me.png", "00000001.png", "image/png"]');
    await expect(page.locator('.incomplete')).toBeHidden();
    const path = await folder(info);
    const [saved] = await Promise.all([page.waitForEvent('download'), page.locator('#save-program').click()]);
    await saved.saveAs(join(path, 'wan.mjs'));
    const { error, stdout, stderr } = await run(process.execPath, ['wan.mjs'], path);
    expect(error, stderr).toBe(null);
    expect((await readFile(join(path, stdout.trim()))).subarray(4, 8).toString()).toBe('ftyp');
    await page.locator('#language').click();
    await expect(notes(page)).toContainText('程序会先上传本机文件');
    // Once a file is uploaded, its link is in the program, and only the other one is named.
    await page.locator('.f-portrait .upload-now').click();
    await expect(desk.command).toContainText('image_url: "oss://');
    await expect(desk.command).toContainText('["voice.wav", "00000001.wav", "audio/wav"]');
  });

  test('the module for a page asks for the local files, uploads them and makes one video', async ({ page, desk, context }) => {
    await desk.model('s2v', 'wan2.2-s2v');
    await desk.fill('portrait', PORTRAIT);
    await desk.fill('audio', VOICE);
    await page.locator('#form').selectOption('wan-browser.mjs');
    await expect(notes(page)).toContainText("A page can't open a file by its name");
    const [saved] = await Promise.all([page.waitForEvent('download'), page.locator('#save-program').click()]);
    const module = await readFile(await saved.path(), 'utf8');
    const host = createServer((request, response) => {
      const isModule = request.url === '/wan-browser.mjs';
      response.setHeader('content-type', isModule ? 'text/javascript' : 'text/html');
      response.end(isModule ? module : '<!doctype html><title>Host</title>');
    });
    const other = await context.newPage();
    const sent = [];
    other.on('request', (request) => request.method() === 'POST' && sent.push(new URL(request.url()).pathname));
    const make = () =>
      other.evaluate(async () => {
        const { makeVideo } = await import('/wan-browser.mjs');
        return makeVideo('simulated-key').catch((error) => error.message);
      });
    try {
      await other.goto(await listen(host));
      const none = make();
      await expect(other.getByRole('dialog')).toBeVisible();
      await other.keyboard.press('Escape');
      expect(await none).toBe('No upload: me.png was not chosen.');
      expect(sent).toEqual([]);
      const made = make();
      await other.getByLabel('me.png').setInputFiles(PORTRAIT);
      await other.getByLabel('voice.wav').setInputFiles(VOICE);
      await other.getByRole('button', { name: 'OK' }).click();
      expect((await made).link).toContain('/sim/files/');
      expect(sent.map((path) => path.split('/').at(-1))).toEqual(['oss', 'oss', 'video-synthesis']);
    } finally {
      await other.close();
      host.closeAllConnections();
      host.close();
    }
  });

  for (const [gateway, steps] of [['dashscope', 2], ['crazyrouter', 1]]) {
    test(`where ${gateway} lets no page in, the file is uploaded from a terminal`, async ({ page, desk, complaints }, info) => {
      complaints.expected.push(/^console: Failed to load resource/);
      if (gateway !== 'dashscope') await desk.gateway(gateway);
      await desk.model('s2v', 'wan2.2-s2v');
      await desk.fill('portrait', PORTRAIT);
      const hand = page.locator('.f-portrait details.by-hand');
      await expect(hand).toHaveCount(0);
      await page.route('**/uploads*', (route) => route.abort());
      await page.locator('.f-portrait .upload-now').click();
      await expect(page.locator('.f-portrait .upload .problem').first()).toContainText('The upload failed');
      await hand.locator('summary').click();
      const path = await folder(info);
      for (let step = 1; step <= steps; step += 1) {
        if (steps > 1) await expect(hand.locator('b')).toContainText(`${step}.`);
        const command = await hand.locator('pre').textContent();
        expect(command).not.toContain('canary');
        if (step === steps) expect(command).toContain('file=@me.png');
        const { error, stdout, stderr } = await run('bash', ['-c', command], path);
        expect(error, stderr).toBe(null);
        if (step === 1) {
          // A wrong paste says so, and takes nothing away.
          await hand.locator('textarea').fill('{}');
          await hand.locator('.hand-take').click();
          await expect(hand.locator('.problem')).toContainText('makes no sense');
        }
        else await expect(hand.locator('textarea')).toHaveValue('');
        await hand.locator('textarea').fill(stdout);
        await hand.locator('.hand-take').click();
      }
      await expect(page.locator('.f-portrait .lies')).toContainText('Uploaded');
      await expect(hand).toHaveCount(0);
      await page.locator('#form').selectOption('http');
      await expect(desk.command).toContainText(gateway === 'dashscope' ? '"image_url": "oss://' : '"image_url": "https://media.crazyrouter.com/');
    });
  }

  test('a file that was changed in the page is saved for the program that uploads it', async ({ page, desk }) => {
    await desk.model('s2v', 'wan2.2-s2v');
    await desk.fill('audio', wavFile('long.wav', 25));
    await expect(page.locator('.f-audio .save-made')).toHaveCount(0);
    await mend(page, 'audio').click();
    const [saved] = await Promise.all([page.waitForEvent('download'), page.locator('.f-audio .save-made').click()]);
    expect(saved.suggestedFilename()).toBe('long.wav');
    const bytes = await readFile(await saved.path());
    expect(bytes.subarray(0, 4).toString()).toBe('RIFF');
    // The header says how many bytes a second has.
    expect((bytes.length - 44) / bytes.readUInt32LE(28)).toBeCloseTo(19.9, 1);
  });

  test('the file of the page can be saved, and the link itself be pasted', async ({ page, desk, complaints }) => {
    complaints.expected.push(/^console: Failed to load resource/);
    await desk.model('s2v', 'wan2.2-s2v');
    await desk.fill('portrait', PORTRAIT);
    await page.route('**/uploads*', (route) => route.abort());
    await page.locator('.f-portrait .upload-now').click();
    const hand = page.locator('.f-portrait details.by-hand');
    await hand.locator('summary').click();
    const policy = { upload_host: 'https://dashscope-file-mgr.oss-cn-beijing.aliyuncs.com', upload_dir: 'd/1', oss_access_key_id: 'LTAI', signature: 's', policy: 'p' };
    await hand.locator('textarea').fill(JSON.stringify({ data: policy }));
    await hand.locator('.hand-take').click();
    const [saved] = await Promise.all([page.waitForEvent('download'), hand.getByRole('button', { name: 'Save the file' }).click()]);
    expect(saved.suggestedFilename()).toBe('me.png');
    expect((await readFile(await saved.path())).equals(PORTRAIT.buffer)).toBe(true);
    await hand.locator('textarea').fill('oss://dashscope-instant/1/me.png');
    await hand.locator('.hand-take').click();
    await expect(page.locator('.f-portrait .lies')).toContainText('for wan2.2-s2v only');
  });
});
