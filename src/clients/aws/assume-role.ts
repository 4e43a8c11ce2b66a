import { FailedError, messageOf } from '../../errors.js';
import { Secret } from '../../secret.js';
import { sdkCredentials, type AwsCredentials } from './credentials.js';
import { fipsIn } from './identity.js';

/** How the role's account sees us in its logs. */
const SESSION_NAME = 'tfrepair';

/** The shortest session that STS gives, in seconds: it is used at once. */
const DURATION = 900;

/** Credentials of a role. @throws FailedError `RoleDenied` when STS does not give them or cannot be reached */
export async function assumeRole(
  arn: string,
  credentials: AwsCredentials,
  region: string,
  signal: AbortSignal,
): Promise<AwsCredentials> {
  const { AssumeRoleCommand, STSClient } = await import('@aws-sdk/client-sts');
  const client = new STSClient({ region, credentials: sdkCredentials(credentials), ...fipsIn(region) });
  const source = `the role ${arn}, assumed with ${credentials.source}`;
  try {
    const { Credentials: given } = await client.send(
      new AssumeRoleCommand({ RoleArn: arn, RoleSessionName: SESSION_NAME, DurationSeconds: DURATION }),
      { abortSignal: signal },
    );
    return {
      accessKeyId: given?.AccessKeyId ?? '',
      secretAccessKey: new Secret(given?.SecretAccessKey ?? ''),
      sessionToken: new Secret(given?.SessionToken ?? ''),
      source,
    };
  } catch (error) {
    signal.throwIfAborted();
    throw new FailedError('RoleDenied', `AWS STS did not give ${source}: ${messageOf(error)}`, {
      cause: error,
    });
  } finally {
    client.destroy();
  }
}
