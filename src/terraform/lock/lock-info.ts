import * as v from 'valibot';

import { FailedError } from '../../errors.js';

/** Who holds the lock of a state, and since when. */
export interface LockInfo {
  /** What `force-unlock` wants to be told. */
  readonly id: string;
  /** e.g. `OperationTypeApply` */
  readonly operation: string | undefined;
  /** e.g. `jdoe@laptop` */
  readonly who: string | undefined;
  /** Of terraform. */
  readonly version: string | undefined;
  /** Milliseconds since the epoch. */
  readonly created: number | undefined;
  /** What is locked, e.g. `bucket/key`. */
  readonly path: string | undefined;
}

/** Nobody writes more; what is longer is no lock info. */
export const MAX_LOCK_BYTES = 64 * 1024;

const text = v.optional(v.string());

const Document = v.object({
  ID: v.pipe(v.string(), v.nonEmpty()),
  ...{ Operation: text, Who: text, Version: text, Created: text, Path: text },
});

/**
 * Reads the JSON document that all backends keep while a state is locked.
 *
 * @param source where it was found, for messages
 * @throws FailedError `LockInvalid`
 * @see https://developer.hashicorp.com/terraform/language/state/locking
 */
export function parseLockInfo(document: string, source: string): LockInfo {
  let lock: v.InferOutput<typeof Document>;
  try {
    lock = v.parse(Document, JSON.parse(document));
  } catch (error) {
    throw new FailedError('LockInvalid', `${source} locks the state, but does not say who holds it`, {
      hint: 'force-unlock needs its ID: remove it by hand, once it is certain that nobody runs terraform',
      cause: error,
    });
  }
  return {
    ...{ id: lock.ID, operation: lock.Operation, who: lock.Who },
    ...{ version: lock.Version, created: timeOf(lock.Created), path: lock.Path },
  };
}

/** Of RFC 3339, as Go writes it. */
function timeOf(created: string | undefined): number | undefined {
  const time = Date.parse(created ?? '');
  return Number.isNaN(time) ? undefined : time;
}
