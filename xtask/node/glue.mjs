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

const START = `let wasm;
export default async ({ module_or_path: answer }) => {
  answer = await answer;
  const imports = { [MODULE]: IMPORTS };
  // A host that does not know the type of wasm is waited for, not failed on.
  const { instance } = answer.headers.get('Content-Type') === 'application/wasm'
    ? await WebAssembly.instantiateStreaming(answer, imports)
    : await WebAssembly.instantiate(await answer.arrayBuffer(), imports);
  wasm = instance.exports;
  wasm.__wbindgen_start();
};
`;

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
export const putTogether = (text, module, imports, exportName) => {
  const list = [...imports].map(([name, body]) => `  ${name}: ${body},\n`).join('');
  const whole = `${text}\n${START.replace('[MODULE]', module).replace('IMPORTS', `{\n${list}}`)}`;
  return whole.replace(/\bwasm\.([A-Za-z_$][\w$]*)/g, (_, name) => `wasm.${exportName(name)}`);
};

/** The exports a text of glue uses. */
export const exportsUsed = (texts) =>
  new Set(texts.flatMap((text) => [...text.matchAll(/\bwasm\.([A-Za-z_$][\w$]*)/g)].map(([, name]) => name)));

/** What starting the module uses. */
export const STARTS_WITH = START;
