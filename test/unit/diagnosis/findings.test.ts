import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { FINDING_CODES } from '../../../src/diagnosis/finding.js';
import { gatherFacts } from '../../../src/diagnosis/facts.js';
import { findFindings } from '../../../src/diagnosis/findings.js';
import type { Json, JsonObject } from '../../../src/json.js';
import type { PlanAction } from '../../../src/terraform/plan/plan.js';
import type { StateInstance } from '../../../src/terraform/state/state.js';
import { change, config, error, evidence, find, instance, plan, state } from './support/evidence.js';

const ADDRESSES = [
  'aws_iam_user.u',
  'aws_iam_access_key.u',
  'aws_s3_bucket.b',
  'aws_s3_bucket.c',
  'aws_sqs_queue.q[0]',
];
const SAID = [
  ...[
    'reading X (b): NoSuchEntity',
    'AccessDenied',
    'creating S3 Bucket (b): BucketAlreadyExists',
    'ExpiredToken',
  ],
  ...[
    'Missing required provider',
    'Resource instance managed by newer provider version',
    'Error acquiring the state lock',
  ],
  ...[
    'state data in S3 does not have the expected content',
    'Unsupported Terraform Core version',
    'Throttling',
    '',
  ],
];
const ACTIONS: PlanAction[] = [
  'create',
  'update',
  'delete',
  'replace',
  'read',
  'move',
  'import',
  'forget',
  'noop',
];

const address = fc.oneof(fc.constantFrom(...ADDRESSES), fc.string());
const json = fc.jsonValue({ maxDepth: 3 }).map((value) => value as Json);
const attributes: fc.Arbitrary<JsonObject> = fc.dictionary(
  fc.oneof(
    fc.constantFrom('id', 'name', 'bucket', 'arn', 'tags', 'unique_id', 'user', 'policy'),
    fc.string(),
  ),
  fc.oneof(json, fc.constantFrom('b', 'u')),
  { maxKeys: 6 },
);
const object: fc.Arbitrary<StateInstance> = fc
  .record({
    address,
    attributes,
    tainted: fc.boolean(),
    deposed: fc.option(fc.string(), { nil: undefined }),
    mode: fc.constantFrom('managed' as const, 'data' as const),
    provider: fc.oneof(
      fc.constantFrom('registry.terraform.io/-/aws', 'registry.terraform.io/hashicorp/aws'),
      fc.string(),
    ),
    dependencies: fc.array(address, { maxLength: 3 }),
    sensitive: fc.array(fc.constantFrom('name', 'policy'), { maxLength: 1 }),
  })
  .map(({ address: at, ...over }) => instance(at, over));
const someState = fc.array(object, { maxLength: 6 }).map((instances) => state(...instances));
const changes = fc.array(
  fc.record({ address, action: fc.constantFrom(...ACTIONS) }).map((one) => change(one.address, one.action)),
  { maxLength: 6 },
);
const diagnostic = fc
  .record({
    summary: fc.oneof(fc.constantFrom(...SAID), fc.string()),
    detail: fc.oneof(fc.constantFrom('', 'Lock Info:\n  ID: 1\n  Created: never'), address, fc.string()),
    address: fc.option(address, { nil: undefined }),
    place: fc.option(fc.string(), { nil: undefined }),
  })
  .map(({ summary, ...over }) => error(summary, over));
const somePlan = fc
  .record({
    outcome: fc.constantFrom('planned' as const, 'failed' as const),
    drift: changes,
    changes,
    diagnostics: fc.array(diagnostic, { maxLength: 4 }),
    states: fc.option(fc.record({ prior: someState, refreshed: someState }), { nil: undefined }),
  })
  .map(plan);
const someEvidence = fc
  .record({
    state: fc.option(someState, { nil: undefined }),
    plan: fc.option(somePlan, { nil: undefined }),
    config: fc.option(
      fc.dictionary(address, fc.dictionary(fc.string(), json)).map((resources) => config(resources)),
      {
        nil: undefined,
      },
    ),
    terraformVersion: fc.option(fc.string(), { nil: undefined }),
  })
  .map(evidence);

describe('whatever the evidence', () => {
  test('no rule throws, and every finding is fit to be shown', () => {
    fc.assert(
      fc.property(someEvidence, (all) => {
        for (const { code, summary, evidence: items, addresses } of findFindings(gatherFacts(all))) {
          expect(FINDING_CODES).toContain(code);
          expect(summary).not.toMatch(/\n|undefined|\[object/);
          expect(items.length + addresses.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('the same evidence gives the same findings, in the same order', () => {
    fc.assert(
      fc.property(someEvidence, (all) => {
        expect(findFindings(gatherFacts(all))).toEqual(findFindings(gatherFacts(all)));
      }),
    );
  });
});

test('no secret value is in any finding, wherever a text has it', () => {
  const CANARY = 'kdE8-canary-2f6f2c86';
  const secrets = {
    id: 'db',
    password: CANARY,
    master: [{ auth_token: `${CANARY}x` }],
    marked: `<${CANARY}>`,
  };
  const before = instance('aws_db_instance.db', { attributes: secrets, sensitive: ['marked'] });
  const after = instance('aws_db_instance.db', {
    attributes: {
      ...secrets,
      password: `${CANARY}-2`,
      doc: `{"secret":"${CANARY}-3"}`,
      note: `is ${CANARY}`,
    },
    sensitive: ['marked'],
  });
  const named = instance('aws_x.named', { attributes: { id: CANARY, token: CANARY }, tainted: true });
  const found = find({
    state: state(before, named),
    plan: plan({
      outcome: 'failed',
      states: { prior: state(before, named), refreshed: state(after, named) },
      diagnostics: [
        error(`updating RDS DB Instance (db): InvalidParameter: ${CANARY}-2 is too short`, {
          address: 'aws_db_instance.db',
        }),
        error(`reading X (${CANARY}): AccessDenied`),
        error('Invalid value', { detail: `"${CANARY}" is not allowed`, place: 'config.tf.json:3' }),
      ],
    }),
    failures: [{ step: 'init', code: 'InitFailed', message: `cannot use ${CANARY}` }],
  });
  expect(found.length).toBeGreaterThanOrEqual(5);
  expect(JSON.stringify(found)).not.toContain(CANARY);
  expect(JSON.stringify(found)).toContain('(sensitive)');
});

describe('order', () => {
  test('suspects first: by severity, then by confidence, then by address', () => {
    const found = find({
      state: state(
        instance('aws_sqs_queue.b', { tainted: true }),
        instance('aws_sqs_queue.a', { tainted: true }),
        instance('aws_sqs_queue.old', { deposed: 'abcd1234' }),
      ),
      failures: [{ step: 'init', code: 'InitFailed', message: 'no network' }],
    });
    expect(found.map(({ severity, addresses }) => [severity, addresses[0]])).toEqual([
      ['blocker', undefined],
      ['danger', 'aws_sqs_queue.a'],
      ['danger', 'aws_sqs_queue.b'],
      ['warning', 'aws_sqs_queue.old'],
    ]);
  });
});
