// Nothing paid is lost: pages, tabs, browsers and servers end at the worst moment, and the task still ends in front of
// its owner, with one create call.
import { expect, test, creates, Desk, marker, media, ready, choosePlace } from './support/page.mjs';
import { records } from './support/history.mjs';
import { Browser, crash } from './support/kill.mjs';
import { Server } from './support/server.mjs';

const NET = /console: Failed to load resource: (net::|the server responded)/;

/** Presses Run with the plainest text model. */
async function start(desk, words) {
  await desk.model('t2v', 'wan2.5-t2v-preview');
  await desk.prompt.fill(words);
  await desk.run.click();
}

/** Opens the page again, as the user would after a crash. */
async function reopen(context, url) {
  const page = await context.newPage();
  await page.goto(url);
  await ready(page);
  return new Desk(page);
}

const isCreate = (url) => /video-synthesis$|\/v1\/videos$/.test(url.pathname);

test('killed before the create call left: nothing was sent, and nothing is sent by itself', async ({ page, desk }) => {
  const mark = marker();
  await page.route(isCreate, () => {});
  const asked = page.waitForRequest((request) => isCreate(new URL(request.url())));
  await start(desk, mark);
  await asked;
  expect((await records(page)).join('')).toContain(mark);
  await crash(page);
  const again = await reopen(page.context(), page.url());
  await again.cards().first().click();
  await expect(again.state).toContainText('Unconfirmed');
  await again.page.waitForTimeout(1500);
  expect(await creates(again.page, mark)).toEqual([]);
  // The user finds nothing there and decides: with the price in view, and a second press.
  await again.page.locator('#again').click();
  await expect(again.page.locator('.sure')).toContainText('CN¥5.00');
  await again.page.locator('#again-yes').click();
  await again.done();
  await again.plays();
  expect(await creates(again.page, mark)).toHaveLength(1);
});

test('killed while the create call was under way: it may exist, and is never sent again', async ({ page, desk }) => {
  const mark = marker();
  let arrived;
  const there = new Promise((resolve) => (arrived = resolve));
  await page.route(isCreate, async (route) => arrived(await route.fetch()));
  await start(desk, mark);
  const id = (await (await there).json()).output.task_id;
  await crash(page);
  const again = await reopen(page.context(), page.url());
  await again.cards().first().click();
  await expect(again.state).toContainText('Unconfirmed');
  await again.page.waitForTimeout(1500);
  // It is found in the gateway's list, attached, and ends with its video.
  await again.page.locator('#look-up').click();
  await again.page.locator('.candidates li', { hasText: id }).getByRole('button').click();
  await again.done();
  await again.plays();
  expect(await creates(again.page, mark)).toHaveLength(1);
});

for (const [when, words] of [
  ['its id was known', /Queued|Running/],
  ['it was running', /Running/],
]) {
  test(`killed when ${when}: it goes on by itself and ends with its video`, async ({ page, desk }) => {
    const mark = marker();
    await start(desk, `${mark} sim:slow`);
    await expect(desk.state).toContainText(words);
    const id = await desk.taskId();
    // It is shown a moment before a slow disk has it.
    await expect.poll(async () => (await records(page)).join('')).toContain(id);
    await crash(page);
    const again = await reopen(page.context(), page.url());
    await again.done();
    await again.plays();
    expect(await creates(again.page, mark)).toHaveLength(1);
  });
}

test('killed while the video was on its way: it is fetched again', async ({ page, desk }) => {
  const mark = marker();
  await page.route(/\/content(\?|$)/, () => {});
  await desk.gateway('ope');
  await desk.model('i2v', 'wan2.7-i2v');
  await desk.fill('first_frame', media('frame.png'));
  await desk.prompt.fill(mark);
  await desk.run.click();
  await expect(desk.state).toContainText('Downloading', { timeout: 60_000 });
  await crash(page);
  const again = await reopen(page.context(), page.url());
  await again.done();
  await again.plays();
  expect(await creates(again.page, mark)).toHaveLength(1);
});

test('the browser killed as by a power cut: the disk knows the task', async ({ baseURL }) => {
  const browser = new Browser();
  try {
    const mark = marker();
    const page = await browser.open(baseURL);
    await ready(page);
    const desk = new Desk(page);
    await start(desk, `${mark} sim:slow`);
    await desk.taskId();
    await browser.kill();
    const next = await browser.open(baseURL);
    await ready(next);
    const again = new Desk(next);
    await again.done();
    await again.plays();
    expect(await creates(next, mark)).toHaveLength(1);
  } finally {
    await browser.end();
  }
});

