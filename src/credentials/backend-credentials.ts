import { assumeRole } from '../clients/aws/assume-role.js';
import type { AwsCredentials } from '../clients/aws/credentials.js';
import { FailedError, messageOf } from '../errors.js';
import type { S3Backend } from '../terraform/root.js';
import { fromSdkChain } from './account-credentials.js';

/**
 * Credentials for the state of a root that is somebody's own folder: as terraform finds them, by the backend's profile or
 * the environment, and in the backend's role if it has one.
 *
 * @param profile what the user gave on the command line, before the backend's
 * @throws FailedError `NoCredentials`, `RoleDenied`
 */
export async function backendCredentials(
  backend: S3Backend,
  profile: string | undefined,
  signal: AbortSignal,
): Promise<AwsCredentials> {
  const own = await ownCredentials(profile ?? backend.profile);
  return backend.roleArn === undefined ? own : assumeRole(backend.roleArn, own, backend.region, signal);
}

async function ownCredentials(profile: string | undefined): Promise<AwsCredentials> {
  try {
    return await fromSdkChain(profile);
  } catch (error) {
    const where = profile === undefined ? 'the environment' : `the profile ${profile}`;
    throw new FailedError('NoCredentials', `no AWS credentials in ${where}: ${messageOf(error)}`, {
      hint: 'give --aws-profile NAME, or set AWS_PROFILE',
      cause: error,
    });
  }
}
