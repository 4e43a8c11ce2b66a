import { lockIn } from '../../../diagnosis/rules/lock-text.js';
import type { LockInfo } from '../../../terraform/lock/lock-info.js';

/** The lock that kept terraform from doing something, as far as its words tell. */
export function lockSaid(stderr: string): LockInfo | undefined {
  const lock = lockIn(stderr);
  return lock && { ...lock, version: undefined, path: undefined };
}
