import { describe, expect, test } from '@jest/globals';

import { renderOne, type Rendered, type World } from '../../../support/render-one.js';

const KEY = { provider: 'kms', identifier: 'shop-key' };

/** One queue `q` for each group of defaults, with the key `url`. */
function queues(defaults: string[], world: World = {}, region: string | null = null): Rendered {
  const files = Object.fromEntries(defaults.map((text, index) => [`/q${index}.yml`, text]));
  const specs = defaults.map((_, index) => ({
    defaults: `/q${index}.yml`,
    queues: [{ key: `url_${index}`, value: `q${index}` }],
  }));
  return renderOne(
    { provider: 'sqs', identifier: 'shop', region, specs },
    { files, others: [KEY], ...world },
  );
}

test.each([
  ['max_receive_count: "7"', 7],
  ['max_receive_count: 3.9', 3],
  ['visibility_timeout_seconds: 1', 10],
])('with %s a message is tried %d times before it counts as dead', (defaults, count) => {
  const { resources } = queues([`{dl_queue: dead, ${defaults}}`]);
  expect(resources).toMatchObject({
    aws_sqs_queue: {
      q0: {
        redrive_policy: `{"deadLetterTargetArn": "\${data.aws_sqs_queue.dead.arn}", "maxReceiveCount": ${count}}`,
      },
    },
  });
  expect(resources).not.toHaveProperty('aws_sqs_queue.q0.max_receive_count');
});

test('a first-in-first-out queue looks for its dead letters in one of its kind', () => {
  const { data, outputs } = queues(['{fifo_queue: true, dl_queue: dead}']);
  expect(data).toEqual({ aws_sqs_queue: { dead: { name: 'dead.fifo' } } });
  expect(outputs).toMatchObject({
    'shop-sqs__url_0': { value: 'https://sqs.us-east-1.amazonaws.com/111122223333/q0.fifo' },
  });
});

test('max_receive_count stays an argument where no queue is for dead letters', () => {
  const { resources } = queues(['{dl_queue: null, max_receive_count: 4}']);
  expect(resources).toHaveProperty('aws_sqs_queue.q0.max_receive_count', 4);
});

test('defaults replace the tags and the provider, but never the name', () => {
  const { resources } = queues(['{tags: {a: b}, provider: aws.elsewhere, name: x}'], {
    account: { supportedDeploymentRegions: ['us-east-1'] },
  });
  expect(resources['aws_sqs_queue']).toEqual({
    q0: { name: 'q0', tags: { a: 'b' }, provider: 'aws.elsewhere' },
  });
});

test('an empty region is none', () => {
  const { outputs, resources } = queues(['a: 1'], { account: { supportedDeploymentRegions: [] } }, '');
  expect(outputs).toHaveProperty('shop-sqs__aws_region.value', 'us-east-1');
  expect(resources).toHaveProperty('aws_sqs_queue.q0.provider', 'aws.us-east-1');
});

describe('encryption', () => {
  test('every policy allows the keys of all queues, each once', () => {
    const { resources } = queues([
      'kms_master_key_id: arn:aws:kms:x',
      'kms_master_key_id: shop-key',
      'kms_master_key_id: arn:aws:kms:x',
      'kms_master_key_id: null',
    ]);
    const keys =
      '"Action": ["kms:Decrypt"], "Effect": "Allow", "Resource": ["arn:aws:kms:x", "${aws_kms_key.shop-key.arn}"]';
    const policies = Object.values(resources['aws_iam_policy'] ?? {}) as { name: string; policy: string }[];
    expect(policies.map(({ name }) => name)).toEqual(['shop-0', 'shop-1', 'shop-2', 'shop-3']);
    for (const { policy } of policies) expect(policy).toContain(keys);
  });

  test('only a key of the same config is waited for', () => {
    const { resources } = queues(['kms_master_key_id: arn:aws:kms:x', 'kms_master_key_id: shop-key']);
    expect(resources).not.toHaveProperty('aws_sqs_queue.q0.depends_on');
    expect(resources).toHaveProperty('aws_sqs_queue.q1.depends_on', ['aws_kms_key.shop-key']);
  });
});

test('without queues there is a user whose policies allow nothing', () => {
  const specs = [{ defaults: '/q.yml', queues: [] }];
  const { outputs, resources } = renderOne(
    { provider: 'sqs', identifier: 'shop', specs },
    { files: { '/q.yml': 'a: 1' } },
  );
  expect(outputs).not.toHaveProperty('shop-sqs__aws_region');
  expect(resources).not.toHaveProperty('aws_sqs_queue');
  expect(resources).toHaveProperty(
    'aws_iam_policy.shop.policy',
    expect.stringContaining('"Action": ["sqs:*"], "Effect": "Allow", "Resource": []'),
  );
});
