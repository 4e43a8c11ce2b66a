import { describe, expect, test } from '@jest/globals';

import { readStateDocument } from '../../../../src/surgery/document/read-state.js';
import { applyOperations } from '../../../../src/surgery/operations/apply-operations.js';
import type { DocumentOperation } from '../../../../src/surgery/operations/operation.js';

const AWS = 'provider["registry.terraform.io/hashicorp/aws"]';

/** Members, white space and numbers that no version of Terraform would write. */
const TEXT = `{ "check_results" : null, "version": 4,
  "resources": [
    {"mode": "managed", "type": "aws_sqs_queue", "name": "orders", "each": "map", "provider": ${JSON.stringify(AWS)},
     "instances": [ {"index_key": "eu", "attributes": {"n": 1e400, "m": 9007199254740993}, "private": "YQ=="} ,
       {"index_key": "us", "strange": {"a":1}}]},
    {"mode": "managed", "type": "aws_sqs_queue", "name": "bills", "provider": ${JSON.stringify(AWS)},
     "instances": [{"schema_version": 0, "dependencies": ["aws_sqs_queue.orders", "aws_iam_role.r"]}]},
    {"module": "module.net", "mode": "data", "type": "aws_vpc", "name": "main", "provider": ${JSON.stringify(AWS)},
     "instances": [{"attributes": {"id": "vpc-1"}}, {"deposed": "01234567"}]}
  ],
  "serial": 41, "lineage": "l", "terraform_version": "1.6.6", "future": [1.0] }`;

function apply(...operations: DocumentOperation[]): string {
  return applyOperations(readStateDocument(Buffer.from(TEXT), 's.json'), operations).toString();
}

function rm(
  addresses: string[],
  allowed: { wholeModules?: true; everything?: true } = {},
): DocumentOperation {
  return { op: 'rm', addresses, ...allowed };
}

function mv(from: string, to: string): DocumentOperation {
  return { op: 'mv', moves: [{ from, to }] };
}

