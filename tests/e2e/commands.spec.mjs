// The request as a command: every shell of the list, run where it can be run here, and the key only when it was asked for.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, choosePlace } from './support/page.mjs';

const KEY = 'sk-canary-command-4f1d';
const SHELLS = { posix: ['dash', 'bash', 'zsh'], bash: ['bash', 'zsh'], fish: ['fish'] };
const PROMPT = '猫 says "it\'s $HOME, `date` & 100 %! \\n done\\';

const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());
const shell = (page) => page.locator('#form');

const run = (program, command, folder, environment) =>
  new Promise((resolve) => {
    const options = { cwd: folder, env: { ...process.env, ...environment }, timeout: 60_000 };
    execFile(program, ['-c', command], options, (error, stdout, stderr) => resolve({ error, stdout, stderr }));
  });

test.beforeEach(async ({ context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
});

test('each shell has its own command, which is remembered', async ({ page, desk }) => {
  await desk.fill('prompt', 'a cat');
  const marks = {
    posix: ' \\\n  -H "Authorization: Bearer $DASHSCOPE_API_KEY"',
    bash: ' \\\n  -H "Authorization: Bearer $DASHSCOPE_API_KEY"',
    fish: ' \\\n  -H "Authorization: Bearer $DASHSCOPE_API_KEY"',
    cmd: ' ^\n  -H "Authorization: Bearer %DASHSCOPE_API_KEY%"',
    powershell: ' `\n  -H "Authorization: Bearer $env:DASHSCOPE_API_KEY"',
  };
  expect(await shell(page).locator('optgroup').first().locator('option').evaluateAll((all) => all.map((one) => one.value)))
    .toEqual(Object.keys(marks));
  for (const [form, mark] of Object.entries(marks)) expect(await desk.printed('create', form), form).toContain(mark);
  await page.reload();
  await expect(shell(page)).toHaveValue('powershell');
  await expect(desk.command).toContainText('curl.exe');
});

test('what is copied runs as it is, in every shell there is', async ({ page, desk }) => {
  await desk.fill('prompt', PROMPT);
  const folder = mkdtempSync(join(tmpdir(), 'wan-command-'));
  for (const [form, programs] of Object.entries(SHELLS)) {
    await shell(page).selectOption(form);
    await page.locator('#copy-command').click();
    await expect(page.locator('#copy-command')).toContainText('Copied');
    const command = await clipboard(page);
    for (const program of programs) {
      const { stdout, stderr } = await run(program, command, folder, { DASHSCOPE_API_KEY: 'sk-canary-environment' });
      const answer = JSON.parse(stdout || `"${stderr}"`);
      expect(answer.output.task_status, program).toBe('PENDING');
    }
  }
});

test('the key is in a copy only after its own press, and nowhere else', async ({ page, desk, context }) => {
  await choosePlace(page, { index: 1 }).catch(() => {});
  await desk.fill('prompt', 'a cat');
  await page.locator('#key').fill(KEY);
  for (const form of ['posix', 'bash', 'fish', 'cmd', 'powershell']) {
    await shell(page).selectOption(form);
    await page.locator('#copy-command').click();
    await expect(page.locator('#copy-command')).toContainText('Copied');
    expect(await clipboard(page), form).not.toContain(KEY);
    await page.locator('#copy-with-key').click();
    await expect(page.locator('#copy-with-key')).toContainText('with your key in it');
    const command = await clipboard(page);
    expect(command, form).toContain(`Authorization: Bearer ${KEY}`);
    expect(command, form).not.toContain('DASHSCOPE_API_KEY');
    expect(await desk.command.textContent(), form).not.toContain(KEY);
  }
  await shell(page).selectOption('http');
  await expect(page.locator('#copy-with-key')).toHaveCount(0);
  await page.locator('#copy-command').click();
  await expect(page.locator('#copy-command')).toContainText('Copied');
  expect(await clipboard(page)).not.toContain(KEY);
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }) + location.href)).not.toContain(KEY);
  await page.locator('#key').fill('');
  await shell(page).selectOption('bash');
  await expect(page.locator('#copy-with-key')).toHaveCount(0);
});

