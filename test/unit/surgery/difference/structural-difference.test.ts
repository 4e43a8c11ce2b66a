import { describe, expect, test } from '@jest/globals';

import {
  structuralDifference,
  type Change,
} from '../../../../src/surgery/difference/structural-difference.js';
import { readStateDocument } from '../../../../src/surgery/document/read-state.js';
import { applyOperations } from '../../../../src/surgery/operations/apply-operations.js';
import type { DocumentOperation } from '../../../../src/surgery/operations/operation.js';

const PROVIDER = 'provider["registry.terraform.io/hashicorp/aws"]';

function resource(name: string, ...instances: object[]): object {
  return { mode: 'managed', type: 't', name, provider: PROVIDER, instances };
}

const BASE = {
  version: 4,
  serial: 1,
  lineage: 'l',
  outputs: {},
  resources: [
    resource('a', { index_key: 0, attributes: { id: 'a0' } }, { index_key: 1, attributes: { id: 'a1' } }),
    resource(
      'b',
      { attributes: { id: 'b' }, dependencies: ['t.a'] },
      { deposed: '01234567', attributes: {} },
    ),
    resource('empty'),
  ],
};

function document(value: object): ReturnType<typeof readStateDocument> {
  return readStateDocument(Buffer.from(JSON.stringify(value)), 's.json');
}

function after(...operations: DocumentOperation[]): Change[] {
  const base = document(BASE);
  return structuralDifference(base, readStateDocument(applyOperations(base, operations), 'post'));
}

describe('the difference between two states', () => {
  test('is nothing for the same objects in another order', () => {
    const reversed = { ...BASE, resources: BASE.resources.toReversed() };
    expect(structuralDifference(document(BASE), document(reversed))).toEqual([]);
  });

  test('is nothing for the same objects in another layout', () => {
    const text = JSON.stringify(BASE, null, 3).replaceAll('"a0"', String.raw`"\u0061\u0030"`);
    expect(structuralDifference(document(BASE), readStateDocument(Buffer.from(text), 's.json'))).toEqual([]);
  });

  test('tells what is gone, deposed objects too', () => {
    expect(after({ op: 'rm', addresses: ['t.a[0]', 't.b'] })).toEqual([
      { kind: 'removed', address: 't.a[0]' },
      { kind: 'removed', address: 't.b' },
      { kind: 'removed', address: 't.b', deposed: '01234567' },
    ]);
  });

  test('tells what has moved, and who has lost dependencies by that', () => {
    expect(after({ op: 'mv', moves: [{ from: 't.a[1]', to: 'module.m["k"].t.a' }] })).toEqual([
      { kind: 'changed', address: 't.b', what: ['dependencies'] },
      { kind: 'moved', from: 't.a[1]', to: 'module.m["k"].t.a', what: [] },
    ]);
  });

  test('tells an empty resource that has moved', () => {
    expect(after({ op: 'mv', moves: [{ from: 't.empty', to: 't.void' }] })).toEqual([
      { kind: 'moved', from: 't.empty', to: 't.void', what: [] },
    ]);
  });

  test('tells other providers', () => {
    expect(after({ op: 'replace-provider', from: 'aws', to: 'a/b', addresses: ['t.a'] })).toEqual([
      { kind: 'changed', address: 't.a[0]', what: ['provider'] },
      { kind: 'changed', address: 't.a[1]', what: ['provider'] },
    ]);
  });

  test('tells what has come, and what is different at the top', () => {
    const more = { ...BASE, lineage: 'm', resources: [...BASE.resources, resource('c', { attributes: {} })] };
    expect(structuralDifference(document(BASE), document(more))).toEqual([
      { kind: 'document', what: 'lineage' },
      { kind: 'added', address: 't.c' },
    ]);
  });

  test('tells members of objects that are different, by name only', () => {
    const [first = {}, ...rest] = BASE.resources;
    const changed = {
      ...first,
      instances: [
        { index_key: 0, attributes: { id: 'secret' } },
        { index_key: 1, attributes: { id: 'a1' } },
      ],
    };
    expect(
      structuralDifference(document(BASE), document({ ...BASE, resources: [changed, ...rest] })),
    ).toEqual([{ kind: 'changed', address: 't.a[0]', what: ['attributes'] }]);
  });
});
