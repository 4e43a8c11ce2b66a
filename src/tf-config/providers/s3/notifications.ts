import { FailedError } from '../../../errors.js';
import type { Json, JsonObject } from '../../../json.js';
import type { BlockSink } from '../../model/document.js';
import { expectList, expectObject, expectText } from '../../model/expect.js';
import type { RenderContext } from '../../model/provider.js';
import { truthy } from '../../model/python.js';
import { valueOr } from '../../model/values.js';
import type { RenderedBucket } from './bucket.js';

type Bucket = Pick<RenderedBucket, 'handle' | 'values' | 'provider'>;

/** How a notification names a destination, by its `destination_type`. */
const DESTINATIONS = {
  sns: { block: 'topic', lookup: 'aws_sns_topic' },
  sqs: { block: 'queue', lookup: 'aws_sqs_queue' },
} as const;

/** Tells the queue `sqs_identifier`, which is looked up by name, of the bucket's `s3_events`. */
export function knownQueueNotification(bucket: Bucket, context: RenderContext): void {
  const { sqs_identifier: queue = null } = bucket.values;
  if (queue === null) return;
  const name = expectText(queue, 'sqs_identifier');
  const found = context.data('aws_sqs_queue', name, { name, ...bucket.provider });
  notifyQueue({ name, arn: found.ref('arn') }, bucket, context);
}

/** Tells one queue of the bucket's `s3_events`, of those objects that the values' filters leave. */
export function notifyQueue(
  queue: { readonly name: string; readonly arn: string },
  { handle, values }: Bucket,
  sink: BlockSink,
): void {
  sink.resource('aws_s3_bucket_notification', queue.name, {
    bucket: handle.ref('id'),
    queue: [
      {
        id: queue.name,
        queue_arn: queue.arn,
        events: valueOr(values, 's3_events', ['s3:ObjectCreated:*']),
        ...filters(values),
      },
    ],
  });
}

/** The bucket's `event_notifications`, all in one resource; destinations are given by ARN, or by name and looked up. */
export function eventNotifications(name: string, bucket: Bucket, context: RenderContext): void {
  const { event_notifications: wanted, sqs_identifier: queue = null } = bucket.values;
  if (!truthy(wanted)) return;
  if (queue !== null) {
    context.warn(
      'sqs_identifier and event_notifications make two notifications that replace each other in AWS',
    );
  }
  const all = expectList(wanted, 'event_notifications').map((item, index) =>
    notification(item, `event_notifications[${index}]`, bucket, context),
  );
  const ofBlock = (kind: string): JsonObject[] | undefined => {
    const arguments_ = all.filter(({ block }) => block === kind).map(({ argument }) => argument);
    return arguments_.length === 0 ? undefined : arguments_;
  };
  context.resource('aws_s3_bucket_notification', `${name}-event-notifications`, {
    bucket: bucket.handle.ref('id'),
    topic: ofBlock('topic'),
    queue: ofBlock('queue'),
  });
}

function notification(
  item: Json,
  what: string,
  bucket: Bucket,
  context: RenderContext,
): { block: 'topic' | 'queue'; argument: JsonObject } {
  const values = expectObject(item, what);
  const { block, lookup } = destinationKind(values['destination_type'], `${what}.destination_type`);
  const destination = expectText(values['destination'], `${what}.destination`);
  const { event_type: events } = values;
  if (events === undefined) throw new FailedError('ValueMissing', `${what}.event_type is missing`);
  const { id, arn } = destination.startsWith('arn:')
    ? { id: destination.split(':').at(-1) ?? '', arn: destination }
    : {
        id: destination,
        arn: context.data(lookup, destination, { name: destination, ...bucket.provider }).ref('arn'),
      };
  return { block, argument: { id, [`${block}_arn`]: arn, events, ...filters(values) } };
}

function destinationKind(
  type: Json | undefined,
  what: string,
): (typeof DESTINATIONS)[keyof typeof DESTINATIONS] {
  if (type === 'sns' || type === 'sqs') return DESTINATIONS[type];
  throw new FailedError('ValueInvalid', `${what} must be sns or sqs, not ${JSON.stringify(type)}`);
}

/** Filters that are given, empty ones too. */
function filters(values: JsonObject): JsonObject {
  const given: JsonObject = {};
  for (const key of ['filter_prefix', 'filter_suffix']) {
    const value = values[key];
    if (value !== undefined && value !== null) given[key] = value;
  }
  return given;
}
