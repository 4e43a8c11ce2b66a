import { assumeRole } from '../clients/aws/assume-role.js';
import type { AwsCredentials } from '../clients/aws/credentials.js';
import type { S3Backend } from '../terraform/root.js';
import { ownCredentials, type CredentialSources } from './account-credentials.js';

/**
 * Credentials for the state of a root that is somebody's own folder: as terraform finds them, by the backend's profile or
 * the environment, and in the backend's role if it has one.
 *
 * @param sources their profile, what the user gave on the command line, goes before the backend's
 * @throws FailedError `NoCredentials`, `RoleDenied`
 */
export async function backendCredentials(
  { profile, roleArn, region }: Pick<S3Backend, 'profile' | 'roleArn' | 'region'>,
  sources: Pick<CredentialSources, 'profile' | 'env' | 'now'>,
  signal: AbortSignal,
): Promise<AwsCredentials> {
  const own = await ownCredentials({ ...sources, profile: sources.profile ?? profile });
  return roleArn === undefined ? own : assumeRole(roleArn, own, region, signal);
}
