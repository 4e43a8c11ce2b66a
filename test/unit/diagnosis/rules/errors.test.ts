import { describe, expect, test } from '@jest/globals';

import { error, failedPlan, find, instance, only, plan, state } from '../support/evidence.js';

describe('cannot-read', () => {
  const denied = (address: string, operation: string, id: string) =>
    error(
      `reading IAM Role (${id}): operation error IAM: ${operation}, https response error StatusCode: 403, RequestID: 0ersj5, api error AccessDenied: User: arn:aws:iam::123456789012:user/terraform is not authorized to perform: iam:${operation}`,
      { address, place: 'config.tf.json:9' },
    );

  test('all that is denied is one finding, with the actions to allow', () => {
    const finding = only('cannot-read', {
      state: state(instance('aws_iam_role.a'), instance('aws_iam_role.b')),
      plan: failedPlan(
        denied('aws_iam_role.a', 'GetRole', 'a'),
        denied('aws_iam_role.b', 'ListRolePolicies', 'b'),
      ),
    });
    expect(finding.addresses).toEqual(['aws_iam_role.a', 'aws_iam_role.b']);
    expect(finding.repairs[0]?.title).toContain('iam:GetRole, iam:ListRolePolicies');
    expect(finding.leaveStateAlone).toBe('what cannot be read is not gone; do not remove it');
  });

  test.each([
    [
      'operation error STS: GetCallerIdentity, StatusCode: 403, ExpiredToken: The security token included in the request is expired',
      'expired',
    ],
    [
      'validating provider credentials: retrieving caller identity from STS: InvalidClientTokenId',
      'does not accept',
    ],
    ['reading IAM Role (a): ThrottlingException: Rate exceeded', 'throttling'],
  ])('%s', (summary, words) => {
    expect(only('cannot-read', { plan: failedPlan(error(summary)) }).summary).toContain(words);
  });
});

describe('config-error and plan-error', () => {
  test("an error with a place in the configuration is the configuration's", () => {
    const finding = only('config-error', {
      plan: failedPlan(error('Reference to undeclared resource', { place: 'config.tf.json:12' })),
    });
    expect(finding.summary).toBe('Reference to undeclared resource (config.tf.json:12)');
  });

  test('what the provider was doing when it failed is no error of the configuration', () => {
    const finding = only('plan-error', {
      plan: failedPlan(
        error('waiting for SQS Queue (q) create: timeout', {
          address: 'aws_sqs_queue.q',
          place: 'config.tf.json:12',
        }),
      ),
    });
    expect(finding.addresses).toEqual(['aws_sqs_queue.q']);
  });

  test('a configuration that could not be rendered', () => {
    only('config-error', { failures: [{ step: 'render', code: 'SpecInvalid', message: 'no such image' }] });
  });

  test('a file that does not exist is not missing in AWS', () => {
    const detail = 'The directory ./modules/queue does not exist.';
    only('config-error', {
      plan: failedPlan(error('Unreadable module directory', { detail, place: 'main.tf:3' })),
    });
  });

  test('warnings are no findings', () => {
    expect(find({ plan: plan({ diagnostics: [{ ...error('Deprecated'), severity: 'warning' }] }) })).toEqual(
      [],
    );
  });
});
