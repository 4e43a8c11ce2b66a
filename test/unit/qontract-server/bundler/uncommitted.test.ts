import { describe, expect, test } from '@jest/globals';

import { blobHash, uncommitted } from '../../../../src/qontract-server/bundler/uncommitted.js';

describe('blobHash', () => {
  // What `git hash-object` prints, in a repository of each object format.
  test.each([
    ['sha1', '', 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'],
    ['sha1', 'name: a\n', 'ab80a7e61108578fceeaba43fa1fa9f45c9dd486'],
    ['sha256', '', '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813'],
  ] as const)('is the %s that git has for %j', (algorithm, content, hash) => {
    expect(blobHash(Buffer.from(content), algorithm)).toBe(hash);
  });
});

describe('uncommitted', () => {
  const committed = new Map([
    ['data/a.yml', '1'],
    ['data/b.yml', '2'],
    ['data/README.md', '3'],
    ['data/.c.yml', '4'],
    ['resources/d', '5'],
    ['resources/.keep', '6'],
  ]);
  const bundled = new Map([
    ['data/a.yml', '1'],
    ['data/b.yml', '2'],
    ['resources/d', '5'],
  ]);

  test('is nothing when all is as committed; files that no bundle holds do not count', () => {
    expect(uncommitted(bundled, committed)).toEqual([]);
  });

  test.each([
    ['changed', 'data/a.yml', '9'],
    ['new', 'resources/e', '9'],
  ])('names a file that is %s', (_what, path, hash) => {
    expect(uncommitted(new Map([...bundled, [path, hash]]), committed)).toEqual([path]);
  });

  test('names a file that is deleted', () => {
    const without = new Map([...bundled].filter(([path]) => path !== 'data/b.yml'));
    expect(uncommitted(without, committed)).toEqual(['data/b.yml']);
  });
});
