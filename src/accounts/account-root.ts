import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { isIntegrationEnabled, type AwsAccount } from '../app-interface/accounts.js';
import type { Endpoint } from '../app-interface/endpoint.js';
import { credentialEnvironment, type AwsCredentials } from '../clients/aws/credentials.js';
import { preloadClients } from '../clients/aws/preload.js';
import type { Config } from '../config/config.js';
import { FailedError } from '../errors.js';
import type { VerifiedWorld } from '../outside/account-world.js';
import { INTEGRATION } from '../rendering/desired-state.js';
import { renderFrom, type RenderingRequest } from '../rendering/render.js';
import { configText } from '../rendering/write-configs.js';
import type { TerraformRoot } from '../terraform/root.js';
import { ResourceReader } from '../terraform/state/state-instances.js';
import type { StateLocation } from '../tf-config/document.js';
import type { RenderedConfig } from '../tf-config/render-account.js';
import type { World } from '../world.js';
import { readStoredState, type StoredState } from './stored-state.js';
import { variableEnvironment } from './variable-environment.js';

/** An account that terraform can be run for. */
export interface AccountRoot {
  readonly account: AwsAccount;
  /** Its folder is the one that was given; its environment has credentials that are known to be of the account. */
  readonly root: TerraformRoot;
  readonly credentials: AwsCredentials;
  readonly location: StateLocation;
  readonly stored: StoredState;
  /** What has read the stored state: other states of the account share with it what they have in common. */
  readonly reader: ResourceReader;
  /** Whether the reconcile loop leaves the account alone. */
  readonly loopIsOff: boolean;
  readonly config: RenderedConfig;
  /** Variables whose value nobody could tell: what is made of them shows as a change. */
  readonly placeholders: readonly string[];
}

export interface AccountRootRequest {
  /** The account's name. */
  readonly account: string;
  readonly config: Config;
  readonly awsProfile: string | undefined;
  /** A folder for downloads that are worth keeping. */
  readonly cacheFolder: string;
  /** Told what the user should know while it goes on. */
  readonly note: (text: string) => void;
}

/** What rendering learnt of the account on its way. */
interface Learnt {
  readonly credentials: AwsCredentials;
  readonly location: StateLocation;
  readonly world: VerifiedWorld;
}

/**
 * Renders an account's config into a private folder, with credentials that are verified before anything else is asked.
 *
 * @throws FailedError `NoCredentials`, `WrongAccount`, or what is wrong with the data
 */
export async function openAccountRoot(
  endpoint: Endpoint,
  request: AccountRootRequest,
  folder: string,
  world: World,
): Promise<AccountRoot> {
  let learnt: Learnt | undefined;
  const rendering = renderFrom(
    endpoint,
    renderingOf(request, (found) => {
      learnt = found;
    }),
    world,
  );
  preloadClients();
  const outcomes = await rendering;
  const [outcome] = outcomes;
  if (outcome?.kind !== 'rendered' || learnt === undefined) throw noConfig(request.account);
  const { account, config } = outcome;
  await writeFile(join(folder, 'config.tf.json'), configText(config.document), { mode: 0o600 });
  const variables = variableEnvironment(config.variables);
  const region = account.resourcesDefaultRegion;
  const reader = new ResourceReader();
  return {
    ...{ account, config, credentials: learnt.credentials, location: learnt.location },
    reader,
    stored: await readStoredState(learnt.world, learnt.location, reader),
    loopIsOff: !isIntegrationEnabled(account, INTEGRATION),
    placeholders: variables.placeholders,
    root: {
      ...{ name: account.name, folder, backend: { type: 's3', ...learnt.location } },
      env: {
        ...variables.env,
        ...credentialEnvironment(learnt.credentials),
        ...{ AWS_REGION: region, AWS_DEFAULT_REGION: region },
      },
    },
  };
}

function renderingOf(
  { account, config, awsProfile, cacheFolder, note }: AccountRootRequest,
  learn: (learnt: Learnt) => void,
): RenderingRequest {
  return {
    ...{ config, awsProfile, cacheFolder, note, accounts: [account] },
    // The endpoint is open already.
    source: {},
    options: { compat: false, allProviders: false, terraformVersion: undefined, skipUnknown: false },
    // Where a state is being repaired, the loop is off.
    includeDisabled: true,
    offline: false,
    outputs: undefined,
    throughWorld: (world) => ({
      outside: world.outside,
      // The first thing that rendering asks for.
      existing: async (owner, location) => {
        learn({ credentials: await world.credentials(), location, world });
        return world.existing(owner, location);
      },
    }),
  };
}

function noConfig(account: string): FailedError {
  return new FailedError('ConfigMissing', `no config could be rendered for account ${account}`);
}
