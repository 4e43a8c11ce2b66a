import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { formatAddress, type ResourceAddress } from '../../../../src/terraform/address/address.js';
import { parseAddress, parseTarget } from '../../../../src/terraform/address/parse.js';

describe('an address', () => {
  test.each<[string, Partial<ResourceAddress>]>([
    ['aws_sqs_queue.q', { type: 'aws_sqs_queue', name: 'q' }],
    ['aws_sqs_queue.q[0]', { type: 'aws_sqs_queue', name: 'q', key: 0 }],
    ['aws_sqs_queue.q["a"]', { type: 'aws_sqs_queue', name: 'q', key: 'a' }],
    ['data.aws_ami.web', { mode: 'data', type: 'aws_ami', name: 'web' }],
    [
      'module.a["x.y"].module.b[3].data.t.n',
      {
        mode: 'data',
        type: 't',
        name: 'n',
        module: [
          { name: 'a', key: 'x.y' },
          { name: 'b', key: 3 },
        ],
      },
    ],
    [String.raw`t.n["say \"hi\"\n"]`, { type: 't', name: 'n', key: 'say "hi"\n' }],
    ['t.n["$${x}"]', { type: 't', name: 'n', key: '${x}' }],
    ['t.my-name_2', { type: 't', name: 'my-name_2' }],
  ])('%s is understood and written back', (text, expected) => {
    const address = parseAddress(text);
    expect(address).toEqual({ module: [], mode: 'managed', key: undefined, ...expected });
    expect(formatAddress(address)).toBe(text);
  });

  test('any key survives being written and read', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (key) => {
        const address: ResourceAddress = { module: [], mode: 'managed', type: 't', name: 'n', key };
        expect(parseAddress(formatAddress(address))).toEqual(address);
      }),
    );
  });

  test('text of any kind is read or refused with AddressInvalid', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'module.data[]"\\${}01a-*'.split('')) }), (text) => {
        try {
          parseTarget(text);
        } catch (error) {
          expect(error).toMatchObject({ code: 'AddressInvalid' });
        }
      }),
    );
  });

  test.each([
    ['', 'character 1'],
    ['aws_sqs_queue', 'character 14 stands the end'],
    ['aws_sqs_queue.', 'a resource name'],
    ['aws_sqs_queue.q[*]', 'wildcard'],
    ['aws_sqs_queue.*', 'wildcard'],
    ['module.*.aws_sqs_queue.q', 'wildcard'],
    ['aws_sqs_queue.q[a]', 'a number or a quoted key'],
    ['aws_sqs_queue.q["a]', 'a closing quote'],
    ['aws_sqs_queue.q["${a}"]', 'template'],
    [String.raw`t.n["\x"]`, 'an escape that HCL knows'],
    ['aws_sqs_queue.q.arn', 'the end'],
    ['module.a', 'is a module'],
    ['1a.b', 'a resource type'],
  ])('%j is refused: %s', (text, why) => {
    expect(() => parseAddress(text)).toThrow(why);
  });

  test('an endless address is refused', () => {
    expect(() => parseAddress(`t.${'n'.repeat(5000)}`)).toThrow('at most 4096 characters');
  });

  test('a module is a target of its own', () => {
    expect(parseTarget('module.a.module.b["k"]')).toEqual({
      kind: 'module',
      module: [
        { name: 'a', key: undefined },
        { name: 'b', key: 'k' },
      ],
    });
  });
});
