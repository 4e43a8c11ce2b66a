import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { literalArguments, literalText } from '../../../../src/terraform/configuration/literal.js';
import type { JsonObject } from '../../../../src/json.js';

describe('the literal arguments of a resource', () => {
  test.each<[string, JsonObject, Record<string, unknown>]>([
    ['are texts, numbers and truths', { a: 'x', b: 3, c: false }, { a: 'x', b: 3, c: false }],
    [
      'are not templates',
      { a: '${var.x}', b: 'q-${each.key}', c: '%{ if x }y%{ endif }', d: 'd' },
      { d: 'd' },
    ],
    ['are without the escapes of templates', { a: '$${x} %%{y} $5 100%' }, { a: '${x} %{y} $5 100%' }],
    ['are not null', { a: null }, {}],
    ['are lists and objects of literals only', { a: ['x', 1, null], b: ['${x}'] }, { a: ['x', 1, null] }],
    ['are lists of lists as they are', { a: [['x'], ['y']] }, { a: [['x'], ['y']] }],
    ['have literal keys', { t: { a: 'b' }, u: { '${x}': 'b' } }, { t: { a: 'b' } }],
    ['are the object’s own', { count: 2, lifecycle: [{ prevent_destroy: true }], name: 'n' }, { name: 'n' }],
  ])('%s', (_what, body, expected) => {
    expect(literalArguments(body)).toEqual(expected);
  });

  test('are not looked for in endless depths', () => {
    const deep = JSON.parse(`${'['.repeat(500)}1${']'.repeat(500)}`) as JsonObject[];
    expect(literalArguments({ deep, name: 'n' })).toEqual({ name: 'n' });
  });

  test('are texts that come back as they were, once escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('$', '%', '{', '}', 'a', '"', '\\') }), (text) => {
        fc.pre(!/[$%]{2}\{/.test(text));
        expect(literalText(text.replaceAll(/([$%])\{/g, '$1$1{'))).toBe(text);
      }),
    );
  });
});
