// A key in the ways in which answers repeat it, and the ways back: written apart from the page's own search, so that the
// two cannot agree on a mistake.

const code = (c, length) => c.charCodeAt(0).toString(16).padStart(length, '0');
const signs = (key, spell) => key.replace(/[^A-Za-z0-9]/g, spell);
const all = (key, spell) => [...key].map(spell).join('');

/** Spellings as they stand within a JSON string of an answer. */
export const spellings = (key) => [
  key,
  key.replaceAll('/', '\\/'),
  signs(key, (c) => `\\u${code(c, 4)}`),
  signs(key, (c) => `\\u${code(c, 4).toUpperCase()}`),
  all(key, (c, at) => (at % 2 ? c : `\\u${code(c, 4)}`)),
  signs(key, (c) => `\\\\u${code(c, 4)}`),
  signs(key, (c) => `%${code(c, 2)}`),
  all(key, (c) => `%25${code(c, 2).toUpperCase()}`),
  signs(key, (c) => `&#${c.charCodeAt(0)};`),
  all(key, (c) => `&#x${code(c, 2)};`),
  signs(key, (c) => `&amp;#${c.charCodeAt(0)};`),
  all(key, (c, at) => [c, `\\u${code(c, 4)}`, `%${code(c, 2)}`, `&#${c.charCodeAt(0)};`][at % 4]),
  Buffer.from(key).toString('base64').replace(/=+$/, ''),
  Buffer.from(`user:${key}`).toString('base64').replace(/=+$/, ''),
];

const DECODERS = [
  (text) => text.replace(/\\u([0-9a-f]{4})/gi, (_, digits) => String.fromCharCode(parseInt(digits, 16))).replace(/\\([\\/"])/g, '$1'),
  (text) => text.replace(/%([0-9a-f]{2})/gi, (_, digits) => String.fromCharCode(parseInt(digits, 16))),
  (text) =>
    text
      .replace(/&#x([0-9a-f]+);/gi, (_, digits) => String.fromCharCode(parseInt(digits, 16)))
      .replace(/&#([0-9]+);/g, (_, digits) => String.fromCharCode(parseInt(digits, 10)))
      .replace(/&amp;/g, '&'),
];

/** What is the same of a key's base64 wherever it begins. */
const cores = (key) =>
  [0, 1, 2].map((before) => {
    const text = Buffer.from('x'.repeat(before) + key).toString('base64').replace(/=+$/, '');
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + key.length) * 8) / 6));
  });

/** The first way in which a text tells a key, or nothing: decoded in every order, some levels deep. */
export function told(text, key) {
  const core = cores(key).find((core) => text.includes(core));
  if (core) return core;
  const seen = new Set([text]);
  let texts = [text];
  for (let level = 0; level < 5; level += 1) {
    const found = texts.find((text) => text.includes(key));
    if (found !== undefined) return found.slice(Math.max(0, found.indexOf(key) - 60), found.indexOf(key) + key.length + 20);
    texts = texts.flatMap((text) => DECODERS.map((decode) => decode(text))).filter((text) => !seen.has(text) && seen.add(text));
  }
  return undefined;
}
