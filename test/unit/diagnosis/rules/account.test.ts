import { describe, expect, test } from '@jest/globals';

import {
  change,
  commands,
  config,
  error,
  failedPlan,
  find,
  instance,
  only,
  plan,
  state,
} from '../support/evidence.js';

const LOCK = `Error message: operation error S3: PutObject, https response error StatusCode: 412, RequestID: lodZ, HostID: 9Gjj, api error PreconditionFailed: At least one of the pre-conditions you specified did not hold
Lock Info:
  ID:        2f6f2c86-9a3a-4b1e-8a68-0d7a8e6b1c11
  Path:      acme-state/a/b.json
  Operation: OperationTypeApply
  Who:       jdoe@laptop
  Version:   1.11.4
  Created:   2026-11-20 10:00:00.123456 +0000 UTC
  Info:      


Terraform acquires a state lock to protect the state from being written
by multiple users at the same time.`;

describe('state-locked', () => {
  test('says who holds it since when, and how to remove it', () => {
    const finding = only('state-locked', {
      plan: failedPlan(error('Error acquiring the state lock', { detail: LOCK })),
    });
    expect(finding).toMatchObject({
      ...{
        severity: 'blocker',
        summary: 'jdoe@laptop holds the state lock, for 3 days',
        leaveStateAlone: undefined,
      },
      evidence: [
        { text: 'lock 2f6f2c86-9a3a-4b1e-8a68-0d7a8e6b1c11, OperationTypeApply, since 2026-11-20T10:00:00Z' },
      ],
      repairs: [{ terraform: ['force-unlock', '2f6f2c86-9a3a-4b1e-8a68-0d7a8e6b1c11'] }],
    });
    expect(commands(finding)).toEqual(['state unlock 2f6f2c86-9a3a-4b1e-8a68-0d7a8e6b1c11']);
  });

  test('a young lock is somebody at work', () => {
    const lock = {
      id: '1',
      who: 'jdoe@laptop',
      operation: undefined,
      created: Date.UTC(2026, 10, 23, 11, 55),
    };
    const finding = only('state-locked', { lock });
    expect(finding.summary).toBe('jdoe@laptop holds the state lock, for 5 minutes');
    expect(finding.leaveStateAlone).toContain('may be at work');
  });

  test('a lock that cannot be asked for is no lock that is held', () => {
    const detail =
      'Error message: operation error S3: PutObject, StatusCode: 403, api error AccessDenied: Access Denied';
    only('cannot-read', { plan: failedPlan(error('Error acquiring the state lock', { detail })) });
  });
});

describe('state-digest-mismatch', () => {
  test.each([
    `Error refreshing state: state data in S3 does not have the expected content.

The checksum calculated for the state stored in S3 does not match the checksum
stored in DynamoDB.

Bucket: acme
Key:    a/b.json
Calculated checksum: 0123456789abcdef0123456789abcdef
Stored checksum:     fedcba9876543210fedcba9876543210`,
    `state data in S3 does not have the expected content.

This may be caused by unusually long delays in S3 processing a previous state
update. [...] you may need to manually verify the remote state and update the Digest
value stored in the DynamoDB table to the following value: 0123456789abcdef0123456789abcdef`,
  ])('the digest is named (%#)', (message) => {
    const finding = only('state-digest-mismatch', {
      failures: [{ step: 'init', code: 'InitFailed', message }],
    });
    expect(finding.repairs.at(-1)?.title).toContain('0123456789abcdef0123456789abcdef');
    expect(finding.severity).toBe('blocker');
  });
});

test("a digest that was compared beforehand is as good as terraform's word", () => {
  const digest = { kind: 'mismatch', expected: 'ffff', actual: 'aaaa' } as const;
  expect(only('state-digest-mismatch', { digest }).evidence).toEqual([
    { source: 'state', text: 'S3: aaaa, DynamoDB: ffff' },
  ]);
});

describe('wrong-account', () => {
  const topics = Array.from({ length: 6 }, (_, i) =>
    instance(`aws_sns_topic.t${i}`, {
      attributes: { id: `t${i}`, arn: `arn:aws:sns:us-east-1:123456789012:t${i}` },
    }),
  );
  const allGone = plan({
    states: { prior: state(...topics), refreshed: state() },
    changes: topics.map(({ address }) => change(address, 'create')),
  });

  test('a failure says so', () => {
    const failures = [
      { step: 'credentials', code: 'WrongAccount', message: 'the credentials are of 111111111111' },
    ] as const;
    expect(only('wrong-account', { failures }).confidence).toBe('certain');
  });

  test('the provider refuses the account', () => {
    only('wrong-account', { plan: failedPlan(error('AWS account ID not allowed: 111111111111')) });
  });

  test('what is missing there explains nothing else', () => {
    const aws = { account: '111111111111', suspects: [] };
    const finding = only('wrong-account', { state: state(...topics), plan: allGone, aws });
    expect(finding.evidence[0]?.text).toBe(
      "the credentials are of 111111111111, the state's objects of 123456789012",
    );
  });

  test('when nearly all is gone, the place is doubted first, without hiding what is gone', () => {
    const found = find({ state: state(...topics), plan: allGone });
    expect(found[0]).toMatchObject({ code: 'wrong-account', confidence: 'possible' });
    expect(found).toHaveLength(7);
  });
});

