import { describe, expect, test } from '@jest/globals';

import type { StateInstance } from '../../../../src/terraform/state/state.js';
import { change, commands, config, find, instance, only, plan, state } from '../support/evidence.js';

describe('renamed', () => {
  const tags = { app: 'acme', environment: 'stage' };
  const key = instance('aws_kms_key.old', { attributes: { id: 'k-1', description: 'for acme', tags } });
  const renames = (from: StateInstance[], to: Record<string, Record<string, unknown>>) => ({
    state: state(...from),
    config: config(to),
    plan: plan({
      changes: [
        ...from.map(({ address }) =>
          change(address, 'delete', { reason: 'delete_because_no_resource_config' }),
        ),
        ...Object.keys(to).map((address) => change(address, 'create')),
      ],
    }),
  });

  test.each<[what: string, from: string, id: string, to: string]>([
    ['a count that becomes a for_each', 'aws_sqs_queue.q[0]', 'x', 'aws_sqs_queue.q["0"]'],
    ['a for_each that becomes a count', 'aws_sqs_queue.q["1"]', 'x', 'aws_sqs_queue.q[1]'],
    ['the same of a module', 'module.m[0].aws_sqs_queue.q', 'x', 'module.m["0"].aws_sqs_queue.q'],
    ['a key that is the name', 'aws_sqs_queue.q[0]', 'orders', 'aws_sqs_queue.q["orders"]'],
  ])('%s moves its instances', (_, from, id, to) => {
    const object = instance(from, { type: 'aws_sqs_queue', attributes: { id } });
    const finding = only('renamed', {
      ...renames([object], { [to]: {} }),
      config: config({ [from.replaceAll(/\[[^\]]*\]/g, '')]: { name: '${each.key}' } }),
    });
    expect(commands(finding)).toEqual([`state mv ${from} ${to}`]);
    expect(finding).toMatchObject({
      confidence: 'likely',
      repairs: [{ expectedPlan: [{ action: 'noop' }] }],
    });
  });

  test('another key of a resource is another object', () => {
    const object = instance('aws_sqs_queue.q["a"]', { attributes: { id: 'a' } });
    const found = find({
      ...renames([object], { 'aws_sqs_queue.q["b"]': {} }),
      config: config({ 'aws_sqs_queue.q': { name: '${each.key}' } }),
    });
    expect(found.map(({ code }) => code)).toEqual(['not-in-config']);
  });

  test('the same name in AWS is the same object', () => {
    const bucket = instance('aws_s3_bucket.old', { attributes: { id: 'b', bucket: 'b', tags } });
    const finding = only('renamed', renames([bucket], { 'aws_s3_bucket.new': { bucket: 'b', tags } }));
    expect(finding).toMatchObject({
      confidence: 'certain',
      id: 'b',
      addresses: ['aws_s3_bucket.old', 'aws_s3_bucket.new'],
    });
    expect(finding.repairs).toMatchObject([
      {
        command: ['state', 'mv', 'aws_s3_bucket.old', 'aws_s3_bucket.new'],
        expectedPlan: [{ address: 'aws_s3_bucket.new', action: 'noop' }],
      },
    ]);
  });

  test('without a name, equal tags and arguments tell it', () => {
    const finding = only('renamed', renames([key], { 'aws_kms_key.new': { description: 'for acme', tags } }));
    expect(commands(finding)).toEqual(['state mv aws_kms_key.old aws_kms_key.new']);
  });

  test('a user can be renamed in AWS, and its key follows in the state', () => {
    const user = instance('aws_iam_user.old', { attributes: { id: 'old', name: 'old', tags } });
    const access = instance('aws_iam_access_key.old', { attributes: { id: 'AKIA', user: 'old' } });
    const found = find(
      renames([user, access], {
        'aws_iam_user.new': { name: 'new', tags },
        'aws_iam_access_key.new': { user: '${aws_iam_user.new.name}' },
      }),
    );
    expect(found.map(({ code }) => code)).toEqual(['renamed', 'renamed']);
    expect(found.flatMap(commands)).toEqual([
      'state mv aws_iam_access_key.old aws_iam_access_key.new',
      'state mv aws_iam_user.old aws_iam_user.new',
    ]);
  });

  test('a queue gets another name in AWS too: moving alone does not save it', () => {
    const queue = instance('aws_sqs_queue.old', { attributes: { id: 'old', name: 'old', tags } });
    const finding = only('renamed', renames([queue], { 'aws_sqs_queue.new': { name: 'new', tags } }));
    expect(finding.leaveStateAlone).toContain('even after a move');
    expect(finding.repairs[1]?.expectedPlan).toEqual([{ address: 'aws_sqs_queue.new', action: 'replace' }]);
  });

  test('a bucket whose policies and blocks follow its name is replaced: moving does not save it', () => {
    const attributes = { id: 'old', bucket: 'old', tags, versioning: [{ enabled: true }], acl: null };
    const bucket = instance('aws_s3_bucket.old', { attributes });
    const policy = (name: string) =>
      JSON.stringify({ Statement: [{ Resource: [`arn:aws:s3:::${name}/*`] }] });
    const grant = instance('aws_iam_policy.old', {
      attributes: { id: 'p', name: 'old', policy: policy('old') },
    });
    const found = find(
      renames([bucket, grant], {
        'aws_s3_bucket.new': {
          bucket: 'new',
          tags,
          versioning: { enabled: true },
          provider: 'aws.us-east-1',
        },
        'aws_iam_policy.new': { name: 'new', policy: policy('new') },
      }),
    );
    expect(found.map(({ code, addresses, confidence }) => [code, confidence, ...addresses])).toEqual([
      ['renamed', 'possible', 'aws_iam_policy.old', 'aws_iam_policy.new'],
      ['renamed', 'possible', 'aws_s3_bucket.old', 'aws_s3_bucket.new'],
    ]);
    for (const finding of found) expect(finding.leaveStateAlone).toContain('even after a move');
  });

  test('two that look alike are not guessed', () => {
    const other = { ...key, address: 'aws_kms_key.older', name: 'older', id: 'k-2' };
    const found = find(renames([key, other], { 'aws_kms_key.new': { description: 'for acme', tags } }));
    expect(found.map(({ code }) => code)).toEqual(['not-in-config', 'not-in-config']);
  });
});

