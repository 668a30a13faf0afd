// Links and drafts between visits: what is copied opens elsewhere as the same form and the same bytes, what is broken
// gets words, nothing is sent by opening, nothing secret travels, and nothing that was typed is lost.
import fs from 'node:fs';
import { expect, test as base, byId, creates, Desk, log, marker, ready, choosePlace } from './support/page.mjs';

// Chinese and English both: the browser's language decides at first.
const test = base.extend({
  other: async ({ browser, baseURL }, use) => {
    const open = [];
    await use(async (fragment, options = {}) => {
      const context = await browser.newContext({ baseURL, locale: 'en-US', ...options });
      open.push(context);
      const page = await context.newPage();
      await visit(page, fragment);
      return page;
    });
    for (const context of open) await context.close();
  },
});

async function visit(page, fragment) {
  await page.goto(`./${fragment}`);
  await ready(page);
}

/** A link as somebody else would write it: by the published form, not with our own code. */
function link({ gateway, model, draft }, more = {}) {
  const pairs = [];
  for (const [name, value] of Object.entries({ ...draft, ...more })) {
    if (name === 'callback_url') continue;
    if (!Array.isArray(value)) pairs.push([name, String(value.url ?? value)]);
    else {
      for (const entry of value) {
        pairs.push([name, `${entry.kind}:${entry.url}`]);
        if (entry.voice) pairs.push(['voice', entry.voice]);
      }
    }
  }
  return `#1/${gateway}/${model}?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
}

const FIXTURES = new URL('../fixtures/', import.meta.url);
const CASES = fs
  .readdirSync(FIXTURES)
  .filter((gateway) => gateway !== 'snapshots')
  .flatMap((gateway) => fs.readdirSync(new URL(`${gateway}/`, FIXTURES)).map((name) => `${gateway}/${name}`))
  .filter((name) => name.endsWith('-fullest'))
  .map((name) => JSON.parse(fs.readFileSync(new URL(`${name}/case.json`, FIXTURES), 'utf8')));

/** Everything that stands in the form. */
const form = (page) =>
  page.locator('#desk').evaluate((desk) =>
    [...desk.querySelectorAll('input, select, textarea')]
      // The switch says how fields are named, and comes when it comes.
      .filter((one) => one.type !== 'file' && one.id !== 'names')
      .map((one) => [one.id, one.type === 'radio' ? one.checked : one.value]),
  );
const curl = (page) => page.locator('#command').evaluate((command) => command.textContent);
const copiedLink = async (page) => {
  await page.locator('#open-share').click();
  const address = await page.locator('#share-address').inputValue();
  await page.locator('#share form button').click();
  return address.slice(address.indexOf('#'));
};
/** What was saved, once it holds a word. */
const saved = (page, word) =>
  expect.poll(() => page.evaluate(() => sessionStorage.getItem('wan.draft') ?? '')).toContain(encodeURIComponent(word));
const keep = (page) => page.evaluate(() => dispatchEvent(new Event('pagehide')));

test('there is a fullest request for each model', () => {
  expect(CASES.length).toBeGreaterThanOrEqual(45);
});

for (const wanted of CASES) {
  test(`${wanted.gateway} ${wanted.model}: a link opens as the documented request, and copied again as the same`, async ({ page, other }) => {
    await visit(page, link(wanted, { view: 'http', lang: 'en' }));
    await expect(page.locator('#link-notice')).toContainText('Nothing was sent');
    await expect(page.locator('#link-misread')).toHaveCount(0);
    const http = await curl(page);
    const expected = structuredClone(wanted.request.body);
    delete expected.callback_url;
    expect(JSON.parse(http.slice(http.indexOf('\n\n')))).toEqual(expected);

    await page.locator('#form').selectOption('bash');
    const [there, command] = [await form(page), await curl(page)];
    const again = await other(await copiedLink(page));
    expect(await form(again)).toEqual(there);
    expect(await curl(again)).toBe(command);
  });
}

test('what is typed here opens there, packed where it is long, and is copied to the clipboard', async ({ page, desk, other, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await desk.gateway('dashscope');
  await desk.model('r2v', 'wan2.6-r2v');
  const prompt = `一只猫 & "a dog" + 100% #1/x?y=z\n第二行 ${'很长的描述。'.repeat(60)}`;
  await desk.prompt.fill(prompt);
  await desk.fill('tier', '720P');
  await desk.fill('seed', '0042');
  const command = await curl(page);
  await page.locator('#open-share').click();
  await expect(page.locator('#share-holds')).toContainText('wan2.6-r2v');
  await expect(page.locator('#share-left')).toHaveCount(0);
  await page.locator('#share-copy').click();
  await expect(page.locator('#share-copy')).toContainText(/copied|已复制/);
  const address = await page.evaluate(() => navigator.clipboard.readText());
  expect(address).toBe(await page.locator('#share-address').inputValue());
  expect(address).toContain('#1z/');
  const there = await other(address.slice(address.indexOf('#')));
  await expect(there.locator('#f-prompt')).toHaveValue(prompt);
  await expect(byId(there, 'f-tier-720P')).toBeChecked();
  await expect(byId(there, 'f-seed')).toHaveValue('0042');
  expect(await curl(there)).toBe(command);
});

