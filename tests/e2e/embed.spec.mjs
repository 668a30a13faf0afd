// The page within other sites: three example sites, hosts that behave and hosts that do not.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PAGE, bytes, element, example, expect, inside, listening, other, test, told } from './support/hosts.mjs';
import { Desk, log, marker, choosePlace } from './support/page.mjs';
import { simulator } from './support/servers.mjs';

const KEY = 'sk-canary-embed-5e1d';
const T2V = 'gateway="dashscope" model="wan2.5-t2v-preview"';
const ROOM = '<style>wan-playground { display: block; min-height: 640px; }</style>';
const heights = (page) => page.evaluate(() => [...document.querySelectorAll('wan-playground')].map((one) => one.offsetHeight));
const shifts = (page) => page.evaluate(() => window.shifts.reduce((sum, one) => sum + one, 0));
const set = (page, name, value, selector = 'wan-playground') =>
  page.evaluate(([selector, name, value]) => (document.querySelector(selector)[name] = value), [selector, name, value]);
const theme = (frame) => frame.locator('html').getAttribute('data-theme');

/** Presses Run in a frame and waits for the video. */
async function run(page, frame) {
  await frame.locator('#run').click();
  await expect(frame.locator('#state')).toContainText(/Done|已完成/, { timeout: 60_000 });
  const video = frame.locator('#video');
  await expect.poll(() => video.evaluate((one) => one.readyState), { timeout: 60_000 }).toBeGreaterThanOrEqual(2);
}

test('nothing but the element is loaded until it comes into view, and that is little', async ({ page, host, seen }) => {
  await page.goto(host(element(`${T2V} id="far"`, { head: `${ROOM}<style>body::before { content: ""; display: block; height: 5000px; }</style>` })));
  await page.waitForFunction(() => customElements.get('wan-playground'));
  await expect(page.locator('#far button')).toHaveText('Load');
  await expect(page.locator('#far code')).toHaveText('wan2.5-t2v-preview');
  expect(seen.asked.map((response) => new URL(response.url()).pathname)).toEqual(['/embed.js']);
  const loaded = await bytes(seen);
  console.log(`${loaded} bytes in brotli before the first mount, of at most 4096`);
  expect(loaded).toBeLessThanOrEqual(4096);
  await page.locator('#far').scrollIntoViewIfNeeded();
  await inside(page);
});

test('a button loads what waits to be asked, and takes the focus into it', async ({ page, host }) => {
  await page.goto(host(element(`${T2V} mount="click" lang="zh"`)));
  const button = page.locator('wan-playground button');
  await expect(button).toHaveText('载入');
  await expect(page.locator('iframe')).toHaveCount(0);
  await button.press('Enter');
  const frame = await inside(page);
  await expect(page.locator('wan-playground')).toBeFocused();
  await expect(frame.locator('html')).toHaveAttribute('lang', 'zh-CN');
  const attribute = (name) => page.locator('wan-playground iframe').getAttribute(name);
  expect([await attribute('title'), await attribute('allow')]).toEqual(['Wan Playground wan2.5-t2v-preview', 'clipboard-write; fullscreen']);
});

