import { readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';

import { FailedError } from '../../../../src/errors.js';
import type { JsonObject } from '../../../../src/json.js';
import { renderTemplate } from '../../../../src/tf-config/jinja/render.js';
import type { Delimiters } from '../../../../src/tf-config/jinja/tokens.js';
import { fromJson } from '../../../../src/tf-config/jinja/values.js';

const EXTRA_CURLY: Delimiters = {
  block: ['{{%', '%}}'],
  output: ['{{{', '}}}'],
  comment: ['{{#', '#}}'],
};

/**
 * What Jinja2 3.1.6 made of each template: sandboxed, strict about undefined names, with these delimiters and with the
 * reconcile loop's own tags, filters and functions.
 */
const recorded = JSON.parse(
  readFileSync(new URL('../../../fixtures/jinja/cases.json', import.meta.url), 'utf8'),
) as { variables: JsonObject; cases: { template: string; text?: string; fails?: true }[] };

function render(template: string): string {
  const variables = new Map(
    Object.entries(recorded.variables).map(([name, value]) => [name, fromJson(value)]),
  );
  return renderTemplate(template, EXTRA_CURLY, { variables });
}

function failure(template: string): string {
  try {
    return `rendered ${render(template)}`;
  } catch (error) {
    if (error instanceof FailedError) return `${error.code}: ${error.message}`;
    throw error;
  }
}

describe('templates render as Jinja2 renders them', () => {
  test.each(recorded.cases.filter(({ text }) => text !== undefined))('$template', ({ template, text }) => {
    expect(render(template)).toBe(text);
  });
});

describe('templates fail that fail with Jinja2', () => {
  test.each(recorded.cases.filter(({ fails }) => fails))('$template', ({ template }) => {
    expect(failure(template)).toMatch(/^TemplateInvalid: line 1: /);
  });
});

test.each([
  ['{{% macro m() %}}x{{% endmacro %}}', 'the tag macro'],
  ["{{% include 'x' %}}", 'the tag include'],
  ['{{{ words|batch(2)|list }}}', 'the filter batch'],
  ["{{{ 'a'.format() }}}", 'the method format'],
  ["{{{ github('a', 'b', 'c') }}}", 'the function github'],
  ['{{% for x in words recursive %}}{{% endfor %}}', 'a recursive loop'],
])('%s is refused, not guessed: %s', (template, what) => {
  expect(failure(template)).toBe(
    `TemplateUnsupported: the template uses ${what}, which tfrepair cannot evaluate`,
  );
});

describe('nothing of JavaScript can be reached', () => {
  test.each([
    "{{{ ''.constructor.constructor('return process')() }}}",
    "{{{ words['constructor'] }}}",
    '{{{ map.__proto__ }}}',
    '{{{ range.constructor }}}',
    '{{{ process }}}',
    '{{{ globalThis }}}',
    '{{{ constructor }}}',
    '{{{ toString }}}',
    "{{% set x = namespace() %}}{{% set x.y = 1 %}}{{{ x['__proto__'] }}}",
    '{{{ words|constructor }}}',
    '{{{ pool is constructor }}}',
    '{{% constructor %}}',
  ])('%s', (template) => {
    expect(failure(template)).toMatch(/^TemplateInvalid: /);
  });
});

test.each([
  '{{% for a in range(1000) %}}{{% for b in range(1000) %}}{{% for c in range(1000) %}}x{{% endfor %}}{{% endfor %}}{{% endfor %}}',
  "{{% for a in range(1000) %}}{{{ 'x' * 100000 }}}{{% endfor %}}",
  "{{{ 'x' * 100000000 }}}",
  '{{{ range(1000000) }}}',
  `{{{ ${'('.repeat(100_000)}1${')'.repeat(100_000)} }}}`,
  `{{{ ${'not '.repeat(100_000)} t }}}`,
])('a template that does not end is stopped: %.80s', (template) => {
  expect(failure(template)).toMatch(/^TemplateInvalid: line 1: .*(?:does not end|too long|too deeply)/);
});

test('an error names its line', () => {
  expect(failure('a\nb\n{{% if t %}}\n{{{ nope }}}\n{{% endif %}}')).toBe(
    'TemplateInvalid: line 4: nope is undefined',
  );
});
