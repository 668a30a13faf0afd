// Parts read-only data as functions are parted: what only later functions read comes with them.
//
// The linker's map says where each piece lies. A piece stays if a function that stays holds an address within it, or if
// a piece that stays does. What is taken for an address and is none keeps a piece for nothing, which costs bytes and
// never the page; everything that is not plainly read-only data stays.

const ALWAYS = /\.data|\.bss/;
// Tables of `match`, named after the function they were made for. Their address may be written with the smallest case
// already taken off, so that it is not seen who reads them: they stay with their function.
const TABLE = /switch\.table\.(.*)/;

/** Pieces of read-only data: `[address, size]`, in their order. */
const pieces = (map, isLaterTable) => {
  const found = [];
  for (const line of map.split('\n')) {
    const [, address, size, what] = /^\s*([0-9a-f]+)\s+[0-9a-f]+\s+([0-9a-f]+)\s+\S*:\((\.\S*)\)\s*$/.exec(line) ?? [];
    if (!what?.startsWith('.rodata') || ALWAYS.test(what)) continue;
    const table = TABLE.exec(what)?.[1];
    if (table === undefined || isLaterTable(table)) found.push([parseInt(address, 16), parseInt(size, 16)]);
  }
  return found.filter(([, size]) => size > 0).sort(([a], [b]) => a - b);
};

const bytesOf = (text) => {
  const bytes = [];
  for (const [, hex, escaped, plain] of text.matchAll(/\\([0-9a-fA-F]{2})|\\(.)|([^\\]+)/gs)) {
    if (hex) bytes.push(parseInt(hex, 16));
    else if (escaped) bytes.push({ t: 9, n: 10, r: 13 }[escaped] ?? escaped.charCodeAt(0));
    else bytes.push(...Buffer.from(plain));
  }
  return bytes;
};

const form = (address, bytes) =>
  ` (data (i32.const ${address}) "${[...bytes].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('')}")`;

/**
 * A run of zeros of this many bytes is not written, because memory begins with zeros. Shorter ones are: the catalog is full
 * of them, and they compress better than the address of one more form.
 */
const HOLE = 128;

/** The forms of an image that begins at an address. */
const written = (start, image) => {
  const runs = [];
  for (const [at, byte] of image.entries()) {
    if (byte === 0) continue;
    const last = runs.at(-1);
    if (last && at - last.end < HOLE) last.end = at + 1;
    else runs.push({ from: at, end: at + 1 });
  }
  return runs.map(({ from, end }) => form(start + from, image.slice(from, end)));
};

/** Every number in functions that may be an address, alone or with the offset of the load it stands in. */
function* numbers(text) {
  for (const [, number] of text.matchAll(/(?:i32\.const |offset=)(\d+)/g)) yield Number(number);
  // Two words that are stored together: a pair of pointers, of which the second may be to a table of functions.
  for (const [, pair] of text.matchAll(/i64\.const (-?\d+)/g)) {
    const whole = BigInt.asUintN(64, BigInt(pair));
    yield Number(whole & 0xffffffffn);
    yield Number(whole >> 32n);
  }
  for (const [, offset, base] of text.matchAll(/offset=(\d+)[^\n]*\n\s*\(i32\.const (\d+)\)/g)) yield Number(offset) + Number(base);
}

/** Splits the data of a module: the forms of both parts. `stays` are the functions that stay, as text. */
export const splitData = (forms, stays, map, isLaterTable) => {
  const all = pieces(map, isLaterTable);
  const segments = forms.map((text) => {
    const [, address, content] = /^ \(data [^(]*\(i32\.const (\d+)\) "([^]*)"\)$/.exec(text) ?? [];
    if (address === undefined) throw new Error(`a data segment is not as expected: ${text.slice(0, 80)}`);
    return [Number(address), bytesOf(content)];
  });
  const start = Math.min(...segments.map(([address]) => address));
  const image = new Uint8Array(Math.max(...segments.map(([address, bytes]) => address + bytes.length)) - start);
  for (const [address, bytes] of segments) image.set(bytes, address - start);

  const at = (number) => {
    let [low, high] = [0, all.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (all[middle][0] <= number) low = middle + 1;
      else high = middle;
    }
    const piece = low - 1;
    return piece >= 0 && number < all[piece][0] + all[piece][1] ? piece : -1;
  };
  const kept = new Set();
  const open = [];
  const keep = (number) => {
    const piece = at(number);
    if (piece < 0 || kept.has(piece)) return;
    kept.add(piece);
    open.push(piece);
  };
  for (const text of stays) for (const number of numbers(text)) keep(number);
  const words = new DataView(image.buffer);
  const follow = (from, to) => {
    for (let word = Math.ceil(from / 4) * 4; word + 4 <= to; word += 4) {
      if (word >= start && word + 4 <= start + image.length) keep(words.getUint32(word - start, true));
    }
  };
  // What is no piece of the map stays, and so does what it points to.
  let end = start;
  for (const [address, size] of all) {
    follow(end, address);
    end = address + size;
  }
  follow(end, start + image.length);
  for (let piece = open.pop(); piece !== undefined; piece = open.pop()) follow(all[piece][0], all[piece][0] + all[piece][1]);

  const second = [];
  let run = null;
  for (const [piece, [address, size]] of all.entries()) {
    if (kept.has(piece) || address < start || address + size > start + image.length) continue;
    const bytes = image.slice(address - start, address - start + size);
    image.fill(0, address - start, address - start + size);
    if (run && run.end === address) run.bytes.push(...bytes);
    else second.push((run = { address, bytes: [...bytes] }));
    run.end = address + size;
  }
  return { first: written(start, image), second: second.map(({ address, bytes }) => form(address, bytes)) };
};
