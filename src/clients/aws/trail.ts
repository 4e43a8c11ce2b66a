import { sdkCredentials, type AwsCredentials } from './credentials.js';
import { fipsIn } from './identity.js';

/** A management call that CloudTrail recorded. */
export interface TrailEvent {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** e.g. `DeleteDBParameterGroup` */
  readonly call: string;
  /** The IAM user, or the role and session. */
  readonly who: string;
  readonly sourceIp: string | undefined;
}

/** The newest of them are enough to see who did it. */
const PAGE = 50;

/**
 * The calls of the last 90 days that changed something about a resource, the newest first.
 *
 * @param resourceName as CloudTrail knows it: a name, an id or an ARN
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
export async function trailOf(
  resourceName: string,
  place: {
    readonly region: string;
    readonly credentials: AwsCredentials;
    readonly signal: AbortSignal;
  },
): Promise<TrailEvent[]> {
  const { CloudTrailClient, LookupEventsCommand } = await import('@aws-sdk/client-cloudtrail');
  const { region, credentials, signal } = place;
  const client = new CloudTrailClient({
    region,
    credentials: sdkCredentials(credentials),
    maxAttempts: 2,
    ...fipsIn(region),
  });
  try {
    const answer = await client.send(
      new LookupEventsCommand({
        LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: resourceName }],
        MaxResults: PAGE,
      }),
      { abortSignal: signal },
    );
    return (answer.Events ?? [])
      .filter(({ ReadOnly }) => ReadOnly !== 'true')
      .map(({ EventTime, EventName = '', Username = '', CloudTrailEvent }) => ({
        at: EventTime?.getTime() ?? 0,
        call: EventName,
        who: Username,
        sourceIp: sourceIpIn(CloudTrailEvent),
      }));
  } finally {
    client.destroy();
  }
}

/** The whole record travels as JSON text in the answer. */
function sourceIpIn(record: string | undefined): string | undefined {
  try {
    const parsed: unknown = JSON.parse(record ?? '');
    if (typeof parsed !== 'object' || parsed === null || !('sourceIPAddress' in parsed)) return undefined;
    return typeof parsed.sourceIPAddress === 'string' ? parsed.sourceIPAddress : undefined;
  } catch {
    return undefined;
  }
}
