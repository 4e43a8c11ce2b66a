import { join } from 'node:path';

import { fetchAccounts, type AwsAccount } from '../app-interface/accounts.js';
import { createGraphqlClient } from '../app-interface/graphql-client.js';
import { fetchNamespaces, type Namespace } from '../app-interface/namespaces.js';
import type { StateLocation } from '../tf-config/document.js';
import { declaredLocation } from '../tf-config/state-location.js';
import type { World } from '../world.js';

/** What the demo found out about the example. */
export interface Demo {
  /** The checkout that was served. */
  readonly appInterface: string;
  /** The checksum of the bundle made of it. */
  readonly sha256: string;
  readonly datafiles: number;
  readonly accounts: readonly DemoAccount[];
}

export interface DemoAccount {
  readonly name: string;
  readonly uid: string;
  /** The default region first. */
  readonly regions: readonly string[];
  /** Of the integration terraform-resources; null when the account does not say. */
  readonly state: StateLocation | null;
  readonly namespaces: number;
  /** How many resources of each provider, most first. */
  readonly resources: readonly { readonly provider: string; readonly count: number }[];
}

/**
 * Serves the shipped example app-interface on a free port, asks the server about its AWS accounts, and stops it.
 *
 * @param root the folder of tfrepair itself
 */
export async function runDemo(root: string, world: World): Promise<Demo> {
  const appInterface = join(root, 'examples', 'app-interface');
  const { checkout } = await import('../qontract-server/sources/checkout.js');
  const { startQontractServer } = await import('../qontract-server/start.js');
  const source = checkout({ appInterface, world });
  const server = await startQontractServer({ source, now: world.now, signal: world.signal });
  try {
    const client = createGraphqlClient(server, world.fetch);
    const accounts = await fetchAccounts(client);
    const namespaces = await fetchNamespaces(client, undefined, []);
    const { sha256, bundle } = server;
    return {
      ...{ appInterface, sha256, datafiles: bundle.datafiles.size },
      accounts: accounts.map((account) => describeAccount(account, namespaces)),
    };
  } finally {
    await server.close();
  }
}

function describeAccount(account: AwsAccount, namespaces: readonly Namespace[]): DemoAccount {
  const { name, uid, resourcesDefaultRegion, supportedDeploymentRegions } = account;
  const own = namespaces
    .map(({ externalResources }) =>
      (externalResources ?? []).filter(({ provisioner }) => provisioner.name === name),
    )
    .filter((places) => places.length > 0);
  const resources = own.flat().flatMap((place) => place.resources ?? []);
  return {
    ...{ name, uid, namespaces: own.length },
    regions: [...new Set([resourcesDefaultRegion, ...(supportedDeploymentRegions ?? [])])],
    state: declaredLocation(account, 'terraform-resources') ?? null,
    resources: countByProvider(resources.map(({ provider }) => provider)),
  };
}

function countByProvider(providers: readonly unknown[]): DemoAccount['resources'] {
  const counts = new Map<string, number>();
  for (const provider of providers.filter((name) => typeof name === 'string'))
    counts.set(provider, (counts.get(provider) ?? 0) + 1);
  return [...counts]
    .map(([provider, count]) => ({ provider, count }))
    .sort((a, b) => b.count - a.count || (a.provider < b.provider ? -1 : 1));
}