test('plain example: two embeds under a strict policy, a run to the video, and what is told of it', async ({ page }) => {
  const site = await example(join(process.env.WAN_EXAMPLES, 'plain'));
  await page.addInitScript(() => {
    window.blocked = [];
    addEventListener('securitypolicyviolation', (event) => window.blocked.push(event.violatedDirective));
    window.heard = [];
    addEventListener('message', (event) => window.heard.push(JSON.stringify(event.data)));
  });
  await page.goto(site.url);
  const first = await inside(page, '#text');
  await expect(first.locator('#f-prompt')).toHaveValue('A paper boat on a quiet lake, dawn');
  await expect(page.locator('#image iframe'), 'the second waits').toHaveCount(0);
  await page.locator('#image button').click();
  const second = await inside(page, '#image');
  expect([await theme(first), await theme(second)]).toEqual(['light', 'dark']);
  await expect(first.locator('html')).toHaveAttribute('lang', 'en');
  await expect(second.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(second.locator('#f-first_frame')).toBeVisible();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(first.locator('html')).toHaveAttribute('data-theme', 'dark');

  const mark = marker();
  await first.locator('#f-prompt').fill(mark);
  await expect(page.locator('#curl')).toContainText(mark);
  await expect(page.locator('#curl')).toContainText('Bearer $DASHSCOPE_API_KEY');
  await expect(page.locator('#price')).toHaveText('5.00 CNY');
  await run(page, first);
  await expect(page.locator('#task')).toHaveText(/^\S+ done http:\/\/127\.0\.0\.1:\S+\.mp4\S*$/);
  await expect(second.locator('.card:not(.new)'), 'each has its own tasks').toHaveCount(0);
  expect(await page.evaluate(() => window.blocked)).toEqual([]);
  site.end();
});

test('mdBook: the theme follows the book as it is changed', async ({ page, seen }) => {
  const site = await example(join(process.env.WAN_EXAMPLES, 'mdbook'));
  await page.goto(`${site.url}/other.html`);
  await expect(page.locator('h1').last()).toBeVisible();
  expect(seen.asked.length, 'a page without an embed asks for the element alone').toBeLessThanOrEqual(1);
  await page.goto(`${site.url}/models.html`);
  const frame = await inside(page, '#first');
  await expect(frame.locator('html')).toHaveAttribute('lang', 'en');
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(frame.locator('#f-prompt')).toHaveValue('A lighthouse in the rain');
  await frame.locator('#f-prompt').fill('typed by the reader');
  await page.evaluate(() => document.documentElement.classList.replace('light', 'navy'));
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(frame.locator('#f-prompt'), 'nothing was loaded again').toHaveValue('typed by the reader');
  await page.locator('#second button').click();
  const second = await inside(page, '#second');
  await expect(second.locator('#gateway-crazyrouter')).toBeChecked();
  await expect(second.locator('html')).toHaveAttribute('data-theme', 'dark');
  site.end();
});

test('VitePress: language and theme follow the site, and leaving the page cleans up', async ({ page }) => {
  const site = await example(join(process.env.WAN_EXAMPLES, 'vitepress'));
  await page.goto(site.url);
  const frame = await inside(page, '#first');
  await expect(frame.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'light');
  await page.getByRole('switch').first().click();
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.evaluate(() => (document.documentElement.lang = 'en'));
  await expect(frame.locator('html')).toHaveAttribute('lang', 'en');
  await page.locator('#second button').click();
  await inside(page, '#second');
  await page.getByRole('link', { name: '另一页' }).first().click();
  await expect(page.locator('h1')).toContainText('另一页');
  await expect(page.locator('iframe')).toHaveCount(0);
  expect(page.frames().length).toBe(1);
  site.end();
});

test('theme, language, lock and wish change live; a plain host is followed by its colors', async ({ page, host }) => {
  await page.goto(host(element(`${T2V} lang="en"`, { head: `${ROOM}<style>html.night { background: #101018; }</style>` })));
  const frame = await inside(page);
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'light');
  await page.evaluate(() => document.documentElement.classList.add('night'));
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
  await set(page, 'theme', 'light');
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'light');
  await frame.locator('#f-prompt').fill('kept');
  await set(page, 'lang', 'zh');
  await expect(frame.locator('#run')).toContainText('运行');
  await expect(frame.locator('#f-prompt')).toHaveValue('kept');
  await set(page, 'lock', 'model');
  await expect(frame.locator('#model')).toBeDisabled();
  await expect(frame.locator('.tabs')).toBeHidden();
  await set(page, 'lock', '');
  await expect(frame.locator('#model')).toBeEnabled();
  await expect(frame.locator('.tabs')).toBeVisible();
  await page.evaluate(() => {
    const one = document.querySelector('wan-playground');
    Object.assign(one, { gateway: 'crazyrouter', model: 'wan2.5-i2v-preview', fields: { prompt: 'von außen 好', duration: 10 } });
  });
  await expect(frame.locator('#gateway-crazyrouter')).toBeChecked();
  await expect(frame.locator('#f-prompt')).toHaveValue('von außen 好');
  await expect(frame.locator('[id="f-duration-10"]')).toBeChecked();
});

