// Run by `cargo xtask test`, which sets WAN_URL or WAN_DIST, WAN_CHROMIUM and WAN_REPORT.
import { defineConfig } from '@playwright/test';

const reporter = [['list']];
if (process.env.WAN_REPORT) reporter.push(['json', { outputFile: process.env.WAN_REPORT }]);

export default defineConfig({
  testDir: '.',
  // Long enough for a machine that is busy with something else: what passes does not wait for it.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  workers: 2,
  fullyParallel: true,
  // A shared machine can stall a browser for seconds. What passes only when it is played again is named at the end.
  retries: process.env.CI ? 2 : 0,
  // What is broken all over says so at once, not after hours of waiting for each.
  maxFailures: process.env.CI ? 12 : 0,
  forbidOnly: Boolean(process.env.CI),
  reporter,
  outputDir: 'test-results',
  use: {
    baseURL: process.env.WAN_URL,
    actionTimeout: 60_000,
    browserName: 'chromium',
    screenshot: 'only-on-failure',
    // A trace doubles the time of a run; screenshot and page tree of a failure are kept without it.
    trace: process.env.WAN_TRACE ? 'retain-on-failure' : 'off',
    launchOptions: {
      executablePath: process.env.WAN_CHROMIUM || undefined,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        // Containers give /dev/shm 64 MB, and a page that runs out of it crashes.
        '--disable-dev-shm-usage',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  projects: [
    { name: 'page', testMatch: '*.spec.mjs', testIgnore: ['dist.spec.mjs', 'embed.spec.mjs', 'offline.spec.mjs', 'rest.spec.mjs', 'serve.spec.mjs', 'everyone/**'] },
    // What reading, hearing, typing and touching the page takes.
    { name: 'axe', testMatch: 'everyone/*.spec.mjs' },
    { name: 'dist', testMatch: ['dist.spec.mjs', 'offline.spec.mjs'] },
    // Pages of other sites, with this one in a frame of theirs.
    { name: 'embed', testMatch: 'embed.spec.mjs' },
    // The page as `play` builds it; all others run on the packed one.
    { name: 'play', testMatch: ['smoke.spec.mjs', 'rest.spec.mjs'] },
    // The page as Trunk builds and serves it for development.
    { name: 'serve', testMatch: 'serve.spec.mjs' },
  ],
});
