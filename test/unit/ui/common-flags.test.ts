import { describe, expect, test } from '@jest/globals';

import { commonFlagsIn } from '../../../src/ui/common-flags.js';

describe('the common flags', () => {
  test('are found anywhere among the arguments', () => {
    expect(commonFlagsIn(['a', '--json', '--x=1', '--no-color', '--verbose'])).toEqual({
      json: true,
      noColor: true,
      verbose: true,
    });
  });

  test('are not looked for after --, nor in values', () => {
    const none = { json: false, noColor: false, verbose: false };
    expect(commonFlagsIn(['--', '--json', '--no-color', '--verbose'])).toEqual(none);
    expect(commonFlagsIn(['--reason=--json', '--jsonx'])).toEqual(none);
  });
});
