import { describe, expect, test } from '@jest/globals';

import { nameArgument } from '../../../src/diagnosis/aws-questions.js';
import type { ConfiguredResources, Evidence } from '../../../src/diagnosis/evidence.js';
import { suspectsOf } from '../../../src/diagnosis/suspects.js';
import type { Plan, ResourceChange } from '../../../src/terraform/plan/plan.js';
import type { StateInstance } from '../../../src/terraform/state/state.js';

const instance = (address: string, over: Partial<StateInstance> = {}): StateInstance => ({
  address,
  ...{ module: '', mode: 'managed', type: address.split('.')[0] ?? '', name: 'x', key: undefined },
  ...{ provider: 'registry.terraform.io/hashicorp/aws', providerAlias: undefined, tainted: false },
  ...{ deposed: undefined, schemaVersion: 0, attributes: {}, sensitive: [], dependencies: [], id: 'the-id' },
  ...over,
});
const change = (address: string, action: ResourceChange['action']): ResourceChange => ({
  ...{ address, type: address.split('.')[0] ?? '', action, reason: undefined, previousAddress: undefined },
});
const configured = (all: Record<string, Record<string, unknown>>): ConfiguredResources => ({
  has: (address) => address in all,
  addresses: Object.keys(all),
  arguments: (address) => all[address],
  requiredVersion: undefined,
  providers: new Map(),
});
const suspects = (
  plan: Partial<Plan>,
  instances: StateInstance[] = [],
  config: Record<string, Record<string, unknown>> = {},
): string[] => {
  const evidence: Evidence = {
    state: { terraformVersion: '1.11.4', serial: 1, lineage: 'l', instances },
    plan: {
      ...{ version: '1.11.4', outcome: 'planned', refreshes: [], drift: [], changes: [], diagnostics: [] },
      states: undefined,
      ...plan,
    },
    config: configured(config),
    ...{ terraformVersion: undefined, failures: [], now: 0 },
  };
  return suspectsOf(evidence, nameArgument).map(
    ({ address, name, alias }) => `${address} ${name}${alias === undefined ? '' : ` in ${alias}`}`,
  );
};

describe('suspects', () => {
  test('what is gone comes before what would be made', () => {
    const found = suspects(
      { drift: [change('aws_sqs_queue.b', 'delete')], changes: [change('aws_s3_bucket.a', 'create')] },
      [instance('aws_sqs_queue.b', { attributes: { name: 'queue-b' } })],
      { 'aws_s3_bucket.a': { bucket: 'bucket-a' } },
    );
    expect(found).toEqual(['aws_sqs_queue.b queue-b', 'aws_s3_bucket.a bucket-a']);
  });

  test('the provider of a resource says in which region', () => {
    const found = suspects(
      { changes: [change('aws_sqs_queue.a', 'create'), change('aws_sqs_queue.b', 'delete')] },
      [instance('aws_sqs_queue.b', { providerAlias: 'eu-west-1' })],
      { 'aws_sqs_queue.a': { name: 'a', provider: 'aws.us-west-2' } },
    );
    expect(found).toEqual(['aws_sqs_queue.b the-id in eu-west-1', 'aws_sqs_queue.a a in us-west-2']);
  });

  test('an interpolated name is no name', () => {
    const found = suspects({ changes: [change('aws_sqs_queue.a', 'create')] }, [], {
      'aws_sqs_queue.a': { name: '${aws_sqs_queue.b.name}-dlq' },
    });
    expect(found).toEqual([]);
  });

  test.each(['random_id.x', 'data.aws_sqs_queue.x', 'aws_iam_access_key.x'])(
    '%s is not asked about',
    (address) => {
      const mode = address.startsWith('data.') ? 'data' : 'managed';
      expect(suspects({ drift: [change(address, 'delete')] }, [instance(address, { mode })])).toEqual([]);
    },
  );

  test('what was begun and never read is one, once', () => {
    const refresh = { address: 'aws_iam_user.a', type: 'aws_iam_user', id: 'a', durationMs: undefined };
    const found = suspects({ refreshes: [refresh], drift: [change('aws_iam_user.a', 'update')] }, [
      instance('aws_iam_user.a', { attributes: { name: 'user-a' } }),
    ]);
    expect(found).toEqual(['aws_iam_user.a user-a']);
  });
});
