import { readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';

import { FailedError } from '../../../../../src/errors.js';
import { canonicalJson } from '../../../../../src/qontract-server/bundler/canonical-json.js';
import { readDocument } from '../../../../../src/qontract-server/bundler/read-document.js';
import { isMapping } from '../../../../../src/qontract-server/bundler/value.js';
import { loadYaml } from '../../../../../src/qontract-server/bundler/yaml/load-yaml.js';

const ORACLE = new URL('../../../../fixtures/yaml-1.1/pyyaml.json', import.meta.url);

function toJson(text: string): string {
  return canonicalJson(loadYaml({ name: 'a.yml', text }));
}

function problemOf(text: string): FailedError {
  try {
    loadYaml({ name: 'a.yml', text });
  } catch (error) {
    if (error instanceof FailedError) return error;
    throw error;
  }
  throw new Error(`this was read: ${text}`);
}

describe('loadYaml', () => {
  test('reads what PyYAML reads, and refuses what PyYAML refuses', () => {
    const cases = JSON.parse(readFileSync(ORACLE, 'utf8')) as [text: string, json: string | null][];
    const ours = cases.map(([text, json]) => {
      if (json !== null) return [text, canonicalJson(readDocument(Buffer.from(text), 'a.yml'))];
      return [text, problemOf(text).code === 'BundleSource' ? null : 'another error'];
    });
    expect(ours).toEqual(cases);
    expect(cases.length).toBeGreaterThan(2000);
  });

  test.each([
    ['a value for the floats that JSON has none for', 'a: .inf\n'],
    ['the line separators of YAML 1.1', 'a: "b\u2028c"\n'],
    ['the tag that says nothing', 'a: ! 12\n'],
    ['a tag on the line before its value', 'a: !!map\n  b: 1\n'],
    ['tag directives', '%TAG ! tag:yaml.org,2002:\n---\na: !str 1\n'],
    ['ordered mappings', 'a: !!omap []\n'],
  ])('refuses, unlike PyYAML, %s', (_what, text) => {
    expect(problemOf(text).code).toBe('BundleSource');
  });

  test.each([
    ['a tab after a dash', '-\ta\n', '["a"]'],
    ['a document of nothing but its end', '...\n', 'null'],
    ['a binary number without digits', 'a: 0b_\n', '{"a":"0b_"}'],
  ])('reads, unlike PyYAML, %s', (_what, text, json) => {
    expect(toJson(text)).toBe(json);
  });

  test.each([
    [
      'a: 1\nb:\n  created: 2024-01-31\n',
      'a.yml:3:12: b.created is a date (2024-01-31), which JSON cannot hold',
    ],
    ['- 2024-01-31\n', 'a.yml:1:3: this is a date (2024-01-31), which JSON cannot hold'],
    ['a: !!binary aGVsbG8=\n', 'a.yml:1:13: a is binary data (aGVsbG8=), which JSON cannot hold'],
    ['a: !!set {x, y}\n', 'a.yml:1:10: a is a set, which JSON cannot hold'],
    ['a: !secret x\n', 'a.yml:1:12: a is of the type !secret (x), which JSON cannot hold'],
    ['a: =\n', 'a.yml:1:4: a is a default-value mark (=), which JSON cannot hold'],
    ['a: .nan\n', 'a.yml:1:4: a is an infinite or undefined number (.nan), which JSON cannot hold'],
    ['a: b: c\n', 'a.yml:1:5: no key can stand before this colon'],
    ['a: "b" c\n', 'a.yml:1:8: the line should end here'],
    ['a: "b\n\nc: d\n', 'a.yml:1:4: the quotation that begins here does not end'],
    ['a: [b,\nc: d\n', 'a.yml:1:4: the bracket that opens here is not closed'],
    ['a: [b}\n', 'a.yml:1:6: expected a comma or ] here'],
    ['a:\n\tb: c\n', 'a.yml:2:1: a tab indents this line'],
    ['a: |\n\tb\n', 'a.yml:2:1: a tab indents this line'],
    ['a: 1\n  b: 2\n', 'a.yml:2:4: no key can stand before this colon'],
    ['a:\n    b: 1\n  c: 2\n', 'a.yml:3:3: this line is indented more than those that it belongs to'],
    ['a:\n  - b\n    - c: d\n', 'a.yml:3:8: no key can stand before this colon'],
    ['a: 1\nb\n', 'a.yml:2:1: a key and a colon should stand here'],
    ['a: @b\n', 'a.yml:1:4: nothing can begin with "@" here'],
    ['a: "\\d"\n', 'a.yml:1:5: \\d is no escape'],
    ['a: |x\n', 'a.yml:1:4: no header of a block of text: | or >, then + or - and a number from 1 to 9'],
    ['a: *b\n', 'a.yml:1:4: the alias *b has no anchor before it'],
    ['a: &b [*b]\n', 'a.yml:1:8: the alias *b stands within what it stands for'],
    ['a: &b 1\nc: &b 2\n', 'a.yml:2:4: there are two anchors &b'],
    ['a:\n  <<: 1\n', 'a.yml:2:3: << needs a mapping, or a list of mappings'],
    ['? [a]\n: b\n', 'a.yml:1:1: a list or mapping cannot be a key'],
    ['a: 1\n2: b\n', 'a.yml:1:1: the keys of this mapping are partly text and partly not'],
    ['a: 1\n---\nb: 2\n', 'a.yml:2:1: a second document begins here'],
    ['a: \u0007\n', 'a.yml:1:4: the character U+0007 may not stand in YAML'],
  ])('says what is wrong with %j', (text, message) => {
    expect(problemOf(text).message).toBe(message);
  });

  test('a date comes with the advice to put it in quotes', () => {
    expect(problemOf('a: 2024-01-31\n').hint).toBe('put the value in quotes if it is meant as text');
  });

  test('refuses aliases that blow up', () => {
    const levels = Array.from({ length: 10 }, (_, level) => {
      const below = level === 0 ? 'x' : `*l${level - 1}`;
      return `l${level}: &l${level} [${Array(10).fill(below).join(', ')}]`;
    });
    expect(problemOf(levels.join('\n')).message).toContain('more than 5000000 values');
  });

  test.each(['['.repeat(100_000), '- '.repeat(100_000), '{a: '.repeat(100_000), '? '.repeat(100_000)])(
    'refuses to follow collections without end',
    (text) => {
      expect(problemOf(text).message).toContain('more than 500 levels');
    },
  );

  test('refuses levels that come by aliases', () => {
    const levels = Array.from({ length: 20 }, (_, level) => {
      const inner = level === 0 ? 'x' : `*l${level - 1}`;
      return `l${level}: &l${level} ${'['.repeat(40)}${inner}${']'.repeat(40)}`;
    });
    expect(problemOf(levels.join('\n')).message).toContain('more than 500 levels');
    expect(toJson(levels.slice(0, 12).join('\n'))).toContain('['.repeat(480));
  });

  test('reads 500 levels', () => {
    expect(toJson(`${'['.repeat(500)}${']'.repeat(500)}`)).toHaveLength(1000);
    const lines = Array.from({ length: 500 }, (_, level) => `${' '.repeat(level)}a:`);
    expect(toJson(lines.join('\n'))).toHaveLength(500 * '{"a":}'.length + 'null'.length);
  });

  test('an alias is the very same object', () => {
    const value = loadYaml({ name: 'a.yml', text: 'a: &x {b: 1}\nc: *x\n' });
    if (!isMapping(value)) throw new Error('no mapping');
    expect(value.get('a')).toBe(value.get('c'));
  });

  test('keeps the order of keys that look like numbers', () => {
    const value = loadYaml({ name: 'a.yml', text: "b: 1\n'2': 1\n'1': 1\na: 1\n" });
    expect(isMapping(value) && [...value.keys()]).toEqual(['b', '2', '1', 'a']);
  });
});
