import { isIntegrationEnabled, type AwsAccount } from '../app-interface/accounts.js';
import type { GraphqlClient } from '../app-interface/graphql-client.js';
import type { AwsCredentials } from '../clients/aws/credentials.js';
import { fromSecret } from '../credentials/account-credentials.js';
import type { SecretReader } from '../credentials/secret-reader.js';
import { bothOf } from '../both-of.js';
import { FailedError } from '../errors.js';
import type { AccountOutcome } from './account-outcome.js';
import {
  INTEGRATION,
  loadDesiredState,
  loadSelection,
  type DesiredState,
  type Selection,
} from './desired-state.js';
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
  const selecting = loadSelection(client, accounts);
  const [desired, { secrets, first }] = await bothOf(
    loadDesiredState(client, { accounts, contacts: false, includeDisabled }, selecting),
    openFirst(selecting, request),
  );
  const outcomes: AccountOutcome[] = [];
  for (const account of desired.accounts) {
    const opened = account === first?.account ? first : await openAccount(account, secrets, request);
    outcomes.push(opened.kind === 'opened' ? await rendered(opened, desired, secrets, request) : opened);
  }
  return outcomes;
}

/** An account with what rendering asks of the world about it first. */
interface OpenedAccount {
  readonly kind: 'opened';
  readonly account: AwsAccount;
  readonly state: StateLocation;
  readonly world: AccountWorld;
  readonly existing: ExistingOutputs;
}

interface FirstAccount {
  readonly secrets: SecretReader | undefined;
  /** Undefined: there is no account. */
  readonly first: OpenedAccount | AccountOutcome | undefined;
}

/** The first account, of which there is mostly only one, is opened while its data is read. */
async function openFirst(selecting: Promise<Selection>, request: RenderRequest): Promise<FirstAccount> {
  const { settings, accounts } = await selecting;
  const secrets = request.secretReader(settings.vault);
  const [first] = accounts;
  return { secrets, first: first && (await openAccount(first, secrets, request)) };
}

async function openAccount(
  account: AwsAccount,
  secrets: SecretReader | undefined,
  request: RenderRequest,
): Promise<OpenedAccount | AccountOutcome> {
  const isWanted = request.includeDisabled === true || isIntegrationEnabled(account, INTEGRATION);
  if (!isWanted) return { kind: 'disabled', account };
  const state = await locate(account, secrets, request);
  if (state instanceof FailedError) return { kind: 'no state location', account, why: state.message };
  const world = request.accountWorld(account, secrets);
  return { kind: 'opened', account, state, world, existing: await world.existing(account, state) };
}

async function rendered(
  { account, state, world, existing }: OpenedAccount,
  desired: DesiredState,
  secrets: SecretReader | undefined,
  request: RenderRequest,
): Promise<AccountOutcome> {
  const credentials = request.options.compat ? await secretCredentials(account, secrets) : undefined;
  const config = await renderAccount(
    {
      ...{ account, state, existing, outside: world.outside },
      specs: desired.specsOf(account.name),
      content: (path) => desired.content(path),
      yaml: (path) => desired.yaml(path),
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
