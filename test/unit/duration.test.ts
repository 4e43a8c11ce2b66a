import { expect, test } from '@jest/globals';

import { parseDuration } from '../../src/duration.js';

test.each([
  ['90s', 90_000],
  ['30m', 1_800_000],
  [' 2h ', 7_200_000],
  ['24h', 86_400_000],
])('%j is %i ms', (text, expected) => {
  expect(parseDuration(text)).toBe(expected);
});

test.each(['', '30', 'm', '-1s', '0s', '1.5h', '25h', '1d', '30 m', '9999999s'])(
  '%j is a usage error',
  (text) => {
    expect(() => parseDuration(text)).toThrow(expect.objectContaining({ code: 'DurationInvalid' }));
  },
);
