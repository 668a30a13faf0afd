// Parts the module in two: what the form needs, and what comes later (sending, following, reading answers, dialogs).
//
// Whole functions move, with the read-only data nobody else reads; memory and table stay with the first part. The first part imports what it calls of the
// second through a stand-in of the glue, the second imports what it calls of the first. It is done on the text form,
// where a function that moves is a few lines cut here and pasted there.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { splitData } from './data.mjs';
import { functionNames } from './wasm.mjs';

const FEATURES = ['bulk-memory', 'bulk-memory-opt', 'reference-types', 'sign-ext', 'nontrapping-float-to-int', 'mutable-globals', 'multivalue']
  .map((feature) => `--enable-${feature}`);
/** Characters of a function of a few instructions. */
const TINY = 400;
const CALLS = /\((?:return_call|call|ref\.func) (\$[\w$]+)/g;

/** The forms of a module's text, each from its opening line to its closing one. */
const forms = (text) => {
  const found = [];
  for (const line of text.split('\n').slice(1)) {
    if (line.startsWith(' (')) found.push(line);
    else if (line !== ')' && line !== '' && found.length > 0) found[found.length - 1] += `\n${line}`;
  }
  return found;
};

/**
 * Splits `module` (with its names) by `isLater(name)`, and tables of data by `isLaterTable(name of their function)`. `tool` runs a tool of binaryen on files, `short` names things
 * from the given number on. Returns the two modules and, for each stand-in, the function behind it.
 */
export const split = (module, { isLater, isLaterTable, tool, short, firstNumber, imported, own, scratch, map }) => {
  const [named, text] = [`${scratch}.named.wasm`, `${scratch}.wat`];
  const names = functionNames(module);
  fs.writeFileSync(named, module);
  tool('wasm-opt', named, '--strip-debug', '-o', named);
  tool('wasm-dis', named, '-o', text);
  const all = forms(fs.readFileSync(text, 'utf8'));
  fs.rmSync(named);
  fs.rmSync(text);
  const kind = (form) => /^ \((\w+)/.exec(form)[1];
  const of = (wanted) => all.filter((form) => kind(form) === wanted);

  const functions = new Map();
  const importForms = new Map();
  let count = 0;
  for (const form of of('import')) {
    const name = /\(func (\$[\w$]+)/.exec(form)?.[1];
    if (!name) throw new Error(`the module imports what is no function: ${form}`);
    importForms.set(name, form);
    count += 1;
  }
  for (const form of of('func')) {
    const [, name, type] = /^ \(func (\$[\w$]+)((?: \((?:type|param|result) [^)]*\))*)/.exec(form);
    functions.set(name, {
      name,
      rust: names.get(count) ?? '',
      type: type.replaceAll(/\(param \$\d+ /g, '(param '),
      form,
      calls: new Set([...form.matchAll(CALLS)].map(([, called]) => called)),
      callers: new Set(),
      held: false,
    });
    count += 1;
  }
  for (const { name, calls } of functions.values()) for (const called of calls) functions.get(called)?.callers.add(name);
  for (const form of [...of('elem'), ...of('export'), ...of('start')]) {
    for (const [name] of form.matchAll(/\$[\w$]+/g)) if (functions.has(name)) functions.get(name).held = true;
  }

  // What only later functions call comes later with them. A function no larger than its stand-in stays where it is: such
  // ones are also shared by many, under the name of any of them.
  const tiny = (f) => f.held && f.form.length < TINY;
  const later = new Set([...functions.values()].filter((f) => isLater(f.rust) && !tiny(f)).map((f) => f.name));
  for (let before = -1; before !== later.size; ) {
    before = later.size;
    for (const f of functions.values()) {
      if (!later.has(f.name) && !f.held && f.callers.size > 0 && [...f.callers].every((name) => later.has(name))) later.add(f.name);
    }
  }
  const stays = [...functions.values()].filter((f) => !later.has(f.name));
  const goes = [...functions.values()].filter((f) => later.has(f.name));

  const data = splitData(of('data'), stays.map((f) => f.form), map, isLaterTable);
  let number = firstNumber;
  const standIns = goes
    .filter((f) => f.held || [...f.callers].some((name) => !later.has(name)))
    .map((f, index) => ({ ...f, short: short(index) }));
  const called = new Set(goes.flatMap((f) => [...f.calls]));
  const offered = stays.filter((f) => called.has(f.name)).map((f) => ({ ...f, short: short(number++) }));
  const shared = [...of('memory'), ...of('table'), ...of('global')].map((form) => {
    const [, what, name, rest] = /^ \((\w+) (\$[\w$]+)([^]*)\)$/.exec(form);
    // What the glue uses is exported already; a global's first value stays behind.
    const known = all.find((one) => new RegExp(`^ \\(export "[^"]*" \\(${what} \\${name}\\)\\)`).test(one));
    const type = what === 'global' ? /^ (\(mut \w+\)|\w+)/.exec(rest)[0] : rest.replace(/;.*$/, '');
    const exported = known ? /"([^"]*)"/.exec(known)[1] : short(number++);
    return { what, name, type, exported, known };
  });

  const assemble = (parts, to) => {
    fs.writeFileSync(text, `(module\n${parts.flat().join('\n')}\n)\n`);
    tool('wasm-as', text, ...FEATURES, '-o', to);
    fs.rmSync(text);
    // Data stays in the forms it was written in: see `data.mjs`.
    tool('wasm-opt', to, ...FEATURES, '-Oz', '--low-memory-unused', '--skip-pass=memory-packing', '-o', to);
    const bytes = fs.readFileSync(to);
    fs.rmSync(to);
    return bytes;
  };
  const first = assemble([
    of('type'),
    of('import'),
    standIns.map((f) => ` (import "${imported}" "${f.short}" (func ${f.name}${f.type}))`),
    all.filter((form) => !['type', 'import', 'func', 'export', 'data'].includes(kind(form))),
    data.first,
    of('export'),
    shared.filter((s) => !s.known).map((s) => ` (export "${s.exported}" (${s.what} ${s.name}))`),
    offered.map((f) => ` (export "${f.short}" (func ${f.name}))`),
    stays.map((f) => f.form),
  ], `${scratch}.first.wasm`);
  const second = assemble([
    of('type'),
    [...importForms].filter(([name]) => called.has(name)).map(([, form]) => form),
    shared.map((s) => ` (import "${own}" "${s.exported}" (${s.what} ${s.name}${s.type}))`),
    offered.map((f) => ` (import "${own}" "${f.short}" (func ${f.name}${f.type}))`),
    data.second,
    standIns.map((f) => ` (export "${f.short}" (func ${f.name}))`),
    goes.map((f) => f.form),
  ], `${scratch}.later.wasm`);
  return { first, second, standIns: new Map(standIns.map((f) => [f.short, f.rust])) };
};