describe('duplicate-id', () => {
  const bucket = (address: string, over: Partial<StateInstance> = {}) =>
    instance(address, { attributes: { id: 'b', arn: 'arn:aws:s3:::b' }, ...over });

  test('the one that the configuration does not want is forgotten', () => {
    const finding = only('duplicate-id', {
      state: state(bucket('aws_s3_bucket.one'), bucket('aws_s3_bucket.two')),
      config: config({ 'aws_s3_bucket.two': { bucket: 'b' } }),
      plan: plan({
        changes: [change('aws_s3_bucket.one', 'delete', { reason: 'delete_because_no_resource_config' })],
      }),
    });
    expect(finding).toMatchObject({
      severity: 'danger',
      id: 'b',
      addresses: ['aws_s3_bucket.one', 'aws_s3_bucket.two'],
    });
    expect(commands(finding)).toEqual(['state rm aws_s3_bucket.one']);
    expect(finding.repairs[0]?.expectedPlan).toEqual([]);
  });

  test('the same name in two regions, and ids of local providers, are no duplicates', () => {
    const group = (address: string, alias: string) =>
      instance(address, { attributes: { id: '/acme' }, providerAlias: alias });
    const random = (address: string) =>
      instance(address, { attributes: { id: 'none' }, provider: 'registry.terraform.io/hashicorp/random' });
    const all = [
      group('aws_cloudwatch_log_group.a', 'us-east-1'),
      group('aws_cloudwatch_log_group.b', 'us-west-2'),
      random('random_password.a'),
      random('random_password.b'),
    ];
    expect(find({ state: state(...all) })).toEqual([]);
  });
});

describe('tainted and deposed', () => {
  test('a tainted object would be replaced; untainting is not a matter of our own commands', () => {
    const finding = only('tainted', {
      state: state(instance('aws_sqs_queue.q', { tainted: true })),
      plan: plan({ changes: [change('aws_sqs_queue.q', 'replace', { reason: 'tainted' })] }),
    });
    expect(finding.repairs).toMatchObject([
      { command: undefined, terraform: ['untaint', 'aws_sqs_queue.q'] },
    ]);
  });

  test('a deposed object is deleted by the next apply', () => {
    const old = instance('aws_sqs_queue.q', { deposed: 'abcd1234' });
    const finding = only('deposed', {
      state: state(instance('aws_sqs_queue.q', { attributes: { id: 'new' } }), old),
      plan: plan({ changes: [change('aws_sqs_queue.q', 'delete')] }),
    });
    expect(finding).toMatchObject({ id: 'q', severity: 'warning' });
    expect(finding.leaveStateAlone).toContain('the next apply deletes the old object');
  });
});
