import type { AwsAccount } from '../app-interface/accounts.js';
import { FailedError } from '../errors.js';
import type { StateLocation } from './document.js';

/** What an account's automation secret says about the state, in accounts that have no `terraformState`. */
export type LegacyLocation = Partial<Record<'bucket' | 'key' | 'region', string>>;

/**
 * Where the state of an account's integration lies: `terraformState` wins when it lists the integration, otherwise
 * the account's secret says it (app-interface-aws §1, state location algorithm).
 *
 * @throws FailedError `StateLocationUnknown`
 */
export function stateLocation(
  account: AwsAccount,
  integration: string,
  secret: LegacyLocation | undefined,
): StateLocation {
  const { bucket, key, region } = declaredLocation(account, integration) ?? secret ?? {};
  if (isSet(bucket) && isSet(key) && isSet(region)) return { bucket, key, region };
  throw new FailedError(
    'StateLocationUnknown',
    `account ${account.name} has no state location for ${integration}: ` +
      `neither its terraformState nor its secret ${account.automationToken.path} names bucket, key and region`,
    { hint: `add ${integration} to the integrations of its terraformState` },
  );
}

/** The location that `terraformState` gives; undefined when it does not list the integration. */
export function declaredLocation(account: AwsAccount, integration: string): StateLocation | undefined {
  const state = account.terraformState;
  const listed = state?.integrations.find((entry) => hyphenated(entry.integration) === integration);
  if (state === null || state === undefined || listed === undefined) return undefined;
  return { bucket: state.bucket, key: listed.key, region: state.region };
}

function hyphenated(integration: string): string {
  return integration.replaceAll('_', '-');
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}
