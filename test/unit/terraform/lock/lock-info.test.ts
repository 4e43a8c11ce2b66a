import { describe, expect, test } from '@jest/globals';

import type { StateLock } from '../../../../src/diagnosis/evidence.js';
import { parseLockInfo } from '../../../../src/terraform/lock/lock-info.js';

const DOCUMENT = JSON.stringify({
  ID: '7070931a-91ba-c514-db9c-7a61159e9c9f',
  Operation: 'OperationTypeApply',
  Info: '',
  Who: 'jdoe@laptop',
  Version: '1.11.4',
  Created: '2026-11-23T11:44:13.215193871Z',
  Path: 'states/network',
});

const LOCK = {
  id: '7070931a-91ba-c514-db9c-7a61159e9c9f',
  operation: 'OperationTypeApply',
  who: 'jdoe@laptop',
  version: '1.11.4',
  created: Date.UTC(2026, 10, 23, 11, 44, 13, 215),
  path: 'states/network',
};

describe('the lock of a state', () => {
  test('tells who holds it, since when, and what for', () => {
    const lock: StateLock = parseLockInfo(DOCUMENT, 'the lock');
    expect(lock).toEqual(LOCK);
  });

  test('may tell no more than its ID', () => {
    const nothing = { operation: undefined, who: undefined, version: undefined, path: undefined };
    const lock = parseLockInfo('{"ID": "x", "Created": "yesterday"}', 'the lock');
    expect(lock).toEqual({ id: 'x', created: undefined, ...nothing });
  });

  test.each(['', '{', '[]', '{"ID": ""}', '{"ID": 3}'])('is told to be invalid when it is %p', (document) => {
    expect(() => parseLockInfo(document, 's3://b/k.tflock')).toThrow(
      expect.objectContaining({
        code: 'LockInvalid',
        message: 's3://b/k.tflock locks the state, but does not say who holds it',
      }),
    );
  });
});
