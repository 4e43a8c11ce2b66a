import { describe, expect, test } from '@jest/globals';

import type { AwsSuspect } from '../../../../src/diagnosis/evidence.js';
import type { JsonObject } from '../../../../src/json.js';
import type { StateInstance } from '../../../../src/terraform/state/state.js';
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
  suspect,
} from '../support/evidence.js';

const GROUP = 'aws_db_parameter_group.pg';
const group = instance(GROUP, { attributes: { id: 'acme-pg', name: 'acme-pg' } });

/** A plan that has refreshed one state into another. */
const refreshed = (
  prior: StateInstance[],
  found: StateInstance[],
  changes = [] as ReturnType<typeof change>[],
) => ({
  state: state(...prior),
  plan: plan({ states: { prior: state(...prior), refreshed: state(...found) }, changes }),
});

describe('deleted-outside', () => {
  test('what refreshing does not find is made again by itself: the state is left alone', () => {
    const finding = only('deleted-outside', refreshed([group], [], [change(GROUP, 'create')]));
    expect(finding).toMatchObject({
      ...{ severity: 'warning', confidence: 'certain', addresses: [GROUP], id: 'acme-pg', repairs: [] },
      leaveStateAlone: 'the next apply makes it again by itself',
    });
  });

  test('where reading it fails, it is to be forgotten', () => {
    const finding = only('deleted-outside', {
      state: state(group),
      config: config({ [GROUP]: {} }),
      plan: failedPlan(
        error(
          'reading RDS DB Parameter Group (acme-pg): operation error RDS: DescribeDBParameterGroups, https response error StatusCode: 404, RequestID: 1, DBParameterGroupNotFoundFault: DBParameterGroup not found: acme-pg',
          { address: GROUP, place: 'config.tf.json:3' },
        ),
      ),
    });
    expect(finding).toMatchObject({ severity: 'blocker', leaveStateAlone: undefined, addresses: [GROUP] });
    expect(finding.repairs).toMatchObject([
      {
        ...{ command: ['state', 'rm', GROUP], terraform: ['state', 'rm', GROUP] },
        expectedPlan: [{ address: GROUP, action: 'create' }],
      },
    ]);
  });

  test('an error without an address is traced by the id in it', () => {
    const text = "reading RDS DB Parameter Group (acme-pg): couldn't find resource";
    const found = only('deleted-outside', { state: state(group), plan: failedPlan(error(text)) });
    expect(found.addresses).toEqual([GROUP]);
  });

  test('CloudTrail says who did it', () => {
    const changes = [{ who: 'jdoe', when: Date.UTC(2026, 10, 22), call: 'DeleteDBParameterGroup' }];
    const finding = only('deleted-outside', {
      ...refreshed([group], [], [change(GROUP, 'create')]),
      aws: suspect(GROUP, { existence: 'gone', changes }),
    });
    expect(finding.evidence).toContainEqual({
      source: 'cloudtrail',
      text: 'jdoe called DeleteDBParameterGroup at 2026-11-22T00:00:00Z',
    });
  });

  test('what nothing wants any more is only noted', () => {
    expect(only('deleted-outside', refreshed([group], []))).toMatchObject({ severity: 'notice' });
  });

  test('lost data is worse than a lost group', () => {
    const bucket = instance('aws_s3_bucket.b');
    const finding = only('deleted-outside', refreshed([bucket], [], [change('aws_s3_bucket.b', 'create')]));
    expect(finding).toMatchObject({ severity: 'danger' });
    expect(finding.leaveStateAlone).toContain('its data is lost');
  });

  test('a log says it too, without any state', () => {
    const finding = only('deleted-outside', {
      plan: plan({
        drift: [change(GROUP, 'delete')],
        changes: [change(GROUP, 'create')],
        refreshes: [{ address: GROUP, type: 'aws_db_parameter_group', id: 'acme-pg', durationMs: 1 }],
      }),
    });
    expect(finding).toMatchObject({ addresses: [GROUP], id: 'acme-pg' });
  });

  test('what was only moved in the configuration is not gone', () => {
    const states = refreshed([group], [instance('aws_db_parameter_group.new')]);
    const moved = change('aws_db_parameter_group.new', 'move', { previousAddress: GROUP });
    expect(find({ ...states, plan: { ...states.plan, changes: [moved] } })).toEqual([]);
  });
});

describe('changed-outside', () => {
  const role = (trust: string) =>
    instance('aws_iam_role.r', {
      attributes: { id: 'r', assume_role_policy: trust, password: `canary-${trust}` },
    });

  test('each attribute is named, secrets are masked, and the next apply undoes it', () => {
    const finding = only(
      'changed-outside',
      refreshed([role('a')], [role('b')], [change('aws_iam_role.r', 'update')]),
    );
    expect(finding).toMatchObject({
      ...{ severity: 'warning', leaveStateAlone: 'the next apply changes it back', repairs: [] },
      summary: 'aws_iam_role.r was changed outside Terraform: assume_role_policy, password',
      evidence: [
        { source: 'plan', text: 'assume_role_policy: "a" → "b"' },
        { source: 'plan', text: 'password: (sensitive) → (sensitive)' },
      ],
    });
  });

  test.each([
    ['replace', 'danger'],
    ['update', 'warning'],
    ['noop', 'notice'],
  ] as const)('a change that the plan would %s is %s', (action, severity) => {
    const finding = only(
      'changed-outside',
      refreshed([role('a')], [role('b')], [change('aws_iam_role.r', action)]),
    );
    expect(finding.severity).toBe(severity);
  });

  test('values that were not known when the state was written are no change', () => {
    const table = (arn: JsonObject) => instance('aws_dynamodb_table.t', { attributes: { id: 't', ...arn } });
    expect(find(refreshed([table({ stream_label: null })], [table({ stream_label: '2026' })]))).toEqual([]);
  });
});

