// Chinese and English, complete to the last error; and numbers, money, sizes and days as each writes them.
import { expect, test } from '../support/page.mjs';
import { STATES, reach, speak } from './states.mjs';

/** Names and what people type stand in both languages; so does what gateways say, and what the user wrote. */
const FOREIGN = 'code, pre, kbd, textarea, input, [lang], .entry-prompt, .kept .prompt, #said, #hand-answer, .facts dd, #language, .scenarios li code, td, #reminder button';
const NAMES = /Wan Playground|Crazyrouter|OPE\.AI|OPE|AceDataCloud|DashScope|Alibaba|API Key|API|Key|cURL|curl|HTTP|HTML|JSON|HAR|Markdown|CORS|URL|base64|Beta|Ctrl \+ Enter|Enter|Esc|bash|zsh|POSIX sh|sh|fish|PowerShell|Windows|cmd|Python|OpenAI SDK|openai|SDK|JavaScript|Node(\.js)?|Go|Java|Rust|Authorization: Bearer|Access-Control-Allow-\w+|Content-Security-Policy|X-DashScope-Async|wan[\d.]+[\w.@-]*|[\w.-]+\.(mp4|json|py|mjs|ps1|go|rs|java|sh|txt)|https?:\/\/\S+|<origin>\S*|character\d|Seed|ID|POST|GET|png|jpe?g|webp|bmp|wav|mp3|mp4|mov|\d+P\b|[kMG]?B\b|px\b|ms\b|CN¥|US\$|EUR|UTC|WorkspaceId|Bailian|VPN|oss|requests|fetch|urllib|asyncio|BOM|UTF-8|DataInspectionFailed|SUCCEEDED|FAILED|RUNNING|PENDING|CANCELED|UNKNOWN|PrimeTime|ap-southeast-1|us-east-1|cn-[a-z]+|eu-[a-z]+-\d|sim:[\w-]+/g;

/** Every text a person reads or hears, with where it stands. */
const texts = (page) =>
  page.evaluate((foreign) => {
    const out = [];
    const add = (text, element) => {
      const one = text.replace(/\s+/g, ' ').trim();
      if (one) out.push([one, element.id || element.className || element.tagName]);
    };
    const root = document.documentElement.lang;
    const isForeign = (element) => {
      const part = element.closest(foreign);
      return part && !(part.matches('[lang]') && part.lang === root);
    };
    for (const element of document.body.querySelectorAll('*')) {
      if (isForeign(element) || element.closest('script, style, svg, #boot, video')) continue;
      for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) add(node.data, element);
      for (const name of ['aria-label', 'title', 'alt', 'placeholder']) {
        // The whole of a cut text, and titles of documents, are in the language they are in.
        if (element.hasAttribute(name) && !element.matches('.source, .example')) add(element.getAttribute(name), element);
      }
    }
    return out;
  }, FOREIGN);

const CHINESE = /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/;
const ENGLISH = /[A-Za-z]{3,}/;

const wrong = (list, tag) => {
  const isWrong = ([text]) => (tag === 'en' ? CHINESE.test(text) : ENGLISH.test(text.replace(NAMES, '')));
  return list.filter(isWrong).map(([text, where]) => `${where}: ${text}`);
};

const LOOKED_AT = Object.keys(STATES).filter((name) => !name.startsWith('request as'));

for (const name of LOOKED_AT) {
  test(`${name}: no text of the other language`, async ({ page, desk, context, complaints }) => {
    const state = STATES[name];
    complaints.expected.push(...(state.expected ?? []));
    const after = [];
    // What the user writes is in no language that would be looked for.
    await reach(state, page, desk, { context, defer: (end) => after.push(end) });
    const found = {};
    for (const tag of ['en', 'zh-CN']) {
      await speak(page, tag);
      await state.show?.(page, desk);
      await state.settled?.(page);
      const list = wrong(await texts(page), tag);
      if (list.length > 0) found[tag] = [...new Set(list)];
      // Chinese sentences have Chinese stops, and no space before them.
      if (tag === 'zh-CN') {
        const stops = (await texts(page)).map(([text]) => text).filter((text) => /[\u4e00-\u9fff] ?[,;:?!](?![\w/])/.test(text));
        if (stops.length > 0) found.stops = [...new Set(stops)];
      }
    }
    for (const end of after) await end();
    expect(found).toEqual({});
  });
}

test('money, seconds, sizes and days are written as the language writes them', async ({ page, desk }) => {
  await desk.prompt.fill('x');
  await expect(desk.amount).toHaveText('CN¥5.00');
  await expect(page.locator('#formula')).toContainText('5 s × CN¥1.00 = CN¥5.00');
  await expect(page.locator('.about .source')).toContainText(', Nov 21, 2026');
  await expect(page.locator('.foot')).toContainText('Nov 21, 2026');
  await desk.run.click();
  await desk.done();
  await desk.plays();
  await expect(page.locator('#paid')).toContainText('CN¥5.00');
  await page.locator('#history-button').click();
  const when = page.locator('.entry-when').first();
  const written = (tag, options) => page.evaluate(([one, two]) => new Intl.DateTimeFormat(one, two).format(new Date()), [tag, options]);
  expect(await when.textContent()).toContain(await written('en', { dateStyle: 'medium' }));
  await page.keyboard.press('Escape');
  await speak(page, 'zh-CN');
  await expect(desk.amount).toHaveText('¥5.00');
  await expect(page.locator('#formula')).toContainText('5 秒 × ¥1.00 = ¥5.00');
  await expect(page.locator('.about .source')).toContainText('，2026年11月21日');
  await expect(page.locator('#paid')).toContainText('5 秒');
  await page.locator('#history-button').click();
  expect(await when.textContent()).toContain(await written('zh-CN', { dateStyle: 'medium' }));
});
