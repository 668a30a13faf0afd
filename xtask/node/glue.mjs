// Rewrites the glue of wasm-bindgen (target `web`) for a page that only ever calls its default export with an answer of
// `fetch`, in a current browser. It is generated text of a locked version: what is not as expected stops the packing.

/** A short identifier for each number: a, b, ... z, A, ... Z, aa, ... */
export const short = (number) => {
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
  let rest = number;
  let name = '';
  do {
    name = letters[rest % 52] + name;
    rest = Math.floor(rest / 52) - 1;
  } while (rest >= 0);
  return name;
};

// The second module is asked for once the start-up script says so. Who calls into it earlier waits for it: functions cannot be
// awaited in the middle of Rust, so that one request blocks, and its digest is taken here, where fetch would do it.
const START = `let wasm;
let second;
export default async ({ module_or_path: answer, later }) => {
  answer = await answer;
  const imports = {
    [FIRST]: IMPORTS,
    [SECOND]: new Proxy({}, { get: (_, name) => (...args) => (second || atOnce(name))[name](...args) }),
  };
  const arrived = ({ instance }) => instance.exports;
  // A host that does not know the type of wasm is waited for, not failed on.
  const made = async (answer) => arrived(answer.headers.get('Content-Type') === 'application/wasm'
    ? await WebAssembly.instantiateStreaming(answer, imports)
    : await WebAssembly.instantiate(await answer.arrayBuffer(), imports));
  const atOnce = (name) => {
    const ask = new XMLHttpRequest();
    ask.open('GET', later.url, false);
    ask.overrideMimeType('text/plain; charset=x-user-defined');
    try {
      ask.send();
    } catch {}
    const bytes = Uint8Array.from(ask.responseText, (unit) => unit.charCodeAt(0));
    if (ask.status !== 200 || 'sha256-' + btoa(String.fromCharCode(...sha256(bytes))) !== later.integrity) {
      throw Object.assign(new WebAssembly.RuntimeError('missing or changed: ' + later.url + ', asked for ' + name), { missing: true });
    }
    return (second = arrived({ instance: new WebAssembly.Instance(new WebAssembly.Module(bytes), imports) }));
  };
  const own = await made(answer);
  imports[OWN] = own;
  // The modules call each other straight; whoever calls from outside passes the gate of the start-up script.
  wasm = wanGate(own);
  wasm.__wbindgen_start();
  (async () => {
    await later.rest;
    for (let pause = 500; !second; pause = Math.min(2 * pause, 60000)) {
      try {
        const answer = await fetch(later.url, { integrity: later.integrity, credentials: 'same-origin' });
        if (!answer.ok) throw answer.status;
        const exports = await made(answer);
        second ||= exports;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
    later.whole();
  })();
};

function sha256(bytes) {
  const primes = [];
  for (let number = 2; primes.length < 64; number += 1) if (primes.every((prime) => number % prime)) primes.push(number);
  const bits = (root) => (root % 1) * 2 ** 32 | 0;
  const state = primes.slice(0, 8).map((prime) => bits(prime ** (1 / 2)));
  const constants = primes.map((prime) => bits(prime ** (1 / 3)));
  const padded = new Uint8Array((bytes.length + 72) & ~63);
  padded.set(bytes);
  padded[bytes.length] = 128;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 4, bytes.length * 8);
  const turn = (word, by) => word >>> by | word << 32 - by;
  const words = [];
  for (let block = 0; block < padded.length; block += 64) {
    let [a, b, c, d, e, f, g, h] = state;
    for (let round = 0; round < 64; round += 1) {
      const [early, late] = [words[round - 15], words[round - 2]];
      words[round] = round < 16 ? view.getInt32(block + 4 * round)
        : (turn(late, 17) ^ turn(late, 19) ^ late >>> 10) + words[round - 7]
          + (turn(early, 7) ^ turn(early, 18) ^ early >>> 3) + words[round - 16] | 0;
      const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (e & f ^ ~e & g) + constants[round] + words[round];
      const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + (a & b ^ a & c ^ b & c);
      [h, g, f, e, d, c, b, a] = [g, f, e, d + one | 0, c, b, a, one + two | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, at) => (state[at] = state[at] + word | 0));
  }
  return state.flatMap((word) => [word >>> 24, word >>> 16 & 255, word >>> 8 & 255, word & 255]);
}
`;

/** The names under which the modules import: from the glue, from the second module, from the first. */
export const MODULES = { first: 'a', second: 'b', own: 'c' };

const CAUGHT = `const caught = (call) => (...args) => {
  try {
    return call(...args);
  } catch (error) {
    wasm.__wbindgen_exn_store(addToExternrefTable0(error));
  }
};
`;

