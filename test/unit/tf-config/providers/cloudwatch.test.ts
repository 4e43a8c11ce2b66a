import { describe, expect, test } from '@jest/globals';

import { renderOne, type Rendered, type World } from '../../../support/render-one.js';

function logs(defaults: string, fields: { es_identifier?: string } = {}, world: World = {}): Rendered {
  const spec = { provider: 'cloudwatch', identifier: 'shop-logs', defaults: '/logs.yml', ...fields };
  return renderOne(spec, { files: { '/logs.yml': defaults }, ...world });
}

describe('retention', () => {
  test.each([
    ['retention_in_days: 0', 14],
    ['retention_in_days: null', 14],
    ['retention_in_days: 1827', 1827],
  ])('%s renders %d days', (defaults, days) => {
    const { resources, warnings } = logs(defaults);
    expect(resources).toMatchObject({
      aws_cloudwatch_log_group: { 'shop-logs': { retention_in_days: days } },
    });
    expect(warnings).toEqual([]);
  });

  test('days that CloudWatch does not offer are rendered and warned of', () => {
    const { resources, warnings } = logs('retention_in_days: 31');
    expect(resources).toMatchObject({ aws_cloudwatch_log_group: { 'shop-logs': { retention_in_days: 31 } } });
    expect(warnings).toEqual(['retention_in_days is 31, which CloudWatch does not offer']);
  });
});

describe('the lambda that copies to a domain', () => {
  const lambda = 'shop-logs-lambda';

  test('the domain may come from the defaults, and a value that is null stays null', () => {
    const { resources, data } = logs('{es_identifier: shop-es, runtime: null, filter_pattern: ERROR}');
    expect(data).toEqual({ aws_elasticsearch_domain: { 'shop-es': { domain_name: 'shop-es' } } });
    expect(resources).toMatchObject({
      aws_lambda_function: { [lambda]: { runtime: null, handler: 'index.handler', memory_size: 128 } },
      aws_cloudwatch_log_subscription_filter: { [lambda]: { filter_pattern: 'ERROR' } },
    });
  });

  test('a release that nobody could fetch is a placeholder variable, also in the hash', () => {
    const { resources, unknowns } = logs('x: 1', { es_identifier: 'shop-es' });
    expect(resources).toMatchObject({
      aws_lambda_function: {
        [lambda]: {
          filename: '${var.shop_logs_cloudwatch__lambda_zip}',
          source_code_hash: '${filebase64sha256(var.shop_logs_cloudwatch__lambda_zip)}',
        },
      },
    });
    expect(unknowns).toEqual([
      { what: 'lambda_zip', why: 'it was not asked for', instead: 'placeholder variable' },
    ]);
  });

  test('the release is the one that the values name', () => {
    const { needs } = logs('release_url: repos/x/y/releases/7', { es_identifier: 'shop-es' });
    expect(needs).toEqual([{ kind: 'zip', release: 'repos/x/y/releases/7', folder: 'logs-to-es' }]);
  });

  test('its policy names the domains of the partition', () => {
    const account = { partition: 'aws-us-gov', supportedDeploymentRegions: ['us-gov-west-1'] };
    const { resources } = logs('region: us-gov-west-1', { es_identifier: 'e' }, { account });
    expect(resources).toMatchObject({
      aws_iam_role_policy: {
        'shop-logs-lambda-execution-policy': {
          policy: expect.stringContaining('"arn:aws-us-gov:es:*"'),
        },
      },
      aws_lambda_permission: { [lambda]: { provider: 'aws.us-gov-west-1' } },
    });
  });
});