test('opening a link sends nothing', async ({ page }) => {
  const mark = marker();
  const calls = [];
  page.on('request', (request) => calls.push(`${request.method()} ${new URL(request.url()).pathname}`));
  await visit(page, link({ gateway: 'dashscope', model: 'wan2.7-i2v', draft: { prompt: mark, first_frame: `https://example.com/${mark}.png` } }));
  await expect(page.locator('#f-prompt')).toHaveValue(mark);
  await expect(page.locator('#link-notice')).toBeVisible();
  expect(await log(page, mark)).toEqual([]);
  expect(calls.filter((call) => /\/sim\/|\/relay\/|^POST/.test(call))).toEqual([]);
  // And it does once Run is pressed.
  await page.locator('#run').click();
  await expect.poll(async () => (await creates(page, mark)).length).toBe(1);
});

const BROKEN = [
  ['of the future', '#2/dashscope/wan9?prompt=x', /newer version/, /更新的版本/],
  ['packed and cut', '#1z/BcHBCoAgDADQv-mWIw8dAulTYthMoenYRvX5vYeZTnSE', /damaged or cut off/, /已损坏或被截断/],
  ['packed nonsense', '#1z/%00<script>alert(1)</script>', /damaged or cut off/, /已损坏或被截断/],
  ['of an unknown gateway', '#1/nowhere/wan2.7-t2v?prompt=kept', /there is no gateway nowhere/, /没有名为 nowhere 的网关/],
  ['of an unknown model', '#1/ope/wan9.9?prompt=kept', /has no model wan9\.9/, /没有模型 wan9\.9/],
  ['with unknown fields', '#1/dashscope/wan2.7-t2v?prompt=kept&colour=red', /there is no field colour/, /没有名为 colour 的字段/],
  ['with values that are none', '#1/dashscope/wan2.7-i2v?prompt=kept&first_frame=javascript:alert(1)', /the value of First frame/, /首帧图片的值不可用/],
  ['with a callback address', '#1/acedata/wan2.6-t2v?prompt=kept&callback_url=https://evil.example/', /don.t include: Callback/, /链接不包含/],
  ['with letters that are none', '#1/dashscope/wan2.7-t2v?prompt=kept&negative_prompt=%E4%BD', /the value of Negative prompt/, /反向提示词的值不可用/],
];
for (const [what, fragment, english, chinese] of BROKEN) {
  for (const [locale, words] of [['en-US', english], ['zh-CN', chinese]]) {
    test(`a link ${what} gets words in ${locale}, and the rest applies`, async ({ other }) => {
      const page = await other(fragment, { locale });
      await expect(page.locator('#link-misread')).toContainText(words);
      await expect(page.locator('#run')).toBeVisible();
      await expect(page.locator('#f-prompt')).toHaveValue(fragment.includes('prompt=kept') ? 'kept' : '');
      await page.locator('#link-close').click();
      await expect(page.locator('#link-notice')).toHaveCount(0);
    });
  }
}

test('fragments that are no links leave the page alone', async ({ page }) => {
  for (const fragment of ['#desk', '#', '#anything', '#1x', '#2024-11-22']) {
    await visit(page, fragment);
    await expect(page.locator('#run')).toBeVisible();
    await expect(page.locator('#link-notice')).toHaveCount(0);
    await page.goto('about:blank');
  }
});

