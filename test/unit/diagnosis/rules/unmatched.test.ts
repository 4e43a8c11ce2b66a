import { describe, expect, test } from '@jest/globals';

import {
  change,
  commands,
  config,
  error,
  failedPlan,
  instance,
  only,
  plan,
  state,
  suspect,
} from '../support/evidence.js';

describe('not-in-state', () => {
  test.each([
    [
      'aws_dynamodb_table.t',
      'creating AWS DynamoDB Table (acme): operation error DynamoDB: CreateTable, https response error StatusCode: 400, RequestID: C3, ResourceInUseException: Table already exists: acme',
      'acme',
    ],
    [
      'aws_ecr_repository.t',
      "creating ECR Repository (acme): operation error ECR: CreateRepository, https response error StatusCode: 400, RequestID: 4s, RepositoryAlreadyExistsException: The repository with name 'acme' already exists in the registry with id '123456789012'",
      'acme',
    ],
    ['aws_s3_bucket.t', 'creating S3 Bucket (acme): BucketAlreadyOwnedByYou', 'acme'],
    [
      'aws_iam_role.t',
      'creating IAM Role (acme): operation error IAM: CreateRole, https response error StatusCode: 409, RequestID: VD, EntityAlreadyExists: Role with name acme already exists.',
      'acme',
    ],
    [
      'aws_db_parameter_group.t',
      'creating RDS DB Parameter Group (acme): operation error RDS: CreateDBParameterGroup, https response error StatusCode: 400, RequestID: 1, DBParameterGroupAlreadyExists: Parameter group acme already exists',
      'acme',
    ],
    [
      'aws_cloudwatch_log_group.t',
      'creating CloudWatch Logs Log Group (acme): operation error CloudWatch Logs: CreateLogGroup, https response error StatusCode: 400, RequestID: en, ResourceAlreadyExistsException: The specified log group already exists',
      'acme',
    ],
    [
      'aws_lb.t',
      "creating ELBv2 application Load Balancer (acme): operation error Elastic Load Balancing v2: CreateLoadBalancer, https response error StatusCode: 400, RequestID: 1, DuplicateLoadBalancerName: A load balancer with the same name 'acme' exists",
      undefined,
    ],
    [
      'aws_security_group.t',
      "creating Security Group (acme): operation error EC2: CreateSecurityGroup, https response error StatusCode: 400, RequestID: 1, InvalidGroup.Duplicate: The security group 'acme' already exists for VPC 'vpc-1'",
      undefined,
    ],
    [
      'aws_secretsmanager_secret.t',
      'creating Secrets Manager Secret (acme): operation error Secrets Manager: CreateSecret, https response error StatusCode: 400, RequestID: wo, ResourceExistsException: The operation failed because the secret acme already exists.',
      undefined,
    ],
  ])('%s: a failed create names the import id', (address, text, id) => {
    const finding = only('not-in-state', {
      plan: failedPlan(error(text, { address, place: 'config.tf.json:1' })),
    });
    const words = id === undefined ? undefined : `state import ${address} ${id}`;
    expect(commands(finding)[0]).toBe(words);
    expect(finding.repairs[0]?.terraform?.slice(0, 2)).toEqual(['import', address]);
  });

  test('AWS has what would be made: the configuration gives the import id', () => {
    const address = 'aws_sqs_queue.q';
    const topic = instance('aws_sns_topic.t', {
      attributes: { id: 't', arn: 'arn:aws:sns:us-east-1:123456789012:t' },
    });
    const finding = only('not-in-state', {
      ...{ state: state(topic), config: config({ [address]: { name: 'q' }, 'aws_sns_topic.t': {} }) },
      plan: plan({ changes: [change(address, 'create')] }),
      aws: suspect(address, {}),
    });
    expect(finding).toMatchObject({ confidence: 'certain', severity: 'danger' });
    expect(commands(finding)[0]).toBe(
      `state import ${address} https://sqs.us-east-1.amazonaws.com/123456789012/q`,
    );
  });

  test('an access key cannot be imported', () => {
    const address = 'aws_iam_access_key.k';
    const finding = only('not-in-state', {
      plan: failedPlan(error('creating IAM Access Key: EntityAlreadyExists', { address })),
    });
    expect(commands(finding)).toEqual([undefined]);
  });

  test('what external resources v2 manages is not imported here', () => {
    const address = 'aws_db_instance.db';
    const finding = only('not-in-state', {
      plan: plan({ changes: [change(address, 'create')] }),
      aws: suspect(address, { importId: 'db' }),
      managedByErv2: (resource) => resource === address,
    });
    expect(finding).toMatchObject({
      repairs: [],
      leaveStateAlone: 'external resources v2 keeps it in a state of its own',
    });
  });
});

describe('not-in-config', () => {
  const queue = instance('aws_sqs_queue.q');
  const gone = change('aws_sqs_queue.q', 'delete', { reason: 'delete_because_no_resource_config' });

  test('a resource that left the configuration would be destroyed; the guard wants an approval', () => {
    const finding = only('not-in-config', {
      state: state(queue),
      config: config({}),
      plan: plan({ changes: [gone] }),
    });
    expect(finding).toMatchObject({
      severity: 'danger',
      confidence: 'certain',
      addresses: ['aws_sqs_queue.q'],
    });
    expect(finding.repairs.map(({ title }) => title).join('\n')).toContain("'delete' action is not enabled");
    expect(commands(finding)).toContain('state rm aws_sqs_queue.q');
  });

  test('a protected database is to be unprotected first', () => {
    const db = instance('aws_db_instance.db', { attributes: { id: 'db', deletion_protection: true } });
    const finding = only('not-in-config', {
      ...{ state: state(db), config: config({}) },
      plan: plan({
        changes: [change('aws_db_instance.db', 'delete', { reason: 'delete_because_no_resource_config' })],
      }),
    });
    expect(finding.repairs.map(({ title }) => title).join()).toContain('switch its deletion protection off');
  });

  test('before external resources v2 has taken it over, no deletion is to be approved', () => {
    const finding = only('not-in-config', {
      ...{ state: state(queue), config: config({}), plan: plan({ changes: [gone] }) },
      managedByErv2: () => true,
    });
    expect(finding.leaveStateAlone).toContain('approve no deletion');
  });

  test('state and configuration alone tell it when there is no plan', () => {
    expect(only('not-in-config', { state: state(queue), config: config({}) }).confidence).toBe('likely');
  });
});
