// No barrier axe knows of, no sideways scrolling and no text of the other language: every state × two languages × two
// themes × three widths × embedded or not. A state is reached once, and language, theme and width change in place.
import { expect, ready, test } from '../support/page.mjs';
import { COLORS, EVERYTHING, violations } from '../support/axe.mjs';
import { misspoken } from '../support/words.mjs';
import { STATES, reach, speak } from './states.mjs';

const WIDTHS = [1366, 768, 320];

/** What sticks to the edge lies over something wherever one stands: axe takes that for too small a target. */
const unstick = (page) =>
  page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('.runbar { position: static !important }');
    document.adoptedStyleSheets = [sheet];
  });

const cases = [false, true].flatMap((embedded) =>
  Object.entries(STATES)
    .filter(([, state]) => !(embedded && state.alone))
    .map(([name, state]) => [embedded, name, state]),
);

for (const [embedded, name, state] of cases) {
  test(`${embedded ? 'embedded, ' : ''}${name}: no barrier, no sideways scrolling, no text of the other language`, async ({ page, desk, context, complaints }) => {
    complaints.expected.push(...(state.expected ?? []));
    if (embedded) {
      await page.goto('./?embedded#embed');
      await ready(page);
      await expect(page.locator('html')).toHaveAttribute('data-embed', /embed/);
    }
    const after = [];
    await reach(state, page, desk, { context, defer: (end) => after.push(end) });
    await unstick(page);
    const found = {};
    for (const tag of ['en', 'zh-CN']) {
      await speak(page, tag);
      await state.show?.(page, desk);
      await state.settled?.(page);
      const words = await misspoken(page, tag);
      if (words.length > 0) found[`${tag} words`] = words;
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 768 });
        for (const scheme of ['light', 'dark']) {
          await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
          // The dark page differs in its colors only.
          const list = await violations(page, scheme === 'dark' ? COLORS : EVERYTHING);
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
