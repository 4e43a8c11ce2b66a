import { expect, test } from '@jest/globals';

import { lockIn } from '../../../../src/diagnosis/rules/lock-text.js';

const INFO = `Lock Info:
  ID:        8c06592e-4bca-2b2a-d5a1-b0cf69d84519
  Path:
  Operation: OperationTypePlan
  Who:       jdoe@laptop
  Version:   1.11.4
  Created:   2026-11-23 14:56:32.791158242 +0000 UTC
  Info:
`;

test('the holder of a lock stands in its info', () => {
  expect(lockIn(`Error acquiring the state lock\n\n${INFO}`)).toEqual({
    id: '8c06592e-4bca-2b2a-d5a1-b0cf69d84519',
    ...{ who: 'jdoe@laptop', operation: 'OperationTypePlan', created: Date.UTC(2026, 10, 23, 14, 56, 32) },
  });
});

test.each(['', '│ '])(
  'behind "%s", of a lock in an http backend only the ID is told: the info is that of who asked',
  (bar) => {
    const text = `Error message: HTTP remote state already locked:\nID=0f8fad5b-d9cb-469f-a165-70867728950e\n${INFO}`;
    expect(lockIn(text.replaceAll(/^/gm, bar))).toEqual({
      id: '0f8fad5b-d9cb-469f-a165-70867728950e',
      ...{ who: undefined, operation: undefined, created: undefined },
    });
  },
);
