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
  return lockInfo({
    ...{ ID: lock.ID, Operation: lock.Operation, Who: lock.Who },
    ...{ Version: lock.Version, Created: lock.Created, Path: lock.Path },
  });
}

/** The lock that terraform complains of in a diagnostic or a log, with or without a frame; undefined: none. */
export function lockInfoIn(complaint: string): LockInfo | undefined {
  const from = complaint.search(/\bLock Info:/);
  const words = from < 0 ? '' : complaint.slice(from, from + MAX_LOCK_BYTES);
  const field = (name: string): string | undefined =>
    new RegExp(`^[^\\w\\n]*${name}:[ \\t]+(\\S.*?)\\s*$`, 'm').exec(words)?.[1];
  const id = field('ID');
  if (id === undefined) return undefined;
  return lockInfo({
    ...{ ID: id, Operation: field('Operation'), Who: field('Who') },
    ...{ Version: field('Version'), Created: field('Created'), Path: field('Path') },
  });
}

/** Milliseconds for which a lock has been held; undefined: it does not say since when. */
export function lockAge({ created }: LockInfo, now: number): number | undefined {
  return created === undefined ? undefined : Math.max(0, now - created);
}

type Fields = Readonly<Record<'Operation' | 'Who' | 'Version' | 'Created' | 'Path', string | undefined>>;

function lockInfo({ ID: id, Operation, Who, Version, Created, Path }: Fields & { ID: string }): LockInfo {
  return { id, operation: Operation, who: Who, version: Version, created: timeOf(Created), path: Path };
}

/** RFC 3339, or as Go prints a time: `2026-11-23 11:44:13.215193871 +0000 UTC`. */
function timeOf(created: string | undefined): number | undefined {
  const time = Date.parse(created?.replace(/^(\S+) (\S+) \+0000 UTC$/, '$1T$2Z') ?? '');
  return Number.isNaN(time) ? undefined : time;
}
