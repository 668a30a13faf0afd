// The form: what one types is kept, what is wrong is said at its place, and a key goes nowhere but to its own host.
import { expect, test, byId, creates, log, marker, media, press, choosePlace } from './support/page.mjs';
import { png, pngFile } from './support/png.mjs';
import { curl } from './support/shell.mjs';

const problem = (page, field) => page.locator(`#p-${field}`);

/** The body as it would be sent. */
const body = async (desk) => JSON.parse(curl(await desk.printed('create', 'curl')).body);

/** Counts requests that could create something. */
function posts(page) {
  const seen = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().includes('/sim/')) seen.push(request.url());
  });
  return seen;
}

test.describe('values', () => {
  test('switching model and gateway keeps every value and says what is not sent', async ({ page, desk }) => {
    const mark = marker();
    await desk.known();
    await desk.prompt.fill(mark);
    await desk.fill('ratio', '9:16');
    await desk.fill('negative_prompt', 'blurred');
    await desk.fill('seed', '42');
    await desk.fill('watermark', 'true');
    const before = await body(desk);
    expect(before.parameters).toEqual({ size: '1080*1920', watermark: true, seed: 42 });

    await desk.gateway('crazyrouter');
    await expect(desk.prompt).toHaveValue(mark);
    await expect(page.locator('#unsent')).toContainText('Aspect ratio');
    expect((await body(desk)).parameters).toEqual({ watermark: true, seed: 42 });

    await desk.model('i2v', 'wan2.5-i2v-preview');
    await desk.fill('first_frame', media('frame.png'));
    await desk.gateway('acedata');
    await desk.model('i2v', 'wan2.6-i2v');
    const unsent = page.locator('#unsent li');
    await expect(unsent.filter({ hasText: 'First frame' })).toHaveCount(0);
    await expect(unsent.filter({ hasText: 'Seed' })).toContainText('not used by this model');
    await desk.model('t2v', 'wan2.6-t2v');
    await expect(unsent.filter({ hasText: 'First frame' })).toHaveCount(1);
    expect(JSON.stringify(await body(desk))).not.toContain('frame.png');

    await desk.gateway('crazyrouter');
    await expect(byId(page, 'f-first_frame')).toHaveValue(media('frame.png'));
    await desk.gateway('dashscope');
    await expect(byId(page, 'f-ratio-9:16')).toBeChecked();
    await desk.open('f-seed');
    await expect(byId(page, 'f-seed')).toHaveValue('42');
    expect(await body(desk)).toEqual(before);
  });

  test('shot_type travels only while the prompt is rewritten', async ({ page, desk }) => {
    await desk.model('t2v', 'wan2.6-t2v');
    await desk.prompt.fill('x');
    await desk.fill('shot_type', 'multi');
    expect((await body(desk)).parameters.shot_type).toBe('multi');
    await desk.fill('prompt_extend', 'false');
    expect((await body(desk)).parameters).toEqual({ prompt_extend: false });
    await expect(page.locator('#unsent')).toContainText('only applies while “Prompt enhancement” is On');
    await desk.fill('prompt_extend', 'true');
    expect((await body(desk)).parameters.shot_type).toBe('multi');
    await expect(page.locator('#unsent')).toHaveCount(0);
  });

  test('an example fills the prompt', async ({ page, desk }) => {
    const example = page.locator('.example').first();
    const words = (await example.textContent()).trim();
    await example.click();
    await expect(desk.prompt).toHaveValue(words);
    expect((await body(desk)).input.prompt).toBe(words);
    // The others stay, and take back what they replaced.
    await page.locator('.example').nth(1).click();
    await expect(desk.prompt).not.toHaveValue(words);
    await page.locator('#undo').click();
    await expect(desk.prompt).toHaveValue(words);
  });

  test('an input method writes its text once and whole', async ({ page, desk }) => {
    const keyboard = await page.context().newCDPSession(page);
    await desk.prompt.fill('前');
    await desk.prompt.press('End');
    for (const text of ['n', 'ni', 'nih', 'nihao']) {
      await keyboard.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
      await expect(desk.prompt).toHaveValue(`前${text}`);
    }
    // Read without a click, which would end the composition.
    const shown = curl(await desk.command.evaluate((element) => element.textContent));
    expect(JSON.parse(shown.body).input.prompt, 'a text in the making is not sent').toBe('前');
    await keyboard.send('Input.insertText', { text: '你好' });
    await expect(desk.prompt).toHaveValue('前你好');
    await page.keyboard.insertText('，世界');
    await expect(desk.prompt).toHaveValue('前你好，世界');
    expect((await body(desk)).input.prompt).toBe('前你好，世界');
    // Enter belongs to the input method while it composes.
    await keyboard.send('Input.imeSetComposition', { text: 'ma', selectionStart: 2, selectionEnd: 2 });
    await keyboard.send('Input.insertText', { text: '吗' });
    await expect(desk.prompt).toHaveValue('前你好，世界吗');
  });
});

