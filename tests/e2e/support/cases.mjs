// Twelve texts as people paste them, one of each kind, from the corpus that the centre is tested with.
import { readFileSync } from 'node:fs';

const CASES = {
  'an answer': 'c-01',
  'an error': 'b-11',
  'a command with an open quote': 'd-23',
  'Python with an unknown model': 'e-11',
  'placeholders for values': 'a-28',
  'lost continuations': 'a-01',
  'a model of an unknown region': 'e-17',
  'a request to a reseller': 'a-10',
  'only an id': 'c-10',
  'a line of a log': 'b-19',
  'the SDK': 'e-01',
  'several requests': 'a-13',
};

/** Name, and text as it is pasted. */
export const cases = () =>
  Object.entries(CASES).map(([name, id]) => [name, readFileSync(new URL(`../../cases/data/${id}.txt`, import.meta.url), 'utf8')]);
