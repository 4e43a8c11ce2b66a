import * as v from 'valibot';

import type { AwsCredentials } from '../../../clients/aws/credentials.js';
import { FailedError, isError, messageOf } from '../../../errors.js';

/** What AWS answered to a request that failed, as far as it answered. */
export interface AwsAnswer {
  /** e.g. `PreconditionFailed`, or the name of a network error. */
  readonly name: string;
  /** Undefined: no answer came. */
  readonly status: number | undefined;
  /** Requests that the SDK made of it. */
  readonly attempts: number;
}

const Failure = v.object({
  name: v.string(),
  $metadata: v.object({ httpStatusCode: v.optional(v.number()), attempts: v.optional(v.number()) }),
});

export function awsAnswer(error: unknown): AwsAnswer {
  const { success, output } = v.safeParse(Failure, error);
  if (!success) return { name: isError(error) ? error.name : '', status: undefined, attempts: 1 };
  const { httpStatusCode: status, attempts = 1 } = output.$metadata;
  return { name: output.name, status, attempts };
}

/** The condition of a conditional write was not met (S3 API Reference, PutObject). */
export function isConditionFailed({ name, status }: AwsAnswer): boolean {
  return status === 412 || name === 'PreconditionFailed' || name === 'ConditionalCheckFailedException';
}

/** Another write of the same object was under way: nothing was written, and it may be tried again. */
export function isConflict({ name, status }: AwsAnswer): boolean {
  return status === 409 || name === 'ConditionalRequestConflict';
}

export function isMissing({ name, status }: AwsAnswer): boolean {
  return status === 404 || name === 'NoSuchKey' || name === 'NotFound';
}

/**
 * Whether a failed request has certainly changed nothing: it was refused, and no earlier attempt of the SDK may have come
 * through.
 */
export function isCertainlyRefused({ status, attempts }: AwsAnswer): boolean {
  return attempts <= 1 && status !== undefined && status >= 400 && status < 500 && status !== 408;
}

const EXPIRED = new Set(['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired', 'RequestExpired']);
const SKEWED = new Set(['RequestTimeTooSkewed', 'RequestInTheFuture']);
const REFUSED = new Set(['AccessDenied', 'AccessDeniedException', 'Forbidden']);

/**
 * What a failed request is to the user.
 *
 * @param what e.g. `cannot read the state s3://bucket/key`
 */
export function awsFailure(
  code: string,
  what: string,
  error: unknown,
  { credentials, hint }: { credentials: AwsCredentials; hint?: string },
): FailedError {
  const { name, status } = awsAnswer(error);
  const words = messageOf(error);
  // The SDK says "UnknownError" of an answer without a body, and nothing at all of some exceptions.
  const why =
    words === '' || words === 'UnknownError' ? `${name}${status ? ` (HTTP ${status})` : ''}` : words;
  const advice = adviceOn(name, status, credentials) ?? hint;
  return new FailedError(code, `${what}: ${why}`, {
    ...(advice === undefined ? {} : { hint: advice }),
    cause: error,
  });
}

function adviceOn(name: string, status: number | undefined, { source }: AwsCredentials): string | undefined {
  if (EXPIRED.has(name)) return `the credentials from ${source} have expired: get new ones`;
  if (SKEWED.has(name)) return "set this machine's clock: it is too far from AWS's";
  if (REFUSED.has(name) || status === 403) return `check what ${source} may do there`;
  return undefined;
}
