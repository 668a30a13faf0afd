// The published JSON Schema of catalog files, by a validator that nobody here wrote: what is built in and in the guide
// validates, broken catalogs do not. The rows are those the page's own checks are tested with.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { Ajv2020 } from 'ajv/dist/2020.js';

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const validate = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false, strictTuples: false }).compile(JSON.parse(read('assets/catalog.schema.json')));
const refused = (file) => (validate(file) ? [] : validate.errors.map((error) => `${error.instancePath} ${error.message}`));
const file = (...gateways) => ({ version: 1, gateways });
const dashscope = () => JSON.parse(read('src/catalog/dashscope.json'));

/** The gateway that the rows break. */
function acme() {
  const gateway = dashscope();
  const pick = (id) => gateway.models.find((model) => model.id === id);
  return { ...gateway, id: 'acme', default: 'wan2.7-i2v', models: structuredClone([pick('wan2.6-t2v'), pick('wan2.7-i2v'), pick('wan2.2-s2v')]) };
}

function changed(place, to) {
  const steps = place.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = steps.pop();
  const gateway = acme();
  const parent = steps.reduce((value, step) => value[step], gateway);
  if (to === null) delete parent[last];
  else parent[last] = to;
  return gateway;
}

// What a schema cannot see: one value beside another, how an address is read, what looks like a key.
const UNSEEN = new Set([
  'BadBase', 'FirstBase', 'BaseTwice', 'LooksLikeKey', 'UnknownSource', 'UnknownEndpoint', 'UnknownRegion', 'UnknownModel', 'NotCurrent',
  'IdTwice', 'FieldTwice', 'LacksField', 'NotOffered', 'OptionTwice', 'TwoPlaces', 'NoPlace', 'PlaceTaken', 'BadDefault',
  'BadRange', 'OwnCondition', 'NeverTrue', 'Cycle', 'Chain', 'TierUnpriced', 'BadHeader', 'NoUpload',
]);

test('what is shipped and what is built in validates', () => {
  expect(refused(JSON.parse(read('assets/catalog.json')))).toEqual([]);
  expect(refused(JSON.parse(readFileSync(join(process.env.WAN_SITE, 'catalog.built-in.json'), 'utf8')))).toEqual([]);
  expect(refused(file(acme()))).toEqual([]);
});

test('the examples of the guide validate', () => {
  const examples = read('docs/catalog.md').split('```json').slice(1).map((rest) => rest.split('```')[0]);
  expect(examples.length).toBeGreaterThan(3);
  for (const example of examples) expect(refused(JSON.parse(example)), example).toEqual([]);
});

test('broken catalogs do not validate', () => {
  const rows = JSON.parse(read('tests/catalog/broken.json'));
  const taken = rows.filter(([place, to]) => refused(file(changed(place, to))).length === 0);
  // Whether an upload's answer is named depends on its way.
  const isUnseen = ([, , at, rule]) => UNSEEN.has(rule) || at === '/upload/answer';
  expect(taken.filter((row) => !isUnseen(row))).toEqual([]);
  expect(rows.length - taken.length, 'rows a schema can see').toBeGreaterThan(60);
  for (const broken of [[], {}, { version: 2 }, { version: 1, gatways: [] }]) expect(refused(broken)).not.toEqual([]);
});

test('short entries validate, and broken ones do not', () => {
  const short = (more) => file({ id: 'own', like: 'dashscope', name: 'Own', base: 'https://own.example/v', ...more });
  const [first, second] = acme().models;
  for (const more of [
    {},
    { dialect: 'bailian', region: 'intl', prices: 'unpublished', key_variable: 'OWN_KEY' },
    { bases: ['http://127.0.0.1:8080/sim/dashscope', { url: 'https://b.example', name: { en: 'B', zh: '乙' }, region: 'cn' }] },
    { models: ['wan2.7-t2v', first], remove_models: ['wan2.7-t2v'] },
    { add_models: [second] },
  ]) {
    expect(refused(short(more)), JSON.stringify(more)).toEqual([]);
  }
  for (const more of [
    { key: 'sk-canary-1' }, { base: 'ftp://x.example' }, { base: 'https://x.example?q' }, { models: 'some' }, { models: [] },
    { prices: 'cheap' }, { dialect: 'soap' }, { name: 7 },
  ]) {
    expect(refused(short(more)), JSON.stringify(more)).not.toEqual([]);
  }
});