// What is left of the list of imports when every import is taken out.
const NO_MORE = /^\s*const import0 = \{\s*__proto__: null,\s*\};\s*return \{\s*__proto__: null,\s*"[^"]*": import0,\s*\};\s*$/;

/** Takes the glue apart: what it offers the module by name, and the text without what the page never calls. */
export const takeApart = (glue) => {
  let text = glue;
  const replace = (what, pattern, by) => {
    const before = text;
    text = text.replace(pattern, by);
    if (text === before) throw new Error(`the glue of wasm-bindgen is not as expected: no ${what}`);
  };

  // Classes for JavaScript that a crate offers and nobody here uses (streams made of Rust).
  const classes = [...text.matchAll(/^export class (\w+) \{\n[\s\S]*?^\}\n(?:if \(Symbol\.dispose\) .*\n)?/gm)];
  for (const [whole, name] of classes) {
    text = text.replace(whole, '').replace(new RegExp(`^const ${name}Finalization = [\\s\\S]*?;$`, 'm'), '');
    if (new RegExp(`\\b${name}\\b`).test(text)) throw new Error(`the glue uses its class ${name} itself`);
  }

  replace('start', /^let wasmModule, wasmInstance, wasm;\n[\s\S]*$/m, () => '');
  if (/\bwasm(Module|Instance)\b/.test(text)) throw new Error('the glue hands the module itself on');
  replace('text encoder', /^if \(!\('encodeInto' in cachedTextEncoder\)\) \{\n[\s\S]*?^\}\n/m, '');
  replace('registry', /\(typeof FinalizationRegistry === 'undefined'\)\n.*\n\s*: (?=new FinalizationRegistry)/g, '');
  replace('string writer', /(function passStringToWasm0\(arg), malloc, realloc(\) \{\n) {4}if \(realloc === undefined\) \{\n[\s\S]*?^ {4}\}\n/m,
    '$1$2    const malloc = wasm.__wbindgen_malloc, realloc = wasm.__wbindgen_realloc;\n');
  text = text.replaceAll(', wasm.__wbindgen_malloc, wasm.__wbindgen_realloc)', ')');
  if (/passStringToWasm0\([^()]*,/.test(text)) throw new Error('the glue writes a string in an unexpected way');
  replace('error handler', /^function handleError\(f, args\) \{\n[\s\S]*?^\}\n/m, () => CAUGHT);

  const imports = new Map();
  replace('list of imports', /^function __wbg_get_imports\(\) \{\n([\s\S]*?)^\}\n/m, (_, list) => {
    const rest = list.replace(/^ {8}(\w+): function[\s\S]*?\n {8}\}(?:,|, arguments\); \},)\n/gm, (entry, name) => {
      const body = entry
        .replace(/^ *\/\/.*\n/gm, '')
        .replace(/^ {8}\w+: /, '')
        .replace(/^function\(\) \{ return handleError\(function \(([^)]*)\) \{/, 'caught(($1) => {')
        .replace(/\}, arguments\); \},\n$/, '})')
        .replace(/^function\(([^)]*)\) \{/, '($1) => {')
        .replace(/\},\n$/, '}');
      if (/\b(this|arguments|function ?\()/.test(body)) throw new Error(`the import ${name} of the glue is not as expected`);
      imports.set(name, body);
      return '';
    });
    if (!NO_MORE.test(rest)) throw new Error(`the glue's list of imports is not as expected: ${rest}`);
    return '';
  });
  if (/^export\b/m.test(text)) throw new Error('the glue exports more than is known');
  return { text, imports };
};

/** Puts the glue together: only the imports the finished module asks for, under the names both sides agreed on. */
export const putTogether = (text, imports, exportName) => {
  const list = [...imports].map(([name, body]) => `  ${name}: ${body},\n`).join('');
  const start = START.replace('IMPORTS', () => `{\n${list}}`)
    .replace('[FIRST]', MODULES.first).replace('[SECOND]', MODULES.second).replace('[OWN]', `.${MODULES.own}`);
  const whole = `${text}\n${start}`;
  return whole.replace(/\bwasm\.([A-Za-z_$][\w$]*)/g, (_, name) => `wasm.${exportName(name)}`);
};

/** The exports a text of glue uses. */
export const exportsUsed = (texts) =>
  new Set(texts.flatMap((text) => [...text.matchAll(/\bwasm\.([A-Za-z_$][\w$]*)/g)].map(([, name]) => name)));

/** What starting the module uses. */
export const STARTS_WITH = START;
