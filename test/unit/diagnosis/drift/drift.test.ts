import { describe, expect, test } from '@jest/globals';

import { driftBetween } from '../../../../src/diagnosis/drift/drift.js';
import type { Json, JsonObject } from '../../../../src/json.js';
import { instance, state } from '../support/evidence.js';

const between = (before: JsonObject, after: JsonObject, type = 'aws_iam_role', sensitive: string[] = []) => {
  const one = (attributes: JsonObject) => instance(`${type}.x`, { attributes, sensitive });
  return driftBetween({ prior: state(one(before)), refreshed: state(one(after)) });
};
const changes = (before: JsonObject, after: JsonObject, type?: string, sensitive?: string[]) =>
  between(before, after, type, sensitive).flatMap((drift) =>
    drift.changes.map((change) => `${change.path}: ${change.before} → ${change.after}`),
  );
const policy = (action: Json, effect = 'Allow') =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: effect, Action: action }] });

describe('what only looks different', () => {
  test.each<[string, JsonObject, JsonObject]>([
    ['null and an empty map', { tags: null }, { tags: {} }],
    ['null and an empty list', { layers: null }, { layers: [] }],
    ['null and an empty text', { kms_key_id: null }, { kms_key_id: '' }],
    ['an attribute that was not there', {}, { tags: {} }],
    ['null and false', { force_destroy: null }, { force_destroy: false }],
    ['null and 0', { retention_in_days: null }, { retention_in_days: 0 }],
    ['a block of nothing', { ttl: [{ attribute_name: '', enabled: false }] }, { ttl: [] }],
    ['a number and its text', { port: '5432' }, { port: 5432 }],
    ['the order of a set', { security_groups: ['sg-1', 'sg-2'] }, { security_groups: ['sg-2', 'sg-1'] }],
    [
      'the order of blocks',
      { rule: [{ id: 'a' }, { id: 'b', on: true }] },
      { rule: [{ on: true, id: 'b' }, { id: 'a' }] },
    ],
    [
      'the layout of a policy',
      { policy: policy(['s3:GetObject', 's3:ListBucket']) },
      { policy: JSON.stringify(JSON.parse(policy(['s3:ListBucket', 's3:GetObject'])), null, 2) },
    ],
    ['a list of one in a policy', { policy: policy(['s3:*']) }, { policy: policy('s3:*') }],
    ['a counter', { attachment_count: 0 }, { attachment_count: 1 }],
    ['a time', { last_modified: '2026-01-01' }, { last_modified: '2026-02-02' }],
    ['what AWS is doing', { status: 'creating' }, { status: 'available' }],
  ])('%s', (_, before, after) => {
    expect(between(before, after)).toEqual([]);
    expect(between(after, before)).toEqual([]);
  });
});

describe('what has changed', () => {
  test.each<[string, JsonObject, JsonObject, string[]]>([
    ['a value', { path: '/' }, { path: '/x/' }, ['path: "/" → "/x/"']],
    ['true and false', { encrypted: true }, { encrypted: false }, ['encrypted: true → false']],
    ['a tag', { tags: { app: 'a' } }, { tags: { app: 'b' } }, ['tags.app: "a" → "b"']],
    ['a new tag', { tags: null }, { tags: { by: 'hand' } }, ['tags.by: (none) → "hand"']],
    [
      'a key with a dot',
      { tags: { 'a.b': 'c', d: 'e' } },
      { tags: { d: 'e' } },
      ['tags["a.b"]: "c" → (none)'],
    ],
    [
      'one of several statements',
      { policy: policy('s3:*') },
      { policy: policy('s3:*', 'Deny') },
      ['policy.Statement[0].Effect: "Allow" → "Deny"'],
    ],
    ['an item of a set', { ids: ['a', 'b', 'c'] }, { ids: ['c', 'a'] }, ['ids: "b" → (none)']],
    [
      'the order of a list',
      { layers: ['a', 'b'] },
      { layers: ['b', 'a'] },
      ['layers: ["a","b"] → ["b","a"]'],
    ],
    ['the port 0 in a list', { ports: [0, 80] }, { ports: [80] }, ['ports: 0 → (none)']],
  ])('%s', (_, before, after, expected) => {
    expect(changes(before, after)).toEqual(expected);
  });

  test('tags_all says nothing that tags has said', () => {
    const before = { tags: {}, tags_all: { app: 'a' } };
    expect(changes(before, { tags: { x: 'y' }, tags_all: { x: 'y' } })).toEqual(['tags.x: (none) → "y"']);
    expect(changes(before, { tags: {}, tags_all: {} })).toEqual(['tags_all.app: "a" → (none)']);
  });

  test('the status of an access key is set by people', () => {
    expect(changes({ status: 'Active' }, { status: 'Inactive' }, 'aws_iam_access_key')).toEqual([
      'status: "Active" → "Inactive"',
    ]);
  });

  test('another unique id is another object', () => {
    const [drift] = between({ unique_id: 'AIDA1', path: '/' }, { unique_id: 'AIDA2', path: '/' });
    expect(drift?.identity).toMatchObject([{ path: 'unique_id' }]);
    expect(drift?.changes).toEqual([]);
  });

  test('an id that was not known yet is no other object', () => {
    expect(between({ resource_id: null }, { resource_id: 'db-1' })[0]?.identity).toEqual([]);
  });

  test('what refreshing did not find is gone; data sources and deposed objects are not looked at', () => {
    const prior = state(
      instance('aws_sqs_queue.q'),
      instance('data.aws_sqs_queue.d', { mode: 'data' }),
      instance('aws_sqs_queue.p', { deposed: 'abcd1234' }),
    );
    const drift = driftBetween({ prior, refreshed: state() });
    expect(drift.map(({ address, after }) => [address, after])).toEqual([['aws_sqs_queue.q', undefined]]);
  });
});

