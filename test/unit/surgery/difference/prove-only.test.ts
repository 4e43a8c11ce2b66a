import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { proveOnly } from '../../../../src/surgery/difference/prove-only.js';
import { readStateDocument } from '../../../../src/surgery/document/read-state.js';
import { applyOperations } from '../../../../src/surgery/operations/apply-operations.js';
import { differentialCases, type DifferentialCase } from '../../../support/surgery/differential.js';
import { parseExactly, written } from '../../../support/surgery/write-random-state.js';

interface Document {
  [member: string]: unknown;
  resources: Resource[];
}

interface Resource {
  [member: string]: unknown;
  instances: Record<string, unknown>[];
}

/** Each changes a document that is otherwise as it should be; false: there is nothing to change. */
const MUTATIONS: Record<string, (document: Document, choice: number) => boolean> = {
  'another lineage': (document) => set(document, 'lineage', 'other'),
  'another version': (document) => set(document, 'terraform_version', '0.0.1'),
  'another serial': (document) => set(document, 'serial', '@number 99@'),
  'other outputs': (document) => set(document, 'outputs', { z: { value: 1, type: 'number' } }),
  'lost check results': (document) =>
    set(document, 'check_results', document['check_results'] === null ? [] : null),
  'one member more': (document) => set(document, 'more', true),
  'a lost resource': ({ resources }, choice) =>
    resources.splice(choice % (resources.length || 1), 1).length > 0,
  'a renamed resource': (document, choice) =>
    onResource(document, choice, (resource) => set(resource, 'name', 'zz')),
  'another provider': (document, choice) =>
    onResource(document, choice, (resource) => set(resource, 'provider', 'provider["x/y/z"]')),
  'another module': (document, choice) =>
    onResource(document, choice, (resource) => set(resource, 'module', 'module.elsewhere')),
  'a lost instance': (document, choice) =>
    onResource(
      document,
      choice,
      ({ instances }) => instances.splice(choice % (instances.length || 1), 1).length > 0,
    ),
  'one instance more': (document, choice) =>
    onResource(
      document,
      choice,
      ({ instances }) => instances.push({ index_key: 'more', schema_version: 0 }) > 0,
    ),
  'another key': (document, choice) =>
    onInstance(document, choice, (one) => set(one, 'index_key', 'another')),
  'other attributes': (document, choice) =>
    onInstance(document, choice, (one) => set(one, 'attributes', { id: '@number 1.00@' })),
  'other private data': (document, choice) =>
    onInstance(document, choice, (one) => set(one, 'private', 'AAAA')),
  'a taint': (document, choice) =>
    onInstance(document, choice, (one) => set(one, 'status', one['status'] === 'tainted' ? '' : 'tainted')),
  'other dependencies': (document, choice) =>
    onInstance(document, choice, (one) => set(one, 'dependencies', ['aws_sqs_queue.zz'])),
  'lost dependencies': (document, choice) =>
    onInstance(document, choice, (one) => 'dependencies' in one && delete one['dependencies']),
};

function set(object: Record<string, unknown>, member: string, value: unknown): boolean {
  object[member] = value;
  return true;
}

function onResource(
  { resources }: Document,
  choice: number,
  change: (resource: Resource) => boolean,
): boolean {
  const resource = resources[choice % (resources.length || 1)];
  return resource !== undefined && change(resource);
}

function onInstance(
  document: Document,
  choice: number,
  change: (instance: Record<string, unknown>) => boolean,
): boolean {
  return onResource(document, choice, ({ instances }) => {
    const instance = instances[choice % (instances.length || 1)];
    return instance !== undefined && change(instance);
  });
}

/** Cases that are not refused, with what becomes of them. */
function doneCases(seed: number, count: number): { case: DifferentialCase; post: string }[] {
  return differentialCases(seed, count, '1.11.4').flatMap((one) => {
    try {
      const base = readStateDocument(Buffer.from(one.text), 'base');
      return [{ case: one, post: applyOperations(base, one.operations).toString() }];
    } catch {
      return [];
    }
  });
}

