import { FailedError } from '../../errors.js';
import type { World } from '../../world.js';
import type { Keys } from './keys.js';

/** Where machines of an account and region can be started. */
export interface Network {
  readonly subnet: string;
  readonly securityGroup: string;
}

export interface MachineImage {
  readonly name: string;
  readonly tags: ReadonlyMap<string, string>;
}

/** Asks one action of EC2, and gives the XML of the answer. */
export type Ec2 = (action: string, parameters?: Readonly<Record<string, string>>) => Promise<string>;

const API_VERSION = '2016-11-15';

/**
 * EC2 in one region of an account, by its query protocol: the SDK's client for it takes half a second to load. The
 * request is not signed, it only names the key, which is enough for an API server that does not check signatures yet.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html
 */
export function createEc2(endpoint: string, keys: Keys, region: string, fetch: World['fetch']): Ec2 {
  const scope = `${keys.accessKeyId}/19700101/${region}/ec2/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`;
  return async (action, parameters = {}) => {
    const body = new URLSearchParams({ Action: action, Version: API_VERSION, ...parameters });
    const signal = AbortSignal.timeout(30_000);
    const response = await fetch(endpoint, { method: 'POST', headers: { authorization }, body, signal });
    if (response.ok) return response.text();
    throw new FailedError('SandboxEc2', `the AWS API server refused ${action}: HTTP ${response.status}`);
  };
}

/** A subnet and the security group of the network that every account has in every region. */
export async function defaultNetwork(ec2: Ec2): Promise<Network> {
  const [subnets, groups] = await Promise.all([
    ec2('DescribeSubnets', { 'Filter.1.Name': 'default-for-az', 'Filter.1.Value.1': 'true' }),
    ec2('DescribeSecurityGroups', { 'Filter.1.Name': 'group-name', 'Filter.1.Value.1': 'default' }),
  ]);
  return { subnet: elementOf(subnets, 'subnetId'), securityGroup: elementOf(groups, 'groupId') };
}

/** Registers a machine image with these tags, and gives its id. */
export async function registerImage(ec2: Ec2, { name, tags }: MachineImage): Promise<string> {
  const image = elementOf(await ec2('RegisterImage', { Name: name }), 'imageId');
  const entries = [...tags].flatMap(([key, value], index) => [
    [`Tag.${index + 1}.Key`, key],
    [`Tag.${index + 1}.Value`, value],
  ]);
  await ec2('CreateTags', {
    'ResourceId.1': image,
    ...(Object.fromEntries(entries) as Record<string, string>),
  });
  return image;
}

/** The text of the first element of that name. */
function elementOf(xml: string, name: string): string {
  const text = new RegExp(`<${name}>([^<]+)</${name}>`).exec(xml)?.[1];
  if (text === undefined) throw new FailedError('SandboxEc2', `the AWS API server gave no ${name}`);
  return text;
}
