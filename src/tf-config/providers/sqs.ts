import * as v from 'valibot';

import type { Json, JsonObject } from '../../json.js';
import { providerFor, regionOf } from '../model/account.js';
import { commonOutputs } from '../model/common-outputs.js';
import { defineProvider, field } from '../model/define-provider.js';
import { expectText } from '../model/expect.js';
import { iamUserWithKey } from '../model/iam-user.js';
import { kmsKeyReference } from '../model/kms-key.js';
import type { RenderContext } from '../model/provider.js';
import { pythonInt, pythonJson, truthy } from '../model/python.js';
import { queuePolicy } from '../model/queue-policy.js';
import { outputPrefix, specTags, type Spec } from '../model/spec.js';
import { take } from '../model/values.js';

const DEFAULT_MAX_RECEIVE_COUNT = 10;

/**
 * SQS queues, and one IAM user that may use them all. Queues are named after the spec's queues, not the spec; each of its
 * `specs` has a policy of its own.
 */
export const sqs = defineProvider({
  provider: 'sqs',
  graphqlType: 'NamespaceTerraformResourceSQS_v1',
  selection: 'region specs { defaults queues { key value } }',
  fields: {
    region: field.text,
    specs: v.array(
      v.object({
        defaults: v.string(),
        queues: v.array(v.object({ key: v.string(), value: v.string() })),
      }),
    ),
  },
  files: (spec) => spec.own.specs.map(({ defaults }) => defaults),

  render(spec, context) {
    commonOutputs(spec, context);
    const region = regionOf(context.account, spec.own.region);
    const prefix = outputPrefix(spec);
    const groups = spec.own.specs.map(({ defaults, queues }) =>
      queues.map(({ key, value }): Queue => {
        const queue = renderQueue(value, { spec, context, region, defaults });
        context.output(`${prefix}__aws_region`, region);
        const url = `https://sqs.${region}.amazonaws.com/${context.account.uid}/${queue.name}`;
        context.output(`${prefix}__${key}`, url);
        return queue;
      }),
    );
    const user = iamUserWithKey(context, {
      name: spec.identifier,
      tags: specTags(spec),
      outputPrefix: prefix,
    });
    // All keys in each policy, those of other groups' queues too.
    const kmsKeys = new Set(groups.flat().flatMap(({ kmsKey }) => kmsKey ?? []));
    for (const [index, queues] of groups.entries()) {
      const name = groups.length === 1 ? spec.identifier : `${spec.identifier}-${index}`;
      queuePolicy(
        {
          ...{ name, user, userName: spec.identifier },
          queues: queues.map((queue) => queue.name),
          kmsKeys: [...kmsKeys],
        },
        context.account,
        context,
      );
    }
  },
});

interface Queue {
  /** As AWS knows it: with `.fifo` when it is one. */
  readonly name: string;
  /** ARN of the key that encrypts it. */
  readonly kmsKey: string | undefined;
}

function renderQueue(
  queue: string,
  from: { spec: Spec; context: RenderContext; region: string; defaults: string },
): Queue {
  const { context, region } = from;
  const values: JsonObject = {
    tags: specTags(from.spec),
    ...providerFor(context.account, region),
    ...context.yaml(from.defaults),
  };
  const suffix = truthy(values['fifo_queue']) ? '.fifo' : '';
  const name = `${queue}${suffix}`;
  const policy = take(values, 'sqs_policy') ?? null;
  const deadLetters = take(values, 'dl_queue') ?? null;
  const kmsKeyId = take(values, 'kms_master_key_id') ?? null;
  const kmsKey =
    kmsKeyId === null ? undefined : kmsKeyReference(expectText(kmsKeyId, 'kms_master_key_id'), context);
  context.resource('aws_sqs_queue', queue, {
    ...values,
    name,
    ...(policy === null ? {} : { policy: pythonJson(policy, { sortKeys: true }) }),
    ...(deadLetters === null ? {} : redrive(deadLetters, suffix, values, context)),
    ...(kmsKey === undefined ? {} : { kms_master_key_id: kmsKey.arn }),
    ...(kmsKey?.dependency === undefined ? {} : { depends_on: [kmsKey.dependency] }),
  });
  return { name, kmsKey: kmsKey?.arn };
}

/** The queue that takes what could not be delivered is looked up: it may be of another spec, or none of ours. */
function redrive(
  deadLetters: Json,
  suffix: string,
  values: JsonObject,
  context: RenderContext,
): { redrive_policy: string; max_receive_count: undefined } {
  const queue = expectText(deadLetters, 'dl_queue');
  const found = context.data('aws_sqs_queue', queue, { name: `${queue}${suffix}` });
  const { max_receive_count: count = DEFAULT_MAX_RECEIVE_COUNT } = values;
  const policy = {
    deadLetterTargetArn: found.ref('arn'),
    maxReceiveCount: pythonInt(count, 'max_receive_count'),
  };
  return { redrive_policy: pythonJson(policy, { sortKeys: true }), max_receive_count: undefined };
}