describe('operations on a state', () => {
  test('change the serial and what they name, and not one byte more', () => {
    const removed =
      ' {"index_key": "eu", "attributes": {"n": 1e400, "m": 9007199254740993}, "private": "YQ=="} ,\n      ';
    const expected = TEXT.replace('41', '42').replace(removed, '').replace(', "each": "map"', '');
    expect(apply(rm(['aws_sqs_queue.orders["eu"]']))).toBe(expected);
  });

  test('count as one step, however many they are', () => {
    const text = apply(
      rm(['aws_sqs_queue.bills']),
      mv('aws_sqs_queue.orders["us"]', 'aws_sqs_queue.orders["ca"]'),
    );
    expect(text).toContain('"serial": 42');
    expect(text).toContain('"index_key": "ca", "strange": {"a":1}');
  });

  test('build on one another', () => {
    const there = mv('aws_sqs_queue.bills', 'module.b.aws_sqs_queue.x');
    const back = mv('module.b', 'module.c["k"]');
    const home = mv('module.c["k"].aws_sqs_queue.x', 'aws_sqs_queue.bills');
    expect(apply(there, back, home)).toBe(TEXT.replace('41', '42'));
  });

  test('a removal leaves the dependencies of others alone', () => {
    expect(apply(rm(['aws_sqs_queue.orders']))).toContain('["aws_sqs_queue.orders", "aws_iam_role.r"]');
  });

  test('a move takes all dependencies from what depends on the moved', () => {
    const text = apply(mv('aws_sqs_queue.orders["eu"]', 'aws_sqs_queue.orders["de"]'));
    expect(text).toContain('"instances": [{"schema_version": 0}]');
  });

  test('a moved resource is written as the others are, with its module first', () => {
    expect(apply(mv('aws_sqs_queue.bills', 'module.m.aws_sqs_queue.bills'))).toContain(
      '{"module": "module.m","mode": "managed", "type": "aws_sqs_queue", "name": "bills"',
    );
  });

  test('an instance that joins a resource comes under the provider of that', () => {
    const other: DocumentOperation = {
      op: 'replace-provider',
      from: 'aws',
      to: 'forks/aws',
      addresses: ['aws_sqs_queue.bills'],
    };
    const text = apply(other, mv('aws_sqs_queue.bills', 'aws_sqs_queue.orders["x"]'));
    expect(text).not.toContain('forks/aws');
  });

  test('an instance that makes a new resource brings its provider along', () => {
    const other: DocumentOperation = {
      op: 'replace-provider',
      from: 'aws',
      to: 'forks/aws',
      addresses: ['aws_sqs_queue.bills'],
    };
    const text = apply(other, mv('aws_sqs_queue.bills', 'aws_sqs_queue.new[0]'));
    expect(text).toContain('"name": "new", "provider": "provider[\\"registry.terraform.io/forks/aws\\"]"');
  });

  test('a module goes with all that is in it, deposed objects too', () => {
    expect(apply(mv('module.net', 'module.base.module.net["a"]'))).toContain(
      '{"module": "module.base.module.net[\\"a\\"]", "mode": "data"',
    );
    const text = apply(rm(['module.net'], { wholeModules: true }));
    expect(text).not.toContain('aws_vpc');
    expect(text).not.toContain('01234567');
  });

  test('the last resource leaves an empty list', () => {
    const all = ['aws_sqs_queue.orders', 'aws_sqs_queue.bills', 'module.net.data.aws_vpc.main'];
    expect(apply(rm(all, { everything: true }))).toContain('"resources": [],\n  "serial": 42');
  });

  test.each<[string, DocumentOperation, string, string]>([
    [
      'a missing resource',
      rm(['aws_sqs_queue.order']),
      'AddressNotFound',
      'has the address aws_sqs_queue.order',
    ],
    ['one that is missing among others', rm(['aws_sqs_queue.bills', 't.n']), 'AddressNotFound', 't.n'],
    ['a wildcard', rm(['aws_sqs_queue.orders[*]']), 'AddressInvalid', 'wildcard'],
    ['no address', rm([]), 'AddressMissing', 'nothing to remove'],
    ['a whole module', rm(['module.net']), 'RemovesModule', 'is a whole module, with one instance'],
    [
      'everything',
      rm(['aws_sqs_queue.orders', 'aws_sqs_queue.bills', 'module.net'], { wholeModules: true }),
      'RemovesEverything',
      'nothing would be left',
    ],
    ['a missing source', mv('t.n', 't.m'), 'AddressNotFound', 't.n'],
    ['a taken target', mv('aws_sqs_queue.bills', 'aws_sqs_queue.orders["eu"]'), 'TargetExists', 'already'],
    ['a taken resource', mv('aws_sqs_queue.orders', 'aws_sqs_queue.bills'), 'TargetExists', 'already'],
    ['a taken module', mv('module.net', 'module.net'), 'TargetExists', 'already'],
    ['another type', mv('aws_sqs_queue.bills', 'aws_sns_topic.bills'), 'MoveImpossible', 'types differ'],
    ['a data source', mv('aws_sqs_queue.bills', 'data.aws_sqs_queue.bills'), 'MoveImpossible', 'data source'],
    ['a module from a resource', mv('aws_sqs_queue.bills', 'module.m'), 'MoveImpossible', 'become a module'],
    ['a resource from a module', mv('module.net', 'aws_vpc.v'), 'MoveImpossible', 'become a resource'],
    [
      'one instance from many',
      mv('aws_sqs_queue.orders', 'aws_sqs_queue.x[0]'),
      'MoveImpossible',
      'cannot become one',
    ],
    [
      'an unknown provider',
      { op: 'replace-provider', from: 'hashicorp/awss', to: 'a/b' },
      'ProviderNotFound',
      'registry.terraform.io/hashicorp/awss',
    ],
    ['no provider', { op: 'replace-provider', from: 'a/b/c/d', to: 'a/b' }, 'ProviderInvalid', 'a/b/c/d'],
    [
      'the same provider',
      { op: 'replace-provider', from: 'aws', to: 'hashicorp/aws' },
      'ProviderInvalid',
      'same',
    ],
    [
      'the provider of one instance',
      { op: 'replace-provider', from: 'aws', to: 'a/b', addresses: ['aws_sqs_queue.orders["eu"]'] },
      'AddressInvalid',
      'whole resource',
    ],
  ])('are refused: %s', (_, operation, code, why) => {
    expect(() => apply(operation)).toThrow(expect.objectContaining({ code }));
    expect(() => apply(operation)).toThrow(why);
  });

  test('a typo is answered with the nearest addresses', () => {
    expect(() => apply(rm(['aws_sqs_queue.orders["us1"]']))).toThrow(
      expect.objectContaining({
        hint: 'did you mean aws_sqs_queue.orders["us"] or aws_sqs_queue.orders["eu"]?',
      }),
    );
    expect(() => apply(mv('module.nett', 'module.x'))).toThrow(
      expect.objectContaining({ hint: 'did you mean module.net?' }),
    );
  });

  test('no operation is no operation', () => {
    expect(() => apply()).toThrow(expect.objectContaining({ code: 'OperationMissing' }));
  });
});
