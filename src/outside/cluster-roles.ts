import type { ClusterManager } from '../app-interface/cluster-manager.js';
import { OcmClient, type RoleGrant } from '../clients/ocm.js';
import type { SecretReader } from '../credentials/secret-reader.js';
import { FailedError } from '../errors.js';
import type { Answer, Need } from '../tf-config/model/need.js';

/** Who has access to the AWS account of a cluster. */
export type GrantLookup = (cluster: string) => Promise<readonly RoleGrant[] | FailedError>;

export interface GrantSources {
  /** The cluster manager of a cluster; undefined: it has none. */
  readonly manager: (cluster: string) => Promise<ClusterManager | undefined>;
  /** Undefined: secrets cannot be read. */
  readonly secrets: SecretReader | undefined;
  readonly fetch: typeof globalThis.fetch;
}

/**
 * Looks role grants up in the cluster's own cluster manager, each cluster once. A cluster without one is an error of the
 * data, which is returned; thrown is why the cluster manager could not be asked.
 */
export function grantLookup(sources: GrantSources): GrantLookup {
  const clients = new Map<string, Promise<OcmClient>>();
  const known = new Map<string, ReturnType<GrantLookup>>();
  const ask: GrantLookup = async (cluster) => {
    const manager = await sources.manager(cluster);
    if (manager === undefined) return withoutManager(cluster);
    const client = clients.get(manager.name) ?? clientOf(manager, sources);
    clients.set(manager.name, client);
    return (await client).roleGrants(manager.organization, cluster);
  };
  return (cluster) => {
    const grants = known.get(cluster) ?? ask(cluster);
    known.set(cluster, grants);
    return grants;
  };
}

/** The role that a cluster's manager granted an IAM user; null: none yet. The last of several counts. */
export async function grantedRole(
  { cluster, user }: Extract<Need, { kind: 'granted-role' }>,
  lookup: GrantLookup,
): Promise<Answer> {
  const grants = await lookup(cluster);
  if (grants instanceof FailedError) return { known: false, error: grants };
  const granted = grants.findLast(
    ({ userArn, state, roleArn }) =>
      userArn.split('/')[1] === user && state !== 'failed' && roleArn !== undefined,
  );
  return { known: true, value: granted?.roleArn ?? null };
}

async function clientOf(manager: ClusterManager, { secrets, fetch }: GrantSources): Promise<OcmClient> {
  if (secrets === undefined) {
    throw new FailedError('NoCredentials', `no secret store to read the login of OCM ${manager.name} from`);
  }
  const { url, tokenUrl, clientId } = manager;
  return new OcmClient({
    url,
    tokenUrl,
    clientId,
    clientSecret: await secrets.read(manager.clientSecret),
    fetch,
  });
}

function withoutManager(cluster: string): FailedError {
  return new FailedError(
    'ClusterManagerMissing',
    `no OpenShift Cluster Manager to ask for access to cluster ${cluster}`,
    { hint: 'let the cluster file name its ocm, or give what is to be looked up (assume_role, ips) itself' },
  );
}
