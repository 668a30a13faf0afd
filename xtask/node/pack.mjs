// Packs the finished page for any host: node pack.mjs SITE OUT
//
// In this order, because each step changes bytes that the next one names: shrink the modules, name the parts, bundle and
// minify the glue, join the style sheets, name every file by its content, write names and integrity into index.html,
// compress, print the tables.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import esbuild from 'esbuild';

const [site, out] = process.argv.slice(2);
if (!site || !out) {
  console.error('usage: node pack.mjs SITE OUT');
  process.exit(2);
}
// Measured in brotli, with the whole page.
// Without memory-packing: it cuts data at every few zeros, and the addresses of thousands of pieces do not compress.
const ONCE = ['-Oz', '--skip-pass=local-cse', '--skip-pass=code-folding', '--skip-pass=memory-packing'];
const OPTIMIZE = ['--flatten', '--rereloop', ...ONCE, ...ONCE, '--duplicate-function-elimination', '--dae-optimizing', ...ONCE];
const GLUE = 'wan-playground.js';
const MODULE = 'wan-playground_bg.wasm';
const LOADER = 'parts.js';
const BOOT = 'boot.js';
const EMBED = 'embed.js';
const PAGE = 'index.html';
const MANIFEST = 'manifest.webmanifest';
const WORKER = 'sw.js';
const COMPRESSED = new Set(['.html', '.css', '.js', '.wasm', '.svg', '.json', '.txt', '.xml', '.webmanifest']);

fs.rmSync(out, { recursive: true, force: true });
fs.mkdirSync(out, { recursive: true });

const hash = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 10);
const integrity = (bytes, by = 'sha384') => `${by}-${createHash(by).update(bytes).digest('base64')}`;

/** The files of a folder, relative, with forward slashes. */
const walk = (folder, below = '') =>
  fs.readdirSync(path.join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const name = below ? `${below}/${entry.name}` : entry.name;
    return entry.isDirectory() ? walk(folder, name) : [name];
  });

const files = new Map(walk(site).map((name) => [name, fs.readFileSync(path.join(site, name))]));
const take = (name) => {
  const bytes = files.get(name);
  if (!bytes) throw new Error(`the page has no ${name}`);
  files.delete(name);
  return bytes;
};

let html = take(PAGE).toString();
const packed = new Map(); // new name → bytes
const renamed = new Map(); // old name → new name

const add = (name, bytes) => {
  const { dir, name: stem, ext } = path.posix.parse(name);
  const fresh = path.posix.join(dir, `${stem}-${hash(bytes)}${ext}`);
  packed.set(fresh, bytes);
  renamed.set(name, fresh);
  return fresh;
};

// wasm-opt, for each module by itself: what they share goes through the table, whose slots do not move. The lowest
// kilobyte belongs to the stack's far end, so that nothing has an address there.
const FEATURES = ['bulk-memory', 'reference-types', 'sign-ext', 'mutable-globals', 'nontrapping-float-to-int', 'multivalue'];
const tools = path.join(path.dirname(createRequire(import.meta.url).resolve('binaryen/package.json')), 'bin');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'wan-pack-'));
const [before, after, graph] = ['before.wasm', 'after.wasm', 'graph.json'].map((name) => path.join(scratch, name));
const tool = (name, ...words) =>
  execFileSync(process.execPath, [path.join(tools, name), before, ...FEATURES.map((name) => `--enable-${name}`), ...words, '-o', after], {
    encoding: 'utf8', maxBuffer: 1 << 28, stdio: 'pipe',
  });