test('a locked model can be used and not changed', async ({ page, host }) => {
  await page.goto(host(element(`${T2V} lock="model"`, { head: ROOM })));
  const frame = await inside(page);
  await expect(frame.locator('#model')).toBeDisabled();
  await expect(frame.locator('#model option:checked')).toContainText('wan2.5-t2v-preview');
  await expect(frame.locator('.tabs')).toBeHidden();
  await expect(frame.locator('#capability')).toBeHidden();
  await expect(frame.locator('#w-prompt'), 'a page about an API names its parameters').toHaveText('input.prompt');
  const way = frame.locator('#way-out');
  await expect(way).toHaveAttribute('href', new RegExp(`^${PAGE}/index\\.html#1/dashscope/wan2\\.5-t2v-preview\\?lang=en`));
  await frame.locator('#f-prompt').fill('a cat');
  await expect(way).toHaveAttribute('href', /\?prompt=a%20cat/);
  await run(page, frame);
});

test('wrong attributes and properties are ignored, each with one warning that says what is expected', async ({ page, host }) => {
  const warnings = [];
  page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
  await page.goto(host(element(`${T2V} theme="blue" height="tall" fields="{broken" lock="key" mount="never"`, { head: ROOM })));
  const frame = await inside(page);
  expect(warnings.length).toBe(5);
  for (const name of ['theme', 'height', 'fields', 'lock', 'mount']) {
    expect(warnings.filter((text) => text.startsWith(`<wan-playground>: ${name} is ignored; expected: `))).toHaveLength(1);
  }
  warnings.length = 0;
  await page.evaluate(() => {
    const one = document.querySelector('wan-playground');
    Object.assign(one, { model: 5, gateway: {}, theme: true, height: '500', fields: [1], lock: 1, lang: [] });
    one.fields = { prompt: { nested: true } };
  });
  expect(warnings.length).toBe(8);
  const values = await page.evaluate(() => {
    const one = document.querySelector('wan-playground');
    return ['model', 'gateway', 'theme', 'height', 'fields', 'lock', 'lang', 'mount'].map((name) => one[name]);
  });
  expect(values).toEqual(['wan2.5-t2v-preview', 'dashscope', 'auto', 640, null, '', '', 'view']);
  await expect(frame.locator('#model option:checked')).toContainText('wan2.5-t2v-preview');
  // What was set before the element was known counts, and is reflected.
  await page.evaluate(() => {
    const one = document.createElement('wan-playground');
    Object.assign(one, { mount: 'click', height: 300, fields: { prompt: 'x', sound: true } });
    document.body.append(one);
  });
  const late = page.locator('wan-playground').last();
  expect([await late.getAttribute('height'), await late.getAttribute('fields')]).toEqual(['300', '{"prompt":"x","sound":true}']);
  expect((await heights(page))[1]).toBeGreaterThanOrEqual(300);
});

test('the host never moves: not while it loads, not while a task runs', async ({ page, host }) => {
  await page.setViewportSize({ width: 1000, height: 700 });
  const rest = { head: listening + ROOM, foot: '<p id="below">What the reader reads.</p><p>More.</p>' };
  await page.goto(host(`${element(`${T2V} fields='{"prompt":"a cat"}'`, rest)}`));
  const frame = await inside(page);
  await page.evaluate(() => scrollTo(0, 0));
  await expect.poll(() => told(page, 'ready')).toHaveLength(1);
  expect((await heights(page))[0], 'its edge is seen, so it waits').toBe(640);
  await page.setViewportSize({ width: 1000, height: 500 });
  await expect.poll(async () => (await heights(page))[0]).toBeGreaterThan(800);
  // By keyboard, so that nothing is scrolled.
  await frame.locator('#f-prompt').press('Control+Enter');
  await expect(frame.locator('#state')).toContainText('Done', { timeout: 60_000 });
  await expect.poll(() => frame.locator('#video').evaluate((one) => one.readyState), { timeout: 60_000 }).toBeGreaterThanOrEqual(2);
  expect(await shifts(page)).toBe(0);
  const inner = await frame.locator('body').evaluate((body) => body.getBoundingClientRect().height);
  await expect.poll(async () => (await heights(page))[0]).toBeGreaterThanOrEqual(inner);
});

test('it grows before the eyes of a reader who asked for it', async ({ page, host }) => {
  await page.setViewportSize({ width: 1000, height: 900 });
  await page.goto(host(element(T2V, { head: listening + ROOM, foot: '<p>below</p>' })));
  const frame = await inside(page);
  await expect(page.locator('wan-playground iframe')).not.toHaveClass('coming');
  await expect.poll(() => told(page, 'ready')).toHaveLength(1);
  expect((await heights(page))[0]).toBe(640);
  expect(await shifts(page)).toBe(0);
  // What a stalled machine shows too late is no answer to the reader: once more then.
  await expect(async () => {
    await frame.locator('#more summary').click();
    await expect.poll(async () => (await heights(page))[0], { timeout: 1000 }).toBeGreaterThan(1000);
  }).toPass();
});

