// What every spec needs: a watched page, ways to fill the form, and the simulator's log.
import { expect, test as base } from '@playwright/test';

/** A word nobody else has: tests share one server, and each finds its own requests by it. */
export const marker = () => `m${Math.random().toString(36).slice(2, 10)}${Date.now().toString(36)}`;

export const test = base.extend({
  /** What the page complained about. `expected` holds patterns of complaints that belong to the test. */
  complaints: [
    async ({ page, baseURL }, use) => {
      const seen = { list: [], expected: [], hosts: new Set([new URL(baseURL ?? 'http://127.0.0.1').origin]) };
      page.on('console', (message) => {
        if (message.type() === 'error') seen.list.push(`console: ${message.text()} ${message.location().url ?? ''}`);
      });
      page.on('pageerror', (error) => seen.list.push(`page error: ${error.message}`));
      page.on('request', (request) => {
        const url = request.url();
        if (!/^(data|blob):/.test(url) && !seen.hosts.has(new URL(url).origin)) seen.list.push(`third party: ${url}`);
      });
      await page.addInitScript(() => {
        addEventListener('securitypolicyviolation', (event) => {
          console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
        });
      });
      await use(seen);
      const unexpected = seen.list.filter((line) => !seen.expected.some((pattern) => pattern.test(line)));
      expect(unexpected, 'complaints nobody expected').toEqual([]);
    },
    { auto: true },
  ],
  /** The form and the task on the stage. */
  desk: async ({ page }, use) => {
    await page.goto('./');
    await ready(page);
    await use(new Desk(page));
  },
});

export { expect };

export async function ready(page) {
  await expect(page.locator('html')).toHaveAttribute('data-boot', 'ready', { timeout: 60_000 });
}

/** A link to media: nothing is fetched from it, neither by the simulator nor by the page. */
export const media = (name) => `https://example.com/${name}`;

/** An id with signs that a CSS selector would read otherwise. */
export const byId = (page, id) => page.locator(`[id="${id}"]`);

/** Opens the line that says where the gateway is called. */
export async function openPlace(page) {
  const line = page.locator('#place');
  if ((await line.getAttribute('open')) === null) await line.locator('> summary').click();
}

/** Chooses where the gateway is called: `simulator`, the number of a base, `typed`, or as `selectOption` takes it. */
export async function choosePlace(page, option) {
  await openPlace(page);
  await page.locator('#base').selectOption(option);
}

export class Desk {
  constructor(page) {
    this.page = page;
    this.state = page.locator('#state');
    this.run = page.locator('#run');
    this.prompt = page.locator('#f-prompt');
    this.command = page.locator('#command');
    this.amount = page.locator('#amount');
    this.video = page.locator('#video');
  }

  /** A radio button by its id. The button itself is invisible over its words, so the words are what is clicked. */
  async pick(id) {
    await this.open(id);
    await this.page.locator(`label:has([id="${id}"])`).click();
    await expect(byId(this.page, id)).toBeChecked();
  }

  /** Opens the rarely used fields if this is one of them. */
  async open(id) {
    const more = this.page.locator('#more');
    if ((await more.locator(`[id="${id}"]`).count()) > 0 && (await more.getAttribute('open')) === null) {
      await more.locator('summary').click();
    }
  }

  async gateway(id) {
    await this.pick(`gateway-${id}`);
  }

  async model(capability, id) {
    await this.pick(`capability-${capability}`);
    const select = this.page.locator('#model');
    const options = await select.locator('option').evaluateAll((all) => all.map((one) => [one.value, one.textContent]));
    const found = options.find(([, words]) => words.trim().split(/\s/)[0] === id);
    if (!found) throw new Error(`the page offers no ${id}, only ${options.map(([, words]) => words).join(', ')}`);
    await select.selectOption(found[0]);
  }

  /** A model whose fields and prices are known, whatever the page opens with: 5 or 10 s, ¥0.30, ¥0.60 and ¥1.00. */
  async known() {
    await this.model('t2v', 'wan2.5-t2v-preview');
  }

  /** Fills a field by its neutral id, whatever control it has. */
  async fill(field, value) {
    const control = byId(this.page, `f-${field}`);
    await this.open(`f-${field}`);
    if (typeof value === 'object') {
      await byId(this.page, `f-${field}-file`).setInputFiles(value);
      await expect(this.page.locator(`.field.f-${field} .picked`)).toBeVisible({ timeout: 60_000 });
    } else if ((await control.evaluate((element) => element.tagName)) === 'FIELDSET') {
      await this.pick(`f-${field}-${value}`);
    } else {
      await control.fill(value);
    }
  }

  /** What the request panel prints: for a call, as `curl` (in a POSIX shell), another form of the list, or `http`. */
  async printed(call, form) {
    await this.pick(`call-${call}`);
    await this.page.locator('#form').selectOption(form === 'curl' ? 'posix' : form);
    // What prints it may still be on its way.
    await expect(this.command).not.toHaveText('');
    return this.command.evaluate((element) => element.textContent);
  }

  async done() {
    await expect(this.state).toContainText(/Done|已完成/, { timeout: 60_000 });
  }

  /** Waits until the video on the stage can play, and returns its size. */
  async plays() {
    await expect.poll(() => this.video.evaluate((video) => video.readyState), { timeout: 60_000 }).toBeGreaterThanOrEqual(2);
    return this.video.evaluate((video) => [video.videoWidth, video.videoHeight]);
  }

  /** The id of the task on the stage. */
  async taskId() {
    const id = this.page.locator('.task-head .id code');
    await expect(id).toBeVisible();
    return (await id.textContent()).trim();
  }

  cards() {
    return this.page.locator('.tasks .card:not(.new)');
  }
}

/** Entries of the simulator's log that mention a text in path or body. */
export async function log(page, text) {
  const answer = await page.request.get(new URL('/sim/_log', page.url()).href);
  return (await answer.json()).filter((entry) => entry.body.includes(text) || entry.path.includes(text));
}

/** Create calls of a marker. Queries and downloads carry ids, never prompts. */
export const creates = async (page, mark) => (await log(page, mark)).filter((entry) => entry.method === 'POST');

/**
 * Presses a button as soon as it is there and, if words are given, again and again until `#state` says them. All of it
 * happens in the page: what lasts less than a second must not depend on how fast the test runs.
 */
export function press(page, selector, until = null) {
  return page.evaluate(
    ([button, words]) =>
      new Promise((resolve, reject) => {
        const giveUp = Date.now() + 15_000;
        const turn = setInterval(() => {
          const said = document.getElementById('state')?.textContent ?? '';
          const element = document.querySelector(button);
          if (words !== null && said.includes(words)) resolve(said);
          else if (Date.now() > giveUp) reject(new Error(`${button}: waited for ${words}, last: ${said}`));
          else {
            element?.click();
            if (words !== null || !element) return;
            resolve(said);
          }
          clearInterval(turn);
        }, 50);
      }),
    [selector, until],
  );
}