/** Counts the status queries of a page. */
function queries(page) {
  const seen = [];
  page.on('request', (request) => {
    if (/\/tasks\/[^/]+$/.test(new URL(request.url()).pathname)) seen.push(request.url());
  });
  return seen;
}

test('of two tabs one asks; when it dies the other goes on', async ({ page, desk }) => {
  const mark = marker();
  const other = await reopen(page.context(), page.url());
  const asked = queries(other.page);
  await start(desk, `${mark} sim:slow`);
  await expect(desk.state).toContainText('Running');
  await other.cards().first().click();
  await expect(other.state).toContainText('Running');
  await expect(other.page.locator('.next')).toContainText('another tab');
  expect(asked).toEqual([]);
  await crash(page);
  await other.done();
  await other.plays();
  expect(asked.length).toBeGreaterThan(0);
  expect(await creates(other.page, mark)).toHaveLength(1);
});

test('a tab that does not ask passes the wish on to the one that does', async ({ page, desk }) => {
  const other = await reopen(page.context(), page.url());
  await start(desk, `${marker()} sim:slow`);
  await expect(desk.state).toContainText('Running');
  await other.cards().first().click();
  await other.page.locator('#stop').click();
  await expect(page.locator('#follow')).toBeVisible();
  await expect(other.page.locator('#follow')).toBeVisible();
  await other.page.locator('#follow').click();
  await desk.done();
  await other.done();
});

test('two tabs opened at the same instant ask as one', async ({ page, desk }) => {
  const mark = marker();
  await start(desk, `${mark} sim:slow`);
  await expect(desk.state).toContainText('Running');
  const context = page.context();
  const url = page.url();
  await crash(page);
  const pages = await Promise.all([context.newPage(), context.newPage()]);
  const asked = pages.map(queries);
  await Promise.all(pages.map((one) => one.goto(url)));
  for (const one of pages) {
    await ready(one);
    const again = new Desk(one);
    await again.cards().first().click();
    await again.done();
  }
  expect(asked.map((list) => list.length > 0).sort()).toEqual([false, true]);
  expect(await creates(pages[0], mark)).toHaveLength(1);
});

test('the network goes and comes back', async ({ page, desk, complaints }) => {
  complaints.expected.push(NET);
  const mark = marker();
  await start(desk, mark);
  await desk.taskId();
  await page.context().setOffline(true);
  await expect(page.locator('.next')).toContainText('couldn\'t check the status', { timeout: 60_000 });
  await page.context().setOffline(false);
  await desk.done();
  await desk.plays();
  expect(await creates(page, mark)).toHaveLength(1);
});

test('the simulator is restarted under a running task', async ({ page, complaints }) => {
  complaints.expected.push(NET);
  const server = new Server('--speed', '20');
  try {
    const url = await server.start();
    complaints.hosts.add(new URL(url).origin);
    const mark = marker();
    await page.goto(url);
    await ready(page);
    const desk = new Desk(page);
    await start(desk, `${mark} sim:slow`);
    await expect(desk.state).toContainText('Running');
    expect(await creates(page, mark)).toHaveLength(1);
    await server.stop();
    await expect(page.locator('.next')).toContainText('couldn\'t check the status', { timeout: 60_000 });
    await server.start();
    await desk.done();
    await desk.plays();
    expect(await creates(page, mark)).toEqual([]);
  } finally {
    await server.end();
  }
});

/** Puts things into the database that no page of ours wrote. */
const forge = (page, entries) =>
  page.evaluate(
    (list) =>
      new Promise((resolve, reject) => {
        const asked = indexedDB.open('wan-playground');
        asked.onerror = () => reject(asked.error);
        asked.onsuccess = () => {
          const database = asked.result;
          const work = database.transaction(['tasks', 'summaries', 'unfinished'], 'readwrite');
          for (const [key, value] of list) {
            work.objectStore('tasks').put(value, key);
            work.objectStore('unfinished').put(true, key);
            work.objectStore('summaries').put(`{"forged": ${JSON.stringify(key)}`, [-9e15, key]);
          }
          work.oncomplete = () => {
            database.close();
            resolve();
          };
        };
      }),
    entries,
  );

