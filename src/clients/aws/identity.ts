import { sdkCredentials, type AwsCredentials } from './credentials.js';
import { FailedError, messageOf } from '../../errors.js';

/** Who credentials belong to, by `sts:GetCallerIdentity`. */
export interface CallerIdentity {
  /** The 12-digit account id. */
  readonly account: string;
  readonly arn: string;
  /** The principal's unique id, e.g. `AIDA…` of a user. */
  readonly userId: string;
}

/**
 * Asks AWS who we are.
 *
 * @param endpoint the origin of the STS that is asked, whatever the environment and profiles say; default: what they say
 * @throws FailedError `IdentityUnknown` when STS refuses the credentials or cannot be reached
 */
export async function callerIdentity(
  credentials: AwsCredentials,
  region: string,
  signal: AbortSignal,
  endpoint?: string,
): Promise<CallerIdentity> {
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
  const place = endpoint === undefined ? fipsIn(region) : { endpoint };
  const client = new STSClient({ region, credentials: sdkCredentials(credentials), ...place });
  try {
    const answer = await client.send(new GetCallerIdentityCommand({}), { abortSignal: signal });
    return { account: answer.Account ?? '', arn: answer.Arn ?? '', userId: answer.UserId ?? '' };
  } catch (error) {
    signal.throwIfAborted();
    throw new FailedError(
      'IdentityUnknown',
      `AWS STS did not accept the credentials from ${credentials.source}: ${messageOf(error)}`,
      { hint: 'check that they are valid and not expired', cause: error },
    );
  } finally {
    client.destroy();
  }
}

/**
 * Makes sure that credentials are of the account that they are meant for, before anything else talks to AWS.
 *
 * @throws FailedError `WrongAccount`
 */
export function requireAccount(
  identity: CallerIdentity,
  account: { readonly name: string; readonly uid: string },
  credentials: AwsCredentials,
): void {
  if (identity.account === account.uid) return;
  throw new FailedError(
    'WrongAccount',
    `${credentials.source} belongs to account ${identity.account} (${identity.arn}), not to ${account.name} (${account.uid})`,
    { hint: `use credentials of ${account.name}: --aws-profile NAME` },
  );
}

/** GovCloud is used through its FIPS endpoints. */
export function fipsIn(region: string): { useFipsEndpoint?: true } {
  return region.startsWith('us-gov-') ? { useFipsEndpoint: true } : {};
}