const shrunk = (bytes) => {
  fs.writeFileSync(before, bytes);
  tool('wasm-opt', ...OPTIMIZE, '--low-memory-unused', '--strip-debug', '--strip-producers', '--strip-target-features');
  return fs.readFileSync(after);
};
/** The first module without these exports, and the short names of the others and of its imports, by module and name. */
function firstModule(bytes, unused) {
  const all = WebAssembly.Module.exports(new WebAssembly.Module(bytes)).map(({ name }) => name);
  const kept = all.filter((name) => !unused.includes(name));
  const roots = kept.map((name) => ({ name: `export ${name}`, export: name, root: true }));
  fs.writeFileSync(graph, JSON.stringify(roots));
  fs.writeFileSync(before, bytes);
  tool('wasm-metadce', '--graph-file', graph);
  fs.writeFileSync(before, shrunk(fs.readFileSync(after)));
  const names = JSON.parse(tool('wasm-opt', '--minify-imports-and-exports-and-modules'));
  return { wasm: fs.readFileSync(after), names };
}

// The glue calls the first module, and the module the glue, by names that nobody else reads: both get short ones, which
// wasm-opt chooses. What the glue does not call is no export, and the code behind it goes.
let text = take(GLUE).toString();
const called = new Set([...text.matchAll(/\bwasm\.(\w+)/g)].map(([, name]) => name));
const CLASSES = /^export class \w+ \{\n[^]*?^\}\n(?:if \(Symbol\.dispose\)[^\n]*\n)?/gm;
text = text.replace(CLASSES, '');
const used = new Set([...text.matchAll(/\bwasm\.(\w+)/g)].map(([, name]) => name));
const unused = [...called].filter((name) => !used.has(name));
const { wasm, names } = firstModule(take(MODULE), unused);
const partFiles = [...files.keys()].filter((name) => /^(split|chunk)_\w+\.wasm$/.test(name));
const parts = new Map(partFiles.map((name) => [name, add(name, shrunk(take(name)))]));
fs.rmSync(scratch, { recursive: true });
for (const place of ['/registry/src/', os.homedir()]) {
  for (const bytes of [wasm, ...[...parts.values()].map((name) => packed.get(name))]) {
    if (bytes.includes(place)) throw new Error(`a module names a folder of this machine: ${place}`);
  }
}

// The loader of the parts is generated text of a locked version: what is not as expected stops the packing. Each part is
// held to its integrity; a host that does not know the type of wasm is waited for, not failed on; and the answer goes into
// the module through the gate of the start-up script, like every other call.
let loader = take(LOADER).toString();
const inLoader = (from, to, times) => {
  const found = typeof from === 'string' ? loader.split(from).length - 1 : (loader.match(from) || []).length;
  if (found !== times) throw new Error(`${LOADER} is not as expected: ${found} times ${from}`);
  loader = typeof from === 'string' ? loader.replaceAll(from, to) : loader.replace(from, to);
};
const needs = new Map(
  [...loader.matchAll(/__wasm_split_load_(\w+) = wrapAsyncCb\(makeLoad\([^]*?, \[([^\]]*)\]\)\)/g)].map(([, name, chunks]) => [
    name, [`split_${name}.wasm`, ...chunks.split(', ').filter(Boolean).map((chunk) => `${chunk.replace('__', '')}.wasm`)],
  ]),
);
if (needs.size === 0) throw new Error(`${LOADER} is not as expected: it loads nothing`);
inLoader('import { initSync } from', 'import { modulesExports } from', 1);
inLoader('initSync(undefined, undefined)', 'modulesExports()', 1);
inLoader(
  'sharedImports.__wasm_split.__indirect_function_table.get(callbackIndex)(callbackData, success)',
  'wanGate({ answer: sharedImports.__wasm_split.__indirect_function_table.get(callbackIndex) }).answer(callbackData, success)',
  1,
);
// Dozens of parts stand in what a person waits for: each as its name and its digest, whose beginning is in its file's name.
inLoader(
  /\(\) => \{\s*const src = fetch\(new URL\("\.\/(\w+)\.wasm", import\.meta\.url\)\);\s*src\.catch\(\(\) => \{\}\);\s*return async \(imports\) => \(WebAssembly\.instantiateStreaming\(src, imports\)\);\s*\}/g,
  (_, stem) => {
    const fresh = parts.get(`${stem}.wasm`);
    if (!fresh) throw new Error(`${LOADER} asks for ${stem}, which is not there`);
    const digest = createHash('sha256').update(packed.get(fresh)).digest();
    if (fresh !== `${stem}-${digest.toString('hex').slice(0, 10)}.wasm`) throw new Error(`${fresh} is not named by its digest`);
    return `part("${stem}", "${digest.toString('base64').replace('=', '')}")`;
  },
  parts.size,
);
// What the parts take from the first module, under its short names.
const taken = /const \{ ([^}]*?),? *\} = modulesExports\(\);/.exec(loader);
if (!taken) throw new Error(`${LOADER} is not as expected: it shares nothing`);
const shortExports = new Map(names.exports);
inLoader(taken[0], `const { ${taken[1].split(', ').map((name) => `${shortExports.get(name)}: ${name}`).join(', ')} } = modulesExports();`, 1);
loader += `
function part(stem, digest) {
  const start = Array.from(atob(digest.slice(0, 8)), (c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join('').slice(0, 10);
  return () => {
    const coming = fetched('./' + stem + '-' + start + '.wasm', 'sha256-' + digest + '=');
    coming.catch(() => {});
    return async (imports) => made(coming, imports);
  };
}
async function fetched(name, integrity) {
  const answer = await fetch(new URL(name, import.meta.url), { integrity, credentials: 'same-origin' });
  if (!answer.ok) throw new Error(answer.status + ' ' + name);
  return answer;
}
async function made(coming, imports) {
  const answer = await coming;
  return answer.headers.get('Content-Type') === 'application/wasm' && WebAssembly.instantiateStreaming
    ? WebAssembly.instantiateStreaming(answer, imports)
    : WebAssembly.instantiate(await answer.arrayBuffer(), imports);
}
`;