test('forged and half-written records stop nothing', async ({ page, desk }) => {
  const mark = marker();
  await start(desk, `${mark} sim:slow`);
  await expect(desk.state).toContainText('Running');
  const whole = (await records(page)).find((text) => text.includes(mark));
  await forge(page, [
    ['half', { rank: 7, text: whole.slice(0, whole.length / 2) }],
    ['empty', { rank: 7, text: '' }],
    ['html', { rank: 7, text: '<img src=x onerror=document.title="broken">' }],
    ['number', 42],
    ['nothing', null],
    ['deep', { rank: 'x', text: { text: [1] } }],
    ['future', { rank: 7, text: whole.replace(/("wan-playground-task":\s*)\d+/, '$1999') }],
  ]);
  await page.reload();
  await ready(page);
  await desk.cards().first().click();
  await desk.done();
  await expect(desk.cards()).toHaveCount(1);
  expect(await page.title()).toBe('Wan Playground');
});

test('no storage: the page says so once, in both languages, and goes on', async ({ baseURL }) => {
  const browser = new Browser({ profile: { default_content_setting_values: { cookies: 2 } } });
  try {
    const page = await browser.open(baseURL);
    await ready(page);
    const desk = new Desk(page);
    await expect(page.locator('#unkept')).toContainText('doesn\'t let the page save tasks');
    await page.locator('#language').click();
    await expect(page.locator('#unkept')).toContainText('不允许页面保存任务');
    await page.locator('#unkept button').click();
    await page.locator('#language').click();
    await start(desk, marker());
    await desk.done();
    await desk.plays();
    await expect(page.locator('#unkept')).toHaveCount(0);
  } finally {
    await browser.end();
  }
});

test('storage full: the page says so, and the task goes on in memory', async ({ page, desk }) => {
  const session = await page.context().newCDPSession(page);
  const origin = new URL(page.url()).origin;
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  await start(desk, marker());
  await expect(page.locator('#unkept')).toContainText('No space left');
  await desk.done();
  await desk.plays();
  await session.send('Storage.overrideQuotaForOrigin', { origin });
});

test('a database of the first version is brought up to date', async ({ page }) => {
  await page.route(/\/blank$/, (route) => route.fulfill({ contentType: 'text/html', body: '<title>blank</title>' }));
  await page.goto('./blank');
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const asked = indexedDB.open('wan-playground', 1);
        asked.onupgradeneeded = () => ['tasks', 'summaries'].forEach((name) => asked.result.createObjectStore(name));
        asked.onsuccess = () => {
          asked.result.close();
          resolve();
        };
      }),
  );
  await page.goto('./');
  await ready(page);
  const mark = marker();
  await start(new Desk(page), mark);
  await new Desk(page).done();
  await expect(page.locator('#unkept')).toHaveCount(0);
  expect((await records(page)).join('')).toContain(mark);
});

test('a database of a newer page is left alone', async ({ page }) => {
  await page.route(/\/blank$/, (route) => route.fulfill({ contentType: 'text/html', body: '<title>blank</title>' }));
  await page.goto('./blank');
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const asked = indexedDB.open('wan-playground', 99);
        asked.onsuccess = () => {
          asked.result.close();
          resolve();
        };
      }),
  );
  await page.goto('./');
  await ready(page);
  await expect(page.locator('#unkept')).toContainText('newer version');
  await start(new Desk(page), marker());
  await new Desk(page).done();
});

/** The simulator under another name of this machine: another origin, where a key is needed as at a real gateway. */
const elsewhere = (url) => `http://localhost:${new URL(url).port}/sim/dashscope`;
const KEY = 'sk-canary-journal-0123456789';

async function startWithKey(page, desk, words) {
  await choosePlace(page, { label: 'Custom URL…' });
  await page.locator('#base-typed').fill(elsewhere(page.url()));
  await page.locator('#key').fill(KEY);
  await start(desk, words);
  await expect(desk.state).toContainText(/Queued|Running/);
}

