import { join } from 'node:path';

import type { World } from '../world.js';
import { createEc2, defaultNetwork, registerImage } from './aws/machines.js';
import type { DesiredGroup } from './desired-groups.js';
import { useNetwork } from './example.js';
import type { SandboxAccount } from './sandbox.js';

/**
 * Makes what an auto scaling group refers to: its machine image in the API server, and in the checkout's file the ids
 * of a network that the API server has.
 *
 * @param appInterface the checkout, which is changed
 */
export async function prepareMachines(
  endpoint: string,
  group: DesiredGroup,
  account: SandboxAccount,
  appInterface: string,
  { fetch }: World,
): Promise<void> {
  const region = group.region ?? account.region;
  const ec2 = createEc2(endpoint, account.identities.terraform.keys, region, fetch);
  await registerImage(ec2, { name: `${group.identifier}-1`, tags: group.imageTags });
  await useNetwork(join(appInterface, 'resources', group.defaults), await defaultNetwork(ec2));
}
