// Edits a module that wasm-bindgen wrote, before and after wasm-opt: what it imports and exports.

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

const limits = (reader) => {
  const flags = reader.number();
  reader.number();
  if (flags & 1) reader.number();
};

// What follows the kind of an import: a function's type, a table's or a memory's limits, a global's type.
const SKIP_IMPORT = [(reader) => reader.number(), (reader) => (reader.take(1), limits(reader)), limits, (reader) => reader.take(2)];

/** Names imports and exports anew. An export whose new name is null goes, and so do sections only tools read. */
export const rename = (bytes, { importName, exportName, keepNames }) =>
  changed(bytes, {
    [CUSTOM]: (content) => (keepNames && ['name', 'target_features'].includes(new Reader(content).name()) ? content : null),
    [IMPORT]: (content) =>
      vector(
        new Reader(content).list((reader) => {
          const [module, field] = importName(reader.name(), reader.name());
          const start = reader.at;
          SKIP_IMPORT[content[reader.at++]](reader);
          return Buffer.concat([named(module), named(field), content.subarray(start, reader.at)]);
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

/** The names of the module's functions by their index, from its name section. */
export const functionNames = (bytes) => {
  const names = new Map();
  for (const { id, content } of sections(bytes)) {
    if (id !== CUSTOM) continue;
    const reader = new Reader(content);
    if (reader.name() !== 'name') continue;
    while (reader.at < content.length) {
      const kind = content[reader.at++];
      const part = new Reader(reader.take(reader.number()));
      if (kind === 1) part.list((one) => names.set(one.number(), one.name()));
    }
  }
  return names;
};
