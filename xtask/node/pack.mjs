// Packs the finished page for any host: node pack.mjs SITE OUT MAP
//
// In this order, because each step changes bytes that the next one names: shrink module and glue together, minify, join
// the style sheets, name every file by its content, write names and integrity into index.html, compress, print the table.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import esbuild from 'esbuild';
import { MODULES, STARTS_WITH, exportsUsed, putTogether, short, takeApart } from './glue.mjs';
import { ENTRIES, isLater, isLaterTable } from './later.mjs';
import { split } from './split.mjs';
import { rename } from './wasm.mjs';

const [site, out, map] = process.argv.slice(2);
if (!site || !out || !map) {
  console.error('usage: node pack.mjs SITE OUT MAP');
  process.exit(2);
}
// Measured in brotli, with the whole page.
const OPTIMIZE = ['--flatten', '--rereloop', '-Oz', '-Oz', '--skip-pass=local-cse', '--skip-pass=code-folding'];
const GLUE = 'wan-playground.js';
const MODULE = 'wan-playground_bg.wasm';
const LATER = 'later.wasm';
const BOOT = 'boot.js';
const EMBED = 'embed.js';
const PAGE = 'index.html';
const MANIFEST = 'manifest.webmanifest';
const WORKER = 'sw.js';
const COMPRESSED = new Set(['.html', '.css', '.js', '.wasm', '.svg', '.json', '.txt', '.xml', '.webmanifest']);

fs.rmSync(out, { recursive: true, force: true });
fs.mkdirSync(out, { recursive: true });

const hash = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 10);
const integrity = (bytes) => `sha384-${createHash('sha384').update(bytes).digest('base64')}`;

// The glue can take this digest itself.
const digest = (bytes) => `sha256-${createHash('sha256').update(bytes).digest('base64')}`;

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

// Module and glue know each other by names nobody else reads, so both get short ones; imports that do the same share
// one, and wasm-opt joins them. What the glue does not call is no export: wasm-opt then finds the code behind it dead.
const apart = takeApart(take(GLUE).toString());
const importNames = new Map();
const shared = new Map();
for (const [name, body] of apart.imports) {
  if (!shared.has(body)) shared.set(body, short(shared.size));
  importNames.set(name, shared.get(body));
}
const exportNames = new Map(
  [...exportsUsed([apart.text, STARTS_WITH, ...apart.imports.values()])].map((name, index) => [name, short(index)]),
);
const known = (names, name, what) => {
  if (!names.has(name)) throw new Error(`module and glue differ: no ${what} ${name}`);
  return names.get(name);
};
const dropped = [];
let wasm = rename(take(MODULE), {
  keepNames: true,
  importName: (_, name) => [MODULES.first, known(importNames, name, 'import')],
  exportName: (name) => exportNames.get(name) ?? (dropped.push(name), null),
});
console.error(`exports nobody calls: ${dropped.join(', ')}`);

// wasm-opt, as the page's own features demand; it reads them from the module. The lowest kilobyte belongs to the stack's
// far end, so that nothing has an address there.
const tools = path.join(path.dirname(createRequire(import.meta.url).resolve('binaryen/package.json')), 'bin');
const tool = (name, ...words) => execFileSync(process.execPath, [path.join(tools, name), ...words], { stdio: 'inherit' });
const [before, after] = [`${out}.before.wasm`, `${out}.after.wasm`];
fs.writeFileSync(before, wasm);
tool('wasm-opt', before, '-g', '--duplicate-import-elimination', ...ENTRIES.map((name) => `--no-inline=*${name}*`), ...OPTIMIZE, '--low-memory-unused', '-o', after);
const parts = split(fs.readFileSync(after), {
  isLater, isLaterTable, tool, short, firstNumber: exportNames.size, imported: MODULES.second, own: MODULES.own, scratch: `${out}.split`, map: fs.readFileSync(map, 'utf8'),
});
fs.rmSync(before);
fs.rmSync(after);
const asked = new Set();
const finished = (module) =>
  rename(module, {
    keepNames: false,
    importName: (from, name) => {
      if (from === MODULES.first) asked.add(name);
      return [from, name];
    },
    exportName: (name) => name,
  });
wasm = finished(parts.first);
const second = finished(parts.second);
for (const place of ['/registry/src/', os.homedir()]) {
  if (wasm.includes(place) || second.includes(place)) throw new Error(`the module names a folder of this machine: ${place}`);
}
// For whoever looks for what is called too early: the names behind the stand-ins.
if (process.env.STAND_INS) fs.writeFileSync(process.env.STAND_INS, JSON.stringify([...parts.standIns], null, 1));

const target = ['chrome111', 'firefox113', 'safari16.4'];
const minify = (code, options) =>
  esbuild.buildSync({
    stdin: { contents: code, loader: 'js' }, bundle: true, minify: true, treeShaking: true, target, write: false,
    legalComments: 'none', charset: 'utf8', logLevel: 'warning', ...options,
  }).outputFiles[0].contents;
const offered = new Map();
for (const [name, body] of apart.imports) if (asked.has(importNames.get(name))) offered.set(importNames.get(name), body);
const glue = minify(putTogether(apart.text, offered, (name) => known(exportNames, name, 'export')), {
  format: 'esm', pure: ['FinalizationRegistry'],
});
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
const sheet = sheets.map((name) => take(name).toString()).join('\n');

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
  if (KEPT.has(name)) {
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

const glueName = add(GLUE, Buffer.from(glue));
const wasmName = add(MODULE, wasm);
const laterName = add(LATER, second);
const bootName = add(BOOT, boot);
// Chromium does not hand a preloaded module to a fetch with integrity and would load it twice; boot.js asks early anyway.
html = html
  .replace(/<link rel="preload" href="[^"]*\.wasm"[^>]*>\s*/, '')
  .replace(
    `<script src="./${BOOT}"`,
    `<script src="./${BOOT}" integrity="${integrity(boot)}" data-later="./${laterName}" data-later-integrity="${digest(second)}" data-glue-integrity="${integrity(glue)}" data-wasm-integrity="${integrity(wasm)}"`,
  )
  .replace('<link rel="modulepreload"', `<link rel="modulepreload" integrity="${integrity(glue)}"`);
html = rewritten(html);
for (const name of [glueName, wasmName, laterName, bootName]) {
  if (!html.includes(name)) throw new Error(`index.html does not name ${name}`);
}
if ((html.match(/integrity="sha384-/g) || []).length !== 4 + (style ? 1 : 0)) throw new Error('integrity is missing');
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
console.log(`first load: ${sum('brotli')} bytes in brotli (html + css + js + wasm)`);
