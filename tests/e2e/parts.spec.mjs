// A part of the page that does not come, at a press of every button that needs it: nothing freezes, nothing typed is
// lost, the reason is said, and the same press works once the part is back.
import { expect, ready, test } from './support/page.mjs';

/** A text of its own that is no key, by any reading: the first file keeps it. */
const marker = () => `boat ${Math.floor(Math.random() * 1e9)}`;

// The worker keeps all parts once it runs: here the network is what answers.
test.use({ serviceWorkers: 'block' });

/**
 * Below this nothing has waited for the network: the late file takes more than twice as long. What is measured is
 * printed; on an idle machine it is below 200.
 */
const FREEZE_MS = 1000;
const LATE_MS = 2500;

/** Every part, the press that needs it, and what shows that it came. */
const PARTS = {
  tasks: {
    press: async (page) => page.locator('#run').click(),
    shows: (page) => page.locator('#state'),
  },
  paste: { press: async (page) => page.locator('#open-takeup').click(), shows: (page) => page.locator('#takeup') },
  history: { press: async (page) => page.locator('#history-button').click(), shows: (page) => page.locator('#history') },
  share: { press: async (page) => page.locator('#open-share').click(), shows: (page) => page.locator('#share') },
  gateways: { press: async (page) => page.locator('#open-gateways').click(), shows: (page) => page.locator('dialog[open]') },
  programs: {
    press: async (page) => {
      await page.locator('#form').selectOption('posix');
      await page.locator('#form').selectOption('wan.py');
    },
    shows: (page) => page.locator('#command', { hasText: 'import requests' }),
  },
  files: {
    // A video, for which the model that the page opens with has no field.
    press: (page) =>
      page.evaluate(() => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(['not looked at'], 'clip.mp4', { type: 'video/mp4' }));
        document.querySelector('header').dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
      }),
    shows: (page) => page.locator('#homeless'),
  },
};

/** The ways a host, or the line to it, can fail. */
const FAULTS = {
  'is gone': (route) => route.fulfill({ status: 404, contentType: 'text/html', body: '<h1>not here</h1>' }),
  'has other bytes': async (route) => {
    const answer = await route.fetch();
    const body = Buffer.from(await answer.body());
    body[body.length - 1] ^= 1;
    return route.fulfill({ response: answer, body });
  },
  'is empty': (route) => route.fulfill({ status: 200, contentType: 'application/wasm', body: '' }),
  'is cut off': (route) => route.abort('connectionreset'),
};

const own = (part) => new RegExp(`/split_${part}-[0-9a-f]{10}\\.wasm$`);

test.beforeEach(async ({ page, complaints }) => {
  complaints.expected.push(/\.wasm|Failed to fetch|Failed to load resource|integrity|ERR_|CompileError|404|magic|aborted/i);
  await page.addInitScript(() => {
    window.__longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.__longest = Math.max(window.__longest, duration);
    }).observe({ type: 'longtask' });
  });
});

/** Opens the page, types, and forgets how long opening took. */
const typed = async (page) => {
  const mark = marker();
  await page.goto('./');
  await ready(page);
  await page.locator('#f-prompt').fill(`${mark} a boat`);
  // What comes by itself has come, or has failed once.
  await page.waitForTimeout(1500);
  await page.evaluate(() => (window.__longest = 0));
  return mark;
};

const unfrozen = async (page, what) => {
  const longest = await page.evaluate(() => window.__longest);
  console.log(`${String(Math.round(longest)).padStart(6)} ms longest task: ${what}`);
  expect(longest, 'milliseconds of the longest task').toBeLessThan(FREEZE_MS);
};

const creates = (page) => {
  const seen = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().includes('/sim/')) seen.push(request.url());
  });
  return seen;
};

/** One create call where Run was pressed, and none elsewhere: also not a moment later. */
const created = async (page, sent, part) => {
  const count = part === 'tasks' ? 1 : 0;
  await expect.poll(() => sent.length, 'create calls').toBe(count);
  if (part === 'tasks') await expect(page.locator('#state')).toContainText('Done');
  expect(sent.length, 'create calls').toBe(count);
};