test.describe('problems', () => {
  test('1500 Chinese characters pass, 1501 are told', async ({ page, desk }) => {
    const sent = posts(page);
    const mark = marker();
    const long = mark + '猫'.repeat(1500 - mark.length);
    await desk.known();
    await desk.prompt.fill(`${long}狗`);
    await expect(page.locator('.f-prompt .count')).toContainText('1501');
    await expect(problem(page, 'prompt')).toContainText('1500');
    await desk.run.click();
    await expect(page.locator('#blocked')).toContainText('Prompt');
    expect(sent).toEqual([]);
    await desk.prompt.fill(long);
    await expect(problem(page, 'prompt')).toBeEmpty();
    await desk.run.click();
    await desk.done();
    const [{ body: text }] = await creates(page, mark);
    expect([...JSON.parse(text).input.prompt]).toHaveLength(1500);
  });

  test('Run tells everything that is missing at once and goes to the first', async ({ page, desk }) => {
    const sent = posts(page);
    await desk.gateway('crazyrouter');
    await desk.model('s2v', 'wan2.2-s2v');
    await expect(problem(page, 'portrait'), 'not before Run').toBeEmpty();
    await desk.run.click();
    await expect(problem(page, 'portrait')).toContainText('required');
    await expect(problem(page, 'audio')).toContainText('required');
    await expect(page.locator('#blocked')).toContainText('Portrait');
    await expect(page.locator('#blocked')).toContainText('Audio');
    await expect(byId(page, 'f-portrait')).toBeFocused();
    await expect(byId(page, 'f-portrait')).toHaveAttribute('aria-invalid', 'true');
    await desk.fill('portrait', media('p.png'));
    await expect(problem(page, 'portrait')).toBeEmpty();
    await desk.run.click();
    await expect(byId(page, 'f-audio')).toBeFocused();
    expect(sent).toEqual([]);
  });

  test('a problem among the rarely used fields opens them', async ({ page, desk }) => {
    await desk.known();
    await desk.prompt.fill('x');
    await desk.fill('seed', '-1');
    await page.locator('#more summary').click();
    await desk.run.click();
    await expect(byId(page, 'f-seed')).toBeVisible();
    await expect(byId(page, 'f-seed')).toBeFocused();
  });

  test('a seed is a whole number from 0 to 2147483647', async ({ page, desk }) => {
    await desk.known();
    await desk.prompt.fill('x');
    for (const [typed, said] of [
      ['2147483648', 'Must be from 0 to 2147483647'],
      ['-1', 'Must be from 0 to 2147483647'],
      ['1.5', 'whole number'],
      ['abc', 'whole number'],
      ['99999999999999999999', 'whole number'],
    ]) {
      await desk.fill('seed', typed);
      await expect(problem(page, 'seed'), typed).toContainText(said);
    }
    for (const typed of ['0', '2147483647']) {
      await desk.fill('seed', typed);
      await expect(problem(page, 'seed'), typed).toBeEmpty();
      expect((await body(desk)).parameters.seed).toBe(Number(typed));
    }
  });

  test('a link is never a script, and needs a scheme and a fitting format', async ({ page, desk }) => {
    const sent = posts(page);
    await desk.model('i2v', 'wan2.5-i2v-preview');
    for (const [typed, said] of [
      ['javascript:alert(1)//.png', 'https://'],
      ['example.com/a.png', 'https://'],
      ['data:text/html,<script>1</script>', 'https://'],
      ['https://example.com/a b.png', 'space'],
      ['https://example.com/a.gif', 'Unsupported format'],
    ]) {
      await desk.fill('first_frame', typed);
      await expect(problem(page, 'first_frame'), typed).toContainText(said);
      await desk.run.click();
    }
    expect(sent).toEqual([]);
    expect(await page.evaluate(() => document.querySelectorAll('[src^="javascript"], [href^="javascript"]').length)).toBe(0);
    await desk.fill('first_frame', media('a.webp'));
    await expect(problem(page, 'first_frame')).toBeEmpty();
  });
});

