import { describe, expect, test } from '@jest/globals';

import { compareConfigs } from '../../../src/qontract-reconcile/differences.js';

const QUEUE = { name: 'orders', tags: { app: 'orders' } };

describe('compareConfigs', () => {
  test('of equal resources, data sources and outputs there is nothing to tell', () => {
    const config = {
      resource: { aws_sqs_queue: { orders: QUEUE } },
      data: { aws_sns_topic: { news: { name: 'news' } } },
      output: { a__x: { value: '1' } },
    };
    const reordered = {
      ...config,
      resource: { aws_sqs_queue: { orders: { tags: { app: 'orders' }, name: 'orders' } } },
    };
    expect(compareConfigs(config, reordered)).toEqual([]);
  });

  test('tells of each address who has it, by address', () => {
    const native = { resource: { aws_sqs_queue: { orders: QUEUE } }, output: { b__x: { value: '1' } } };
    const reconcile = {
      resource: { aws_sqs_queue: { bills: QUEUE } },
      data: { aws_sns_topic: { news: {} } },
    };
    expect(compareConfigs(native, reconcile)).toEqual([
      { address: 'aws_sqs_queue.bills', kind: 'only qontract-reconcile', paths: [] },
      { address: 'aws_sqs_queue.orders', kind: 'only native', paths: [] },
      { address: 'data.aws_sns_topic.news', kind: 'only qontract-reconcile', paths: [] },
      { address: 'output.b__x', kind: 'only native', paths: [] },
    ]);
  });

  test('names the arguments that differ, never their values', () => {
    const theirs = { resource: { aws_sqs_queue: { orders: { name: 'secret', tags: { app: 'other' } } } } };
    const differences = compareConfigs({ resource: { aws_sqs_queue: { orders: QUEUE } } }, theirs);
    expect(differences).toEqual([
      { address: 'aws_sqs_queue.orders', kind: 'differs', paths: ['name', 'tags.app'] },
    ]);
  });

  test('takes variables of different names for the same', () => {
    const of = (reference: string) => ({ resource: { aws_db_instance: { a: { password: reference } } } });
    expect(compareConfigs(of('${var.a__db_password}'), of('${var.other}'))).toEqual([]);
    expect(compareConfigs(of('${var.a__db_password}'), of('plain'))).toHaveLength(1);
  });

  test('leaves out what is deliberately different: providers, versions, variables', () => {
    const native = { terraform: { required_version: '1.0' }, provider: { aws: [] }, variable: { a: {} } };
    expect(compareConfigs(native, { terraform: {} })).toEqual([]);
  });
});