test('a megabyte in the address is refused with a word, and half of one is read', async ({ page }) => {
  await visit(page, '');
  const put = (length) =>
    page.evaluate((length) => (location.hash = `#1/dashscope/wan2.7-t2v?prompt=${'x'.repeat(length)}`), length);
  await put(1 << 20);
  await expect(page.locator('#link-misread')).toContainText(/too long|过长/);
  await put(1 << 19);
  await expect.poll(() => page.locator('#f-prompt').evaluate((area) => area.value.length)).toBe(1 << 19);
  await expect(page.locator('#link-misread')).toHaveCount(0);
});

test('a key never gets into a link, a file or the saved draft, and its place is named', async ({ page, desk }) => {
  const [typed, pasted] = ['canary~links~typed~0123', 'sk-canary-links-pasted-0123'];
  await choosePlace(page, 'typed');
  await page.locator('#base-typed').fill('https://gateway.example');
  await page.locator('#key').fill(typed);
  await desk.prompt.fill(`first ${typed} then ${pasted} end`);
  await page.locator('#open-share').click();
  await expect(page.locator('#share-left')).toContainText(/looks like a key|疑似 Key/);
  const shown = await page.locator('#share').evaluate((dialog) => dialog.textContent + dialog.querySelector('textarea').value);
  expect(shown).not.toContain('canary');
  expect(shown).not.toContain('gateway.example');
  expect(shown).toContain('first ••• then ••• end');
  const file = page.waitForEvent('download');
  await page.locator('#share-save').click();
  const content = fs.readFileSync(await (await file).path(), 'utf8');
  expect(content).toContain('first ••• then ••• end');
  expect(content).not.toMatch(/canary|gateway\.example/);
  await keep(page);
  const stored = await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));
  expect(stored).not.toContain('canary');
  // The address typed for the gateway is the user's own, and stays in this browser.
  expect(stored).toContain('https://gateway.example');
});

test('what a link leaves out is named, a query is warned of, and a long one is offered as a file', async ({ page, desk, other }) => {
  await desk.gateway('acedata');
  await desk.model('i2v', 'wan2.6-i2v');
  await desk.prompt.fill('x');
  await desk.fill('first_frame', 'https://example.com/a.png?Signature=abc');
  await desk.fill('callback_url', 'https://mine.example/hook');
  await page.locator('#open-share').click();
  await expect(page.locator('#share-left li')).toHaveCount(1);
  await expect(page.locator('#share-left')).toContainText(/callback|回调/i);
  await expect(page.locator('#share-signed')).toBeVisible();
  await expect(page.locator('#share-long')).toHaveCount(0);
  await page.locator('#share form button').click();

  await desk.gateway('dashscope');
  await desk.model('i2v', 'wan2.7-i2v');
  await desk.fill('first_frame', { name: '我的 图.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64') });
  // Letters that do not repeat: nothing makes them shorter.
  const long = Array.from({ length: 4900 }, (_, at) => String.fromCodePoint(0x4e00 + ((at * 7919) % 20000))).join('');
  await desk.prompt.fill(long);
  await page.locator('#open-share').click();
  await expect(page.locator('#share-left')).toContainText('我的 图.png');
  await expect(page.locator('#share-long')).toContainText('8 kB');
  const download = page.waitForEvent('download');
  await page.locator('#share-save').click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('wan-playground-link.json');
  const content = fs.readFileSync(await file.path(), 'utf8');
  expect(JSON.parse(content)).toMatchObject({ 'wan-playground-link': 1, gateway: 'dashscope', model: 'wan2.7-i2v', values: { prompt: long } });

  // In again: by the box, and dropped anywhere on the page.
  const there = await other('');
  await there.locator('#open-takeup').click();
  await there.locator('#takeup-file').setInputFiles({ name: 'w.json', mimeType: 'application/json', buffer: Buffer.from(content) });
  await there.locator('#taken-fill').click();
  await expect(there.locator('#f-prompt')).toHaveValue(long);
  await expect(there.locator('#model option:checked')).toContainText('wan2.7-i2v');
  const dropped = await other('');
  const transfer = await dropped.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'w.json', { type: 'application/json' }));
    return data;
  }, content);
  await dropped.dispatchEvent('.stage', 'drop', { dataTransfer: transfer });
  await dropped.locator('#taken-fill').click();
  await expect(dropped.locator('#f-prompt')).toHaveValue(long);
});

