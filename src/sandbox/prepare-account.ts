import { FailedError } from '../errors.js';
import { createIdentities } from './aws/identities.js';
import { createStateBucket } from './aws/state-bucket.js';
import type { DesiredAccount } from './desired-state.js';
import type { SandboxAccount } from './sandbox.js';

/**
 * Makes what must be there before terraform can work in an account: its users and the bucket of its state.
 *
 * @throws FailedError `SandboxNoState` when the account does not say where its state is
 */
export async function prepareAccount(endpoint: string, desired: DesiredAccount): Promise<SandboxAccount> {
  const { name, uid, resourcesDefaultRegion, automationToken } = desired;
  const state = stateOf(desired);
  const identities = await createIdentities(endpoint, uid);
  await createStateBucket(endpoint, identities.terraform.keys, state);
  return { name, uid, region: resourcesDefaultRegion, state, secretPath: automationToken.path, identities };
}

/** `-` and `_` are the same in an integration's name (app-interface reference, state location). */
function stateOf({ name, terraformState }: DesiredAccount): SandboxAccount['state'] {
  const integrations = terraformState?.integrations ?? [];
  const own = integrations.find(
    ({ integration }) => integration.replaceAll('-', '_') === 'terraform_resources',
  );
  if (terraformState && own)
    return { bucket: terraformState.bucket, region: terraformState.region, key: own.key };
  throw new FailedError(
    'SandboxNoState',
    `account ${name} does not say where the state of terraform-resources is`,
  );
}