describe('secrets in drift', () => {
  test.each<[string, JsonObject, JsonObject, string]>([
    ['by the name', { password: 'canary-1' }, { password: 'canary-2' }, 'password'],
    [
      'in a block',
      { master: [{ auth_token: 'canary-1' }] },
      { master: [{ auth_token: 'canary-2' }] },
      'master[0].auth_token',
    ],
    [
      'in JSON',
      { doc: '{"client_secret":"canary-1"}' },
      { doc: '{"client_secret":"canary-2"}' },
      'doc.client_secret',
    ],
    ['marked by the state', { plain: 'canary-1' }, { plain: 'canary-2' }, 'plain'],
  ])('%s', (_, before, after, path) => {
    expect(changes(before, after, 'aws_x', ['plain'])).toEqual([`${path}: (sensitive) → (sensitive)`]);
  });

  test.each<[string, JsonObject]>([
    ['in a map that is new', { block: { db: { password: 'canary' } } }],
    ['in JSON that is new', { doc: '{"api_key":"canary"}' }],
    ['a private key', { body: '-----BEGIN RSA PRIVATE KEY-----canary' }],
    ['a URL with a password', { endpoint: 'https://user:canary@example.com' }],
    ['the environment of a function', { environment: [{ variables: { A: 'canary' } }] }],
  ])('%s', (_, after) => {
    const found = between({}, after, 'aws_lambda_function');
    expect(found).toHaveLength(1);
    expect(JSON.stringify(found[0]?.changes)).not.toContain('canary');
  });

  test('names and ARNs of secrets are none', () => {
    expect(changes({ secret_arn: 'arn:a' }, { secret_arn: 'arn:b' })).toEqual([
      'secret_arn: "arn:a" → "arn:b"',
    ]);
  });
});

describe('policies of a role that are resources of their own', () => {
  const [audit, admin] = [
    'arn:aws:iam::aws:policy/SecurityAudit',
    'arn:aws:iam::aws:policy/AdministratorAccess',
  ];
  const role = (managed: string[], inline: string[] = []) =>
    instance('aws_iam_role.x', {
      attributes: {
        ...{ id: 'x', name: 'x', managed_policy_arns: managed },
        inline_policy: inline.map((name) => ({ name, policy: policy('s3:*') })),
      },
    });
  const attachment = instance('aws_iam_role_policy_attachment.x', {
    attributes: { id: 'x-1', role: 'x', policy_arn: audit },
  });
  const inline = instance('aws_iam_role_policy.x', { attributes: { id: 'x:y', role: 'x', name: 'y' } });

  test('are no drift of it when it was read before they were attached', () => {
    const prior = state(role([]), attachment, inline);
    expect(driftBetween({ prior, refreshed: state(role([audit], ['y']), attachment, inline) })).toEqual([]);
  });

  test('are told apart from what was attached by hand', () => {
    const prior = state(role([]), attachment, inline);
    const [drift] = driftBetween({ prior, refreshed: state(role([audit, admin]), attachment, inline) });
    expect(drift?.changes.map(({ path, after }) => [path, after])).toEqual([
      ['managed_policy_arns', JSON.stringify(admin)],
    ]);
  });
});
