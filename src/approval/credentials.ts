import { RefusedError } from '../errors.js';
import type { Requester } from '../surgery/request/request.js';
import type { ProvenIdentity } from './proof.js';

/** What a person acts with, as far as it is known. */
export interface PersonalCredentials {
  readonly arn?: string;
  readonly userId?: string;
  readonly accessKeyId?: string;
  readonly sshKey?: string;
}

export function credentialsOf(identity: ProvenIdentity): PersonalCredentials {
  if (identity.kind === 'ssh') return { sshKey: identity.fingerprint };
  const { arn, userId, accessKeyId } = identity;
  return { arn, userId, accessKeyId };
}

/** What the maker of a request says to act with. */
export function claimedCredentials({ arn, userId, accessKeyId, sshKey }: Requester): PersonalCredentials {
  return {
    ...(arn === undefined ? {} : { arn }),
    ...(userId === undefined ? {} : { userId }),
    ...(accessKeyId === undefined ? {} : { accessKeyId }),
    ...(sshKey === undefined ? {} : { sshKey }),
  };
}

const SHARED = {
  sshKey: ['SameKey', 'the SSH key'],
  accessKeyId: ['SameAccessKey', 'the access key'],
  userId: ['SameUser', 'the unique id'],
  arn: ['SameUser', 'the identity'],
} as const;

/**
 * Two people have nothing in common to act with: who has one of these has both names.
 *
 * @throws RefusedError `SameKey`, `SameAccessKey`, `SameUser`
 */
export function requireNothingShared(
  [a, ofA]: readonly [string, PersonalCredentials],
  [b, ofB]: readonly [string, PersonalCredentials],
): void {
  for (const name of ['sshKey', 'accessKeyId', 'userId', 'arn'] as const) {
    const value = ofA[name];
    if (value === undefined || value !== ofB[name]) continue;
    const [code, what] = SHARED[name];
    throw new RefusedError(code, `${a} and ${b} both use ${what} ${value}`, {
      hint: 'a second person has credentials of their own',
    });
  }
}
