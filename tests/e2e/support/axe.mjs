// axe-core in the page. It is evaluated over the debugging protocol, so the page's policy stays as strict as it is.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const EVERYTHING = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
/** What can only change with the colors. */
export const COLORS = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

/** The violations, one line each with the first places. */
export async function violations(page, rules = EVERYTHING) {
  if (!(await page.evaluate(() => typeof window.axe === 'object'))) await page.evaluate(SOURCE);
  return page.evaluate(async (runOnly) => {
    // Colors on their way from one theme to the other are nobody's colors.
    await Promise.all(document.getAnimations().filter((a) => a instanceof CSSTransition).map((a) => a.finished.catch(() => null)));
    const { violations: found } = await window.axe.run(document, {
      resultTypes: ['violations'],
      runOnly,
    });
    return found.map(({ id, help, nodes }) => {
      const places = nodes.slice(0, 4).map((node) => `${node.target.join(' ')} (${node.any[0]?.message ?? node.all[0]?.message ?? node.none[0]?.message ?? ''})`);
      return `${id}: ${help} [${nodes.length}]: ${places.join(' | ')}`;
    });
  }, rules);
}
