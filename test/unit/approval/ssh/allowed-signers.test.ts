import { describe, expect, test } from '@jest/globals';

import { namesIn, parseAllowedSigners } from '../../../../src/approval/ssh/allowed-signers.js';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBF8hdMzDjWIUVHIAdgOuOwvpYQDyGaotvB+CIEYWvd1';

const read = (text: string): unknown[] =>
  parseAllowedSigners(text, 'signers').map(({ line, principals, isAuthority }) => [
    line,
    principals,
    isAuthority,
  ]);

describe('an allowed-signers file', () => {
  test('is read line by line, comments and empty lines aside', () => {
    const text = `# people\n\n  jdoe@acme ${KEY} a comment\r\n\t# more\n"a b,c" namespaces="x y",valid-after="20200101" ${KEY}\n`;
    expect(read(text)).toEqual([
      [3, 'jdoe@acme', false],
      [5, 'a b,c', false],
    ]);
  });

  test('tells the keys of authorities from those of people', () => {
    expect(read(`*@acme cert-authority ${KEY}\nx no-touch-required,cert-authority ${KEY}`)).toEqual([
      [1, '*@acme', true],
      [2, 'x', true],
    ]);
  });

  test.each([
    KEY,
    `jdoe`,
    `jdoe ${KEY.slice(0, 12)}`,
    `jdoe an option ${KEY}`,
    `jdoe pgp-key AAAA`,
    `"jdoe ${KEY}`,
  ])('is refused with the line %j, which ssh-keygen would pass over', (line) => {
    expect(() => read(`# 1\n${line}\n`)).toThrow(
      expect.objectContaining({
        code: 'AllowedSignersInvalid',
        message: expect.stringContaining('line 2 of signers'),
      }),
    );
  });

  test('gives all names of a key, once', () => {
    const entries = parseAllowedSigners(`a,b ${KEY}\n"b,c" ${KEY}\n`, 'signers');
    expect(namesIn(entries, 'signers')).toEqual(['a', 'b', 'c']);
  });

  test.each(['*', '*@acme', 'jd?e', '!jdoe', 'a,,b', 'jdoe,'])(
    'is refused when it accepts a key for %j, which names nobody',
    (principals) => {
      const entries = parseAllowedSigners(`${principals} ${KEY}`, 'signers');
      expect(() => namesIn(entries, 'signers')).toThrow(
        expect.objectContaining({ code: 'AllowedSignersInvalid' }),
      );
    },
  );
});
