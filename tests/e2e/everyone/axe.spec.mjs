// No barrier axe knows of: every state × two languages × two themes × three widths × embedded or not. A state is reached
// once, and language, theme and width change in place.
import { expect, ready, test } from '../support/page.mjs';
import { violations } from '../support/axe.mjs';
import { STATES, reach, speak } from './states.mjs';

const WIDTHS = [1366, 768, 320];

/** What sticks to the edge lies over something wherever one stands: axe takes that for too small a target. */
const unstick = (page) =>
  page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('.runbar { position: static !important }');
    document.adoptedStyleSheets = [sheet];
  });

for (const embedded of [false, true]) {
for (const [name, state] of Object.entries(STATES)) {
  test(`${embedded ? 'embedded, ' : ''}${name}: no barrier, and no sideways scrolling`, async ({ page, desk, context, complaints }) => {
    complaints.expected.push(...(state.expected ?? []));
    if (embedded) {
      await page.goto('./?embedded#embed');
      await ready(page);
      test.skip(!(await page.evaluate(() => 'embed' in document.documentElement.dataset)), 'this page knows no embedding');
    }
    await unstick(page);
    const after = [];
    await reach(state, page, desk, { context, defer: (end) => after.push(end) });
    const found = {};
    for (const tag of ['en', 'zh-CN']) {
      await speak(page, tag);
      await state.show?.(page, desk);
      await state.settled?.(page);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 768 });
        for (const scheme of ['light', 'dark']) {
          await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
          const list = await violations(page);
          if (list.length > 0) found[`${tag} ${width} ${scheme}`] = list;
        }
        const over = await page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth);
        if (over > 0) found[`${tag} ${width}`] = `scrolls sideways by ${over} px`;
      }
    }
    for (const end of after) await end();
    expect(found).toEqual({});
  });
}
}
