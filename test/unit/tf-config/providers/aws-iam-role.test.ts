import { describe, expect, test } from '@jest/globals';

import type { JsonObject } from '../../../../src/json.js';
import { renderOne } from '../../../support/render-one.js';

function role(fields: JsonObject): JsonObject {
  const assume_role = { AWS: null, Service: ['ec2.amazonaws.com'], Federated: null };
  const { resources } = renderOne({
    provider: 'aws-iam-role',
    identifier: 'worker',
    assume_role,
    ...fields,
  });
  return resources;
}

function assumePolicyOf(fields: JsonObject): unknown {
  const policy = (role(fields)['aws_iam_role'] as { worker: JsonObject }).worker['assume_role_policy'];
  return policy;
}

describe('who may assume the role', () => {
  test('lists those principals that are given, empty lists and texts too, in a fixed order', () => {
    const assume_role = { Federated: '', Service: null, AWS: [] };
    expect(assumePolicyOf({ assume_role })).toContain('"Principal": {"AWS": [], "Federated": ""}}');
  });

  test.each([
    [null, 'sts:AssumeRole'],
    ['', 'sts:AssumeRole'],
    ['AssumeRoleWithSAML', 'sts:AssumeRoleWithSAML'],
  ])('action %j renders %s', (assume_action, action) => {
    expect(assumePolicyOf({ assume_action })).toContain(`{"Action": "${action}", "Effect"`);
  });

  test('a condition keeps the order of its keys; an empty one is none', () => {
    expect(assumePolicyOf({ assume_condition: '{"b":{"z":"1","a":"2"},"a":{}}' })).toMatch(
      /"Condition": \{"b": \{"z": "1", "a": "2"\}, "a": \{\}\}\}\]\}$/,
    );
    expect(assumePolicyOf({ assume_condition: '{}' })).not.toContain('Condition');
    expect(() => assumePolicyOf({ assume_condition: '{' })).toThrow('assume_condition: not JSON');
  });
});

describe('lifecycle', () => {
  test.each([
    [{}, { create_before_destroy: false, prevent_destroy: false, ignore_changes: [] }],
    [
      { create_before_destroy: true, prevent_destroy: true, ignore_changes: ['tags'] },
      { create_before_destroy: true, prevent_destroy: true, ignore_changes: ['tags'] },
    ],
    [
      { ignore_changes: ['tags', 'all'] },
      { create_before_destroy: false, prevent_destroy: false, ignore_changes: 'all' },
    ],
  ])('%j renders %j', (lifecycle, rendered) => {
    expect(role({ lifecycle })).toMatchObject({ aws_iam_role: { worker: { lifecycle: rendered } } });
  });

  test('none is none', () => {
    expect(role({})).not.toHaveProperty('aws_iam_role.worker.lifecycle');
  });
});

test('empty policies are none', () => {
  const resources = role({ inline_policy: '', role_policy: '', policies: [] });
  expect(Object.keys(resources)).toEqual(['aws_iam_role']);
  expect(resources).not.toHaveProperty('aws_iam_role.worker.inline_policy');
});
