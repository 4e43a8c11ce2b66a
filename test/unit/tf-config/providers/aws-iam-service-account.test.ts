import { describe, expect, test } from '@jest/globals';

import type { JsonObject } from '../../../../src/json.js';
import type { Answer } from '../../../../src/tf-config/model/need.js';
import { renderOne, type Rendered, type World } from '../../../support/render-one.js';

function account(fields: JsonObject, world: World = {}): Rendered {
  return renderOne({ provider: 'aws-iam-service-account', identifier: 'robot', ...fields }, world);
}

describe('variables of the user policy', () => {
  const user_policy = '{"x":"${bucket} ${table} ${bucket} ${other}"}';

  test('are put in wherever they are named, and become outputs', () => {
    const variables = '{"bucket":"b-$&","table":"t"}';
    const { resources, outputs } = account({ user_policy, variables });
    expect(resources).toMatchObject({
      aws_iam_policy: { robot: { policy: '{"x":"b-$& t b-$& ${other}"}' } },
    });
    expect(outputs).toMatchObject({
      'robot-aws-iam-service-account__bucket': { value: 'b-$&' },
      'robot-aws-iam-service-account__table': { value: 't' },
    });
  });

  test('mean nothing without a policy, not even when they are broken', () => {
    expect(Object.keys(account({ variables: '{"n":5}', user_policy: '' }).outputs)).not.toContain(
      'robot-aws-iam-service-account__n',
    );
  });

  test.each([
    ['{"n":5}', 'variables.n: expected text, not 5'],
    ['[]', 'variables: expected an object'],
    ['{', 'variables: not JSON'],
  ])('%s is refused', (variables, message) => {
    expect(() => account({ user_policy, variables })).toThrow(message);
  });
});

describe('the role in a cluster', () => {
  const access = { cluster: { name: 'c7' }, access_level: 'read-only', assume_role: null };
  const output = 'robot-aws-iam-service-account__role_arn';
  const rendered = (answer: Answer, world: World = {}): Rendered =>
    account({ aws_infrastructure_access: access }, { answer: () => answer, ...world });

  test('is the one that the spec names, whatever its cluster', () => {
    const { outputs, needs } = account({ aws_infrastructure_access: { ...access, assume_role: 'arn:r' } });
    expect(outputs[output]).toEqual({ value: 'arn:r' });
    expect(needs).toEqual([]);
  });

  test('is the one that OCM granted the user', () => {
    const { outputs, needs } = rendered({ known: true, value: 'arn:granted' });
    expect(needs).toEqual([{ kind: 'granted-role', cluster: 'c7', user: 'robot' }]);
    expect(outputs[output]).toEqual({ value: 'arn:granted' });
  });

  test('is no output as long as OCM has granted none', () => {
    expect(rendered({ known: true, value: null }).outputs).not.toHaveProperty([output]);
  });

  test('is the one of the state when OCM cannot be asked, else a placeholder; both are listed', () => {
    const answer = { known: false, why: 'offline' } as const;
    const known = rendered(answer, { outputs: { [output]: 'arn:old' } });
    expect(known.outputs[output]).toEqual({ value: 'arn:old' });
    expect(known.unknowns).toEqual([{ what: 'role_arn', why: 'offline', instead: 'value of the state' }]);
    const unknown = rendered(answer);
    expect(unknown.outputs[output]).toEqual({
      value: '${var.robot_aws_iam_service_account__role_arn}',
    });
    expect(unknown.unknowns).toEqual([{ what: 'role_arn', why: 'offline', instead: 'placeholder variable' }]);
  });

  test('without a role and a cluster is refused', () => {
    const nothing = { cluster: null, access_level: null, assume_role: '' };
    expect(() => account({ aws_infrastructure_access: nothing })).toThrow(
      'names neither an assume_role nor a cluster',
    );
  });
});

test('managed policies are those of the partition', () => {
  const { resources } = account(
    { policies: ['ReadOnlyAccess'] },
    { account: { partition: 'aws-us-gov', supportedDeploymentRegions: [] } },
  );
  expect(resources).toMatchObject({
    aws_iam_user_policy_attachment: {
      'robot-ReadOnlyAccess': { policy_arn: 'arn:aws-us-gov:iam::aws:policy/ReadOnlyAccess' },
    },
  });
});
