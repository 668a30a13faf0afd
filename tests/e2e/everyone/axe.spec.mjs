// No barrier axe knows of: every state × two languages × two themes × three widths × embedded or not. A state is reached
// once, and language, theme and width change in place.
import { expect, test } from '../support/page.mjs';
import { violations } from '../support/axe.mjs';
import { STATES, reach, speak } from './states.mjs';

const WIDTHS = [1366, 768, 320];

for (const [name, state] of Object.entries(STATES)) {
  test(`${name}: no barrier, and no sideways scrolling`, async ({ page, desk, context, complaints }) => {
    complaints.expected.push(...(state.expected ?? []));
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