const target = ['chrome111', 'firefox113', 'safari16.4'];
const minify = (code, options) =>
  esbuild.buildSync({
    stdin: { contents: code, loader: 'js', sourcefile: GLUE }, bundle: true, minify: true, treeShaking: true, target, write: false,
    legalComments: 'none', charset: 'utf8', logLevel: 'warning', ...options,
  }).outputFiles[0].contents;
/** The glue with the module's short names, and nothing exported but what the start-up script calls. */
function withShortNames(glue, { imports, exports }) {
  const own = new Map(imports.filter(([from]) => from !== `./${LOADER}`).map(([, name, short]) => [name, short]));
  const given = imports.filter(([from]) => from === `./${LOADER}`);
  const open = new Map(exports);
  const known = (names, name) => {
    if (!names.has(name)) throw new Error(`module and glue differ: ${name}`);
    return names.get(name);
  };
  const [before, after] = glue.split('    return {\n        __proto__: null,\n        "./wan-playground_bg.js": import0,');
  if (!after) throw new Error(`${GLUE} is not as expected: it does not name its imports`);
  const [shared, rest] = [after.slice(0, after.indexOf('};')), after.slice(after.indexOf('};') + 2)];
  if (!shared.includes(`"./${LOADER}": import1,`)) throw new Error(`${GLUE} is not as expected: it does not hand the loader on`);
  const loads = given.map(([, name, short]) => `${short}: import1.${name}`).join(', ');
  return `${before}    return { a: { ...import0, ${loads} } };${rest}`
    .replace(/^ {8}(__w\w+): function/gm, (_, name) => (own.has(name) ? `        ${own.get(name)}: function` : `        ${name}: function`))
    .replace(/\bwasm\.(\w+)/g, (_, name) => `wasm.${known(open, name)}`)
    .replace('export { initSync, __wbg_init as default };', 'export { __wbg_init as default };');
}
const together = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'wan-glue-')), GLUE);
fs.writeFileSync(together, withShortNames(text, names));
fs.writeFileSync(path.join(path.dirname(together), LOADER), loader);
const glue = Buffer.from(
  esbuild.buildSync({
    entryPoints: [together], bundle: true, minify: true, treeShaking: true, target, write: false, format: 'esm',
    legalComments: 'none', charset: 'utf8', logLevel: 'warning', pure: ['FinalizationRegistry'],
  }).outputFiles[0].contents,
);
fs.rmSync(path.dirname(together), { recursive: true });
const boot = Buffer.from(
  esbuild.transformSync(take(BOOT).toString(), { minify: true, target, legalComments: 'none', charset: 'utf8' }).code,
);
// Other sites load the element by this very name, whichever build stands here; its types are for their editors.
const embed = minify(take(EMBED).toString(), { format: 'esm' });
const types = take('embed.d.ts');
// The one that stands there is for developers.
files.delete(WORKER);
for (const name of [...files.keys()]) if (name.startsWith('snippets/') || name.endsWith('.d.ts')) files.delete(name);
packed.set(EMBED, Buffer.from(embed)).set('embed.d.ts', types);

