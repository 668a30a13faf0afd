// The request that is shown is the request that Run sends: over random edits, runs, and switches of task, model and
// gateway. A task's own request is a second view with a name of its own, and ends with the next edit.
import { creates, expect, marker, media, ready, test } from './support/page.mjs';
import { curl } from './support/shell.mjs';

const STEPS = 24;

/** Numbers that look random and come again with the same seed. */
function dice(seed) {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const shown = async (desk) => desk.command.evaluate((element) => element.textContent);
const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());

/** Clicks one of the elements that match, if there is one. */
async function one(page, selector, roll) {
  const found = page.locator(selector);
  const many = await found.count();
  if (many > 0) await found.nth(roll(many)).evaluate((element) => element.click());
}

const edits = {
  prompt: ({ desk }) => desk.prompt.fill(marker()),
  gateway: ({ page, roll }) => one(page, 'input[name="gateway"]', roll),
  kind: ({ page, roll }) => one(page, '#capability-t2v, #capability-i2v', roll),
  option: ({ page, roll }) => one(page, '#desk .field input[type="radio"]', roll),
  async model({ page, roll }) {
    const many = await page.locator('#model option').count();
    await page.locator('#model').selectOption({ index: roll(many) });
  },
};

const looks = {
  card: ({ page, roll }) => one(page, '.tasks .card:not(.new)', roll),
  task: ({ page, roll }) => one(page, '#whose-task', roll),
  form: ({ page, roll }) => one(page, '#whose-auto', roll),
};

/** Makes the draft complete and gives it a prompt that nobody else has. */
async function complete(page, desk) {
  for (const input of await page.locator('#desk .field input[type="url"][aria-required="true"]').all()) {
    if ((await input.inputValue()) === '') await input.fill(media('a.png'));
  }
  const mark = marker();
  await desk.prompt.fill(mark);
  return mark;
}

for (const seed of [1, 2, 3]) {
  test(`what is shown is what is sent, and what is copied (seed ${seed})`, async ({ page, desk, context, complaints }) => {
    test.setTimeout(180_000);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    // What the simulator refuses has been sent all the same.
    complaints.expected.push(/Failed to load resource/);
    await page.locator('#form').selectOption('posix');
    const roll = dice(seed);
    const sent = [];
    for (let step = 0; step < STEPS; step += 1) {
      const names = Object.keys(roll(2) === 0 ? looks : edits);
      const name = names[roll(names.length)];
      await ({ ...looks, ...edits })[name]({ page, desk, roll });
      if (roll(3) > 0) continue;
      const mark = await complete(page, desk);
      // At once, whatever task stands on the stage.
      await expect(desk.command, `${step}: ${name}`).toContainText(mark);
      if (await desk.run.evaluate((button) => button.classList.contains('waiting'))) continue;
      const command = await shown(desk);
      await page.locator('#copy-command').click();
      expect(await clipboard(page)).toBe(command.replace(/\n$/, ''));
      await desk.run.click();
      await expect.poll(async () => (await creates(page, mark)).length).toBe(1);
      const [arrived] = await creates(page, mark);
      const said = curl(command);
      expect(JSON.parse(arrived.body), `${step}: ${name}`).toEqual(JSON.parse(said.body));
      expect(new URL(said.url).pathname.endsWith(arrived.path.replace(/^\/sim\/[^/]+/, '')), `${said.url} for ${arrived.path}`).toBe(true);
      sent.push(mark);
      // The form is as it was: its request is still shown.
      await expect(desk.command).toContainText(mark);
    }
    expect(sent.length, 'several were sent').toBeGreaterThan(2);
  });
}

test('a task on the stage shows its own request on a press, named as such, until the form is edited', async ({ page, desk }) => {
  const first = marker();
  await desk.known();
  await desk.prompt.fill(first);
  await desk.run.click();
  await desk.done();
  const id = await desk.taskId();
  const second = marker();
  await desk.prompt.fill(second);
  await expect(desk.command).toContainText(second);
  await desk.pick('whose-task');
  await expect(page.locator('label:has(#whose-task)')).toHaveText('Task #1');
  await expect(desk.command).toContainText(first);
  await desk.pick('call-query');
  await expect(desk.command, 'with the id of the task').toContainText(id);
  await desk.pick('whose-auto');
  await expect(desk.command).toContainText('TASK_ID');
  await desk.pick('whose-task');
  await desk.pick('call-create');
  await desk.prompt.press('End');
  await desk.prompt.pressSequentially('x');
  await expect(desk.command).toContainText(`${second}x`);
  await expect(page.locator('#whose-auto')).toBeChecked();
  await page.reload();
  await ready(page);
  await expect(desk.command, 'also after a reload').toContainText(`${second}x`);
});
