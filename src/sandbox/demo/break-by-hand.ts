import * as v from 'valibot';

import { sdkCredentials } from '../aws/keys.js';
import type { Sandbox, SandboxAccount } from '../sandbox.js';

/** What somebody does to AWS by hand. */
export interface Breakage {
  /** A parameter group that is deleted. */
  readonly group: string;
  /** A queue that is deleted and made again. */
  readonly queue: string;
  /** What the configuration wants of the queue. */
  readonly wanted: WantedQueue;
}

/** An `aws_sqs_queue` of a config.tf.json. */
export const WantedQueue = v.object({
  visibility_timeout_seconds: v.number(),
  message_retention_seconds: v.number(),
  tags: v.record(v.string(), v.string()),
});

export type WantedQueue = v.InferOutput<typeof WantedQueue>;

/**
 * Changes an account by hand, as the person who has the operator's keys: through the API, behind terraform's back.
 *
 * @returns the queue's URL, which is its id for Terraform
 */
export async function breakByHand(
  { endpoint }: Pick<Sandbox, 'endpoint'>,
  { region, identities }: SandboxAccount,
  { group, queue, wanted }: Breakage,
): Promise<string> {
  const place = { endpoint, region, credentials: sdkCredentials(identities.operator.keys) };
  await deleteGroup(place, group);
  return makeAnew(place, queue, wanted);
}

interface Place {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: ReturnType<typeof sdkCredentials>;
}

async function deleteGroup(place: Place, name: string): Promise<void> {
  const { DeleteDBParameterGroupCommand, RDSClient } = await import('@aws-sdk/client-rds');
  const rds = new RDSClient(place);
  try {
    await rds.send(new DeleteDBParameterGroupCommand({ DBParameterGroupName: name }));
  } finally {
    rds.destroy();
  }
}

async function makeAnew(place: Place, name: string, wanted: WantedQueue): Promise<string> {
  const { CreateQueueCommand, DeleteQueueCommand, SQSClient } = await import('@aws-sdk/client-sqs');
  const sqs = new SQSClient(place);
  try {
    const first = await sqs.send(new CreateQueueCommand({ QueueName: name }));
    await sqs.send(new DeleteQueueCommand({ QueueUrl: first.QueueUrl }));
    const Attributes = {
      VisibilityTimeout: String(wanted.visibility_timeout_seconds),
      MessageRetentionPeriod: String(wanted.message_retention_seconds),
    };
    const { QueueUrl } = await sqs.send(
      new CreateQueueCommand({ QueueName: name, Attributes, tags: wanted.tags }),
    );
    return QueueUrl ?? '';
  } finally {
    sqs.destroy();
  }
}
