import { isIntegrationEnabled, type AwsAccount } from '../app-interface/accounts.js';
import type { GraphqlClient } from '../app-interface/graphql-client.js';
import type { AwsCredentials } from '../clients/aws/credentials.js';
import { fromSecret } from '../credentials/account-credentials.js';
import type { SecretReader } from '../credentials/secret-reader.js';
import { FailedError } from '../errors.js';
import type { AccountOutcome } from './account-outcome.js';
import { INTEGRATION, loadDesiredState, type DesiredState } from './desired-state.js';
import { locateState } from './locate-state.js';
import type { StateLocation } from '../tf-config/document.js';
import type { ExistingOutputs } from '../tf-config/model/outputs.js';
import type { Outside } from '../tf-config/outside.js';
import { renderAccount, type RenderOptions } from '../tf-config/render-account.js';

/** What rendering asks of the world about one account; made for each account. */
export interface AccountWorld {
  /** What the existing state's outputs say. */
  existing(account: AwsAccount, state: StateLocation): Promise<ExistingOutputs>;
  readonly outside: Outside;
}

export interface RenderRequest {
  /** Account names; undefined: all. */
  readonly accounts: readonly string[] | undefined;
  readonly options: RenderOptions;
  /** Render accounts in which the integration is disabled, too. */
  readonly includeDisabled?: boolean;
  /** Makes a client that is pinned to the server's latest bundle. */
  readonly connect: () => GraphqlClient;
  /** The store of app-interface's secrets; `vault` is app-interface's own setting. Undefined: it cannot be read. */
  readonly secretReader: (vault: boolean) => SecretReader | undefined;
  readonly accountWorld: (account: AwsAccount, secrets: SecretReader | undefined) => AccountWorld;
  /** Told when the data is read again. */
  readonly onReload?: () => void;
}

/**
 * Renders accounts from one bundle. When the server drops that bundle meanwhile (a data reload), everything is read
 * again from the new one, once.
 *
 * @throws FailedError naming what is wrong
 */
export async function renderConfigs(request: RenderRequest): Promise<AccountOutcome[]> {
  try {
    return await renderOnce(request);
  } catch (error) {
    if (!(error instanceof FailedError) || error.code !== 'BundleExpired') throw error;
    request.onReload?.();
    return renderOnce(request);
  }
}

async function renderOnce(request: RenderRequest): Promise<AccountOutcome[]> {
  const client = request.connect();
  const { accounts, includeDisabled = false } = request;
  const desired = await loadDesiredState(client, { accounts, contacts: false, includeDisabled });
  const secrets = request.secretReader(desired.settings.vault);
  const outcomes: AccountOutcome[] = [];
  for (const account of desired.accounts) outcomes.push(await outcomeOf(account, desired, secrets, request));
  return outcomes;
}

async function outcomeOf(
  account: AwsAccount,
  desired: DesiredState,
  secrets: SecretReader | undefined,
  request: RenderRequest,
): Promise<AccountOutcome> {
  const isWanted = request.includeDisabled === true || isIntegrationEnabled(account, INTEGRATION);
  if (!isWanted) return { kind: 'disabled', account };
  const state = await locate(account, secrets, request);
  if (state instanceof FailedError) return { kind: 'no state location', account, why: state.message };
  const world = request.accountWorld(account, secrets);
  const credentials = request.options.compat ? await secretCredentials(account, secrets) : undefined;
  const config = await renderAccount(
    {
      account,
      specs: desired.specsOf(account.name),
      state,
      existing: await world.existing(account, state),
      content: (path) => desired.content(path),
      yaml: (path) => desired.yaml(path),
      outside: world.outside,
      credentials: credentials && {
        accessKeyId: credentials.accessKeyId,
        secretAccessKey: credentials.secretAccessKey.reveal(),
      },
    },
    request.options,
  );
  return { kind: 'rendered', account, config };
}

/** The state's place, or with all accounts the reason why there is none. */
async function locate(
  account: AwsAccount,
  secrets: SecretReader | undefined,
  request: RenderRequest,
): Promise<StateLocation | FailedError> {
  try {
    return await locateState(account, secrets);
  } catch (error) {
    if (error instanceof FailedError && request.accounts === undefined) return error;
    throw error;
  }
}

/** With `--compat` the file holds what the reconcile loop would write: the account's own automation credentials. */
async function secretCredentials(
  account: AwsAccount,
  secrets: SecretReader | undefined,
): Promise<AwsCredentials> {
  if (secrets !== undefined)
    return fromSecret(await secrets.readAll(account.automationToken), account.automationToken.path);
  throw new FailedError(
    'NoCredentials',
    `--compat writes the credentials of ${account.name}, which cannot be read`,
    {
      hint: 'let --config name the configuration file with the secrets or the [vault] part',
    },
  );
}
