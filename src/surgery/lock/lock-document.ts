import type { LockRequest } from '../store/store.js';

/**
 * What terraform writes down of a lock, field by field, so that it shows ours as its own.
 *
 * @param path what is locked, e.g. `bucket/key`
 * @see https://github.com/hashicorp/terraform/blob/v1.11.4/internal/states/statemgr/locker.go (LockInfo)
 */
export function lockDocument({ id, operation, who, info, created }: LockRequest, path: string): string {
  const lock = {
    ...{ ID: id, Operation: operation, Info: info, Who: who, Version: 'tfrepair' },
    ...{ Created: new Date(created).toISOString(), Path: path },
  };
  return JSON.stringify(lock);
}
