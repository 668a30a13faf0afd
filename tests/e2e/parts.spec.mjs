// How read-only data is parted between the two modules of the packed page: what a function that stays may read stays.
import { expect, test } from '@playwright/test';
import { splitData } from '../../xtask/node/data.mjs';

const START = 1024;
const SIZE = 16;
const NAMES = ['.rodata.a', '.rodata.b', '.rodata.c', '.rodata..Lswitch.table.later_one'];
const place = (name) => START + NAMES.indexOf(name) * SIZE;
const MAP = NAMES.map((name) => `  ${place(name).toString(16)} 0 ${SIZE.toString(16)} page.o:(${name})`).join('\n');

/** The module's data: each piece is filled with the number of its place, or begins with these words. */
const image = (words = {}) => {
  const bytes = NAMES.flatMap((name, index) => {
    const piece = new DataView(new ArrayBuffer(SIZE));
    for (let at = 0; at < SIZE; at++) piece.setUint8(at, index + 1);
    (words[name] ?? []).forEach((word, at) => piece.setUint32(at * 4, word, true));
    return [...new Uint8Array(piece.buffer)];
  });
  const text = bytes.map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');
  return ` (data (i32.const ${START}) "${text}")`;
};

/** Names of the pieces that go with the later functions. */
const moved = (stays, words) => {
  const { first, second } = splitData([image(words)], stays, MAP, (name) => name === 'later_one');
  const bytes = (form) => form.split('"')[1].split('\\').slice(1).map((hex) => parseInt(hex, 16));
  const whole = bytes(image(words));
  const left = bytes(first[0]);
  const came = new Map();
  for (const form of second) {
    const address = Number(/i32\.const (\d+)/.exec(form)[1]);
    bytes(form).forEach((byte, at) => came.set(address + at, byte));
  }
  // No byte is lost and none is there twice.
  whole.forEach((byte, at) => expect(came.has(START + at) ? [left[at], came.get(START + at)] : [left[at]]).toEqual(came.has(START + at) ? [0, byte] : [byte]));
  return NAMES.filter((name) => came.has(place(name)));
};

test('data that only later functions read goes with them', () => {
  expect(moved([])).toEqual(NAMES);
  expect(moved(['(func $f (i32.load offset=4 (local.get 0)))'])).toEqual(NAMES);
});

test('an address, alone or within a piece, keeps it', () => {
  expect(moved([`(func $f (call $g (i32.const ${place('.rodata.b') + 3})))`])).toEqual(NAMES.filter((name) => name !== '.rodata.b'));
  expect(moved([`(func $f (i32.load8_u offset=${place('.rodata.c')} (local.get 0)))`])).not.toContain('.rodata.c');
  expect(moved([`(func $f (i32.load offset=8\n    (i32.const ${place('.rodata.c') - 8})))`])).not.toContain('.rodata.c');
});

test('two addresses in one number keep both pieces', () => {
  const pair = (BigInt(place('.rodata.b')) << 32n) | BigInt(place('.rodata.a'));
  expect(moved([`(func $f (i64.store (local.get 0) (i64.const ${pair})))`])).toEqual(NAMES.slice(2));
  const negative = BigInt.asIntN(64, (0xffffffffn << 32n) | BigInt(place('.rodata.c')));
  expect(moved([`(func $f (i64.const ${negative}))`])).toEqual(NAMES.filter((name) => name !== '.rodata.c'));
});

test('what a piece that stays points to stays with it, to the end of the chain', () => {
  const words = { '.rodata.a': [7, place('.rodata.b')], '.rodata.b': [place('.rodata.c')] };
  expect(moved([`(func $f (i32.const ${place('.rodata.a')}))`], words)).toEqual(NAMES.slice(3));
});

test('a table of a function that stays is not taken from it', () => {
  const { second } = splitData([image()], [], MAP, () => false);
  expect(second.join('')).not.toContain(`\\04`);
});
