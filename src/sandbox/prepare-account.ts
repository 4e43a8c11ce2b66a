import type { AwsAccount } from '../app-interface/accounts.js';
import { stateLocation } from '../tf-config/state-location.js';
import { createIdentities } from './aws/identities.js';
import { createStateBucket } from './aws/state-bucket.js';
import type { SandboxAccount } from './sandbox.js';

/**
 * Makes what must be there before terraform can work in an account: its users and the bucket of its state.
 *
 * @throws FailedError `StateLocationUnknown` when the account does not say where its state is
 */
export async function prepareAccount(endpoint: string, account: AwsAccount): Promise<SandboxAccount> {
  const { name, uid, resourcesDefaultRegion: region, automationToken } = account;
  const state = stateLocation(account, 'terraform-resources', undefined);
  const identities = await createIdentities(endpoint, uid);
  await createStateBucket(endpoint, identities.terraform.keys, state);
  return { name, uid, region, state, secretPath: automationToken.path, identities };
}
