// Run by `cargo xtask test`, which sets WAN_URL or WAN_DIST, WAN_CHROMIUM and WAN_REPORT.
import { defineConfig } from '@playwright/test';

const reporter = [['list']];
if (process.env.WAN_REPORT) reporter.push(['json', { outputFile: process.env.WAN_REPORT }]);

export default defineConfig({
  testDir: '.',
  timeout: 60_000,
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter,
  outputDir: 'test-results',
  use: {
    baseURL: process.env.WAN_URL,
    browserName: 'chromium',
    screenshot: 'only-on-failure',
    // A trace doubles the time of a run; screenshot and page tree of a failure are kept without it.
    trace: process.env.WAN_TRACE ? 'retain-on-failure' : 'off',
    launchOptions: {
      executablePath: process.env.WAN_CHROMIUM || undefined,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  projects: [
    { name: 'page', testMatch: '*.spec.mjs', testIgnore: 'dist.spec.mjs' },
    { name: 'dist', testMatch: 'dist.spec.mjs' },
    // The main job once more, on the page as it is handed out.
    { name: 'packed', testMatch: ['smoke.spec.mjs', 'models.spec.mjs', 'failures.spec.mjs'] },
  ],
});
