import { describe, expect, test } from '@jest/globals';

import type { InspectedState } from '../../../src/inspection/read-state.js';
import { listState } from '../../../src/inspection/state-list.js';
import { showState } from '../../../src/inspection/state-show.js';
import { parseState } from '../../../src/terraform/state/parse-state.js';

const AWS = 'provider["registry.terraform.io/hashicorp/aws"]';
const resource = (over: Record<string, unknown>): Record<string, unknown> => ({
  ...{ mode: 'managed', type: 'aws_sqs_queue', name: 'q', provider: AWS },
  instances: [{ schema_version: 0, attributes: { id: 'https://q' } }],
  ...over,
});
const inspected = (...resources: Record<string, unknown>[]): InspectedState => {
  const document = {
    version: 4,
    terraform_version: '1.11.4',
    serial: 7,
    lineage: 'l',
    outputs: {},
    resources,
  };
  return { name: 'acme', state: parseState(Buffer.from(JSON.stringify(document)), 'the test') };
};
const STATE = inspected(
  resource({}),
  resource({
    name: 'many',
    instances: ['a', 'b'].map((key) => ({ index_key: key, schema_version: 0, attributes: { id: key } })),
  }),
  resource({ module: 'module.net', name: 'q' }),
  resource({ module: 'module.net["x"].module.sub', name: 'q' }),
  resource({ module: 'module.network', name: 'q' }),
);
const addresses = (...targets: string[]): string[] =>
  listState(STATE, targets).objects.map(({ address }) => address);

describe('listing a state', () => {
  test('shows everything, in its order', () => {
    expect(addresses()).toEqual([
      'aws_sqs_queue.q',
      'aws_sqs_queue.many["a"]',
      'aws_sqs_queue.many["b"]',
      'module.net.aws_sqs_queue.q',
      'module.net["x"].module.sub.aws_sqs_queue.q',
      'module.network.aws_sqs_queue.q',
    ]);
  });

  test.each([
    [['aws_sqs_queue.many'], ['aws_sqs_queue.many["a"]', 'aws_sqs_queue.many["b"]']],
    [['aws_sqs_queue.many["b"]'], ['aws_sqs_queue.many["b"]']],
    [['module.net'], ['module.net.aws_sqs_queue.q', 'module.net["x"].module.sub.aws_sqs_queue.q']],
    [['module.net["x"]'], ['module.net["x"].module.sub.aws_sqs_queue.q']],
    [
      ['module.network.aws_sqs_queue.q', 'aws_sqs_queue.q'],
      ['aws_sqs_queue.q', 'module.network.aws_sqs_queue.q'],
    ],
  ])('%j are %j', (targets, expected) => {
    expect(addresses(...targets)).toEqual(expected);
  });

  test('an address that is not there is answered with the nearest', () => {
    expect(() => addresses('aws_sqs_queue.p')).toThrow(
      expect.objectContaining({ code: 'AddressNotFound', hint: expect.stringContaining('aws_sqs_queue.q') }),
    );
  });

  test('tells what is tainted or deposed', () => {
    const state = inspected(
      resource({
        instances: [
          { status: 'tainted', schema_version: 0, attributes: { id: 'new' } },
          { deposed: 'abcd1234', schema_version: 0, attributes: { id: 'old' } },
        ],
      }),
    );
    expect(listState(state, []).objects).toEqual([
      { address: 'aws_sqs_queue.q', type: 'aws_sqs_queue', id: 'new', tainted: true },
      { address: 'aws_sqs_queue.q', type: 'aws_sqs_queue', id: 'old', deposed: 'abcd1234' },
    ]);
  });
});

describe('showing objects of a state', () => {
  test('no secret is shown, wherever it stands', () => {
    const canary = 'CANARY-9f3b';
    const state = inspected(
      resource({
        instances: [
          {
            schema_version: 0,
            sensitive_attributes: [[{ type: 'get_attr', value: 'marked' }]],
            attributes: {
              ...{ id: 'q', marked: canary, password: canary, secret_key: [canary] },
              nested: [{ auth_token: canary, plain: 'shown' }],
              url: `https://user:${canary}@example.com/`,
              empty_password: '',
            },
          },
        ],
      }),
    );
    const shown = showState(state, ['aws_sqs_queue.q']);
    expect(JSON.stringify(shown)).not.toContain(canary);
    expect(shown.objects[0]?.attributes).toMatchObject({
      ...{ id: 'q', marked: '(sensitive)', password: '(sensitive)', empty_password: '' },
      nested: [{ auth_token: '(sensitive)', plain: 'shown' }],
    });
  });
});