describe('recreated-outside', () => {
  const user = (unique: string) => instance('aws_iam_user.u', { attributes: { id: 'u', unique_id: unique } });

  test('the same name with another unique id: refreshing has found it', () => {
    const finding = only('recreated-outside', refreshed([user('AIDA1')], [user('AIDA2')]));
    expect(finding).toMatchObject({ addresses: ['aws_iam_user.u'], repairs: [] });
    expect(finding.leaveStateAlone).toContain('refreshing has found the new object');
    expect(finding.evidence[0]?.text).toBe('unique_id: "AIDA1" → "AIDA2"');
  });

  const queue = (over: JsonObject) =>
    instance('aws_sqs_queue.q', { attributes: { id: 'https://sqs/q', tags: { app: 'acme' }, ...over } });
  const written = Date.UTC(2026, 10, 23, 11);

  test.each<[string, Partial<AwsSuspect>, string]>([
    ['an object that is younger than the state', { createdAt: written + 5000 }, 'certain'],
    [
      'an object that CloudTrail saw deleted and created',
      { changes: ['CreateQueue', 'DeleteQueue'].map((call) => ({ who: 'jdoe', when: written, call })) },
      'likely',
    ],
  ])('%s is another one', (_, over, confidence) => {
    const finding = only('recreated-outside', {
      ...refreshed([queue({})], [queue({ tags: null })], [change('aws_sqs_queue.q', 'update')]),
      ...{ aws: suspect('aws_sqs_queue.q', over), stateWrittenAt: written },
    });
    expect(finding.confidence).toBe(confidence);
  });

  test('an object that lost its tags and more may be another one; one that lost its tags is not', () => {
    const update = [change('aws_sqs_queue.q', 'update')];
    const after = queue({ tags: null, delay_seconds: 5 });
    expect(only('recreated-outside', refreshed([queue({})], [after], update)).confidence).toBe('possible');
    only('changed-outside', refreshed([queue({})], [queue({ tags: null })], update));
  });

  test('gone by its id, but AWS has another one of its name: forget the old, import the new', () => {
    const zone = instance('aws_route53_zone.z', { attributes: { id: 'Z1', name: 'example.com' } });
    const finding = only('recreated-outside', {
      ...refreshed([zone], [], [change('aws_route53_zone.z', 'create')]),
      aws: suspect('aws_route53_zone.z', { importId: 'Z2' }),
    });
    expect(finding.id).toBe('Z1');
    expect(finding.repairs[0]).toMatchObject({
      command: ['state', 'import', 'aws_route53_zone.z', 'Z2'],
      first: { command: ['state', 'rm', 'aws_route53_zone.z'] },
    });
  });
});

describe('missing-dependency', () => {
  const user = instance('aws_iam_user.u', { attributes: { id: 'acme', name: 'acme' } });
  const key = instance('aws_iam_access_key.u', {
    attributes: { id: 'AKIAEXAMPLE', user: 'acme' },
    dependencies: ['aws_iam_user.u'],
  });

  test('the access key of a deleted user goes with it, and is made again after it', () => {
    const creates = [change('aws_iam_user.u', 'create'), change('aws_iam_access_key.u', 'create')];
    const found = find(refreshed([key, user], [], creates));
    expect(found.map(({ code, addresses }) => [code, ...addresses])).toEqual([
      ['deleted-outside', 'aws_iam_user.u'],
      ['missing-dependency', 'aws_iam_access_key.u', 'aws_iam_user.u'],
    ]);
  });

  test('where reading the key fails, the key is to be forgotten', () => {
    const found = find({
      ...{ state: state(key, user), config: config({ 'aws_iam_user.u': {}, 'aws_iam_access_key.u': {} }) },
      plan: plan({
        outcome: 'failed',
        states: { prior: state(key, user), refreshed: state(key) },
        diagnostics: [
          error(
            'reading IAM Access Key (AKIAEXAMPLE): operation error IAM: ListAccessKeys, https response error StatusCode: 404, RequestID: 1, NoSuchEntity: The user with name acme cannot be found.',
            { address: 'aws_iam_access_key.u' },
          ),
        ],
      }),
    });
    expect(found[0]).toMatchObject({ code: 'missing-dependency', severity: 'blocker' });
    expect(found[0] && commands(found[0])).toEqual(['state rm aws_iam_access_key.u']);
    expect(found[1]).toMatchObject({ code: 'deleted-outside', addresses: ['aws_iam_user.u'] });
  });

  test('a data source of something that does not exist is no matter of the state', () => {
    const finding = only('missing-dependency', {
      state: state(),
      plan: failedPlan(
        error('reading SQS Queue (acme-dlq) URL: AWS.SimpleQueueService.NonExistentQueue', {
          address: 'data.aws_sqs_queue.dlq',
        }),
      ),
    });
    expect(finding.leaveStateAlone).toBe('what is missing is not in this state');
  });
});