test('what is told, and to whom', async ({ page, host }) => {
  await page.goto(host(element(`${T2V} id="one"`, { head: listening + ROOM })));
  const frame = await inside(page);
  await expect.poll(() => told(page, 'ready', 'one')).toEqual([{ gateway: 'dashscope', model: 'wan2.5-t2v-preview', lang: 'en' }]);
  await expect.poll(() => told(page, 'estimate', 'one')).toEqual([
    { currency: 'CNY', total: '5.00', atMost: '5.00', perSecond: '1.00', basis: 'own' },
  ]);
  await frame.locator('#f-prompt').fill('a cat');
  await expect.poll(async () => (await told(page, 'change', 'one')).at(-1)).toMatchObject({
    gateway: 'dashscope',
    model: 'wan2.5-t2v-preview',
    draft: { prompt: 'a cat' },
    complete: true,
  });
  await run(page, frame);
  const tasks = await told(page, 'task', 'one');
  expect(tasks[0]).toEqual({ id: null, gateway: 'dashscope', model: 'wan2.5-t2v-preview', state: 'sending', link: null });
  await expect.poll(async () => (await told(page, 'task', 'one')).at(-1)).toMatchObject({ state: 'done', link: /\.mp4/.source && expect.stringMatching(/\.mp4/) });
  const heard = await page.evaluate(() => window.heard);
  expect(heard[0], 'the first word holds nothing').toBe('{"wan":1,"type":"hello"}');
});

test('a file is named to the host, and stays where it is', async ({ page, host }) => {
  await page.goto(host(element('gateway="dashscope" model="wan2.5-i2v-preview"', { head: listening + ROOM })));
  const frame = await inside(page);
  const buffer = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  await frame.locator('#f-first_frame-file').setInputFiles({ name: 'my-cat.png', mimeType: 'image/png', buffer });
  await expect.poll(async () => (await told(page, 'change')).at(-1)?.draft.first_frame?.file.name).toBe('my-cat.png');
  expect((await page.evaluate(() => window.heard)).join('')).not.toContain('iVBORw0KGgo');
});

test('a key typed in the frame is in no message to the host, wherever it was typed', async ({ page, host }) => {
  const gateway = await simulator();
  await page.goto(host(element(`${T2V} id="one"`, { head: listening + ROOM })));
  const frame = await inside(page);
  await choosePlace(frame, 'typed');
  await frame.locator('#base-typed').fill(`${gateway.url}/sim/dashscope`);
  await expect(frame.locator('#site b'), 'before a key is typed').toHaveText(new URL(page.url()).origin);
  await frame.locator('#key').pressSequentially(KEY);
  // Where no key belongs, it is not passed on either.
  await frame.locator('#f-prompt').fill(`a cat ${KEY}`);
  await run(page, frame);
  await expect.poll(async () => (await told(page, 'task', 'one')).at(-1)?.state).toBe('done');
  const heard = (await page.evaluate(() => window.heard)).join('\n');
  expect(heard).toContain('a cat');
  expect(heard).not.toContain('canary');
  await expect(frame.locator('#way-out')).not.toHaveAttribute('href', /canary/);
  gateway.stop();
});

test('messages of others are ignored: another source, another origin, to either side', async ({ page, host }) => {
  const evil = await other(`<!doctype html><script>
addEventListener('message', ({ source }) => {
  if (source !== parent) return;
  const wish = { wan: 1, type: 'wish', link: '1/ope/wan2.7-i2v?prompt=stolen' };
  for (let at = 0; at < parent.frames.length; at += 1) {
    parent.frames[at].postMessage(wish, '*');
    parent.frames[at].postMessage({ wan: 1, type: 'set', lang: 'zh', theme: 'dark' }, '*');
  }
  parent.postMessage({ wan: 1, type: 'task', detail: { id: 'forged' } }, '*');
  parent.postMessage({ wan: 1, type: 'height', height: 9999, asked: true }, '*');
  parent.postMessage('done', '*');
});
</script>`);
  const foot = `<iframe id="evil" src="${evil.url}"></iframe>`;
  await page.goto(host(element(`${T2V} id="one" lang="en" theme="light"`, { head: listening + ROOM, foot })));
  const frame = await inside(page);
  await expect.poll(() => told(page, 'ready', 'one')).toHaveLength(1);
  await page.evaluate(() => document.querySelector('#evil').contentWindow.postMessage('now', '*'));
  await expect.poll(() => page.evaluate(() => window.heard.includes('"done"'))).toBe(true);
  // What comes after it has been heard, so that what came before it has been looked at.
  await set(page, 'fields', { prompt: 'from the host' });
  await expect(frame.locator('#f-prompt')).toHaveValue('from the host');
  await expect(frame.locator('#gateway-dashscope')).toBeChecked();
  await expect(frame.locator('html')).toHaveAttribute('lang', 'en');
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'light');
  expect(await told(page, 'task', 'one')).toEqual([]);
  expect((await heights(page))[0]).toBeLessThan(5000);
  evil.end();
});