function prove({ text, operations }: DifferentialCase, post: string): void {
  proveOnly(
    readStateDocument(Buffer.from(text), 'base'),
    readStateDocument(Buffer.from(post), 'post'),
    operations,
  );
}

const DONE = doneCases(11, 150);

describe('the proof of operations', () => {
  test('accepts what they make of any state', () => {
    expect(DONE.length).toBeGreaterThan(100);
    for (const { case: one, post } of DONE) prove(one, post);
  });

  const tidy = DONE.filter(({ case: one }) => !one.isWild);

  test('accepts the same state written anew', () => {
    for (const { case: one, post } of tidy)
      prove(
        one,
        rewritten(post, () => true),
      );
  });

  test.each(Object.keys(MUTATIONS))('refuses %s', (name) => {
    const mutate = MUTATIONS[name] ?? (() => false);
    let count = 0;
    for (const [index, { case: one, post }] of tidy.entries()) {
      const wrong = rewritten(post, (document) => mutate(document, index));
      if (wrong === post) continue;
      count++;
      expect(() => {
        prove(one, wrong);
      }).toThrow(expect.objectContaining({ code: 'UnexpectedDifference' }));
    }
    expect(count).toBeGreaterThan(5);
  });

  test('refuses any operation less than was asked for', () => {
    for (const { case: one } of DONE) {
      const [first, ...rest] = one.operations;
      if (first === undefined || rest.length === 0) continue;
      const only = applyOperations(readStateDocument(Buffer.from(one.text), 'base'), [first]).toString();
      expect(() => {
        prove(one, only);
      }).toThrow(expect.objectContaining({ code: 'UnexpectedDifference' }));
    }
  });

  test('tells addresses and names, but no value', () => {
    fc.assert(
      fc.property(fc.constantFrom(...tidy), fc.nat(), ({ case: one, post }, choice) => {
        const wrong = rewritten(post, (document) =>
          onInstance(document, choice, (instance) => set(instance, 'attributes', { id: 'hunter2' })),
        );
        if (wrong === post) return;
        expect(() => {
          prove(one, wrong);
        }).toThrow(/differs in "attributes/);
        expect(() => {
          prove(one, wrong);
        }).not.toThrow('hunter2');
      }),
    );
  });
});

function rewritten(post: string, change: (document: Document) => boolean): string {
  const document = parseExactly(post) as Document;
  return change(document) ? `${written(document, 2)}\n` : post;
}

test('a resource that is moved to where another one was removed brings its own members along', () => {
  const resource = (name: string, rest: object): object => ({
    ...{ mode: 'managed', type: 'null_resource', name, ...rest },
    provider: 'provider["registry.terraform.io/hashicorp/null"]',
    instances: [
      { ...('each' in rest ? { index_key: 'a' } : {}), schema_version: 0, attributes: { id: name } },
    ],
  });
  const text = JSON.stringify({
    ...{ version: 4, terraform_version: '1.11.4', serial: 1, lineage: 'made-up', outputs: {} },
    ...{ resources: [resource('a', { each: 'map' }), resource('b', {})], check_results: null },
  });
  const base = readStateDocument(Buffer.from(text), 'base');
  const operations = [
    { op: 'rm', addresses: ['null_resource.b'] },
    { op: 'mv', moves: [{ from: 'null_resource.a', to: 'null_resource.b' }] },
  ] as const;
  const post = applyOperations(base, operations).toString();
  const prove = (changed: string) => () => {
    proveOnly(base, readStateDocument(Buffer.from(changed), 'post'), operations);
  };
  expect(prove(post)).not.toThrow();
  expect(post).toContain('"each":"map"');
  expect(prove(post.replace('"map"', '"list"'))).toThrow('differs in "each"');
});
