// The panel of the request: its forms, the colours that lie over its text, its changed lines, and its body edited as JSON.
import { creates, expect, marker, media, ready, test } from './support/page.mjs';
import { curl } from './support/shell.mjs';

const chosen = (page) => page.locator('#form').inputValue();

/** What is painted in each colour, by name: the texts themselves. */
const painted = (page) =>
  page.evaluate(() => {
    const texts = (ranges) => [...ranges].map((one) => one.startContainer.data.slice(one.startOffset, one.endOffset));
    return Object.fromEntries([...CSS.highlights].map(([name, ranges]) => [name.replace('code-', ''), texts(ranges)]));
  });

const body = (text) => JSON.parse(curl(text).body);

test('the common forms are a press away, and a shell is remembered', async ({ page, desk }) => {
  await page.locator('#form').selectOption('fish');
  await expect(page.locator('#as-curl')).toBeChecked();
  for (const [tab, form] of [['wan.py', 'wan.py'], ['wan.mjs', 'wan.mjs'], ['http', 'http'], ['curl', 'fish']]) {
    await desk.pick(`as-${tab}`);
    expect(await chosen(page)).toBe(form);
  }
  await page.locator('#form').selectOption('wan-browser.mjs');
  await expect(page.locator('[id="as-wan.mjs"]')).toBeChecked();
  // None of the four: the list alone says what it is.
  await page.locator('#form').selectOption('wan.go');
  await expect(page.locator('input[name="as"]:checked')).toHaveCount(0);
  await page.reload();
  await ready(page);
  expect(await chosen(page)).toBe('wan.go');
  await page.locator('#as-curl').focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('[id="as-wan.py"]')).toBeChecked();
});

