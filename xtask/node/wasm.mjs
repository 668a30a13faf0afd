// Edits a module that wasm-bindgen wrote, before and after wasm-opt: what it imports and exports, and how it panics.

const leb = (number) => {
  const bytes = [];
  do {
    bytes.push((number & 127) | (number > 127 ? 128 : 0));
    number >>>= 7;
  } while (number > 0);
  return bytes;
};

class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  number() {
    let result = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.bytes[this.at++];
      result += (byte & 127) * scale;
      if (byte < 128) return result;
    }
  }

  take(length) {
    return this.bytes.subarray(this.at, (this.at += length));
  }

  name() {
    return Buffer.from(this.take(this.number())).toString();
  }

  /** The parts of a vector, each read by `part`. */
  list(part) {
    return Array.from({ length: this.number() }, () => part(this));
  }
}

const CUSTOM = 0;
const IMPORT = 2;
const EXPORT = 7;
const CODE = 10;
const DATA = 11;

const named = (text) => Buffer.concat([Buffer.from(leb(Buffer.byteLength(text))), Buffer.from(text)]);
const vector = (parts) => Buffer.concat([Buffer.from(leb(parts.length)), ...parts]);

const sections = (bytes) => {
  const reader = new Reader(bytes, 8);
  const found = [];
  while (reader.at < bytes.length) {
    const id = bytes[reader.at++];
    found.push({ id, content: reader.take(reader.number()) });
  }
  return found;
};

/** The module with sections changed by functions of their id: bytes in, bytes out, or null to leave the section away. */
const changed = (bytes, changes) =>
  Buffer.concat([
    bytes.subarray(0, 8),
    ...sections(bytes).flatMap(({ id, content }) => {
      const fresh = changes[id] ? changes[id](content) : content;
      return fresh === null ? [] : [Buffer.from([id, ...leb(fresh.length)]), fresh];
    }),
  ]);

/** Names imports and exports anew. An export whose new name is null goes, and so do sections only tools read. */
export const rename = (bytes, { importName, exportName, keepNames }) =>
  changed(bytes, {
    [CUSTOM]: (content) => (keepNames && ['name', 'target_features'].includes(new Reader(content).name()) ? content : null),
    [IMPORT]: (content) =>
      vector(
        new Reader(content).list((reader) => {
          const [module, field] = importName(reader.name(), reader.name());
          if (content[reader.at++] !== 0) throw new Error(`the module imports ${field}, which is no function`);
          return Buffer.concat([named(module), named(field), Buffer.from([0, ...leb(reader.number())])]);
        }),
      ),
    [EXPORT]: (content) =>
      vector(
        new Reader(content)
          .list((reader) => {
            const fresh = exportName(reader.name());
            const start = reader.at++;
            reader.number();
            return fresh === null ? null : Buffer.concat([named(fresh), content.subarray(start, reader.at)]);
          })
          .filter(Boolean),
      ),
  });

// Every function that does not return because the program is wrong: they build a message and a trap follows. Nobody would
// see the message, the page has no panic hook: boot.js speaks up after any trap. Of the standard library and of
// wasm-bindgen, under the names their own tables of symbols have.
const PANICS = new RegExp(
  `^(${[
    'core::panicking::(panic|panic_(fmt|display|explicit|bounds_check|nounwind|nounwind_fmt|cannot_unwind|in_cleanup|str_2015|str_literal))',
    'core::panicking::(panic_const::\\w+|panic_misaligned_\\w+|assert_failed_inner|assert_failed(::<.*>)?|unreachable_display(::<.*>)?)',
    'core::(option|result)::(unwrap|expect)_failed',
    'core::str::slice_error_fail(_rt)?',
    'core::slice::(index::)?slice_\\w+_fail(_rt)?',
    'core::slice::copy_from_slice_impl::len_mismatch_fail(::do_panic::runtime)?',
    'core::slice::sort::.*::panic_on_ord_violation',
    'core::cell::panic_already_(mutably_)?borrowed',
    'core::cell::(lazy|once)::panic_\\w+',
    'std::thread::local::panic_access_error',
    '<?alloc::vec::Vec<.*>>?::\\w+::assert_failed',
    'alloc::raw_vec::(handle_error|capacity_overflow)',
    'alloc::alloc::handle_alloc_error',
    'wasm_bindgen::__rt::borrow_fail',
  ].join('|')})$`,
);
const ALWAYS = ['core::panicking::panic_fmt', 'core::panicking::panic_bounds_check'];