test('a host cannot run, set a key, a base or a callback; wrong and huge messages are dropped; a flood is', async ({ page, host }) => {
  const mark = marker();
  await page.goto(host(element(`${T2V} lang="en" theme="light" fields='{"prompt":"${mark}"}'`, { head: listening + ROOM })));
  const frame = await inside(page);
  await expect.poll(() => told(page, 'ready')).toHaveLength(1);
  const post = (messages) =>
    page.evaluate((messages) => {
      const frame = document.querySelector('wan-playground').shadowRoot.querySelector('iframe');
      for (const message of messages) frame.contentWindow.postMessage(message, '*');
    }, messages);
  await post([
    null, 5, 'wan', [], {}, { wan: '1', type: 'set', theme: 'dark' }, { wan: 2, type: 'set', theme: 'dark' },
    { wan: 1 }, { wan: 1, type: 7 }, { wan: 1, type: {} }, { wan: 1, type: 'set', theme: { dark: 1 }, lang: ['zh'], lock: 'all' },
    { wan: 1, type: 'wish', link: { toString: 'x' } }, { wan: 1, type: 'wish', link: `1/ope/wan2.7-i2v?prompt=${'x'.repeat(2_000_000)}` },
    { wan: 1, type: 'run' }, { wan: 1, type: 'key', key: KEY }, { wan: 1, type: 'base', base: 'https://evil.example' },
    { wan: 1, type: 'wish', link: `1/dashscope/wan2.5-t2v-preview?prompt=${mark}&callback_url=https%3A%2F%2Fevil.example&key=${KEY}&base=https%3A%2F%2Fevil.example` },
  ]);
  await expect(frame.locator('#base')).toHaveValue('simulator');
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(frame.locator('#gateway-dashscope')).toBeChecked();
  await expect(frame.locator('#command')).not.toContainText('evil');
  await page.evaluate(() => {
    const target = document.querySelector('wan-playground').shadowRoot.querySelector('iframe').contentWindow;
    for (let at = 0; at < 20_000; at += 1) target.postMessage({ wan: 1, type: 'set', lang: at % 2 ? 'zh' : 'en' }, '*');
  });
  await frame.locator('#f-prompt').fill(`${mark} and the reader types`);
  await expect(frame.locator('#command')).toContainText('the reader types');
  // Once the flood is over, the host is heard again.
  await expect(async () => {
    await post([{ wan: 1, type: 'set', lang: 'en', theme: 'dark' }]);
    await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark', { timeout: 500 });
  }).toPass();
  expect((await log({ request: page.request, url: () => `${PAGE}/` }, mark)).filter((entry) => entry.method === 'POST')).toEqual([]);
});

test('a plain frame works without any script of the host, and names the site around it', async ({ page, host }) => {
  const source = `${PAGE}/index.html#embed,theme=dark,lang=zh,lock=gateway/1/dashscope/wan2.5-t2v-preview?prompt=%E7%8C%AB`;
  const plain = `<!doctype html><title>Host</title><iframe title="x" width="900" height="900" src="${source}"></iframe>`;
  await page.goto(host(plain, { 'content-security-policy': `default-src 'none'; frame-src ${PAGE}` }));
  const frame = page.frameLocator('iframe');
  await expect(frame.locator('html')).toHaveAttribute('data-boot', 'ready', { timeout: 60_000 });
  await expect(frame.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(frame.locator('#f-prompt')).toHaveValue('猫');
  await expect(frame.locator('.tabs')).toBeHidden();
  await choosePlace(frame, '0');
  await expect(frame.locator('#site')).toContainText(new URL(page.url()).origin);
  await choosePlace(frame, 'simulator');
  await run(page, frame);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });
  test('what stands inside the element is shown', async ({ page, host }) => {
    await page.goto(host(element(T2V).replace('></wan', '><a href="x">Open the playground</a></wan')));
    await expect(page.getByRole('link', { name: 'Open the playground' })).toBeVisible();
  });
});

