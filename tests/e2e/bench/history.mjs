// `cargo xtask bench history`: how the page feels with ten thousand tasks in its history and with two hundred followed at
// once, in Chromium at a quarter of this machine's speed, each beside the same page with none.
import { chromium } from '@playwright/test';
import { file, importText, multiply, records } from '../support/history.mjs';
import { Desk, ready } from '../support/page.mjs';

const MANY = Number(process.env.WAN_TASKS || 10_000);
const FOLLOWED = Number(process.env.WAN_FOLLOWED || 200);
const SLOWDOWN = 4;
const WORDS = 'moonlit kitten roof';
const SENTENCE = 'A paper boat sails down the flooded street at dawn, slowly.';
/** How often a followed task is asked after: three times as often as the keenest gateway advises. */
const INTERVAL_MS = 5_000;

const at = (list, share) => list.toSorted((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];
const ms = (number) => `${number.toFixed(0)} ms`;

/** Notes, for every key, how long it took from the press to the next frame on the screen. */
const watchKeys = () => {
  window.keyTimes = [];
  window.longTasks = [];
  const channel = new MessageChannel();
  const waiting = [];
  channel.port1.onmessage = () => window.keyTimes.push(performance.now() - waiting.shift());
  document.addEventListener(
    'keydown',
    (event) => {
      waiting.push(event.timeStamp);
      requestAnimationFrame(() => channel.port2.postMessage(0));
    },
    true,
  );
  new PerformanceObserver((list) => list.getEntries().forEach((one) => window.longTasks.push(one.duration))).observe({
    type: 'longtask',
  });
};

class Bench {
  async start(browser) {
    this.context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
    this.page = await this.context.newPage();
    await this.page.addInitScript(watchKeys);
    await this.load();
    this.session = await this.context.newCDPSession(this.page);
    this.desk = new Desk(this.page);
  }

  async load() {
    await this.page.goto(process.env.WAN_URL);
    await ready(this.page);
  }

  slow(rate) {
    return this.session.send('Emulation.setCPUThrottlingRate', { rate });
  }

  /** Runs a task and moves the simulator's clock until it is done. */
  async finish(words) {
    await this.desk.model('t2v', 'wan2.5-t2v-preview');
    await this.desk.prompt.fill(words);
    await this.desk.run.click();
    await this.page.locator('#ask').waitFor();
    await this.advance(30);
    await this.page.locator('#ask').click();
    await this.desk.done();
  }

  advance(seconds) {
    return this.page.request.post(new URL('/sim/_control', process.env.WAN_URL).href, { data: { advance_seconds: seconds } });
  }

  /** From the click to the first rows, and to the last task read. */
  async open() {
    return this.page.evaluate(
      () =>
        new Promise((resolve) => {
          const painted = (then) => requestAnimationFrame(() => setTimeout(then, 0));
          const from = performance.now();
          let rows = 0;
          const look = () => {
            const there = document.querySelector('#history-list > li:not(.hint)');
            if (there && !rows) rows = performance.now() - from;
            if (document.querySelectorAll('#history-model option').length > 1) {
              return painted(() => resolve([rows, performance.now() - from]));
            }
            painted(look);
          };
          document.getElementById('history-button').click();
          look();
        }),
    );
  }

  async close() {
    await this.page.locator('#history form button').click();
    await this.page.waitForTimeout(300);
  }

  /** Types into a field, and returns what each key took. */
  async type(selector, text) {
    await this.page.locator(selector).focus();
    await this.page.evaluate(() => {
      window.keyTimes.length = 0;
      window.longTasks.length = 0;
    });
    await this.page.keyboard.type(text, { delay: 120 });
    await this.page.waitForTimeout(500);
    return this.page.evaluate(() => [window.keyTimes, Math.max(0, ...window.longTasks)]);
  }

  /** From the arrival of a task's end to its new row on the screen. */
  async change() {
    await this.slow(1);
    await this.desk.prompt.fill('one that changes');
    await this.desk.run.click();
    await this.page.locator('#ask').waitFor();
    await this.slow(SLOWDOWN);
    await this.open();
    await this.advance(30);
    return this.page.evaluate(
      () =>
        new Promise((resolve) => {
          const row = document.querySelector('#history-list > li');
          const look = new MutationObserver(() => {
            if (!/Done/.test(row.textContent)) return;
            look.disconnect();
            const arrived = performance
              .getEntriesByType('resource')
              .filter((entry) => /\/tasks\/[^/]+$/.test(entry.name))
              .at(-1).responseEnd;
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - arrived), 0));
          });
          look.observe(row, { childList: true, subtree: true, characterData: true });
          document.getElementById('ask').click();
        }),
    );
  }
}