test('colours lie over the text: its node, its height and what is selected and copied stay', async ({ page, desk, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await desk.fill('prompt', 'it\'s "猫" 😀 7');
  await expect.poll(async () => (await painted(page)).key ?? []).toContain('"prompt"');
  const command = await painted(page);
  expect(command.variable).toEqual(['$DASHSCOPE_API_KEY']);
  expect(command.flag).toContain('-X');
  expect(command.word).toEqual(['curl']);
  expect(command.text).toContain(`"it'\\''s \\"猫\\" 😀 7"`);
  expect(await desk.command.evaluate((place) => [place.childNodes.length, place.firstChild.nodeType])).toEqual([1, 3]);
  const height = () => desk.command.evaluate((place) => place.getBoundingClientRect().height);
  const before = await height();
  await page.evaluate(() => CSS.highlights.clear());
  expect(await height()).toBe(before);
  const text = await desk.command.textContent();
  await desk.command.evaluate((place) => getSelection().selectAllChildren(place));
  expect(await page.evaluate(() => getSelection().toString())).toBe(text);
  await page.locator('#copy-command').click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(text);
  for (const [form, kind, piece] of [['wan.py', 'word', 'import'], ['wan.go', 'comment', '// reply is an'], ['http', 'word', 'POST']]) {
    await page.locator('#form').selectOption(form);
    await expect.poll(async () => ((await painted(page))[kind] ?? []).some((text) => text.startsWith(piece)), form).toBe(true);
  }
});

for (const scheme of ['light', 'dark']) {
  test(`every colour can be read on its ground, also while a line is lit (${scheme})`, async ({ page, desk }) => {
    await expect(desk.command).toContainText('curl');
    await page.emulateMedia({ colorScheme: scheme });
    await expect.poll(() => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--code-key'))).not.toBe('');
    const found = await page.evaluate(() => {
      const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
      const probe = document.body.appendChild(document.createElement('i'));
      const paint = (colour) => {
        probe.style.setProperty('color', colour);
        canvas.fillStyle = getComputedStyle(probe).color;
        canvas.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((one) => (one / 255 <= 0.04045 ? one / 255 / 12.92 : ((one / 255 + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const names = ['key', 'text', 'number', 'word', 'variable', 'flag', 'comment'];
      const grounds = { plain: ['var(--sunk)'], lit: ['var(--sunk)', 'color-mix(in oklch, var(--accent) 16%, transparent)'] };
      return Object.entries(grounds).flatMap(([ground, layers]) =>
        names.map((name) => {
          const under = layers.map(paint).at(-1);
          const over = paint(`var(--code-${name})`);
          return [`${name} on ${ground}`, (Math.max(under, over) + 0.05) / (Math.min(under, over) + 0.05)];
        }),
      );
    });
    expect(found).toHaveLength(14);
    expect(found.filter(([, contrast]) => !(contrast >= 4.5))).toEqual([]);
  });
}

test('a changed line is lit for a moment; a switch of the form lights nothing', async ({ page, desk }) => {
  await desk.fill('prompt', 'a cat');
  await expect.poll(async () => (await painted(page)).key ?? []).toContain('"prompt"');
  await desk.fill('prompt', 'a dog');
  await expect.poll(async () => (await painted(page)).changed).toEqual(['    "prompt": "a dog"\n']);
  await expect(desk.command).not.toHaveClass(/lit/);
  await desk.pick('as-http');
  await expect.poll(async () => (await painted(page)).word ?? []).toContain('POST');
  expect((await painted(page)).changed).toBeUndefined();
  expect(await desk.command.evaluate((place) => Math.max(...getComputedStyle(place).transitionDuration.split(',').map(parseFloat)))).toBeLessThan(0.2);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect.poll(() => desk.command.evaluate((place) => getComputedStyle(place, '::highlight(code-changed)').backgroundColor)).toBe('rgba(0, 0, 0, 0)');
});

test('the body is edited as JSON: what the form knows moves it, the rest is kept, shown and sent', async ({ page, desk, complaints }) => {
  // The simulator refuses what it does not know; it has been sent all the same.
  complaints.expected.push(/Failed to load resource/);
  await desk.known();
  const [first, second] = [marker(), marker()];
  await desk.fill('prompt', first);
  await page.locator('#edit-body').click();
  const area = page.locator('#body-json');
  await expect(area).toBeFocused();
  const shown = JSON.parse(await area.inputValue());
  expect(shown).toEqual(body(await desk.command.textContent()));
  const wanted = { ...shown, trace: { of: [1, null] }, input: { ...shown.input, prompt: second }, parameters: { ...shown.parameters, seed: 7 } };
  await area.fill(JSON.stringify(wanted));
  await page.locator('#body-apply').click();
  await expect(area).toHaveCount(0);
  await expect(page.locator('#edit-body')).toBeFocused();
  await expect(desk.prompt).toHaveValue(second);
  await expect(page.locator('#f-seed')).toHaveValue('7');
  await expect(page.locator('#as-pasted')).toContainText('trace');
  expect(body(await desk.command.textContent())).toEqual(wanted);
  await desk.run.click();
  await expect.poll(async () => (await creates(page, second)).length).toBe(1);
  expect(JSON.parse((await creates(page, second))[0].body)).toEqual(wanted);
});

test('what is wrong in the body has its line and column, and nothing is lost by it', async ({ page, desk }) => {
  await desk.known();
  await desk.fill('prompt', 'a cat');
  const before = await desk.command.textContent();
  await page.locator('#edit-body').click();
  const area = page.locator('#body-json');
  const broken = '{\n  "model": oops!\n}';
  await area.fill(broken);
  await page.locator('#body-apply').click();
  await expect(page.locator('#body-problem')).toContainText(/line 2, column \d+/);
  await expect(area).toHaveValue(broken);
  await expect(area).toBeFocused();
  expect(await area.evaluate((field) => field.value.slice(0, field.selectionStart).split('\n').length)).toBe(2);
  await area.fill('{"model": "wan9-t2v"}');
  await expect(page.locator('#body-problem')).toBeEmpty();
  await page.locator('#body-apply').click();
  await expect(page.locator('#body-problem')).toContainText('wan9-t2v');
  await page.locator('#body-cancel').click();
  await expect(page.locator('#edit-body')).toBeFocused();
  expect(await desk.command.textContent()).toBe(before);
});

test('what was not edited stays where it is', async ({ page, desk }) => {
  await desk.model('i2v', 'wan2.5-i2v-preview');
  await desk.fill('prompt', 'a cat');
  await desk.fill('first_frame', media('a.png'));
  await page.locator('#edit-body').click();
  const area = page.locator('#body-json');
  await area.fill((await area.inputValue()).replace('a cat', 'a dog'));
  await page.locator('#body-apply').click();
  await expect(desk.prompt).toHaveValue('a dog');
  await expect(page.locator('#f-first_frame')).toHaveValue(media('a.png'));
});
