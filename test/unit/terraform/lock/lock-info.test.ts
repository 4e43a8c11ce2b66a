import { describe, expect, test } from '@jest/globals';

import type { StateLock } from '../../../../src/diagnosis/evidence.js';
import { lockAge, lockInfoIn, parseLockInfo } from '../../../../src/terraform/lock/lock-info.js';

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
    expect(lockAge(lock, 1)).toBeUndefined();
  });

  test('is some milliseconds old, never less than none', () => {
    expect(lockAge(LOCK, LOCK.created + 5)).toBe(5);
    expect(lockAge(LOCK, LOCK.created - 5)).toBe(0);
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

describe("terraform's complaint of a lock", () => {
  const complaint = `Error acquiring the state lock

Error message: ID: of something else
Lock Info:
  ID:        7070931a-91ba-c514-db9c-7a61159e9c9f
  Path:      states/network
  Operation: OperationTypeApply
  Who:       jdoe@laptop
  Version:   1.11.4
  Created:   2026-11-23 11:44:13.215193871 +0000 UTC
  Info:      

Terraform acquires a state lock to protect the state from being written`;

  test('has the lock in it', () => {
    expect(lockInfoIn(complaint)).toEqual(LOCK);
  });

  test('has it in a frame, and with carriage returns, too', () => {
    expect(lockInfoIn(complaint.replaceAll('\n', '\n│ '))).toEqual(LOCK);
    expect(lockInfoIn(complaint.replaceAll('\n', '\r\n'))).toEqual(LOCK);
  });

  test('is none when nothing is locked', () => {
    expect(lockInfoIn('Error: something else\n  ID: x')).toBeUndefined();
    expect(lockInfoIn('Lock Info: none')).toBeUndefined();
  });
});
