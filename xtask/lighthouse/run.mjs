// Lighthouse, as on a phone, some runs one after the other: node run.mjs URL RUNS
//
// What counts is the median of each category; it says so, and fails below what is wanted.
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

const WANTED = { performance: 95, accessibility: 100, 'best-practices': 100, seo: 100 };

const [url, runs] = process.argv.slice(2);
if (!url || !runs) {
  console.error('usage: node run.mjs URL RUNS');
  process.exit(2);
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const columns = Object.keys(WANTED);
const scores = Object.fromEntries(columns.map((name) => [name, []]));
const row = (name, values) => console.log(name.padEnd(8), ...values.map((value) => String(value).padStart(16)));
row('', columns);
const missed = new Map();
for (let run = 1; run <= Number(runs); run += 1) {
  // A browser of its own for each: nothing is kept from the run before.
  const chrome = await launch({ chromePath: process.env.WAN_CHROMIUM, chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
  try {
    const { lhr } = await lighthouse(url, { port: chrome.port, onlyCategories: columns, logLevel: 'error' });
    for (const name of columns) {
      scores[name].push(Math.round(lhr.categories[name].score * 100));
      for (const { id, weight } of lhr.categories[name].auditRefs) {
        const { score, title, displayValue } = lhr.audits[id];
        if (weight > 0 && score !== null && score < 0.9) missed.set(`${name}: ${title}`, displayValue ?? '');
      }
    }
    row(`run ${run}`, columns.map((name) => scores[name].at(-1)));
    // How fast this machine was just now, by a benchmark of Lighthouse's own: a shared one halves from one run to the next.
    console.log(`         machine ${Math.round(lhr.environment.benchmarkIndex)}`);
    const timing = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift', 'speed-index'];
    console.log(`         ${timing.map((id) => `${lhr.audits[id].title} ${lhr.audits[id].displayValue}`).join(', ')}`);
  } finally {
    await chrome.kill();
  }
}
const medians = columns.map((name) => median(scores[name]));
row('median', medians);
row('wanted', Object.values(WANTED));
for (const [what, value] of missed) console.log(`below 90 in some run: ${what} ${value}`);
if (columns.some((name, at) => medians[at] < WANTED[name])) process.exit(1);