for (const [part, { press, shows }] of Object.entries(PARTS)) {
  for (const [fault, answer] of Object.entries(FAULTS)) {
    test(`${part}: a file that ${fault} is told where it was asked for, and the same press works once it is back`, async ({ page }) => {
      await page.route(own(part), answer);
      const sent = creates(page);
      const mark = await typed(page);
      await press(page);
      const notice = page.locator('#part-missing');
      await expect(notice).toBeVisible();
      await expect(notice).toContainText('Nothing is lost');
      await expect(shows(page)).toHaveCount(0);
      await unfrozen(page, `${part} ${fault}`);
      await expect(page.locator('#f-prompt')).toHaveValue(`${mark} a boat`);
      await expect.poll(() => page.evaluate(() => localStorage.getItem('wan.draft') ?? ''), 'the draft is kept').toContain(mark.replace(' ', '%20'));
      // The rest of the page goes on.
      await page.locator('#f-prompt').fill(`${mark} a boat, slowly`);
      if (part !== 'programs') await expect(page.locator('#command')).toContainText('slowly');
      // A repeated try may be under way: its answer is waited for.
      await page.unrouteAll({ behavior: 'wait' });
      await press(page);
      await expect(shows(page)).toBeVisible();
      await expect(notice).toHaveCount(0);
      await created(page, sent, part);
    });
  }

  test(`${part}: a file that is late is waited for, with the page in use, and two presses are one`, async ({ page }) => {
    let come;
    const released = new Promise((resolve) => (come = resolve));
    await page.route(own(part), async (route) => {
      await released;
      await route.continue();
    });
    const sent = creates(page);
    const mark = await typed(page);
    await press(page);
    if (part !== 'programs') await press(page);
    await page.locator('#f-prompt').pressSequentially(', slowly');
    await expect(page.locator('#f-prompt')).toHaveValue(`${mark} a boat, slowly`);
    await page.waitForTimeout(LATE_MS);
    await unfrozen(page, `${part} is late`);
    come();
    await expect(shows(page)).toBeVisible();
    await expect(page.locator('dialog[open]')).toHaveCount(['tasks', 'programs', 'files'].includes(part) ? 0 : 1);
    await expect(page.locator('#f-prompt')).toHaveValue(`${mark} a boat, slowly`);
    await created(page, sent, part);
    // What was pressed is what is sent, not what was typed while it waited.
    if (part === 'tasks') {
      await page.locator('label:has(#whose-task)').click();
      await expect(page.locator('#command')).not.toContainText('slowly');
    }
  });
}

test('a browser without streaming, and a host that does not know the type of wasm', async ({ page }) => {
  await page.addInitScript(() => delete WebAssembly.instantiateStreaming);
  await page.route(/\.wasm$/, async (route) => {
    const answer = await route.fetch();
    return route.fulfill({ response: answer, headers: { ...answer.headers(), 'content-type': 'application/octet-stream' } });
  });
  await typed(page);
  await page.locator('#history-button').click();
  await expect(page.locator('#history')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.locator('#run').click();
  await expect(page.locator('#state')).toBeVisible();
});

for (const [how, address] of [['by a link', './#1/dashscope/wan2.6-t2v?prompt=a%20linked%20boat'], ['with a draft', './'], ['in an embed', './#embed/1/dashscope/wan2.6-t2v?prompt=a%20linked%20boat']]) {
  test(`opened ${how}, the form stands and is kept with the first file alone`, async ({ page }) => {
    await page.addInitScript(() => {
      if (!location.hash && !sessionStorage.getItem('wan.draft')) localStorage.setItem('wan.draft', '1/dashscope/wan2.6-t2v?prompt=a%20linked%20boat\n');
    });
    const asked = [];
    await page.route(/\/(split|chunk)_[^/]*\.wasm$/, (route) => {
      asked.push(route.request().url());
      return route.abort();
    });
    await page.goto(address);
    await ready(page);
    await expect(page.locator('#f-prompt')).toHaveValue('a linked boat');
    await expect(page.locator('#amount')).toContainText('¥');
    await expect(page.locator('#command')).toContainText('a linked boat');
    if (how === 'in an embed') return;
    await page.locator('#f-prompt').fill('typed with one file');
    await expect.poll(() => page.evaluate(() => sessionStorage.getItem('wan.draft') ?? '')).toContain('typed%20with%20one%20file');
  });
}
