import { assumeRole } from '../clients/aws/assume-role.js';
import type { AwsCredentials } from '../clients/aws/credentials.js';
import { addressesOfBalancers, balancersOfService } from '../clients/aws/load-balancers.js';
import { FailedError } from '../errors.js';
import type { RenderAccount } from '../tf-config/model/account.js';
import type { Answer, Need } from '../tf-config/model/need.js';
import type { GrantLookup } from './cluster-roles.js';

export interface AddressSources {
  readonly grants: GrantLookup;
  /** Of the account that is rendered. */
  readonly credentials: () => Promise<AwsCredentials>;
  readonly signal: AbortSignal;
}

/** The access level that may look at a cluster's network. */
const NETWORK_LEVEL = 'network-mgmt';

/**
 * Addresses of the load balancer in front of an OpenShift service, as the account's Terraform user sees them in the
 * cluster's account. Without a role for that user the cluster is in the account itself.
 */
export async function serviceAddresses(
  { cluster, region, service }: Extract<Need, { kind: 'service-addresses' }>,
  account: RenderAccount,
  { grants, credentials, signal }: AddressSources,
): Promise<Answer> {
  const granted = await grants(cluster);
  if (granted instanceof FailedError) return { known: false, error: granted };
  if (region === null) return wrong('ClusterRegion', `cluster ${cluster} has no region in its spec`);
  const user = `arn:aws:iam::${account.uid}:user/${account.terraformUsername ?? ''}`;
  const role = granted.find(({ userArn, level }) => userArn === user && level === NETWORK_LEVEL)?.roleArn;
  const own = await credentials();
  const reader =
    role === undefined ? own : await assumeRole(role, own, account.resourcesDefaultRegion, signal);
  const place = { region, credentials: reader, signal };
  const addresses = await addressesOfBalancers(await balancersOfService(service, place), place);
  if (addresses.length > 0) return { known: true, value: addresses };
  const where =
    role === undefined ? `account ${account.name}` : `cluster ${cluster} (for account ${account.name})`;
  return wrong(
    'AddressMissing',
    `no load balancer address of OpenShift service ${service} in ${where}, ${region}`,
  );
}

function wrong(code: string, message: string): Answer {
  return { known: false, error: new FailedError(code, message) };
}
