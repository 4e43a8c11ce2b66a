import { RefusedError } from '../../errors.js';

interface Partition {
  /** What its hosts end with. */
  readonly suffix: string;
  readonly regions: ReadonlySet<string>;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/**
 * The regions that have an endpoint of STS. In GovCloud they are FIPS endpoints under their ordinary names.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/sts.html
 */
const PARTITIONS: ReadonlyMap<string, Partition> = new Map([
  [
    'aws',
    {
      suffix: 'amazonaws.com',
      regions: words(`af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1
        ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6
        ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1
        eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-east-1 us-east-2
        us-west-1 us-west-2`),
    },
  ],
  ['aws-us-gov', { suffix: 'amazonaws.com', regions: words('us-gov-east-1 us-gov-west-1') }],
  ['aws-cn', { suffix: 'amazonaws.com.cn', regions: words('cn-north-1 cn-northwest-1') }],
]);

/**
 * The host of STS in a region.
 *
 * @throws RefusedError `StsRegionUnknown` when the partition has no such region: nothing is sent to a host that is not listed
 */
export function stsHost(region: string, partition: string): string {
  const found = PARTITIONS.get(partition);
  if (found?.regions.has(region) === true) return `sts.${region}.${found.suffix}`;
  throw new RefusedError(
    'StsRegionUnknown',
    `no endpoint of AWS STS is known for region ${region} in partition ${partition}`,
    { hint: "sign in one of the partition's regions, or with an SSH key" },
  );
}

/** A region that is known to have an STS, in the partition that a region seems to be in: itself, if it is one. */
export function homeRegion(region: string): { readonly region: string; readonly partition: string } {
  for (const [partition, { regions }] of PARTITIONS) {
    if (regions.has(region)) return { region, partition };
  }
  if (region.startsWith('us-gov-')) return { region: 'us-gov-west-1', partition: 'aws-us-gov' };
  if (region.startsWith('cn-')) return { region: 'cn-north-1', partition: 'aws-cn' };
  return { region: 'us-east-1', partition: 'aws' };
}