test.describe('choices', () => {
  test('what applies by itself is one of the values, and is not sent', async ({ page, desk }) => {
    await desk.known();
    await desk.prompt.fill('x');
    const chips = page.locator('#f-tier .seg');
    await expect(chips).toHaveText(['480P', '720P', '1080P · default']);
    await expect(byId(page, 'f-tier-1080P')).toBeChecked();
    await expect(page.locator('.advice.cost'), 'no warning about what nobody chose').toHaveCount(0);
    await expect(page.locator('#formula')).toContainText('1080P (default)');
    await expect(desk.amount).toHaveText('CN¥5.00');
    expect((await body(desk)).parameters).toBeUndefined();

    await desk.pick('f-tier-720P');
    await expect(desk.amount).toHaveText('CN¥3.00');
    expect((await body(desk)).parameters).toEqual({ size: '1280*720' });
    await desk.pick('f-tier-1080P');
    await expect(page.locator('#f-tier')).not.toHaveAccessibleDescription(/sent/);
    expect((await body(desk)).parameters).toBeUndefined();

    await page.locator('#language').click();
    await expect(chips).toHaveText(['480P', '720P', '1080P · 默认']);
  });

  test('nothing moves when another value is chosen', async ({ page, desk }) => {
    await desk.known();
    const widths = () => page.locator('#desk .seg').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().width));
    const before = await widths();
    await desk.pick('f-tier-720P');
    expect(await widths()).toEqual(before);
  });

  test('where nobody knows what applies, that is a choice of its own', async ({ page, desk }) => {
    await desk.gateway('ope');
    await desk.model('i2v', 'wan2.7-i2v');
    const auto = page.locator('#desk .seg', { hasText: /^Default$/ });
    await expect(auto.first()).toBeAttached();
    for (const radio of await auto.locator('input').all()) await expect(radio).toBeChecked();
  });

  test('a value that a pasted request sends stays sent, though it is the usual one', async ({ page, desk }) => {
    const request = { model: 'wan2.5-i2v-preview', input: { prompt: 'a cat', img_url: media('a.png') }, parameters: { resolution: '1080P' } };
    await page.locator('#open-takeup').click();
    await page.locator('#takeup-text').fill(`curl https://dashscope.aliyuncs.com/api/v1/services/aigc/video-generation/video-synthesis -H 'X-DashScope-Async: enable' -H 'Authorization: Bearer $DASHSCOPE_API_KEY' -H 'Content-Type: application/json' -d '${JSON.stringify(request)}'`);
    await page.locator('#takeup-take').click();
    await page.locator('#import-fill').click();
    await expect(page.locator('#takeup')).toBeHidden();
    await expect(byId(page, 'f-tier-1080P')).toBeChecked();
    await expect(page.locator('#f-tier')).toHaveAccessibleDescription(/Set, so it is sent\./);
    expect((await body(desk)).parameters).toEqual({ resolution: '1080P' });
    await desk.pick('f-tier-1080P');
    expect((await body(desk)).parameters, 'it was chosen already').toEqual({ resolution: '1080P' });
    await desk.pick('f-tier-720P');
    await desk.pick('f-tier-1080P');
    expect((await body(desk)).parameters).toBeUndefined();
  });
});

