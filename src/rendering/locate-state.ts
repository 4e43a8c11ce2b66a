import type { AwsAccount } from '../app-interface/accounts.js';
import type { SecretReader } from '../credentials/secret-reader.js';
import type { StateLocation } from '../tf-config/document.js';
import { declaredLocation, stateLocation, type LegacyLocation } from '../tf-config/state-location.js';
import { INTEGRATION } from './desired-state.js';

/**
 * Where an account's state lies: as app-interface says, else as its automation secret says.
 *
 * @throws FailedError `StateLocationUnknown`, or why the secret cannot be read
 */
export async function locateState(
  account: AwsAccount,
  secrets: SecretReader | undefined,
): Promise<StateLocation> {
  const declared = declaredLocation(account, INTEGRATION);
  return declared ?? stateLocation(account, INTEGRATION, await legacyLocation(account, secrets));
}

async function legacyLocation(
  account: AwsAccount,
  secrets: SecretReader | undefined,
): Promise<LegacyLocation | undefined> {
  const fields = await secrets?.readAll(account.automationToken);
  const text = (name: string): string => fields?.get(name)?.reveal() ?? '';
  return { bucket: text('bucket'), key: text('terraform_resources_key'), region: text('region') };
}