test('a browser that does not tell the site says so, and the one that spoke is named', async ({ page, host }) => {
  // As Firefox: no list of ancestors; and a host that sends no referrer.
  await page.addInitScript(() => {
    // The list itself cannot be taken away; it is read by this.
    const get = Reflect.get;
    Reflect.get = (target, name, ...rest) => (name === 'ancestorOrigins' ? undefined : get(target, name, ...rest));
  });
  const source = `${PAGE}/index.html#embed,lang=en`;
  await page.goto(host(`<!doctype html><title>x</title><iframe referrerpolicy="no-referrer" width="900" height="900" src="${source}"></iframe>`));
  const frame = page.frameLocator('iframe');
  await expect(frame.locator('html')).toHaveAttribute('data-boot', 'ready', { timeout: 60_000 });
  await choosePlace(frame, '0');
  await expect(frame.locator('#site b')).toHaveText('one that this browser doesn\'t name');
  await expect(async () => {
    await page.evaluate(() => window.frames[0].postMessage({ wan: 1, type: 'set', theme: 'dark' }, '*'));
    await expect(frame.locator('#site b')).toHaveText(new URL(page.url()).origin, { timeout: 500 });
  }).toPass();
});

test('storage refused in a third-party frame: it says so, and runs', async ({ page, host }) => {
  await page.addInitScript(() => {
    if (window === parent) return;
    const refuse = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
      Object.defineProperty(window, name, { get: refuse, configurable: true });
    }
  });
  await page.goto(host(element(`${T2V} lang="en"`, { head: listening + ROOM })));
  const frame = await inside(page);
  await expect(frame.locator('#unkept')).toContainText('doesn\'t let the page save tasks');
  await frame.locator('#f-prompt').fill('a cat');
  await run(page, frame);
  await expect.poll(async () => (await told(page, 'task')).at(-1)?.state).toBe('done');
});

test('a task is found again after a reload, in the embed that began it and in no other', async ({ page, nearby, context }) => {
  // At the same site, so that the browser lets the frame keep things.
  const wish = (words) => `${T2V} id="x" lang="en" fields='{"prompt":"${words}"}'`;
  const mine = nearby(element(wish('first'), { head: listening + ROOM }));
  await page.goto(mine);
  let frame = await inside(page);
  await run(page, frame);
  await expect(frame.locator('#unkept')).toHaveCount(0);
  await page.reload();
  frame = await inside(page);
  await expect(frame.locator('.card:not(.new)')).toHaveCount(1);
  await page.waitForFunction(() => window.told.some((one) => one[1] === 'estimate'));
  expect(await told(page, 'task', 'x'), 'what was before is not told').toEqual([]);
  await page.goto(nearby(element(wish('second'), { head: listening + ROOM })));
  frame = await inside(page);
  await run(page, frame);
  await expect(frame.locator('.card:not(.new)')).toHaveCount(1);
  const whole = await context.newPage();
  await whole.goto(`${PAGE}/`);
  await expect(new Desk(whole).cards()).toHaveCount(2);
});

test('the types that are shipped name every state and event', async ({ request }) => {
  const types = await (await request.get(`${PAGE}/embed.d.ts`)).text();
  for (const state of ['sending', 'not_sent', 'waiting', 'fetching', 'done', 'failed', 'lost']) expect(types).toContain(`'${state}'`);
  expect(readFileSync(join(process.env.WAN_SITE, 'embed.d.ts'), 'utf8')).toBe(types);
  const answer = await request.get(`${PAGE}/embed.js`, { headers: { origin: 'https://docs.example.com' } });
  expect(answer.headers()['access-control-allow-origin']).toBe('*');
});