test('a link pasted into the box is read by its fragment, whatever site it is of', async ({ page, desk }) => {
  await page.locator('#open-takeup').click();
  const fragment = link({ gateway: 'ope', model: 'wan2.7-i2v', draft: { prompt: 'from elsewhere', duration: '8' } });
  await page.locator('#takeup-text').fill(`看看这个：https://other.example/wan/${fragment} ，谢谢`);
  await page.locator('#takeup-take').click();
  await expect(page.locator('#taken-elsewhere')).toContainText('https://other.example/wan/');
  await page.locator('#taken-fill').click();
  await expect(page.locator('#takeup')).toBeHidden();
  await expect(desk.prompt).toHaveValue('from elsewhere');
  await expect(byId(page, 'gateway-ope')).toBeChecked();
  await page.locator('#open-takeup').click();
  await page.locator('#takeup-text').fill('#7/of/tomorrow');
  await page.locator('#takeup-take').click();
  await expect(page.locator('#takeup-result')).toContainText(/newer version|更新的版本/);
  await expect(page.locator('#taken-fill')).toHaveCount(0);
});

test('back and forward go through gateways and models, and keep what was typed', async ({ page, desk }) => {
  const at = () => new URL(page.url()).hash;
  await desk.prompt.fill('typed first');
  await desk.gateway('ope');
  await expect.poll(at).toBe('#1/ope/wan2.7-i2v');
  await desk.gateway('acedata');
  await desk.model('t2v', 'wan2.6-t2v');
  await expect.poll(at).toBe('#1/acedata/wan2.6-t2v');
  await desk.prompt.fill('typed later');
  const entries = await page.evaluate(() => history.length);
  await desk.prompt.pressSequentially(' and more');
  expect(await page.evaluate(() => history.length)).toBe(entries);
  await page.goBack();
  await page.goBack();
  await expect(byId(page, 'gateway-ope')).toBeChecked();
  await expect(desk.prompt).toHaveValue('typed later and more');
  await page.goBack();
  await expect(byId(page, 'gateway-dashscope')).toBeChecked();
  await expect(desk.prompt).toHaveValue('typed later and more');
  await page.goForward();
  await expect(byId(page, 'gateway-ope')).toBeChecked();
  await page.goForward();
  await page.goForward();
  await expect(page.locator('#model option:checked')).toContainText('wan2.6-t2v');
  await expect(page.locator('#link-notice')).toHaveCount(0);
});

test('an address changed by hand is a link, and what it replaced comes back with one press', async ({ page, desk }) => {
  await desk.prompt.fill('my own draft');
  await desk.gateway('ope');
  await page.evaluate(() => (location.hash = '#1/dashscope/wan2.6-t2v?prompt=of%20the%20link'));
  await expect(desk.prompt).toHaveValue('of the link');
  // A link after a link does not hide it.
  await page.evaluate(() => (location.hash = '#1/dashscope/wan2.5-t2v-preview?prompt=of%20another'));
  await expect(desk.prompt).toHaveValue('of another');
  await page.locator('#take-back').click();
  await expect(desk.prompt).toHaveValue('my own draft');
  await expect(byId(page, 'gateway-ope')).toBeChecked();
  await expect(page.locator('#link-notice')).toHaveCount(0);
});

test('a link after a link is told in the same notice, and its buttons keep the focus', async ({ page, desk }) => {
  await desk.prompt.fill('my own draft');
  await page.evaluate(() => (location.hash = '#1/dashscope/wan2.6-t2v?prompt=first&colour=red'));
  await expect(page.locator('#link-misread')).toContainText('colour');
  for (const button of ['#link-close', '#take-back']) {
    await page.locator(button).focus();
    await page.locator(button).evaluate((button) => (button.dataset.kept = 'yes'));
    await page.evaluate((button) => (location.hash = `#1/dashscope/wan2.6-t2v?prompt=next&odd-${button.slice(1)}=1`), button);
    await expect(page.locator('#link-misread')).toContainText(`odd-${button.slice(1)}`);
    await expect(page.locator(button)).toBeFocused();
    await expect(page.locator(button), 'it is the same button').toHaveAttribute('data-kept', 'yes');
  }
});

test('the draft survives a reload, with its model, address and the marks of its files', async ({ page, desk }) => {
  await desk.gateway('dashscope');
  await desk.model('i2v', 'wan2.7-i2v');
  await desk.prompt.fill('kept over a reload 猫');
  await desk.fill('last_frame', 'https:/half');
  await desk.fill('first_frame', { name: 'mine.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64') });
  await choosePlace(page, 'typed');
  await page.locator('#base-typed').fill('https://own.example/wan');
  await page.reload();
  await ready(page);
  await expect(desk.prompt).toHaveValue('kept over a reload 猫');
  await expect(page.locator('#model option:checked')).toContainText('wan2.7-i2v');
  await expect(page.locator('#base-typed')).toHaveValue('https://own.example/wan');
  await expect(byId(page, 'f-last_frame')).toHaveValue('https:/half');
  await expect(page.locator('.field.f-first_frame .picked')).toContainText('mine.png');
  await expect(page.locator('.field.f-first_frame .problem')).not.toHaveText('');
  await expect(page.locator('#link-notice')).toHaveCount(0);
});

