import { expect, test } from '@jest/globals';

import { exitCodeOf } from '../../../src/fleet/exit-code.js';
import { ailing, healthy, unreachable } from '../support/diagnoses.js';

test.each([
  ['0 when all are fine', { accounts: [healthy] }, 0],
  ['3 with findings', { accounts: [healthy, ailing] }, 3],
  ['1 when one could not be diagnosed, whatever the others have', { accounts: [ailing, unreachable] }, 1],
  ['1 when shards are missing', { accounts: [healthy], missingShards: [2] }, 1],
])('a diagnosis ends with %s', (_, fleet, code) => {
  expect(exitCodeOf(fleet)).toBe(code);
});