test.describe('advice', () => {
  test('Crazyrouter: the safer way into the gateway is one press away, and keeps the prompt', async ({ page, desk }) => {
    await desk.gateway('crazyrouter');
    await desk.prompt.fill('kept');
    await page.locator('.advice.risk').getByRole('button', { name: 'wan2.5-t2v-preview@generations' }).click();
    await expect(page.locator('#model option:checked')).toContainText('wan2.5-t2v-preview@generations');
    await expect(desk.prompt).toHaveValue('kept');
    expect(curl(await desk.printed('create', 'curl')).url).toContain('/v1/video/generations');
  });
});

test.describe('files', () => {
  test.beforeEach(async ({ desk }) => {
    await desk.model('i2v', 'wan2.5-i2v-preview');
  });

  const picked = (page) => page.locator('.field.f-first_frame .picked');

  /** Brings a file to an element as a drop or a paste does. */
  async function bring(page, kind, selector, file) {
    const data = await page.evaluateHandle(
      ([base64, name, type]) => {
        const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
        const transfer = new DataTransfer();
        transfer.items.add(new File([bytes], name, { type }));
        return transfer;
      },
      [file.buffer.toString('base64'), file.name, file.mimeType],
    );
    if (kind === 'drop') {
      await page.dispatchEvent(selector, 'dragover', { dataTransfer: data });
      await page.dispatchEvent(selector, 'drop', { dataTransfer: data });
    } else {
      await page.evaluate(
        ([target, transfer]) =>
          document
            .querySelector(target)
            .dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true })),
        [selector, data],
      );
    }
  }

  for (const way of ['picker', 'drop', 'paste']) {
    test(`a picture comes by ${way}, is shown small, and never as base64`, async ({ page, desk }) => {
      const file = pngFile(`${way} "x".png`, 480, 270);
      if (way === 'picker') await desk.fill('first_frame', file);
      else await bring(page, way, way === 'drop' ? '.field.f-first_frame .drop' : 'body', file);
      await expect(picked(page)).toContainText(file.name);
      await expect(picked(page)).toContainText('480 × 270');
      await expect(problem(page, 'first_frame')).toBeEmpty();
      const thumbnail = picked(page).locator('img');
      await expect.poll(() => thumbnail.evaluate((image) => image.naturalWidth)).toBe(480);
      const box = await thumbnail.boundingBox();
      expect(box.width).toBeLessThanOrEqual(120);

      const secret = file.buffer.toString('base64').slice(60, 120);
      for (const form of ['curl', 'http']) expect(await desk.printed('create', form)).not.toContain(secret);
      const mark = marker();
      await desk.prompt.fill(mark);
      await desk.run.click();
      await desk.done();
      expect(await desk.plays()).toEqual([1920, 1080]);
      await page.locator('#log summary').click();
      expect(await page.evaluate(() => document.body.textContent)).not.toContain(secret);
      const [{ body: text }] = await creates(page, mark);
      expect(JSON.parse(text).input.img_url).toBe(`data:image/png;base64,${file.buffer.toString('base64')}`);
    });
  }

  test('a file can be taken away again, and the link comes back', async ({ page, desk }) => {
    await desk.fill('first_frame', pngFile('a.png', 300, 300));
    await picked(page).getByRole('button').click();
    await expect(picked(page)).toHaveCount(0);
    await expect(byId(page, 'f-first_frame')).toBeVisible();
    await expect(byId(page, 'f-first_frame')).toHaveValue('');
  });

  for (const [what, file, said] of [
    ['30 MB', { name: 'big.png', mimeType: 'image/png', buffer: Buffer.concat([png(300, 300), Buffer.alloc(30 << 20)]) }, /30\.1 MB.*20 MB/],
    ['text in disguise', { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('these are only words') }, /This is plain text/],
    ['100 × 100', pngFile('small.png', 100, 100), /100 × 100.*240/],
    ['a broken picture', { name: 'cut.png', mimeType: 'image/png', buffer: png(400, 400).subarray(0, 20) }, /can.t open/],
    ['an empty file', { name: 'empty.png', mimeType: 'image/png', buffer: Buffer.alloc(0) }, /is empty/],
  ]) {
    test(`${what} is told before anything is sent`, async ({ page, desk }) => {
      const sent = posts(page);
      await desk.fill('first_frame', file);
      await expect(problem(page, 'first_frame')).toContainText(said);
      await desk.run.click();
      await expect(page.locator('#blocked')).toContainText('First frame');
      expect(sent).toEqual([]);
      // The page lives on.
      await picked(page).getByRole('button').click();
      await desk.fill('first_frame', media('a.png'));
      await expect(problem(page, 'first_frame')).toBeEmpty();
    });
  }

  test('where a gateway takes links only, a file is told so', async ({ page, desk }) => {
    await desk.fill('first_frame', pngFile('a.png', 300, 300));
    await desk.gateway('ope');
    await desk.model('i2v', 'wan2.7-i2v');
    await expect(problem(page, 'first_frame')).toContainText('only accepts URLs here');
  });
});

