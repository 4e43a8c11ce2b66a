import { describe, expect, test } from '@jest/globals';

import { renderOne, type Rendered } from '../../../../support/render-one.js';

function cdn(defaults: string): Rendered {
  const spec = { provider: 's3-cloudfront', identifier: 'cdn', defaults: '/cdn.yml' };
  return renderOne(spec, { files: { '/cdn.yml': defaults } });
}

describe('the distribution', () => {
  test('without a configuration has the bucket as its default origin', () => {
    const { resources, outputs } = cdn('{}');
    expect(resources).toMatchObject({
      aws_cloudfront_distribution: {
        cdn: { default_cache_behavior: { target_origin_id: 'default' }, origin: [{ origin_id: 'default' }] },
      },
    });
    expect(outputs).toMatchObject({
      'cdn-s3-cloudfront__distribution_domain': { value: '${aws_cloudfront_distribution.cdn.domain_name}' },
    });
  });

  test('an origin id that is null stays null; origins and tags of the configuration are replaced', () => {
    const config = '{default_cache_behavior: {target_origin_id: null}, origin: [x], tags: {a: b}}';
    expect(cdn(`distribution_config: ${config}`).resources).toMatchObject({
      aws_cloudfront_distribution: { cdn: { origin: [{ origin_id: null }], tags: { app: 'shop' } } },
    });
  });

  test.each([
    ['distribution_config: null', 'distribution_config must be an object'],
    [
      'distribution_config: {default_cache_behavior: null}',
      'distribution_config.default_cache_behavior must be',
    ],
    ['distribution_config: {logging_config: null}', 'distribution_config.logging_config must be an object'],
    ['distribution_config: {logging_config: {}}', 'distribution_config.logging_config.bucket is missing'],
    ['get_object_enable_dirs: null', 'get_object_enable_dirs must be a list'],
  ])('%s is refused', (defaults, message) => {
    expect(() => cdn(defaults)).toThrow(message);
  });
});

test("the bucket policy is the distribution's, whatever the defaults say", () => {
  const { resources } = cdn('{bucket_policy: "{}", get_object_enable_dirs: [2024, pub]}');
  expect(resources).toMatchObject({
    aws_s3_bucket_policy: {
      cdn: { policy: expect.stringContaining('["arn:aws:s3:::cdn/2024/*", "arn:aws:s3:::cdn/pub/*"]') },
    },
  });
});

test('logs: an empty external account gets no grant and is no argument of the distribution', () => {
  const { resources } = cdn(
    'distribution_config: {logging_config: {bucket: logs.s3.amazonaws.com, external_account_id: ""}}',
  );
  expect(resources).toMatchObject({
    aws_cloudfront_distribution: { cdn: { logging_config: { bucket: 'logs.s3.amazonaws.com' } } },
    aws_s3_bucket_acl: {
      cdn: {
        bucket: 'logs',
        access_control_policy: {
          grant: [
            { grantee: { id: '${data.aws_canonical_user_id.current.id}' } },
            { grantee: { id: '${data.aws_cloudfront_log_delivery_canonical_user_id.cdn.id}' } },
          ],
        },
      },
    },
  });
  expect(resources).not.toHaveProperty('aws_cloudfront_distribution.cdn.logging_config.external_account_id');
});
