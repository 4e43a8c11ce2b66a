import { readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { splitSections } from '../../../src/qontract-reconcile/sections.js';
import { oracleFile } from '../../support/oracle.js';

describe('splitSections', () => {
  test('splits the text of the real program into the configs of its accounts', () => {
    const text = readFileSync(oracleFile('public', 'print-only/example-stage+example-prod.txt'), 'utf8');
    const sections = splitSections(text);
    expect([...sections.keys()]).toEqual(['example-prod', 'example-stage']);
    for (const [name, config] of sections) {
      const golden = readFileSync(oracleFile('public', `${name}/config.tf.json`), 'utf8');
      expect(config).toEqual(JSON.parse(golden));
    }
  });

  test('gives back whatever configs were printed', () => {
    const configs = fc.dictionary(fc.stringMatching(/^[a-z][a-z-]{0,8}$/), fc.jsonValue(), {
      noNullPrototype: true,
    });
    fc.assert(
      fc.property(configs, (values) => {
        const accounts = Object.entries(values).map(
          ([name, value]) => [name, { terraform: structuredClone(value) }] as const,
        );
        const text = accounts.map(
          ([name, config]) => `##### ${name} #####\n${JSON.stringify(config, null, 2)}\n`,
        );
        const expected = accounts.map(([name, config]) => [
          name,
          JSON.parse(JSON.stringify(config)) as unknown,
        ]);
        expect([...splitSections(text.join(''))]).toEqual(expected);
      }),
    );
  });

  test('of an empty text there are none', () => {
    expect(splitSections('\n').size).toBe(0);
  });

  test.each([
    ['text before the first header', 'Traceback\n##### a #####\n{}', 'text before the first account header'],
    ['no JSON', '##### a #####\n{', 'the part of account a is not JSON'],
    ['another JSON', '##### a #####\n{}', 'the part of account a is not a Terraform config'],
  ])('refuses %s', (_, text, why) => {
    expect(() => splitSections(text)).toThrow(`qontract-reconcile printed something unexpected: ${why}`);
  });
});
