import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { isError } from '../../../../src/errors.js';
import { parseState } from '../../../../src/terraform/state/parse-state.js';
import { ResourceReader } from '../../../../src/terraform/state/state-instances.js';
import { StateIndex } from '../../../../src/terraform/state/state-index.js';
import type { State } from '../../../../src/terraform/state/state.js';

const AWS = 'provider["registry.terraform.io/hashicorp/aws"]';

function parse(document: unknown): State {
  return parseState(Buffer.from(JSON.stringify(document)), 'test.tfstate');
}

function stateWith(...resources: unknown[]): Record<string, unknown> {
  return { version: 4, terraform_version: '1.6.6', serial: 7, lineage: 'l', outputs: {}, resources };
}

function queue(instance: object, rest: object = {}): Record<string, unknown> {
  const resource = { mode: 'managed', type: 'aws_sqs_queue', name: 'q', provider: AWS };
  return stateWith({ ...resource, ...rest, instances: [instance] });
}

function messageOf(document: unknown): string {
  try {
    parse(document);
  } catch (error) {
    expect(error).toMatchObject({ code: 'StateInvalid' });
    return isError(error) ? error.message : '';
  }
  throw new Error('it was accepted');
}

describe('a state of version 4', () => {
  test('is read with all that its instances say', () => {
    const state = parse(
      queue({
        schema_version: 1,
        status: 'tainted',
        attributes: { id: 'https://sqs/q', name: 'q', policy: 'p' },
        sensitive_attributes: [[{ type: 'get_attr', value: 'policy' }]],
        dependencies: ['aws_kms_key.k'],
        private: 'bnVsbA==',
      }),
    );
    expect(state).toMatchObject({ terraformVersion: '1.6.6', serial: 7, lineage: 'l' });
    expect(state.instances).toEqual([
      {
        address: 'aws_sqs_queue.q',
        module: '',
        mode: 'managed',
        type: 'aws_sqs_queue',
        name: 'q',
        key: undefined,
        provider: 'registry.terraform.io/hashicorp/aws',
        providerAlias: undefined,
        tainted: true,
        deposed: undefined,
        schemaVersion: 1,
        attributes: { id: 'https://sqs/q', name: 'q', policy: 'p' },
        sensitive: ['policy'],
        dependencies: ['aws_kms_key.k'],
        id: 'https://sqs/q',
      },
    ]);
  });

  test.each([
    [{ index_key: 0 }, {}, 'aws_sqs_queue.q[0]'],
    [{ index_key: 'a "b"' }, {}, String.raw`aws_sqs_queue.q["a \"b\""]`],
    [{}, { module: 'module.a["x"].module.b' }, 'module.a["x"].module.b.aws_sqs_queue.q'],
    [{ index_key: 1 }, { module: 'module.a', mode: 'data' }, 'module.a.data.aws_sqs_queue.q[1]'],
  ])('gives instance %j of %j the address that terraform prints', (instance, rest, address) => {
    expect(parse(queue(instance, rest)).instances[0]?.address).toBe(address);
  });

  test.each([
    [AWS, 'registry.terraform.io/hashicorp/aws', undefined],
    [`${AWS}.us-east-1`, 'registry.terraform.io/hashicorp/aws', 'us-east-1'],
    [`module.a["x"].${AWS}.west`, 'registry.terraform.io/hashicorp/aws', 'west'],
    ['provider.aws', 'registry.terraform.io/-/aws', undefined],
    ['module.a.provider.aws.west', 'registry.terraform.io/-/aws', 'west'],
    ['provider["terraform.io/builtin/terraform"]', 'terraform.io/builtin/terraform', undefined],
  ])('names the provider of %s', (provider, source, alias) => {
    expect(parse(queue({}, { provider })).instances[0]).toMatchObject({
      provider: source,
      providerAlias: alias,
    });
  });

  test("prefers OpenTofu's provider of the instance to that of the resource", () => {
    const provider = 'provider["registry.opentofu.org/hashicorp/aws"].by["eu"]';
    expect(parse(queue({ provider })).instances[0]).toMatchObject({
      provider: 'registry.opentofu.org/hashicorp/aws',
      providerAlias: 'by["eu"]',
    });
  });

  test('keeps deposed objects beside the current one, under one address', () => {
    const resource = { mode: 'managed', type: 't', name: 'n', provider: AWS };
    const instances = [{ attributes: { id: 'new' } }, { deposed: '12ab', attributes: { id: 'old' } }];
    const index = new StateIndex(parse(stateWith({ ...resource, instances })));
    expect(index.objects('t.n').map(({ id }) => id)).toEqual(['new', 'old']);
    expect(index.current('t.n')?.id).toBe('new');
    expect(index.withId('old')[0]?.deposed).toBe('12ab');
    expect(index.withId('none')).toEqual([]);
  });

  test('without attributes (null, or the flat ones of old states) has no values and no id', () => {
    for (const instance of [{ attributes: null }, { attributes_flat: { id: 'x' } }]) {
      expect(parse(queue(instance)).instances[0]).toMatchObject({ attributes: {}, id: undefined });
    }
  });

  test('of an empty root has no instances', () => {
    expect(parse({ version: 4, terraform_version: '1.0.0', serial: 0 })).toEqual({
      terraformVersion: '1.0.0',
      serial: 0,
      lineage: '',
      instances: [],
    });
  });
});

