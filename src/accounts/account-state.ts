import { fetchAccounts, isIntegrationEnabled, type AwsAccount } from '../app-interface/accounts.js';
import type { Endpoint } from '../app-interface/endpoint.js';
import { fetchSettings } from '../app-interface/settings.js';
import type { AwsCredentials } from '../clients/aws/credentials.js';
import type { Config } from '../config/config.js';
import { secretStore } from '../credentials/secret-store.js';
import { FailedError } from '../errors.js';
import { verifiedCredentials } from '../outside/account-world.js';
import { INTEGRATION, selectAccounts } from '../rendering/desired-state.js';
import { locateState } from '../rendering/locate-state.js';
import type { StateLocation } from '../tf-config/document.js';
import type { World } from '../world.js';

/** An account's state, reached without rendering anything. */
export interface AccountState {
  readonly account: AwsAccount;
  /** Known to be of the account. */
  readonly credentials: AwsCredentials;
  readonly location: StateLocation;
  /** Whether the reconcile loop leaves the account alone. */
  readonly loopIsOff: boolean;
}

/**
 * Finds an account's state and the credentials to reach it. Works also when the account's data cannot be rendered.
 *
 * @throws FailedError `AccountUnknown`, `StateLocationUnknown`, `NoCredentials`, `WrongAccount`
 */
export async function openAccountState(
  endpoint: Endpoint,
  request: { readonly account: string; readonly config: Config; readonly awsProfile: string | undefined },
  world: World,
): Promise<AccountState> {
  const client = endpoint.connect();
  const [all, settings] = await Promise.all([fetchAccounts(client), fetchSettings(client)]);
  const [account] = selectAccounts(all, [request.account]);
  if (account === undefined) throw new FailedError('AccountUnknown', `no account ${request.account}`);
  const secrets = secretStore(settings.vault, request.config, world);
  const location = await locateState(account, secrets);
  const credentials = await verifiedCredentials(account, secrets, { ...world, profile: request.awsProfile });
  return { account, credentials, location, loopIsOff: !isIntegrationEnabled(account, INTEGRATION) };
}
