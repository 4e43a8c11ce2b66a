import { describe, expect, test } from '@jest/globals';

import { parseContentType, preferredType } from '../../../../src/qontract-server/http/media-type.js';

describe('the preferred type', () => {
  const offers = ['a/b', 'a/c', 'd/e'];

  test.each([
    [undefined, 'a/b'],
    ['', 'a/b'],
    ['*/*', 'a/b'],
    ['a/c', 'a/c'],
    ['A/C', 'a/c'],
    ['a/*', 'a/b'],
    ['d/*', 'd/e'],
    ['d/e, a/c', 'd/e'],
    ['d/e;q=0.5, a/c', 'a/c'],
    ['*/*, d/e', 'd/e'],
    ['*/*;q=0.5, d/e;q=0.1', 'a/b'],
    ['a/b;q=0, */*', 'a/c'],
    ['a/b;charset=utf-8;q=0.2 , d/e ; q=0.3', 'd/e'],
    ['x/y', undefined],
    ['a/b;q=0', undefined],
    ['nonsense;;,;', undefined],
  ])('of %j is %j', (accept, expected) => {
    expect(preferredType(accept, offers)).toBe(expected);
  });
});

describe('a content type', () => {
  test.each([
    [undefined, '', undefined],
    ['application/json', 'application/json', undefined],
    ['Application/JSON ; Charset=UTF-8', 'application/json', 'utf-8'],
    ['text/plain; a=b; charset="latin1"', 'text/plain', 'latin1'],
  ])('%j is %j in %j', (header, essence, charset) => {
    expect(parseContentType(header)).toEqual({ essence, charset });
  });
});