test('a task goes on when its key is typed again, and the key is nowhere on disk', async ({ page, desk, complaints }) => {
  complaints.hosts.add(new URL(elsewhere(page.url())).origin);
  const mark = marker();
  await startWithKey(page, desk, `${mark} sim:slow`);
  expect((await records(page)).join('')).toContain(mark);
  expect((await records(page)).join('')).not.toContain('canary');
  await crash(page);
  const again = await reopen(page.context(), page.url());
  await expect(again.page.locator('.next')).toContainText('Enter this gateway\'s key');
  await again.page.locator('#give-key').click();
  await expect(again.page.locator('#key')).toBeFocused();
  await again.page.locator('#key').fill(KEY);
  await expect(again.page.locator('#give-key')).toBeVisible();
  await again.page.keyboard.press('Tab');
  await again.done();
  await again.plays();
  expect(await creates(again.page, mark)).toHaveLength(1);
  expect((await records(again.page)).join('')).not.toContain('canary');
});

test('a tab without the key follows what the other tab knows, and says so when that one is gone', async ({ page, desk, complaints }) => {
  complaints.hosts.add(new URL(elsewhere(page.url())).origin);
  const other = await reopen(page.context(), page.url());
  const third = await reopen(page.context(), page.url());
  await startWithKey(page, desk, `${marker()} sim:slow`);
  for (const tab of [other, third]) {
    await tab.cards().first().click();
    await expect(tab.page.locator('.next')).toContainText('another tab');
    await expect(tab.state).toContainText(/Queued|Running/);
  }
  const asked = [...queries(other.page), ...queries(third.page)];
  await crash(page);
  for (const tab of [other, third]) await expect(tab.page.locator('.next')).toContainText('Enter this gateway\'s key', { timeout: 60_000 });
  const before = await records(other.page);
  await other.page.waitForTimeout(1000);
  expect(asked).toEqual([]);
  expect(await records(other.page), 'two tabs without a key leave the record in peace').toEqual(before);
  await third.page.locator('#give-key').click();
  await third.page.locator('#key').fill(KEY);
  await third.page.keyboard.press('Tab');
  await third.done();
  await other.done();
});

test('a refused key is not tried again by two tabs in turn', async ({ page, desk, complaints }) => {
  complaints.expected.push(/status of 401/);
  complaints.hosts.add(new URL(elsewhere(page.url())).origin);
  const other = await reopen(page.context(), page.url());
  await startWithKey(page, desk, `${marker()} sim:slow`);
  await other.cards().first().click();
  await expect(other.page.locator('.next')).toContainText('another tab');
  await page.locator('#key').fill('sk-canary-invalid');
  await page.locator('#ask').click();
  await expect(page.locator('.running-view')).toContainText('The key was refused');
  await page.waitForTimeout(1000);
  const asked = [queries(page), queries(other.page)];
  const before = await records(page);
  await page.waitForTimeout(3000);
  expect(asked.flat()).toEqual([]);
  expect(await records(page), 'the tabs leave the record in peace').toEqual(before);
  // Another key, in the other tab, goes on with it.
  await other.page.locator('#give-key').click();
  await other.page.locator('#key').fill(KEY);
  await other.page.keyboard.press('Tab');
  await other.done();
});

test('the record is on disk before the create call leaves, and the id before the first query', async ({ page }) => {
  await page.addInitScript(() => {
    window.order = [];
    const fetched = window.fetch;
    window.fetch = (...sent) => {
      const url = String(sent[0].url ?? sent[0]);
      if (/video-synthesis$/.test(url)) window.order.push('create');
      if (/\/tasks\//.test(url)) window.order.push('query');
      return fetched(...sent);
    };
    const begun = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function transaction(...wanted) {
      const work = begun.apply(this, wanted);
      if (work.mode === 'readwrite') {
        // The end of a write is told late here, as by a slow disk.
        const { mode, durability } = work;
        window.order.push(`begin ${mode} ${durability}`);
        Object.defineProperty(work, 'oncomplete', {
          set: (told) => work.addEventListener('complete', (event) => setTimeout(() => {
            window.order.push('written');
            told(event);
          }, 1500)),
        });
      }
      return work;
    };
  });
  await page.goto('./');
  await ready(page);
  const desk = new Desk(page);
  await start(desk, marker());
  await desk.done();
  const order = await page.evaluate(() => window.order);
  expect(order.slice(0, 5)).toEqual(['begin readwrite strict', 'written', 'create', 'begin readwrite strict', 'written']);
  expect(order.indexOf('query')).toBeGreaterThan(4);
});
