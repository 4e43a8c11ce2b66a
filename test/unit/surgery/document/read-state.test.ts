import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { readStateDocument } from '../../../../src/surgery/document/read-state.js';
import { formatAddress } from '../../../../src/terraform/address/address.js';
import { parseState } from '../../../../src/terraform/state/parse-state.js';
import { randomState } from '../../../support/surgery/random-state.js';
import { writeAsTerraform, writeWildly } from '../../../support/surgery/write-random-state.js';

const RESOURCE = {
  mode: 'managed',
  type: 't',
  name: 'n',
  provider: 'provider["registry.terraform.io/a/t"]',
  instances: [{ schema_version: 0, attributes: { id: 'x' } }],
};

function textOf(resource: object, instance: object = {}): string {
  const instances = [{ schema_version: 0, attributes: {}, ...instance }];
  return JSON.stringify({ version: 4, serial: 1, resources: [{ ...RESOURCE, instances, ...resource }] });
}

function read(text: string): ReturnType<typeof readStateDocument> {
  return readStateDocument(Buffer.from(text), 's.json');
}

describe('a state document', () => {
  test('has the very objects that JSON.parse finds, whatever its order and layout', () => {
    fc.assert(
      fc.property(randomState, fc.infiniteStream(fc.nat()), (random, stream) => {
        const choose = (count: number): number => Number(stream.next().value) % count;
        const text = writeWildly(random, '1.11.4', choose);
        const document = read(text);
        const objects = Array.from({ length: document.instanceCount }, (_, object) => ({
          address: document.addressOf(object),
          deposed: document.deposedOf(object),
          key: document.keyOf(object),
          dependencies: document.dependenciesOf(object),
        }));
        const expected = parseState(Buffer.from(text), 's.json').instances.map(
          ({ address, deposed, key, dependencies }) => ({ address, deposed, key, dependencies }),
        );
        expect(objects).toEqual(expected);
        expect(document.serial).toBe(BigInt(random.serial));
      }),
      { numRuns: 300 },
    );
  });

  test('finds each of its resources by the address', () => {
    fc.assert(
      fc.property(randomState, (random) => {
        const document = read(writeAsTerraform(random, '1.11.4'));
        for (let row = 0; row < document.resourceCount; row++) {
          expect(document.find(document.idOf(row))).toBe(row);
        }
        expect(document.find({ module: '', mode: 'managed', type: 'no', name: 'such' })).toBeUndefined();
      }),
    );
  });

  test('reads a module whose address is spelled otherwise as that module', () => {
    const document = read(textOf({ module: 'module.a["\\u0078"]' }));
    expect(document.addressOf(0)).toBe('module.a["x"].t.n');
    expect(document.find({ module: 'module.a["x"]', mode: 'managed', type: 't', name: 'n' })).toBe(0);
    const { path } = document.moduleOf(0);
    expect(formatAddress({ module: path, mode: 'data', type: 't', name: 'n', key: 0 })).toContain(
      'data.t.n[0]',
    );
  });

  test('may have no resources at all', () => {
    expect(read('{"version":4,"serial":1}').resourceCount).toBe(0);
    expect(read('{"version":4,"serial":1,"resources":null}').instanceCount).toBe(0);
  });

  test('that is cut anywhere is refused, never half read', () => {
    const text = textOf({ module: 'module.a' }, { index_key: 'é"', dependencies: ['t.n'] });
    const bytes = Buffer.from(text);
    for (let end = 0; end < bytes.length; end++) {
      expect(() => readStateDocument(bytes.subarray(0, end), 's.json')).toThrow(
        'the state s.json cannot be used',
      );
    }
  });

  test.each([
    ['another version', '{"version":3,"serial":1}', 'not of format version 4'],
    ['a version with a fraction', '{"version":4.0,"serial":1}', 'not of format version 4'],
    ['no version', '{"serial":1}', 'not of format version 4'],
    ["OpenTofu's encryption", '{"version":4,"serial":1,"encrypted_data":"x"}', 'encrypted'],
    ['no serial', '{"version":4}', 'serial'],
    ['a negative serial', '{"version":4,"serial":-1}', 'serial'],
    ['a serial with an exponent', '{"version":4,"serial":1e3}', 'serial'],
    ['a serial that has no next one', '{"version":4,"serial":18446744073709551615}', 'serial'],
    ['more after its end', '{"version":4,"serial":1} {}', 'unexpected "{"'],
    ['another kind of value', '[]', 'unexpected "["'],
    ['resources that are no list', '{"version":4,"serial":1,"resources":{}}', 'no list'],
    ['a byte order mark', '\uFEFF{"version":4,"serial":1}', 'unexpected'],
    ['a name twice', '{"version":4,"serial":1,"serial":2}', '"serial" occurs twice'],
    ['an unknown name twice', '{"version":4,"serial":1,"x":1,"\\u0078":2}', 'occurs twice'],
    ['a name in capitals', '{"version":4,"serial":1,"Resources":[]}', '"Resources"'],
    ['a name with a long s', '{"version":4,"serial":1,"re\u017Fources":[]}', 'a member is named'],
    [
      'a name with an escape',
      '{"version":4,"serial":1,"resource\\u0073":[]}',
      'a member is named "resources"',
    ],
    ['a prototype', textOf({}).replace('"mode"', '"__proto__":{},"mode"'), '"__proto__"'],
    ['an unknown mode', textOf({ mode: 'ephemeral' }), 'mode'],
    ['a resource without a type', textOf({ type: undefined }), 'lacks'],
    ['a name that is no text', textOf({ name: 1 }), 'no text'],
    ['instances that are no list', textOf({ instances: {} }), 'unexpected'],
    ['a module that is none', textOf({ module: 't.n' }), 'no address of a module'],
    ['a key with a fraction', textOf({}, { index_key: 1.5 }), 'index key'],
    ['a key that is an object', textOf({}, { index_key: {} }), 'index key'],
    ['dependencies that are no list', textOf({}, { dependencies: 'x' }), 'no list'],
    ['a dependency that is no text', textOf({}, { dependencies: [1] }), 'unexpected'],
    ['a deposed key that is no text', textOf({}, { deposed: 1 }), 'no text'],
    [
      'an instance twice',
      textOf({ instances: [{ index_key: 1 }, { index_key: 1 }] }),
      'instance is listed twice',
    ],
    [
      'a resource twice',
      JSON.stringify({ version: 4, serial: 1, resources: [RESOURCE, RESOURCE] }),
      'resource is listed twice',
    ],
    ['a thousand arrays in each other', textOf({}, { attributes: nested(1100) }), 'unexpected "["'],
  ])('with %s is refused', (_, text, why) => {
    expect(() => read(text)).toThrow(why);
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'StateInvalid' }));
  });

  test('that is not UTF-8 is refused', () => {
    const bytes = Buffer.from(textOf({}, { attributes: { id: 'é' } }), 'latin1');
    expect(() => readStateDocument(bytes, 's.json')).toThrow('not UTF-8');
  });

  test('keeps the keys 1 and "1" apart', () => {
    const document = read(textOf({ instances: [{ index_key: 1 }, { index_key: '1' }] }));
    expect([document.addressOf(0), document.addressOf(1)]).toEqual(['t.n[1]', 't.n["1"]']);
  });
});

function nested(depth: number): unknown {
  let value: unknown = [];
  for (let level = 1; level < depth; level++) value = [value];
  return value;
}
