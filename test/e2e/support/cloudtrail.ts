import type { Fault, ProxiedRequest } from '../../support/faulty-proxy.js';

/** A call that CloudTrail has recorded. */
export interface RecordedCall {
  readonly call: string;
  readonly who: string;
  /** ISO 8601 */
  readonly at: string;
  readonly readOnly?: boolean;
}

/**
 * Answers CloudTrail's LookupEvents, which the AWS API server does not know; everything else passes.
 *
 * @param asked gets the names of the resources that were asked about
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
export function lookupEvents(
  asked: string[],
  calls: readonly RecordedCall[],
): (request: ProxiedRequest) => Fault | undefined {
  const Events = calls.map(({ call, who, at, readOnly = false }) => ({
    ...{ EventName: call, Username: who, EventTime: Date.parse(at) / 1000, ReadOnly: String(readOnly) },
    CloudTrailEvent: JSON.stringify({ sourceIPAddress: '192.0.2.7' }),
  }));
  return ({ headers, body }) => {
    if (!String(headers['x-amz-target']).endsWith('.LookupEvents')) return undefined;
    const { LookupAttributes } = JSON.parse(body.toString()) as {
      LookupAttributes: { AttributeValue: string }[];
    };
    asked.push(...LookupAttributes.map(({ AttributeValue }) => AttributeValue));
    return { kind: 'answer', status: 200, body: JSON.stringify({ Events }) };
  };
}
