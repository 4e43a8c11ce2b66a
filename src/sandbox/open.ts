import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { fetchAccounts } from '../app-interface/accounts.js';
import { createGraphqlClient, type GraphqlClient } from '../app-interface/graphql-client.js';
import { createOwnedFolder } from '../owned-folder.js';
import { terraformCliConfig } from '../terraform/cli-config.js';
import { findProviderMirror } from '../terraform/provider-mirror.js';
import type { World } from '../world.js';
import { childEnv } from './child-env.js';
import { CloseStack } from './close-stack.js';
import { writeConfigFile } from './config-file.js';
import { desiredGroups } from './desired-groups.js';
import { enforceAuth } from './moto/enforce-auth.js';
import { prepareAccount } from './prepare-account.js';
import { prepareMachines } from './prepare-machines.js';
import type { Sandbox, SandboxAccount } from './sandbox.js';
import { startServers } from './start-servers.js';

export interface SandboxOptions {
  /** The folder with `app-interface/` and `config.toml`, which stay as they are. */
  readonly examples: string;
  /** Make the AWS API server check signatures and permissions from the beginning (`Sandbox.enforceAuth`). */
  readonly enforceAuth?: boolean;
  /** For temporary files. Default: the system's folder for them. */
  readonly parent?: string;
  readonly world: World;
}

/**
 * Opens a sandbox: an AWS API server with the users and state buckets of every account of the example, and a qontract
 * server on a copy of it. Nothing of it outlives its `close`, nor this process, however that ends.
 *
 * @throws FailedError `MotoMissing`, `MotoNotReady`, or what is wrong with the example
 */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const parts = new CloseStack();
  try {
    const folder = await createOwnedFolder(options.parent ?? tmpdir(), 'tfrepair-sandbox');
    parts.add(() => rm(folder, { recursive: true, force: true }));
    return await openIn(folder, options, parts);
  } catch (error) {
    // What went wrong first is what the user must know.
    await parts.close().catch(() => undefined);
    throw error;
  }
}

async function openIn(folder: string, options: SandboxOptions, parts: CloseStack): Promise<Sandbox> {
  const { examples, world } = options;
  const { endpoint, server, appInterface } = await startServers(folder, examples, parts, world);
  const client = createGraphqlClient(server, world.fetch);
  const accounts = await prepareAccounts(endpoint, client, appInterface, world);
  await server.reload();
  if (options.enforceAuth === true) await enforceAuth(endpoint, true, world.fetch);

  const configFile = join(folder, 'config.toml');
  await writeConfigFile(join(examples, 'config.toml'), configFile, accounts.values(), server.url);
  const cliConfig = join(folder, 'terraform.rc');
  await writeFile(cliConfig, terraformCliConfig(await findProviderMirror(world.env)), { mode: 0o600 });
  return {
    ...{ folder, endpoint, appInterface, configFile, accounts },
    graphqlUrl: server.url,
    terraformCliConfig: cliConfig,
    enforceAuth: (enforced) => enforceAuth(endpoint, enforced, world.fetch),
    reload: async () => {
      await server.reload({ followSource: true });
    },
    envOf: ({ region, identities }, who) =>
      childEnv(identities[who], { endpoint, region, configFile, terraformCliConfig: cliConfig }),
    close: () => parts.close(),
  };
}

async function prepareAccounts(
  endpoint: string,
  client: GraphqlClient,
  appInterface: string,
  world: World,
): Promise<Map<string, SandboxAccount>> {
  const desired = await fetchAccounts(client);
  const prepared = await Promise.all(desired.map((account) => prepareAccount(endpoint, account)));
  const accounts = new Map(prepared.map((account) => [account.name, account]));
  for (const group of await desiredGroups(client)) {
    const account = accounts.get(group.account);
    if (account !== undefined) await prepareMachines(endpoint, group, account, appInterface, world);
  }
  return accounts;
}
