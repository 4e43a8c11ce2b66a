import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { parseBundle } from '../../../../src/qontract-server/bundle/parse.js';

const GRAPHQL = { confs: [{ name: 'Query', fields: [{ name: 'x', type: 'string' }] }] };

function bundleText(data: object, indent: number): string {
  const document = { data, resources: {}, graphql: GRAPHQL, git_commit: 'abc', git_commit_timestamp: '1' };
  return JSON.stringify(document, null, indent);
}

describe('a bundle', () => {
  test('has the very datafiles that JSON.parse finds in it, whatever its white space', () => {
    const content = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue());
    const files = fc.dictionary(fc.string({ unit: 'binary', minLength: 1 }), content, { maxKeys: 6 });
    fc.assert(
      fc.property(files, fc.constantFrom(0, 1, 2), (contents, indent) => {
        const entries = Object.entries(contents).map(
          ([path, file]) => [`/${path}`, { ...file, $schema: '/a-1.yml' }] as const,
        );
        const text = bundleText(Object.fromEntries(entries), indent);
        const expected = (JSON.parse(text) as { data: Record<string, object> }).data;
        const { datafiles } = parseBundle(Buffer.from(text), 'b.json');
        const parsed = Object.fromEntries([...datafiles].map(([path, file]) => [path, { ...file }]));
        const withPath = Object.entries(expected).map(([path, file]) => [path, { ...file, path }]);
        expect(parsed).toEqual(Object.fromEntries(withPath));
      }),
      { numRuns: 300 },
    );
  });

  test('that is cut anywhere is refused, never half read', () => {
    const text = bundleText({ '/a.yml': { $schema: '/a-1.yml', list: [1, 'é"\\', null, true] } }, 1);
    for (let end = 0; end < text.length; end += 1) {
      expect(() => parseBundle(Buffer.from(text.slice(0, end)), 'b.json')).toThrow('b.json');
    }
  });
});
