// One press, one video: create calls counted where they arrive, behind a Chromium that sends calls again by itself, with
// keys that are held down, fast presses on a busy page, and several tabs.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { expect, marker, ready, choosePlace } from './support/page.mjs';
import { FAULTS, counting, cutting } from './support/counting.mjs';
import { KEY, connect, listen, simulator, test as base } from './support/servers.mjs';

const test = base.extend({
  // The counting gateways have a certificate of their own.
  ignoreHTTPSErrors: true,
  /** The page with its simulator and relay beside it. */
  own: [
    async ({}, use) => {
      const running = await simulator('--site', process.env.WAN_SITE);
      await use(running.url);
      running.stop();
    },
    { scope: 'worker' },
  ],
});

test.beforeEach(({ complaints }) => complaints.expected.push(/Failed to load resource/, /third party/, /net::ERR/, /CORS policy/));

const table = [];
test.afterAll(() => {
  for (const line of table) console.log(line);
});


for (const scheme of ['h2', 'https', 'http']) {
  for (const [fault, { h2 }] of Object.entries(FAULTS)) {
    if (h2 && scheme !== 'h2') continue;
    test(`straight, ${scheme}, ${fault}: received once, or the second task is named`, async ({ page, desk }) => {
      const gateway = await counting(scheme, fault);
      try {
        await desk.gateway('dashscope');
        await connect(page, gateway.url);
        await desk.prompt.fill(marker());
        await desk.run.click();
        await expect(desk.state).toContainText(/Queued|Running|Unconfirmed|Refused/, { timeout: 60_000 });
        const bodies = new Set(gateway.tasks.map((task) => task.body));
        expect(bodies.size, 'the same request').toBe(1);
        const twin = page.locator('.twin');
        if (scheme === 'h2' || fault === 'none') {
          expect(gateway.tasks.length).toBe(1);
          if (fault !== 'none') await expect(page.locator('#stage')).toContainText('may have been created');
          await expect(twin).toHaveCount(0);
        } else {
          // Over HTTP/1.1 nothing keeps Chromium from it. Both tasks are known, then.
          expect(gateway.tasks.length).toBe(2);
          await expect(twin).toContainText(gateway.tasks[0].id);
          await expect(twin).not.toContainText(gateway.tasks[1].id);
          await twin.getByRole('button').click();
          await expect(desk.cards()).toHaveCount(2);
          expect(await desk.taskId()).toBe(gateway.tasks[0].id);
          await expect(page.locator('.twin')).toHaveCount(0);
        }
        const told = gateway.tasks.length === 1 ? 'one task' : 'both tasks known';
        table.push(`straight · ${scheme} · ${fault} · ${gateway.tasks.length} received · ${told}`);
      } finally {
        gateway.end();
      }
    });
  }
}

for (const fault of ['none', 'the connection ends', 'it is answered 408']) {
  test(`the printed module for a page, h2, ${fault}: received once`, async ({ page, desk, context }) => {
    const gateway = await counting('h2', fault);
    await desk.gateway('dashscope');
    await connect(page, gateway.url);
    await desk.prompt.fill(marker());
    await page.locator('#form').selectOption('wan-browser.mjs');
    const [saved] = await Promise.all([page.waitForEvent('download'), page.locator('#save-program').click()]);
    const module = readFileSync(await saved.path(), 'utf8');
    const host = createServer((request, response) => {
      const isModule = request.url === '/wan-browser.mjs';
      response.setHeader('content-type', isModule ? 'text/javascript' : 'text/html');
      response.end(isModule ? module : '<!doctype html><title>Host</title>');
    });
    const other = await context.newPage();
    try {
      await other.goto(await listen(host));
      const told = await other.evaluate(async (key) => {
        const { makeVideo } = await import('/wan-browser.mjs');
        return new Promise((resolve) => {
          makeVideo(key, { onTask: (task) => resolve(task) }).catch((error) => resolve(error.message));
        });
      }, KEY);
      expect(gateway.tasks.length).toBe(1);
      if (fault === 'none') expect(told).toBe(gateway.tasks[0].id);
      else expect(told).toContain('may have been created');
      table.push(`printed module · h2 · ${fault} · 1 received`);
    } finally {
      await other.close();
      host.closeAllConnections();
      host.close();
      gateway.end();
    }
  });
}

/** The page through a line that can be cut, its relay before a counting gateway, and straight calls closed. */
async function byRelay(page, fault, run) {
  const gateway = await counting('http', fault);
  const target = gateway.url.replace('localhost', '127.0.0.1');
  const server = await simulator('--site', process.env.WAN_SITE, '--relay-to', `dashscope=${target}`, '--host', '127.0.0.1');
  const line = await cutting(Number(new URL(server.url).port));
  line.armed = fault === 'the line is cut';
  try {
    await page.route('https://dashscope.aliyuncs.com/**', (route) =>
      new URL(route.request().url()).pathname === '/' ? route.fulfill({ status: 200, body: '{}' }) : route.abort('failed'),
    );
    await page.goto(`${line.url}/`);
    await ready(page);
    await page.locator('#gateway-dashscope').check({ force: true });
    await choosePlace(page, '0');
    await page.locator('#key').fill(KEY);
    await page.locator('#f-prompt').fill(marker());
    await page.locator('#run').click();
    await page.locator('#use-relay').click({ timeout: 60_000 });
    await page.locator('.card.new').click();
    await page.locator('#f-prompt').fill(marker());
    await page.locator('#run').click();
    await run(gateway, line);
  } finally {
    line.end();
    server.stop();
    gateway.end();
  }
}

