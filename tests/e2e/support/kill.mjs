// Ends pages and browsers the hard way: no event, no farewell.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from '@playwright/test';

/** Crashes the process of a page. What the browser keeps on disk stays. */
export async function crash(page) {
  const gone = page.waitForEvent('crash');
  const session = await page.context().newCDPSession(page);
  session.send('Page.crash').catch(() => {});
  await gone;
}

/** A browser with a profile of its own on disk, which may be killed and started again. */
export class Browser {
  constructor(preferences = null) {
    this.profile = mkdtempSync(join(tmpdir(), 'wan-profile-'));
    if (preferences) {
      mkdirSync(join(this.profile, 'Default'));
      writeFileSync(join(this.profile, 'Default', 'Preferences'), JSON.stringify(preferences));
    }
  }

  /** Starts it and opens an address. */
  async open(url) {
    const program = process.env.WAN_BROWSER || process.env.WAN_CHROMIUM || chromium.executablePath();
    const quiet = ['--no-first-run', '--disable-gpu', '--no-sandbox', '--disable-dev-shm-usage', '--disable-background-networking', '--lang=en'];
    const own = [`--user-data-dir=${this.profile}`, '--remote-debugging-port=0', '--headless=new'];
    rmSync(join(this.profile, 'DevToolsActivePort'), { force: true });
    // A group of its own, so that its helpers go with it.
    this.child = spawn(program, [...quiet, ...own, 'about:blank'], { stdio: 'ignore', detached: true });
    this.driver = await chromium.connectOverCDP(`http://127.0.0.1:${await this.port()}`);
    const page = await this.driver.contexts()[0].newPage();
    await page.goto(url);
    return page;
  }

  async port() {
    for (let turn = 0; turn < 200; turn += 1) {
      try {
        const [port] = readFileSync(join(this.profile, 'DevToolsActivePort'), 'utf8').split('\n');
        if (port) return port;
      } catch {
        // Not yet written.
      }
      await pause(100);
    }
    throw new Error('the browser did not say where it listens');
  }

  /** As a power cut would. */
  async kill() {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    process.kill(-this.child.pid, 'SIGKILL');
    await ended;
    await this.driver.close().catch(() => {});
  }

  /** Kills it and forgets the profile. */
  async end() {
    if (this.child.exitCode === null && this.child.signalCode === null) await this.kill();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
