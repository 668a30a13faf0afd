// The page comes up: title, boot finished, nothing wrong in the console, nothing blocked by the policy.
import { expect, test } from '@playwright/test';

test('page starts without console errors or policy violations', async ({ page }) => {
  const complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`));
  page.on('requestfailed', (request) => complaints.push(`failed request: ${request.url()}`));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      console.error(`blocked by policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });

  await page.goto('./');
  await expect(page).toHaveTitle(/Wan/);
  await expect(page.locator('html')).toHaveAttribute('data-boot', 'ready');
  await expect(page.locator('meta[http-equiv="Content-Security-Policy"]')).toHaveCount(1);
  expect(complaints).toEqual([]);
});