test('a command with the key in it runs without the variable', async ({ page, desk }) => {
  await desk.fill('prompt', PROMPT);
  await shell(page).selectOption('bash');
  await page.locator('#copy-with-key').click();
  await expect(page.locator('#copy-with-key')).toContainText('with your key in it');
  const { stdout, stderr } = await run('bash', await clipboard(page), tmpdir(), { DASHSCOPE_API_KEY: '' });
  expect(JSON.parse(stdout || `"${stderr}"`).output.task_status).toBe('PENDING');
});

test('what cannot stand in a command of the Windows prompt is offered as a file, and why', async ({ page, desk }) => {
  await shell(page).selectOption('cmd');
  await desk.fill('prompt', 'a cat');
  await expect(page.locator('#save-body')).toHaveCount(0);
  await expect(page.locator('#command-notes')).toBeEmpty();
  for (const [prompt, why] of [['100 %', 'take for a variable'], ['now!', 'may drop'], ['猫', 'garbles']]) {
    await desk.fill('prompt', prompt);
    await expect(page.locator('#command-notes')).toContainText(why);
    await expect(desk.command).toContainText('--data-binary "@wan-request.json"');
    const [saved] = await Promise.all([page.waitForEvent('download'), page.locator('#save-body').click()]);
    expect(saved.suggestedFilename()).toBe('wan-request.json');
    const path = join(mkdtempSync(join(tmpdir(), 'wan-body-')), 'wan-request.json');
    await saved.saveAs(path);
    expect(JSON.parse(readFileSync(path, 'utf8')).input.prompt).toBe(prompt);
  }
  await page.locator('#language').click();
  await desk.fill('prompt', '猫');
  await expect(page.locator('#command-notes')).toContainText('乱码');
});

test('a program does the whole job: saved as its file, run, and the video is there', async ({ page, desk }) => {
  await desk.fill('prompt', PROMPT);
  const folder = mkdtempSync(join(tmpdir(), 'wan-program-'));
  const offered = await shell(page).locator('optgroup').nth(1).locator('option').evaluateAll((all) => all.map((one) => one.value));
  expect(offered.length).toBeGreaterThan(5);
  const runs = { 'wan.mjs': process.execPath, 'wan.sh': 'sh' };
  for (const file of offered) {
    await shell(page).selectOption(file);
    await expect(page.locator('#call')).toHaveCount(0);
    await expect(page.locator('#copy-with-key')).toHaveCount(0);
    const [saved] = await Promise.all([page.waitForEvent('download'), page.locator('#save-program').click()]);
    expect(saved.suggestedFilename()).toBe(file);
    await saved.saveAs(join(folder, file));
    const text = readFileSync(join(folder, file), 'utf8');
    // In a page there are no variables: that one is handed its key.
    if (file !== 'wan-browser.mjs') expect(text, file).toContain('DASHSCOPE_API_KEY');
    expect(`${text}\n`, file).toContain(await desk.command.textContent());
    const by = runs[file];
    if (!by) continue;
    const { error, stdout, stderr } = await new Promise((resolve) => {
      const options = { cwd: folder, env: { ...process.env, DASHSCOPE_API_KEY: KEY }, timeout: 120_000 };
      execFile(by, [file], options, (error, stdout, stderr) => resolve({ error, stdout, stderr }));
    });
    expect(error, stderr).toBe(null);
    const video = stdout.trim().split('\n').at(-1);
    expect(readFileSync(join(folder, video)).subarray(4, 8).toString(), file).toBe('ftyp');
  }
});

test("a gateway's own library is offered where it can do the job, and the choice falls back where it cannot", async ({ page, desk }) => {
  const programs = () => shell(page).locator('optgroup').nth(1).locator('option').evaluateAll((all) => all.map((one) => one.textContent));
  const here = await programs();
  await desk.gateway('ope');
  await expect.poll(programs).not.toEqual(here);
});