describe('wrong-terraform-version', () => {
  test.each([
    ['the pin', { config: config({}, { requiredVersion: '~> 1.6.0' }) }, 'blocker'],
    ['the state is newer', { state: { ...state(), terraformVersion: '1.99.0' } }, 'warning'],
    [
      'terraform says so',
      { plan: failedPlan(error('Unsupported Terraform Core version', { place: 'main.tf:2' })) },
      'blocker',
    ],
  ] as const)('%s', (_, evidence, severity) => {
    expect(only('wrong-terraform-version', evidence).severity).toBe(severity);
  });

  test.each(['1.11.4', '1.6.6', 'unknown', ''])('a state of version "%s" is fine', (terraformVersion) => {
    expect(find({ state: { ...state(), terraformVersion } })).toEqual([]);
  });
});

describe('newer-provider', () => {
  const detail =
    'The current state of aws_s3_bucket.b was created by a newer provider version than is currently selected. Upgrade the aws provider to work with this state.';

  test('the address stands in the text only; upgrading comes before anything else', () => {
    const finding = only('newer-provider', {
      state: state(
        instance('aws_s3_bucket.b', { attributes: { id: 'acme', bucket: 'acme' }, schemaVersion: 99 }),
      ),
      plan: failedPlan(error('Resource instance managed by newer provider version', { detail })),
    });
    expect(finding).toMatchObject({ addresses: ['aws_s3_bucket.b'], id: 'acme', severity: 'blocker' });
    expect(finding.repairs[0]?.terraform).toEqual(['init', '-upgrade']);
    expect(finding.repairs[1]).toMatchObject({
      command: ['state', 'import', 'aws_s3_bucket.b', 'acme'],
      first: { command: ['state', 'rm', 'aws_s3_bucket.b'] },
    });
  });
});

describe('provider-replaced', () => {
  const queue = instance('aws_sqs_queue.q', { provider: 'registry.terraform.io/-/aws' });

  test('an address of an old namespace is replaced', () => {
    const detail =
      "This state requires provider registry.terraform.io/-/aws, but that provider isn't available. You may be able to install it automatically by running:\n  terraform init";
    const finding = only('provider-replaced', {
      ...{ state: state(queue), config: config({ 'aws_sqs_queue.q': {} }) },
      plan: failedPlan(error('Missing required provider', { detail })),
    });
    expect(finding).toMatchObject({
      severity: 'blocker',
      confidence: 'certain',
      addresses: ['aws_sqs_queue.q'],
    });
    expect(commands(finding)).toEqual([
      'state replace-provider registry.terraform.io/-/aws registry.terraform.io/hashicorp/aws',
    ]);
    expect(finding.repairs[0]?.expectedPlan).toEqual([{ address: 'aws_sqs_queue.q', action: 'noop' }]);
  });

  test('an init that fails on it is no error of its own', () => {
    const message =
      'terraform init of x ended with exit code 1: Invalid legacy provider address\n\nThis configuration or its associated state refers to the unqualified provider "aws".';
    const finding = only('provider-replaced', {
      ...{ state: state(queue), config: config({ 'aws_sqs_queue.q': {} }) },
      failures: [{ step: 'init', code: 'InitFailed', message }],
    });
    expect(finding).toMatchObject({ severity: 'blocker', confidence: 'certain' });
    expect(finding.evidence.at(-1)?.text).toContain('Invalid legacy provider address');
  });

  test.each([
    ['registry.terraform.io/hashicorp/aws', 'hashicorp/aws'],
    ['registry.terraform.io/hashicorp/aws', 'registry.opentofu.org/hashicorp/aws'],
    ['registry.terraform.io/hashicorp/aws', 'aws'],
  ])('%s is the same as %s', (provider, source) => {
    const wanted = config({ 'aws_sqs_queue.q': {} }, { providers: new Map([['aws', source]]) });
    expect(find({ state: state({ ...queue, provider }), config: wanted })).toEqual([]);
  });

  test('another host is another provider', () => {
    const wanted = config(
      { 'aws_sqs_queue.q': {} },
      { providers: new Map([['aws', 'mirror.example.com/acme/aws']]) },
    );
    const finding = only('provider-replaced', { state: state(queue), config: wanted });
    expect(commands(finding)[0]).toContain('mirror.example.com/acme/aws');
  });
});