describe('what is no such state is refused, with the reason', () => {
  test.each<[string, unknown, RegExp]>([
    ['an old version', { version: 3 }, /^the state test\.tfstate is of format version 3, from before/],
    ['a version to come', { version: 5 }, /format version 5; only version 4 is known/],
    [
      'an encrypted one',
      { meta: {}, encrypted_data: 'x', encryption_version: 'v0' },
      /encrypted by OpenTofu/,
    ],
    ['another document', [1], /it is not an object/],
    ['no version', { a: 1 }, /version is not the number 4/],
    ['a wrong mode', queue({}, { mode: 'x' }), /resources\[0\]\.mode is not "managed" or "data"/],
    [
      'wrong attributes',
      queue({ attributes: 3 }),
      /resources\[0\]\.instances\[0\]\.attributes is not an obj/,
    ],
    ['a wrong key', queue({ index_key: {} }), /instances\[0\]\.index_key is not a text or a number/],
    [
      'a wrong mark',
      queue({ sensitive_attributes: ['a'] }),
      /sensitive_attributes\[0\]\[0\] is not an object/,
    ],
    ['wrong dependencies', queue({ dependencies: [1] }), /dependencies\[0\] is not a text/],
    ['a wrong provider', queue({}, { provider: 'aws' }), /provider is not the address of a provider conf/],
  ])('%s', (_, document, message) => {
    expect(messageOf(document)).toMatch(message);
  });

  test.each([
    ['', 'is empty'],
    ['{"version":4,', 'cannot be read on at'],
    ['hunter2', 'cannot be read on at'],
  ])('the text %j, without quoting it', (text, message) => {
    const read = (): State => parseState(Buffer.from(text), 'x');
    expect(read).toThrow(message);
    expect(read).not.toThrow('hunter2');
  });

  test('any bytes are refused with StateInvalid or read', () => {
    const json = fc.json().map((text) => Buffer.from(text));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), json), (bytes) => {
        expect(() => parseState(bytes, 'x')).toThrow(expect.objectContaining({ code: 'StateInvalid' }));
      }),
    );
  });
});

describe('several states of a root', () => {
  const resource = (name: string, value: number) => ({
    ...{ mode: 'managed', type: 't', name, provider: AWS },
    instances: [{ attributes: { id: name, value } }],
  });
  const read = (reader: ResourceReader, ...resources: unknown[]) =>
    parseState(Buffer.from(JSON.stringify(stateWith(...resources))), 'x', reader).instances;

  test('share the instances of resources that are written alike, wherever they stand', () => {
    const reader = new ResourceReader();
    const before = read(reader, resource('a', 1), resource('b', 1), resource('c', 1));
    const after = read(reader, resource('c', 1), resource('b', 2));
    expect(after.map(({ attributes }) => attributes)).toEqual([
      { id: 'c', value: 1 },
      { id: 'b', value: 2 },
    ]);
    expect(after[0]).toBe(before[2]);
    expect(after[1]).not.toBe(before[1]);
  });

  test('are read as each of them is alone', () => {
    const some = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(2)), { maxLength: 5 });
    fc.assert(
      fc.property(some, some, (first, second) => {
        const reader = new ResourceReader();
        for (const parts of [first, second]) {
          const resources = parts.map(([name, value]) => resource(name, value));
          expect(read(reader, ...resources)).toEqual(read(new ResourceReader(), ...resources));
        }
      }),
    );
  });
});

describe('a document is read as the engine reads JSON', () => {
  const HEAD = '"version":4,"terraform_version":"1.0.0","serial":1';
  const ONE = `[{"mode":"managed","type":"t","name":"n","provider":${JSON.stringify(AWS)},"instances":[{}]}]`;

  test.each([
    ['spaces everywhere', ` { ${HEAD} , "resources" : ${ONE.replaceAll(',', ' ,\n')} } `, 1],
    ['an escaped key', String.raw`{${HEAD},"\u0072esources":${ONE}}`, 1],
    ['a key that comes again', `{${HEAD},"resources":${ONE},"resources":[]}`, 0],
    ['a key that comes again as null', `{${HEAD},"resources":${ONE},"resources":null}`, 0],
    ['resources of something else', `{${HEAD},"outputs":{"resources":${ONE}}}`, 0],
    ['deep nesting', `{${HEAD},"resources":${ONE},"x":${'['.repeat(2000)}${']'.repeat(2000)}}`, 1],
  ])('%s', (_, text, instances) => {
    expect(parseState(Buffer.from(text), 'x').instances).toHaveLength(instances);
  });

  test('but for what is no list', () => {
    const text = `{${HEAD},"resources":${ONE},"resources":{}}`;
    expect(() => parseState(Buffer.from(text), 'x')).toThrow('resources is not a list');
  });
});