test('by the relay, the line to it cut after the call: sent on once, and its answer arrives', async ({ page, desk }) => {
  FAULTS['the line is cut'] = { end: () => false };
  await byRelay(page, 'the line is cut', async (gateway, line) => {
    await expect(desk.state).toContainText(/Queued|Running/, { timeout: 60_000 });
    expect(line.cut, 'the line was cut').toBe(1);
    expect(gateway.tasks.length).toBe(1);
    expect(await desk.taskId()).toBe(gateway.tasks[0].id);
    await expect(page.locator('.twin')).toHaveCount(0);
    table.push('relay · the line is cut after the call · 1 received · one task, its id known');
  });
});

test('by the relay, answered 408 by the gateway: sent on once', async ({ page, desk }) => {
  await byRelay(page, 'it is answered 408', async (gateway) => {
    await expect(page.locator('#stage')).toContainText('may have been created', { timeout: 60_000 });
    await expect(page.locator('#said')).toContainText('408');
    expect(gateway.tasks.length).toBe(1);
    table.push('relay · answered 408 · 1 received · doubt is told');
  });
  void desk;
});

test.describe('presses', () => {
  test.use({ baseURL: async ({ own }, use) => use(`${own}/`) });

  const creates = async (page, own, mark) => {
    const log = await (await page.request.get(`${own}/sim/_log`)).json();
    return log.filter((entry) => entry.method === 'POST' && entry.body.includes(mark)).length;
  };

  test('Enter held down on Run is one press', async ({ page, desk, own }) => {
    const mark = marker();
    await desk.prompt.fill(mark);
    await desk.run.focus();
    await page.keyboard.down('Enter');
    for (let i = 0; i < 60; i += 1) {
      await page.keyboard.down('Enter');
      await page.waitForTimeout(50);
    }
    await page.keyboard.up('Enter');
    await expect(desk.state).toContainText(/Queued|Running|Done/);
    expect(await creates(page, own, mark)).toBe(1);
  });

  test('a double click on a page that is busy for two seconds is one press, and says so', async ({ page, desk, own }) => {
    const mark = marker();
    await desk.prompt.fill(mark);
    // Both clicks wait in the browser while the page is busy, as on a slow machine: they are handled seconds later.
    await page.evaluate(() => {
      document.getElementById('run').addEventListener('click', () => {
        const end = performance.now() + 2000;
        while (performance.now() < end);
      }, { capture: true });
    });
    const box = await desk.run.boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.up();
    await page.mouse.down({ clickCount: 2 });
    await page.mouse.up({ clickCount: 2 });
    await expect(page.locator('#pressed')).toContainText(/sent as #1/, { timeout: 60_000 });
    await expect(desk.state).toContainText(/Queued|Running|Done/);
    expect(await creates(page, own, mark)).toBe(1);
    // What is pressed before the words could be read was meant for Run.
    await page.waitForTimeout(400);
    await page.locator('#once-more').click();
    await expect.poll(() => creates(page, own, mark)).toBe(2);
  });

  test('a press while the same request is being sent is answered, also in another tab, and a button of its own sends it', async ({ page, desk, own, context }) => {
    const mark = marker();
    // The answer to the create call waits.
    let release = () => {};
    const waits = new Promise((resolve) => {
      release = resolve;
    });
    await context.route('**/sim/**/video-synthesis', async (route) => {
      const answer = await route.fetch();
      await waits;
      await route.fulfill({ response: answer });
    });
    await desk.prompt.fill(mark);
    await desk.run.click();
    await expect(desk.state).toContainText('Sending');
    await page.waitForTimeout(1800);
    await page.keyboard.press('Control+Enter');
    await expect(page.locator('#pressed')).toContainText('is being sent as #1');
    expect(await creates(page, own, mark)).toBe(1);
    const other = await context.newPage();
    await other.goto('./');
    await ready(other);
    await other.locator('#f-prompt').fill(mark);
    await expect(other.locator('.tasks .card:not(.new)')).toHaveCount(1);
    await other.locator('#run').click();
    await expect(other.locator('#pressed')).toContainText('is being sent as #1');
    expect(await creates(page, own, mark)).toBe(1);
    // Another request is another matter.
    await desk.prompt.fill(`${mark} other`);
    await expect(page.locator('#pressed')).toBeEmpty();
    await desk.run.click();
    await expect.poll(() => creates(page, own, `${mark} other`)).toBe(1);
    await desk.prompt.fill(mark);
    release();
  });

  test('what was sent again is not offered again, in any tab', async ({ page, desk, context, own }) => {
    const mark = marker();
    await desk.prompt.fill(`sim:create-500 ${mark}`);
    await desk.run.click();
    await expect(page.locator('#again')).toBeVisible();
    const other = await context.newPage();
    await other.goto('./');
    await ready(other);
    await other.locator('.tasks .card:not(.new)').first().click();
    await expect(other.locator('#again')).toBeVisible();
    await page.locator('#again').click();
    await page.locator('#again-yes').click();
    await expect(desk.cards()).toHaveCount(2);
    await expect(other.locator('#sent-again')).toBeVisible({ timeout: 30_000 });
    await expect(other.locator('#again')).toHaveCount(0);
    await page.locator('.tasks .card:not(.new)').last().click();
    await expect(page.locator('#sent-again')).toContainText('#2');
    expect(await creates(page, own, mark)).toBe(2);
    await page.reload();
    await ready(page);
    await page.locator('.tasks .card:not(.new)').last().click();
    await expect(page.locator('#sent-again')).toBeVisible();
  });
});
