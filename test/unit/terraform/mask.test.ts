import { expect, test } from '@jest/globals';

import { Secret } from '../../../src/secret.js';
import { secretMask } from '../../../src/terraform/mask.js';

test('secrets are taken out of a text, the longer one first; short values and other variables stay', () => {
  const env = {
    A: new Secret('hunter2'),
    B: new Secret('hunter2-and-more'),
    C: new Secret('no'),
    D: 'stay-here',
  };
  expect(secretMask(env)('hunter2 hunter2-and-more no stay-here')).toBe('[secret] [secret] no stay-here');
});

test('in JSON they are found, too, whoever wrote it', () => {
  const mask = secretMask({ A: new Secret('quo"te\n<&>') });
  const texts = [JSON.stringify({ a: 'quo"te\n<&>' }), String.raw`{"a":"quo\"te\n\u003c\u0026\u003e"}`];
  expect(texts.map(mask)).toEqual(['{"a":"[secret]"}', '{"a":"[secret]"}']);
});

test('a value with the signs of a replacement is nothing special', () => {
  expect(secretMask({ A: new Secret('$& $1 (.*)') })('it is $& $1 (.*)!')).toBe('it is [secret]!');
});
