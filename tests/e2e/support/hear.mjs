// What assistive technology is given: the browser's own accessibility tree, as lines a person can read; and what the
// page says by itself.

const SILENT = new Set(['code', 'none', 'generic', 'InlineTextBox', 'LineBreak', 'RootWebArea', 'ListMarker', 'paragraph', 'strong', 'emphasis', 'LayoutTable', 'LayoutTableRow', 'LayoutTableCell', 'MenuListPopup', 'DescriptionListDetail', 'Pre', 'Canvas', 'Iframe', 'SvgRoot']);
/** Words that a control has as its name: told with it. */
const NAMES = new Set(['LabelText', 'Legend']);
/** Their name is what stands in them: the parts are not told once more. */
const WHOLE = new Set(['button', 'link', 'heading', 'radio', 'checkbox', 'option', 'textbox', 'searchbox', 'combobox', 'DisclosureTriangle', 'menuitem', 'term', 'image', 'Video', 'Audio']);
const STATES = ['checked', 'pressed', 'expanded', 'invalid', 'required', 'disabled', 'focused', 'modal', 'busy', 'selected'];

/** The accessibility tree, a line for what is announced: role, name, value, states, description. */
export async function heard(page, selector = null) {
  const client = await page.context().newCDPSession(page);
  const { nodes } = await client.send('Accessibility.getFullAXTree');
  const all = new Map(nodes.map((node) => [node.nodeId, node]));
  let root = nodes[0];
  if (selector) {
    const { result } = await client.send('Runtime.evaluate', { expression: `document.querySelector(${JSON.stringify(selector)})` });
    const { node } = await client.send('DOM.describeNode', { objectId: result.objectId });
    root = nodes.find((one) => one.backendDOMNodeId === node.backendNodeId);
  }
  await client.detach();
  const lines = [];
  const tell = (node, depth, named = false) => {
    const role = node.role?.value ?? '';
    const names = named || NAMES.has(role);
    // Blanks between two parts are not read.
    const isBlank = role === 'StaticText' && !(node.name?.value ?? '').trim();
    const shown = !node.ignored && !isBlank && !SILENT.has(role) && !NAMES.has(role) && !(named && role === 'StaticText');
    let below = depth;
    if (shown) {
      lines.push(`${'  '.repeat(depth)}${line(node, role)}`);
      below += 1;
    }
    if (role === 'StaticText' || (shown && WHOLE.has(role))) return;
    for (const id of node.childIds ?? []) if (all.has(id)) tell(all.get(id), below, names);
  };
  tell(root, 0);
  return lines.join('\n');
}

function line(node, role) {
  const text = (node.name?.value ?? '').replace(/\s+/g, ' ').trim();
  if (role === 'StaticText') return `“${text}”`;
  const facts = [role];
  if (text) facts.push(`“${text}”`);
  const of = (name) => node.properties?.find((property) => property.name === name)?.value.value;
  if (role === 'heading') facts.push(`level ${of('level')}`);
  for (const name of STATES) {
    const value = of(name);
    if (value === undefined || value === false || value === 'false') continue;
    facts.push(value === true || value === 'true' ? name : `${name}=${value}`);
  }
  if (node.value?.value) facts.push(`= “${String(node.value.value).replace(/\s+/g, ' ')}”`);
  const description = (node.description?.value ?? '').replace(/\s+/g, ' ').trim();
  if (description && description !== text) facts.push(`(${description})`);
  return facts.join(' ');
}

/** Collects what live regions come to say, each as it is read: the region, whole if it is atomic, else what changed. */
export async function listen(page) {
  await page.evaluate(() => {
    const LIVE = '[aria-live="polite"], [aria-live="assertive"], [role="status"], [role="alert"], [role="log"], output';
    const spoken = (node) => {
      if (node.nodeType === Node.TEXT_NODE) return node.data;
      if (node.nodeType !== Node.ELEMENT_NODE || node.getAttribute('aria-hidden') === 'true' || getComputedStyle(node).display === 'none') return '';
      return [...node.childNodes].map(spoken).join(' ');
    };
    const seen = new Map();
    window.said = [];
    const look = () => {
      for (const region of document.querySelectorAll(LIVE)) {
        const text = spoken(region).replace(/\s+/g, ' ').trim();
        const before = seen.get(region);
        seen.set(region, text);
        // A region that comes with its words is not read out; an alert is.
        const isNew = before === undefined && region.getAttribute('role') !== 'alert';
        if (!isNew && before !== text && text) window.said.push(text);
      }
    };
    look();
    window.said.length = 0;
    new MutationObserver(look).observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  return {
    all: () => page.evaluate(() => window.said),
    forget: () => page.evaluate(() => (window.said.length = 0)),
  };
}
