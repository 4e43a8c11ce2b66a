import { describe, expect, test } from '@jest/globals';

import { createPalette } from '../../../src/ui/palette.js';

describe('colours', () => {
  test.each([
    ['on a terminal', true, {}, false, true],
    ['not without a terminal', false, {}, false, false],
    ['not with NO_COLOR', true, { NO_COLOR: '1' }, false, false],
    ['with an empty NO_COLOR', true, { NO_COLOR: '' }, false, true],
    ['not on a dumb terminal', true, { TERM: 'dumb' }, false, false],
    ['not with --no-color', true, {}, true, false],
    ['without a terminal when forced', false, { FORCE_COLOR: '1' }, false, true],
    ['not when forced off', false, { FORCE_COLOR: '0' }, false, false],
    ['not with NO_COLOR, even when forced', true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false, false],
    ['not with --no-color, even when forced', true, { FORCE_COLOR: '1' }, true, false],
  ])('%s', (_when, isTTY, env, noColor, coloured) => {
    const text = createPalette({ isTTY, env, noColor }).red('x');
    expect(text).toBe(coloured ? '\u001B[31mx\u001B[39m' : 'x');
  });
});
