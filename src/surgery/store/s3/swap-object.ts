import { setTimeout as sleep } from 'node:timers/promises';

import { FailedError, messageOf } from '../../../errors.js';
import { stateChanged } from '../state-changed.js';
import { MAX_STATE_BYTES, sha256Of } from '../stored-state.js';
import {
  awsAnswer,
  awsFailure,
  isCertainlyRefused,
  isConditionFailed,
  isConflict,
  isMissing,
} from './aws-answer.js';
import type { S3Connection } from './connection.js';
import { getObject } from './get-object.js';
import type { ObjectSettings } from './object-settings.js';
import { putObject, type ObjectVersion } from './put-object.js';

export interface Swap {
  readonly key: string;
  /** The ETag that the object must have. */
  readonly from: string;
  readonly bytes: Buffer;
  readonly settings: ObjectSettings;
}

/** Milliseconds to wait before another try, one after the other; then it is given up. */
const PAUSES = [100, 300, 1000];

/**
 * Writes an object if it still is the one with this ETag. A conflict with another write, and an answer that never came, are
 * settled by reading; what is tried again has the same condition, so that nothing can be written twice or on another's work.
 *
 * @returns the new version
 * @throws StateChangedError when nothing was written; FailedError `StateWriteFailed`, or `StateWriteUnclear` when nobody can
 *   tell whether it was
 */
export async function swapObject(s3: S3Connection, swap: Swap): Promise<ObjectVersion> {
  const sha256 = sha256Of(swap.bytes);
  let isCertain = true;
  for (let round = 0; ; round++) {
    try {
      return await putObject(s3, { ...swap, condition: { IfMatch: swap.from } });
    } catch (error) {
      const answer = awsAnswer(error);
      isCertain &&= isCertainlyRefused(answer);
      if (isCertain && (isConditionFailed(answer) || isMissing(answer))) throw stateChanged(label(s3, swap));
      if (isCertain && !isConflict(answer)) throw failed(s3, swap, error);
      const now = await readBack(s3, swap, isCertain);
      if (now?.sha256 === sha256) return now;
      if (now?.etag !== swap.from)
        throw isCertain ? stateChanged(label(s3, swap)) : overwritten(s3, swap, error);
      const pause = PAUSES[round];
      if (pause === undefined) throw failed(s3, swap, error);
      await sleep(pause);
    }
  }
}

interface Now extends ObjectVersion {
  readonly sha256: string;
}

async function readBack(s3: S3Connection, swap: Swap, isCertain: boolean): Promise<Now | undefined> {
  try {
    const object = await getObject(s3, swap.key, { maxBytes: MAX_STATE_BYTES });
    return object && { ...object, sha256: sha256Of(object.bytes) };
  } catch (error) {
    if (isCertain) throw failed(s3, swap, error);
    throw new FailedError(
      'StateWriteUnclear',
      `the answer to the write of ${label(s3, swap)} was lost, and it cannot be read: ${messageOf(error)}`,
      { hint: RESUME, cause: error },
    );
  }
}

const RESUME = 'tfrepair state resume looks again, and finishes what was begun';

function overwritten(s3: S3Connection, swap: Swap, cause: unknown): FailedError {
  return new FailedError(
    'StateWriteUnclear',
    `the answer to the write of ${label(s3, swap)} was lost, and somebody else has written it since: whether they built on ` +
      'this write cannot be told',
    {
      hint: "compare the bucket's versions of it, then prepare the request again if it is still needed",
      cause,
    },
  );
}

function failed(s3: S3Connection, swap: Swap, error: unknown): FailedError {
  return awsFailure(
    'StateWriteFailed',
    `cannot write the state ${label(s3, swap)}, which is as before`,
    error,
    {
      credentials: s3.credentials,
      hint: RESUME,
    },
  );
}

function label({ bucket }: S3Connection, { key }: Swap): string {
  return `s3://${bucket}/${key}`;
}