const rows = [];
const row = (what, few, many, show = ms) => rows.push([what, show(few), show(many), few < 16 ? '' : (many / few).toFixed(1)]);

async function histories(browser) {
  const bench = new Bench();
  await bench.start(browser);
  await bench.finish('a first one');
  const few = await measure(bench);
  const own = (await records(bench.page))[0];
  await bench.page.locator('#history-button').click();
  const from = Date.now();
  await importText(bench.page, file(multiply(own, MANY)));
  await bench.page.locator('#history-said').getByText('imported').waitFor({ timeout: 300_000 });
  const importing = Date.now() - from;
  await bench.load();
  const many = await measure(bench);
  row('opening: first rows', few.open[0], many.open[0]);
  row('opening: all read', few.open[1], many.open[1]);
  row('searching: key to screen, p95', at(few.keys, 0.95), at(many.keys, 0.95));
  row('searching: longest task', few.longest, many.longest);
  row('a state change on the screen', few.change, many.change);
  console.log(`importing ${MANY} tasks at full speed: ${ms(importing)}`);
  await bench.context.close();
}

async function measure(bench) {
  await bench.slow(SLOWDOWN);
  const open = await bench.open();
  const [keys, longest] = await bench.type('#history-search', WORDS);
  await bench.close();
  const change = await bench.change();
  await bench.close();
  await bench.slow(1);
  return { open, keys, longest, change };
}

async function following(browser) {
  const bench = new Bench();
  await bench.start(browser);
  await bench.finish('a first one');
  const own = (await records(bench.page))[0];
  await bench.page.getByRole('button', { name: 'Draft' }).first().click();
  await bench.slow(SLOWDOWN);
  const [none, noneLongest] = await bench.type('#f-prompt', SENTENCE);
  await bench.slow(1);
  // Real tasks at the simulator, slow enough to be under way for the whole of it.
  const base = new URL('/sim/dashscope', process.env.WAN_URL).href;
  const ids = [];
  for (let index = 0; index < FOLLOWED; index += 1) {
    const answer = await bench.page.request.post(`${base}/api/v1/services/aigc/video-generation/video-synthesis`, {
      headers: { authorization: 'Bearer simulated-key', 'x-dashscope-async': 'enable' },
      data: { model: 'wan2.5-t2v-preview', input: { prompt: `${index} sim:slow` }, parameters: {} },
    });
    ids.push((await answer.json()).output.task_id);
  }
  const texts = multiply(own, FOLLOWED).map((text, index) => {
    const record = JSON.parse(text);
    const { task } = record;
    Object.assign(task.origin, { ...JSON.parse(own).task.origin, poll: [INTERVAL_MS, INTERVAL_MS, 60] });
    Object.assign(task, { id: ids[index], state: { is: 'waiting', stage: 'running', word: 'RUNNING' } });
    Object.assign(task, { started_ms: Date.now() - index, next_ms: Date.now() + (index * INTERVAL_MS) / FOLLOWED });
    delete task.ended_ms;
    return JSON.stringify(record);
  });
  await bench.page.locator('#history-button').click();
  await importText(bench.page, file(texts));
  await bench.page.locator('#history-said').getByText('imported').waitFor({ timeout: 60_000 });
  await bench.close();
  let asked = 0;
  bench.page.on('request', (request) => {
    if (/\/tasks\//.test(request.url())) asked += 1;
  });
  await bench.page.getByRole('button', { name: 'Draft' }).first().click();
  await bench.desk.prompt.fill('');
  await bench.slow(SLOWDOWN);
  const from = Date.now();
  const [some, someLongest] = await bench.type('#f-prompt', SENTENCE);
  const perSecond = (asked * 1000) / (Date.now() - from);
  row(`typing, ${FOLLOWED} followed (${perSecond.toFixed(0)} queries/s): key to screen, p50`, at(none, 0.5), at(some, 0.5));
  row('  p95', at(none, 0.95), at(some, 0.95));
  row('  worst', at(none, 1), at(some, 1));
  row('  longest task', noneLongest, someLongest);
  await bench.context.close();
}

const browser = await chromium.launch({
  executablePath: process.env.WAN_CHROMIUM || undefined,
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  await histories(browser);
  await following(browser);
} finally {
  await browser.close();
}
console.log(`\nCPU slowed down ${SLOWDOWN} times; ${MANY} tasks in the history\n`);
rows.unshift(['', 'with none', 'with many', 'ratio']);
const width = Math.max(...rows.map(([what]) => what.length));
for (const [what, few, many, ratio] of rows) {
  console.log(`${what.padEnd(width)}  ${few.padStart(10)}  ${many.padStart(10)}  ${ratio.padStart(6)}`);
}