test('a part of the page is shown, no taller than it needs, and a result beside it once there is one', async ({ page, host }) => {
  await page.goto(host(element(`${T2V} lang="en" show="form" lock="model"`, { head: ROOM })));
  const frame = await inside(page);
  await expect(frame.locator('#f-prompt')).toBeVisible();
  for (const part of ['.request', '.tasks', '#stage']) await expect(frame.locator(part)).toBeHidden();
  // The edge of what is seen is the edge of the form.
  const below = () => frame.locator('html').evaluate((root) => root.ownerDocument.body.getBoundingClientRect().bottom - root.querySelector('.desk').getBoundingClientRect().bottom);
  expect(await below()).toBeLessThan(40);
  await set(page, 'show', 'form request');
  await expect(frame.locator('#command')).toBeVisible();
  await set(page, 'show', 'request');
  await expect(frame.locator('.desk')).toBeHidden();
  await expect(frame.locator('#command')).toBeVisible();
  await set(page, 'show', 'compact');
  await expect(frame.locator('#f-prompt')).toBeVisible();
  await frame.locator('#f-prompt').fill(marker());
  await run(page, frame);
  await expect(frame.locator('#stage')).toBeVisible();
  await expect(frame.locator('.tasks'), 'no tasks in the page of a reader').toBeHidden();
  await set(page, 'show', '');
  await expect(frame.locator('.tasks')).toBeVisible();
});

test('a part is shown from the first picture on, without any script too', async ({ page, host }) => {
  await page.goto(host(`<!doctype html><iframe width="900" height="900" src="${PAGE}/index.html#embed,lang=en,show=request/1/dashscope/wan2.5-t2v-preview?prompt=boat"></iframe>`));
  const frame = page.frameLocator('iframe');
  await expect(frame.locator('#command')).toContainText('boat');
  await expect(frame.locator('.desk')).toBeHidden();
});

test('a page that may not be shown here says so to its reader with a link, and to the author with the remedy', async ({ page, host, seen }) => {
  // This one lets nobody but itself show the page.
  const closed = await simulator('--site', process.env.WAN_SITE);
  seen.expected.push(/frame-ancestors|refused to connect|chrome-error/i);
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  const body = element(`${T2V} fields='{"prompt":"a boat"}'`, { head: ROOM }).replaceAll(PAGE, closed.url);
  await page.goto(host(body.replace('</head>', '<script>addEventListener("DOMContentLoaded", () => { window.faults = []; document.querySelector("wan-playground").addEventListener("error", ({ detail }) => window.faults.push(detail)); });</script></head>')));
  const link = page.locator('wan-playground').getByRole('link', { name: 'Open in a new tab' });
  await expect(link).toBeVisible();
  await expect(link).toHaveAttribute('href', `${closed.url}/index.html#1/dashscope/wan2.5-t2v-preview?prompt=a%20boat`);
  const origin = new URL(page.url()).origin;
  expect(await page.evaluate(() => window.faults.map(({ code }) => code))).toEqual(['refused']);
  expect(said.filter((line) => line.includes(`--embed-from ${origin}`))).toHaveLength(1);
  closed.stop();
});

test('a mistake of the author goes to the author, and the reader has a form', async ({ page, host }) => {
  const warned = [];
  page.on('console', (message) => message.type() === 'warning' && warned.push(message.text()));
  const listening = '<script>window.faults = []; document.querySelector("wan-playground").addEventListener("error", ({ detail }) => window.faults.push(detail));</script>';
  await page.goto(host(element('gateway="dashscope" model="wan9-t2v" fields=\'{"prompt":"a boat","color":"red"}\' lang="en"', { head: ROOM, foot: listening })));
  const frame = await inside(page);
  await expect(frame.locator('#f-prompt')).toHaveValue('a boat');
  await expect.poll(() => page.evaluate(() => window.faults.map(({ code }) => code))).toEqual(['wish']);
  const [{ message }] = await page.evaluate(() => window.faults);
  expect(message).toContain('wan9-t2v');
  expect(message).toContain('color');
  expect(warned.some((text) => text.includes('wan9-t2v'))).toBe(true);
  await expect(frame.locator('#link-notice')).toHaveCount(0);
});

test('the placeholder takes the theme before anything is loaded', async ({ page, host }) => {
  await page.goto(host(element(`${T2V} mount="click" theme="dark"`)));
  const ground = () => page.locator('wan-playground').evaluate((one) => getComputedStyle(one.shadowRoot.querySelector('div')).backgroundColor);
  await expect(page.locator('wan-playground button')).toBeVisible();
  const dark = await ground();
  await set(page, 'theme', 'light');
  await expect.poll(ground).not.toBe(dark);
});
