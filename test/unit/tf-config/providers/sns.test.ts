import { expect, test } from '@jest/globals';

import { renderOne, type Rendered } from '../../../support/render-one.js';

function topic(defaults: string, fields: Record<string, unknown> = {}): Rendered {
  const spec = { provider: 'sns', identifier: 'alerts', defaults: '/sns.yml' };
  return renderOne({ ...spec, ...fields }, { files: { '/sns.yml': defaults } });
}

test.each([
  ['fifo_topic: true', { name: 'alerts.fifo', policy: null, fifo_topic: true }],
  ['fifo_topic: null', { name: 'alerts', policy: null, fifo_topic: null }],
  ['{display_name: x, inline_policy: p}', { name: 'alerts', policy: 'p', fifo_topic: false }],
])('the defaults %s make the topic %j', (defaults, expected) => {
  expect(topic(defaults).resources).toEqual({ aws_sns_topic: { alerts: expected } });
});

test('subscriptions of the defaults count when the spec has none; a single one has no number', () => {
  const defaults = 'subscriptions: [{protocol: sms, endpoint: "+1"}]';
  expect(Object.keys(topic(defaults).resources['aws_sns_topic_subscription'] ?? {})).toEqual([
    'alerts_sms_aws_sns_topic_subscription',
  ]);
  const subscriptions = [
    { protocol: 'sqs', endpoint: 'arn:q' },
    { protocol: 'email', endpoint: 'first.last+tag@mail.example.com' },
  ];
  expect(
    Object.keys(topic(defaults, { subscriptions }).resources['aws_sns_topic_subscription'] ?? {}),
  ).toEqual(['alerts_sqs_aws_sns_topic_subscription_1', 'alerts_email_aws_sns_topic_subscription_2']);
});

test.each(['a@b', 'a b@example.com', '@example.com', 'a@example.com,b@example.com'])(
  'nobody gets mail at %s',
  (endpoint) => {
    const subscriptions = [{ protocol: 'email', endpoint }];
    expect(() => topic('{}', { subscriptions })).toThrow(`subscriptions[0].endpoint "${endpoint}"`);
  },
);

test('only email needs an address', () => {
  const subscriptions = [{ protocol: 'email-json', endpoint: 'a@b' }];
  expect(topic('{}', { subscriptions }).resources).toHaveProperty(
    'aws_sns_topic_subscription.alerts_email-json_aws_sns_topic_subscription.endpoint',
    'a@b',
  );
});
