import { sdkCredentials, type AwsCredentials } from './credentials.js';
import { fipsIn } from './identity.js';

/** More than one image is already an error, so the first page says all. */
const ENOUGH = 5;

/** Ids of the machine images that carry all these tags, as the account sees them (app-interface-aws §5.2, step 3). */
export async function findImages(
  tags: readonly { readonly name: string; readonly value: string }[],
  region: string,
  credentials: AwsCredentials,
  signal: AbortSignal,
): Promise<string[]> {
  const { DescribeImagesCommand, EC2Client } = await import('@aws-sdk/client-ec2');
  const client = new EC2Client({ region, credentials: sdkCredentials(credentials), ...fipsIn(region) });
  try {
    const answer = await client.send(
      new DescribeImagesCommand({
        Filters: tags.map(({ name, value }) => ({ Name: `tag:${name}`, Values: [value] })),
        MaxResults: ENOUGH,
      }),
      { abortSignal: signal },
    );
    return (answer.Images ?? []).flatMap(({ ImageId }) => (ImageId === undefined ? [] : [ImageId]));
  } finally {
    client.destroy();
  }
}