test('a reload of an opened link keeps what was changed since', async ({ page }) => {
  await visit(page, '#1/dashscope/wan2.6-t2v?prompt=of%20the%20link');
  await page.locator('#f-prompt').fill('changed since');
  await page.reload();
  await ready(page);
  await expect(page.locator('#f-prompt')).toHaveValue('changed since');
  expect(new URL(page.url()).hash).toBe('#1/dashscope/wan2.6-t2v?prompt=of%20the%20link');
});

test('each tab finds its own draft again, a new one the last; a link only looked at does not take its place', async ({ page, context, desk }) => {
  await desk.prompt.fill('of the first tab');
  await saved(page, 'of the first tab');
  const second = await context.newPage();
  await visit(second, '');
  await expect(second.locator('#f-prompt')).toHaveValue('of the first tab');
  await second.locator('#f-prompt').fill('of the second tab');
  await saved(second, 'of the second tab');
  await page.reload();
  await ready(page);
  await expect(desk.prompt).toHaveValue('of the first tab');
  const third = await context.newPage();
  await visit(third, '#1/dashscope/wan2.5-t2v-preview?prompt=of%20a%20link');
  await expect(third.locator('#f-prompt')).toHaveValue('of a link');
  await third.reload();
  await ready(third);
  await expect(third.locator('#f-prompt')).toHaveValue('of a link');
  const fourth = await context.newPage();
  await visit(fourth, '');
  await expect(fourth.locator('#f-prompt')).toHaveValue('of the second tab');
  await third.locator('#take-back').click();
  await expect(third.locator('#f-prompt')).toHaveValue('of the second tab');
});

test('saved drafts that cannot be read are left alone', async ({ page }) => {
  for (const text of ['{"future": true}', '9/dashscope/x?prompt=a\n{}', '1/dashscope/wan2.7-t2v?prompt=a\n{"wan-playground-desk": 9}', '\u0000\uffff']) {
    await visit(page, '');
    await page.evaluate((text) => { sessionStorage.clear(); localStorage.setItem('wan.draft', text); }, text);
    const other = await page.context().newPage();
    await visit(other, '');
    await other.locator('#f-prompt').fill('typed beside it');
    await saved(other, 'typed beside it');
    expect(await other.evaluate(() => localStorage.getItem('wan.draft'))).toBe(text);
    await other.close();
  }
});

test('where storage is refused links open all the same', async ({ page }) => {
  await page.addInitScript(() => {
    for (const store of ['localStorage', 'sessionStorage']) {
      Object.defineProperty(window, store, { get() { throw new DOMException('refused', 'SecurityError'); } });
    }
  });
  await visit(page, '#1/dashscope/wan2.6-t2v?prompt=without%20storage');
  await expect(page.locator('#f-prompt')).toHaveValue('without storage');
  await page.locator('#f-prompt').fill('and typed');
  await keep(page);
  await page.reload();
  await ready(page);
  await expect(page.locator('#f-prompt')).toHaveValue('without storage');
});

test('the language and form of a link are shown, and not remembered', async ({ page }) => {
  await visit(page, '#1/ope/wan2.7-i2v?prompt=x&lang=zh&view=http');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page.locator('#form')).toHaveValue('http');
  expect(await page.evaluate(() => [localStorage.getItem('wan.lang'), localStorage.getItem('wan.written')])).toEqual([null, null]);
});

test('a link is of the request that is shown: of the form, or of the task on the stage', async ({ page, desk }) => {
  const mark = marker();
  await desk.prompt.fill(`of the task ${mark}`);
  await desk.run.click();
  await desk.done();
  await desk.prompt.fill('of the form now');
  await page.locator('#open-share').click();
  await expect(page.locator('#share-holds')).toContainText('of the form now');
  await page.locator('#share form button').click();
  await desk.pick('whose-task');
  await page.locator('#open-share').click();
  await expect(page.locator('#share-holds')).toContainText(`of the task ${mark}`);
});
