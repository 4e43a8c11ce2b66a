import { expect, test } from '@jest/globals';

import type { Spec } from '../../../../../src/tf-config/model/spec.js';
import { warnOfUnknownBucket } from '../../../../../src/tf-config/providers/s3/bucket-reference.js';

function spec(provider: string, identifier: string): Spec {
  const cluster = { name: 'c1', region: null };
  const namespace = { name: 'shop', path: '', cluster, environment: 'stage', app: 'shop' };
  return { provider, identifier, account: 'acme', namespace, fields: {} };
}

test.each([
  ['s3', 'box', 'box', 0],
  ['s3-cloudfront', 'box', 'box', 0],
  ['s3-sqs', 'box', 'box', 0],
  ['sqs', 'box', 'box', 1],
  ['alb', 'front', 'front-lb-access-logs', 0],
  ['alb', 'front', 'back-lb-access-logs', 1],
])('%s "%s" makes the bucket "%s": %d warnings', (provider, identifier, bucket, count) => {
  const warnings: string[] = [];
  warnOfUnknownBucket(bucket, 'replication r', {
    find: (of, name) => (of === provider && name === identifier ? spec(of, name) : undefined),
    warn: (text) => warnings.push(text),
  });
  expect(warnings).toHaveLength(count);
});
