import type { BlockHandle, BlockSink } from './document.js';
import { attachToIamUser } from './iam-user.js';
import { pythonJson } from './python.js';
import type { RenderAccount } from './account.js';

/** An IAM policy about SQS queues, and the user that gets it. */
export interface QueuePolicy {
  readonly name: string;
  readonly user: BlockHandle;
  readonly userName: string;
  /** Names of the queues, as AWS knows them. */
  readonly queues: readonly string[];
  /** ARNs of the keys that encrypt them. */
  readonly kmsKeys: readonly string[];
}

/** Lets an IAM user do everything with the queues, list all queues, and decrypt with their keys. */
export function queuePolicy(policy: QueuePolicy, account: RenderAccount, sink: BlockSink): void {
  const { partition, uid } = account;
  const { name, user, userName, kmsKeys } = policy;
  const queues = policy.queues.map((queue) => `arn:${partition}:sqs:*:${uid}:${queue}`);
  const statements = [
    { Effect: 'Allow', Action: ['sqs:*'], Resource: queues },
    { Effect: 'Allow', Action: ['sqs:ListQueues'], Resource: '*' },
    ...(kmsKeys.length === 0 ? [] : [{ Effect: 'Allow', Action: ['kms:Decrypt'], Resource: [...kmsKeys] }]),
  ];
  const handle = sink.resource('aws_iam_policy', name, {
    name,
    policy: pythonJson({ Version: '2012-10-17', Statement: statements }, { sortKeys: true }),
  });
  attachToIamUser(sink, { user, userName, name, policy: handle });
}
