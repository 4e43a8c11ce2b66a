import { join } from 'node:path';

import { openEndpoint, type Endpoint } from '../app-interface/endpoint.js';
import { fetchClusterManager } from '../app-interface/cluster-manager.js';
import { fetchCodeHostTokens } from '../app-interface/code-hosts.js';
import type { GraphqlClient } from '../app-interface/graphql-client.js';
import type { Config } from '../config/config.js';
import { secretStore } from '../credentials/secret-store.js';
import { accountWorld, type AccountWorldOptions, type VerifiedWorld } from '../outside/account-world.js';
import { codeHostAccess } from '../outside/code-hosts.js';
import type { SourceChoice } from '../qontract-server/sources/choose.js';
import type { RenderOptions } from '../tf-config/render-account.js';
import type { ExistingOutputs } from '../tf-config/model/outputs.js';
import type { World } from '../world.js';
import type { AccountOutcome } from './account-outcome.js';
import { INTEGRATION } from './desired-state.js';
import { renderConfigs, type AccountWorld } from './render-configs.js';

/** What a user asks to be rendered. */
export interface RenderingRequest {
  readonly source: SourceChoice;
  readonly config: Config;
  /** Account names; undefined: all. */
  readonly accounts: readonly string[] | undefined;
  readonly options: RenderOptions;
  /** Render accounts in which the integration is disabled, too. */
  readonly includeDisabled?: boolean;
  /** Ask nothing but the source and the configuration file. */
  readonly offline: boolean;
  /** Outputs to use instead of the state's. */
  readonly outputs: ExistingOutputs | undefined;
  readonly awsProfile: string | undefined;
  /** A folder for downloads that are worth keeping. */
  readonly cacheFolder: string;
  /** Told what the user should know while it goes on. */
  readonly note: (text: string) => void;
  /** Puts itself between rendering and the world of each account. */
  readonly throughWorld?: (world: VerifiedWorld) => AccountWorld;
}

/**
 * Renders accounts natively, from the source that was asked for: a server that has to be started for it is stopped again.
 *
 * @throws FailedError, UsageError naming what is wrong
 */
export async function render(request: RenderingRequest, world: World): Promise<AccountOutcome[]> {
  return withEndpoint(request, world, (endpoint) => renderFrom(endpoint, request, world));
}

/** Opens the source for as long as `action` takes. */
export async function withEndpoint<T>(
  { source, config }: Pick<RenderingRequest, 'source' | 'config'>,
  world: World,
  action: (endpoint: Endpoint) => Promise<T>,
): Promise<T> {
  const endpoint = await openEndpoint({ ...source, config, world });
  try {
    return await action(endpoint);
  } finally {
    await endpoint.close();
  }
}

/** Renders accounts natively from a server. */
export async function renderFrom(
  endpoint: Endpoint,
  request: RenderingRequest,
  world: World,
): Promise<AccountOutcome[]> {
  const connect = (): GraphqlClient => endpoint.connect();
  return renderConfigs({
    accounts: request.accounts,
    options: request.options,
    includeDisabled: request.includeDisabled ?? false,
    connect,
    secretReader: (vault) =>
      vault && request.offline ? undefined : secretStore(vault, request.config, world),
    accountWorld: (account, secrets) => {
      const codeHost = codeHostAccess(() => fetchCodeHostTokens(connect()), secrets, world);
      const clusterManager = (cluster: string): ReturnType<typeof fetchClusterManager> =>
        fetchClusterManager(connect(), cluster, INTEGRATION);
      const own = accountWorld(account, secrets, {
        ...worldOptions(request, world),
        codeHost,
        clusterManager,
      });
      return request.throughWorld?.(own) ?? own;
    },
    onReload: () => {
      request.note('the server reloaded its data: rendering again from the new bundle');
    },
  });
}

function worldOptions(
  request: RenderingRequest,
  { env, now, fetch, signal }: World,
): Omit<AccountWorldOptions, 'codeHost' | 'clusterManager'> {
  return {
    profile: request.awsProfile,
    env,
    now,
    fetch,
    signal,
    offline: request.offline,
    outputs: request.outputs,
    zipFolder: join(request.cacheFolder, 'zips'),
    note: request.note,
  };
}