test.describe('address and key', () => {
  const fault = (page) => page.locator('#base-fault');

  test('a typed base says what is wrong with it', async ({ page, desk }) => {
    const sent = posts(page);
    await desk.prompt.fill('x');
    await choosePlace(page, 'typed');
    for (const [typed, said] of [
      ['example.com', 'Add https:// in front'],
      ['http://example.com', 'Only https://'],
      ['javascript:alert(1)', 'Only https://'],
      ['https://user:word@example.com', 'user name and password'],
      ['https://example.com?a=1', 'Remove everything after'],
    ]) {
      await page.locator('#base-typed').fill(typed);
      await expect(fault(page), typed).toContainText(said);
      await desk.run.click();
      await expect(page.locator('#blocked')).toContainText('Base URL');
    }
    await page.locator('#base-typed').pressSequentially('');
    await page.locator('#base-typed').fill('https://gateway.example/some/path/');
    await expect(fault(page)).toBeEmpty();
    expect(curl(await desk.printed('create', 'curl')).url).toMatch(/^https:\/\/gateway\.example\/some\/path\/api\/v1\//);
    expect(sent).toEqual([]);
  });

  test('a workspace base asks for the workspace and keeps its price', async ({ page, desk }) => {
    await desk.known();
    await choosePlace(page, { label: (await page.locator('#base option', { hasText: '{WorkspaceId}.ap-southeast-1' }).textContent()).trim() });
    const typed = page.locator('#base-typed');
    await expect(typed).toHaveValue('https://{WorkspaceId}.ap-southeast-1.maas.aliyuncs.com');
    await expect(fault(page)).toContainText('{WorkspaceId}');
    await typed.fill('https://ws-123.ap-southeast-1.maas.aliyuncs.com');
    await expect(fault(page)).toBeEmpty();
    await expect(page.locator('#key-hint')).toContainText('https://ws-123.ap-southeast-1.maas.aliyuncs.com');
    // Singapore: 1.100885 per second at 1080P.
    await expect(desk.amount).toHaveText('CN¥5.50');
  });

  test('typing into the base keeps the caret and the field', async ({ page, desk: _ }) => {
    await choosePlace(page, 'typed');
    await page.locator('#base-typed').pressSequentially('https://gateway.example');
    await expect(page.locator('#base-typed')).toHaveValue('https://gateway.example');
    await expect(page.locator('#base-typed')).toBeFocused();
  });

  test('a model that is not offered in a region says so', async ({ page, desk }) => {
    await desk.model('kf2v', 'wan2.2-kf2v-flash');
    await choosePlace(page, '1');
    await expect(fault(page)).toContainText('available in the region');
  });

  test('a key is masked, shown at a press, cleared, and bound to its host', async ({ page, desk }) => {
    const canary = `sk-canary-${marker()}`;
    await desk.prompt.fill('x');
    await choosePlace(page, '0');
    const key = page.locator('#key');
    await expect(key).toHaveAttribute('type', 'password');
    await expect(page.locator('#key-hint')).toContainText('https://dashscope.aliyuncs.com');
    await desk.run.click();
    await expect(page.locator('#key-fault')).toContainText('API key');
    await expect(key).toBeFocused();
    await key.pressSequentially(canary);
    await expect(key).toHaveValue(canary);
    await page.locator('.key').getByRole('button', { name: 'Show' }).click();
    await expect(key).toHaveAttribute('type', 'text');
    await page.locator('.key').getByRole('button', { name: 'Hide' }).click();
    await expect(key).toHaveAttribute('type', 'password');

    const everywhere = async () =>
      page.evaluate(() =>
        [
          document.documentElement.outerHTML,
          document.body.innerText,
          location.href,
          document.title,
          JSON.stringify({ ...localStorage }),
          JSON.stringify({ ...sessionStorage }),
          document.cookie,
          history.state && JSON.stringify(history.state),
        ].join('\n'),
      );
    expect(await everywhere()).not.toContain(canary);
    for (const call of ['create', 'query', 'cancel']) {
      for (const form of ['curl', 'http']) {
        const printed = await desk.printed(call, form);
        expect(printed).not.toContain(canary);
        expect(printed).toContain('$DASHSCOPE_API_KEY');
      }
    }
    await choosePlace(page, '1');
    await expect(key, 'another host, another key').toHaveValue('');
    await desk.gateway('crazyrouter');
    await choosePlace(page, '0');
    await expect(key, 'another gateway, another key').toHaveValue('');
    await desk.gateway('dashscope');
    await choosePlace(page, '0');
    await expect(key).toHaveValue(canary);
    await page.locator('#language').click();
    await expect(key).toHaveValue(canary);
    await page.locator('.key').getByRole('button', { name: '清除' }).click();
    await expect(key).toHaveValue('');
    expect(await everywhere()).not.toContain(canary);
  });

  test('a key that no header can hold is told', async ({ page, desk: _ }) => {
    await choosePlace(page, '0');
    for (const typed of ['sk canary', 'sk-ｃａｎａｒｙ']) {
      await page.locator('#key').fill(typed);
      await expect(page.locator('#key-fault'), typed).toContainText('full-width');
    }
  });

  test('a key is sent to its own host and to no other', async ({ page, desk, complaints }) => {
    const canary = `sk-canary-${marker()}`;
    const mark = marker();
    // The same server by another name is another origin.
    const other = new URL(page.url());
    other.hostname = other.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
    complaints.hosts.add(other.origin);
    const carried = [];
    page.on('request', (request) => {
      carried.push(request.allHeaders().then((headers) => [new URL(request.url()).origin, headers.authorization ?? '']));
    });

    await desk.prompt.fill(mark);
    await choosePlace(page, 'typed');
    await page.locator('#base-typed').fill(`${other.origin}/sim/dashscope`);
    await desk.run.click();
    await expect(page.locator('#blocked')).toContainText('API key');
    await expect(page.locator('#key')).toBeFocused();
    await page.locator('#key').fill(canary);
    await desk.run.click();
    await press(page, '#ask', 'SUCCEEDED');
    await desk.done();
    await desk.plays();
    expect(await creates(page, mark)).toHaveLength(1);

    // And once more to the simulator of the page's own origin.
    await choosePlace(page, 'simulator');
    await desk.run.click();
    await expect(desk.cards()).toHaveCount(2);
    await desk.done();
    const all = await Promise.all(carried);
    const withKey = all.filter(([, authorization]) => authorization.includes(canary)).map(([origin]) => origin);
    expect(new Set(withKey)).toEqual(new Set([other.origin]));
    expect((await log(page, mark)).length).toBe(2);
    await page.locator('#log summary').click();
    expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain(canary);
  });

  test('a refused key pauses the task, and another goes on with it', async ({ page, desk, complaints }) => {
    complaints.expected.push(/status of 401/);
    const other = new URL(page.url());
    other.hostname = other.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
    complaints.hosts.add(other.origin);
    await desk.prompt.fill(`${marker()} sim:slow`);
    await choosePlace(page, 'typed');
    await page.locator('#base-typed').fill(`${other.origin}/sim/dashscope`);
    await page.locator('#key').fill('sk-canary-good');
    await desk.run.click();
    await desk.taskId();
    await page.locator('#key').fill('sk-canary-invalid');
    await page.locator('#ask').click();
    await expect(page.locator('.running-view')).toContainText('The key was refused');
    await page.locator('#key').fill('sk-canary-better');
    await page.locator('#follow').click();
    await press(page, '#ask', 'SUCCEEDED');
    await desk.done();
  });
});