/** Every panic is a trap and nothing else; the places in the source go with the messages. */
export const cutPanics = (bytes) => {
  const found = sections(bytes);
  const names = functionNames(found);
  const cut = new Set([...names].filter(([, name]) => PANICS.test(name)).map(([index]) => index));
  for (const name of ALWAYS) if (![...cut].some((index) => names.get(index) === name)) throw new Error(`the module has no ${name}`);
  if ([...names.values()].includes('std::panicking::set_hook')) throw new Error('the page has a panic hook, which would not be called');
  // Every import is a function; they come first in the numbering.
  const imported = new Reader(found.find(({ id }) => id === IMPORT).content).number();
  return {
    count: cut.size,
    bytes: changed(withoutLocations(bytes), {
      [CODE]: (content) => {
        let index = imported;
        return vector(
          new Reader(content).list((reader) => {
            const own = reader.take(reader.number());
            const fresh = cut.has(index++) ? Buffer.from([0, 0x00, 0x0b]) : own; // no locals, unreachable, end
            return Buffer.concat([Buffer.from(leb(fresh.length)), fresh]);
          }),
        );
      },
    }),
  };
};

/** Names as written in the sources, without the hashes of crates and functions. */
const functionNames = (found) => {
  const names = new Map();
  for (const { id, content } of found) {
    const reader = new Reader(content);
    if (id !== CUSTOM || reader.name() !== 'name') continue;
    while (reader.at < content.length) {
      const kind = content[reader.at++];
      const part = new Reader(reader.take(reader.number()));
      if (kind !== 1) continue;
      part.list(() => names.set(part.number(), part.name().replace(/\[[0-9a-f]{16}\]/g, '').replace(/::h[0-9a-f]{16}$/, '')));
    }
  }
  return names;
};

const segments = (bytes) => {
  const data = sections(bytes).find(({ id }) => id === DATA).content;
  return new Reader(data).list((reader) => {
    if (reader.number() !== 0 || data[reader.at++] !== 0x41) throw new Error('a data segment without a fixed address');
    let address = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = data[reader.at++];
      address |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    if (data[reader.at++] !== 0x0b) throw new Error('a data segment whose address is computed');
    return { address, content: reader.take(reader.number()) };
  });
};

/** Zeros where the module kept `core::panic::Location`s (file, length, line, column) and the files' names. */
const withoutLocations = (original) => {
  const bytes = Buffer.from(original);
  const all = segments(bytes);
  const at = (address, length) => {
    const segment = all.find((one) => address >= one.address && address + length <= one.address + one.content.length);
    return segment?.content.subarray(address - segment.address, address - segment.address + length);
  };
  const places = [];
  const files = new Map();
  for (const { address, content } of all) {
    const words = new DataView(content.buffer, content.byteOffset, content.length);
    for (let offset = (4 - (address % 4)) % 4; offset + 16 <= content.length; offset += 4) {
      const [start, length, line, column] = [0, 4, 8, 12].map((word) => words.getUint32(offset + word, true));
      if (length < 4 || length > 400 || line === 0 || line > 99_999 || column === 0 || column > 999) continue;
      const file = at(start, length);
      if (!file || !/^[\x20-\x7e]+\.rs$/.test(file.toString('latin1'))) continue;
      places.push(content.subarray(offset, offset + 16));
      files.set(start, file);
    }
  }
  for (const part of [...places, ...files.values()]) part.fill(0);
  return bytes;
};