// One style sheet, in the order of the links.
const links = [...html.matchAll(/<link\b[^>]*\brel="?stylesheet"?[^>]*>\s*/g)];
const sheets = links.map((link) => local(/\bhref="?([^"\s>]+)/.exec(link[0])[1]));
const LATER_SHEET = 'later.css';
const laterSheet = take(LATER_SHEET).toString();
const sheet = sheets.filter((name) => name !== LATER_SHEET).map((name) => take(name).toString()).join('\n');

function local(reference) {
  return reference.replace(/^\.\//, '').replace(/[?#].*$/, '');
}

// What the module or the glue names in its code cannot be renamed and keeps its name; the rest is named by content.
// People rely on the addresses of the catalog files; a deployer edits the first, so it gets no compressed twin that would
// be served in its place.
const KEPT = new Set(['catalog.json', 'catalog.built-in.json', 'catalog.schema.json']);
const EDITED = new Set(['catalog.json']);
const manifest = take(MANIFEST).toString();
const inCode = (name) => wasm.includes(name) || Buffer.from(glue).includes(name);
for (const [name, bytes] of files) {
  // The samples are named by the module, and are no part of a version of the page.
  if (KEPT.has(name) || name.startsWith('samples/')) {
    packed.set(name, bytes);
  } else if (inCode(path.posix.basename(name))) {
    packed.set(name, bytes);
    console.error(`note: ${name} keeps its name, because the module names it`);
  } else {
    add(name, bytes);
  }
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const rewritten = (text) => {
  let result = text;
  for (const [from, to] of renamed) {
    result = result.replace(new RegExp(`(["'(=/])${escaped(from)}(?=["')\\s>#?])`, 'g'), `$1${to}`);
  }
  return result;
};

add(MANIFEST, Buffer.from(JSON.stringify(JSON.parse(rewritten(manifest)))));

let style;
if (links.length > 0) {
  const { code } = esbuild.transformSync(rewritten(sheet), { loader: 'css', minify: true, target, legalComments: 'none' });
  const bytes = Buffer.from(code);
  style = { name: add('style.css', bytes), bytes };
  links.forEach((link, at) => {
    html = html.replace(link[0], at > 0 ? '' : `<link rel="stylesheet" href="./${style.name}" integrity="${integrity(bytes)}">\n`);
  });
}

// What the form does not need of the style comes once the form is shown.
const laterStyle = Buffer.from(
  esbuild.transformSync(rewritten(laterSheet), { loader: 'css', minify: true, target, legalComments: 'none' }).code,
);
const laterStyleName = add(LATER_SHEET, laterStyle);
const glueName = add(GLUE, Buffer.from(glue));
const wasmName = add(MODULE, wasm);
const bootName = add(BOOT, boot);
// Chromium does not hand a preloaded module to a fetch with integrity and would load it twice; boot.js asks early anyway.
html = html
  .replace(/<link rel="preload" href="[^"]*\.wasm"[^>]*>\s*/, '')
  .replace(
    `<script src="./${BOOT}"`,
    `<script src="./${BOOT}" integrity="${integrity(boot)}" data-style="./${laterStyleName}" data-style-integrity="${integrity(laterStyle)}" data-glue-integrity="${integrity(glue)}" data-wasm-integrity="${integrity(wasm)}"`,
  )
  .replace('<link rel="modulepreload"', `<link rel="modulepreload" integrity="${integrity(glue)}"`);
html = rewritten(html);
for (const name of [glueName, wasmName, bootName]) {
  if (!html.includes(name)) throw new Error(`index.html does not name ${name}`);
}
if ((html.match(/integrity="sha384-/g) || []).length !== 5 + (style ? 1 : 0)) throw new Error('integrity is missing');
// The worker keeps what is named by its content and runs, and the page that names all of it. Its version is theirs.
const kept = [...packed.keys()].filter((name) => /^[^/]+-[0-9a-f]{10}\.(js|css|wasm)$/.test(name));
const version = hash(Buffer.from(html + kept.join()));
html = html.replace(`<script src="./${bootName}"`, `<script src="./${bootName}" data-worker="./${WORKER}" data-version="${version}"`);
if (!html.includes(version)) throw new Error('index.html does not name its worker');
packed.set(PAGE, Buffer.from(html));
const worker = fs.readFileSync(new URL('./worker.js', import.meta.url), 'utf8');
const told = worker.replace('__VERSION__', version).replace('__FILES__', JSON.stringify(kept));
packed.set(WORKER, Buffer.from(esbuild.transformSync(told, { minify: true, target, legalComments: 'none', charset: 'utf8' }).code));

const rows = [];
for (const [name, bytes] of packed) {
  const file = path.join(out, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, bytes);
  const row = { name, raw: bytes.length };
  if (COMPRESSED.has(path.posix.extname(name)) && !EDITED.has(name)) {
    const gzip = zlib.gzipSync(bytes, { level: 9 });
    const brotli = zlib.brotliCompressSync(bytes, {
      params: {
        [zlib.constants.BROTLI_PARAM_QUALITY]: 11,
        [zlib.constants.BROTLI_PARAM_LGWIN]: 24,
        [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    });
    fs.writeFileSync(`${file}.gz`, gzip);
    fs.writeFileSync(`${file}.br`, brotli);
    Object.assign(row, { gzip: gzip.length, brotli: brotli.length });
  }
  rows.push(row);
}

const first = new Set([PAGE, bootName, glueName, wasmName, style?.name]);
const width = Math.max(...rows.map((row) => row.name.length), 'first load'.length);
const print = (name, ...numbers) => console.log(name.padEnd(width), ...numbers.map((number) => String(number ?? '-').padStart(9)));
print('file', 'raw', 'gzip', 'brotli');
rows.sort((a, b) => b.raw - a.raw).forEach((row) => print(row.name, row.raw, row.gzip, row.brotli));
const sum = (key) => rows.filter((row) => first.has(row.name)).reduce((total, row) => total + row[key], 0);
print('first load', sum('raw'), sum('gzip'), sum('brotli'));
const bytesOf = new Map(rows.map((row) => [row.name, row.brotli ?? row.raw]));
const brotli = (names) => names.reduce((total, name) => total + bytesOf.get(parts.get(name)), 0);
console.log('\npart, its files, their bytes in brotli, those beside what the tasks bring');
const tasks = new Set(needs.get('tasks') ?? []);
for (const [name, names] of needs) {
  print(name, names.length, brotli(names), brotli(names.filter((file) => name === 'tasks' || !tasks.has(file))));
}
const everything = sum('brotli') + brotli([...parts.keys()]);
console.log(`\neverything together: ${everything} bytes in brotli`);
console.log(`first load: ${sum('brotli')} bytes in brotli (html + css + js + wasm)`);
