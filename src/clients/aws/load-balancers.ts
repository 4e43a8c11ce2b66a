import { sdkCredentials, type AwsCredentials } from './credentials.js';
import { fipsIn } from './identity.js';

/** The tag by which Kubernetes marks the load balancer of a service. */
const SERVICE_TAG = 'kubernetes.io/service-name';

/** As many as DescribeTags takes. */
const TAGGED_AT_ONCE = 20;

/** Where and as whom AWS is asked. */
export interface AwsPlace {
  readonly region: string;
  readonly credentials: AwsCredentials;
  readonly signal: AbortSignal;
}

/** Names of the classic load balancers in front of a Kubernetes service, `NAMESPACE/NAME`. */
export async function balancersOfService(service: string, place: AwsPlace): Promise<string[]> {
  const { DescribeTagsCommand, ElasticLoadBalancingClient, paginateDescribeLoadBalancers } =
    await import('@aws-sdk/client-elastic-load-balancing');
  const client = new ElasticLoadBalancingClient(configOf(place));
  const abort = { abortSignal: place.signal };
  const found: string[] = [];
  try {
    const pages = paginateDescribeLoadBalancers({ client, pageSize: TAGGED_AT_ONCE }, {}, abort);
    for await (const { LoadBalancerDescriptions = [] } of pages) {
      const names = LoadBalancerDescriptions.flatMap(({ LoadBalancerName: name }) => name ?? []);
      if (names.length === 0) continue;
      const tagged = await client.send(new DescribeTagsCommand({ LoadBalancerNames: names }), abort);
      for (const { LoadBalancerName: name, Tags = [] } of tagged.TagDescriptions ?? []) {
        const isOfService = Tags.some(({ Key, Value }) => Key === SERVICE_TAG && Value === service);
        if (name !== undefined && isOfService) found.push(name);
      }
    }
    return found;
  } finally {
    client.destroy();
  }
}

/** Private addresses of the network interfaces that classic load balancers use, sorted. */
export async function addressesOfBalancers(names: readonly string[], place: AwsPlace): Promise<string[]> {
  if (names.length === 0) return [];
  const { EC2Client, paginateDescribeNetworkInterfaces } = await import('@aws-sdk/client-ec2');
  const client = new EC2Client(configOf(place));
  const addresses = new Set<string>();
  try {
    const filters = [{ Name: 'description', Values: names.map((name) => `ELB ${name}`) }];
    const pages = paginateDescribeNetworkInterfaces(
      { client },
      { Filters: filters },
      { abortSignal: place.signal },
    );
    for await (const { NetworkInterfaces = [] } of pages) {
      for (const { Status, PrivateIpAddress: address } of NetworkInterfaces) {
        if (Status === 'in-use' && address !== undefined) addresses.add(address);
      }
    }
    return [...addresses].sort();
  } finally {
    client.destroy();
  }
}

function configOf({ region, credentials }: AwsPlace): {
  region: string;
  credentials: ReturnType<typeof sdkCredentials>;
  useFipsEndpoint?: true;
} {
  return { region, credentials: sdkCredentials(credentials), ...fipsIn(region) };
}
