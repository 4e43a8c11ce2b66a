import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { buildBundle } from '../../../../src/qontract-server/bundler/build-bundle.js';
import { createWorld } from '../../../../src/world.js';
import { writeFiles } from '../../../support/checkout.js';
import { oracleFile } from '../../../support/oracle.js';
import { untar } from '../../../support/untar.js';

interface Bundle {
  readonly data: Readonly<Record<string, { readonly $schema: string }>>;
  readonly resources: Readonly<Record<string, { readonly backrefs: readonly Backref[] }>>;
  readonly graphql: unknown;
  readonly git_commit: string;
  readonly git_commit_timestamp: string;
}

interface Backref {
  readonly path: string;
  readonly datafileSchema: string;
  readonly jsonpath: string;
}

type Schema = Record<string, unknown>;

/**
 * The recorded bundle has no schemas any more, so the checkout gets such as say which fields name a resource, which is
 * all that the other parts depend on.
 */
function schemasOf({ data, resources }: Bundle): Map<string, Schema> {
  const schemas = new Map<string, Schema>();
  for (const { $schema } of Object.values(data)) {
    schemas.set($schema, { $schema: '/metaschema-1.json', properties: { $schema: {} } });
  }
  for (const { datafileSchema, jsonpath } of Object.values(resources).flatMap(({ backrefs }) => backrefs)) {
    let schema = schemas.get(datafileSchema) ?? {};
    for (const step of jsonpath.split('.')) {
      schema = step.startsWith('[') ? child(schema, 'items') : child(child(schema, 'properties'), step);
    }
    schema['$ref'] = '/common-1.json#/definitions/resourceref';
  }
  return schemas;
}

function child(schema: Schema, key: string): Schema {
  const known = schema[key] ?? {};
  schema[key] = known;
  return known as Schema;
}

/** The real bundler lists backrefs in the order in which its file system lists files. */
function sorted({ data, resources, graphql, ...rest }: Bundle): unknown {
  const inOrder = Object.entries(resources).map(([path, resource]) => {
    const backrefs = resource.backrefs.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
    return [path, { ...resource, backrefs }] as const;
  });
  return { ...rest, data, graphql, resources: Object.fromEntries(inOrder), schemas: undefined };
}

function key({ path, jsonpath }: Backref): string {
  return `${path} ${jsonpath}`;
}

describe('the bundle of a larger checkout', () => {
  const expected = JSON.parse(readFileSync(oracleFile('public', 'bundle.json'), 'utf8')) as Bundle;
  let root = '';
  let ours: Bundle;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'tfrepair-bundle-'));
    untar(oracleFile('public', 'tree.tar.gz'), root);
    writeFiles(root, { 'graphql-schemas/schema.yml': JSON.stringify(expected.graphql) });
    for (const [path, schema] of schemasOf(expected)) {
      writeFiles(root, { [`schemas${path}`]: JSON.stringify(schema) });
    }
    const commit = { hash: expected.git_commit, timestamp: expected.git_commit_timestamp };
    const { bytes } = await buildBundle({ appInterface: root, commit, world: createWorld(process) });
    ours = JSON.parse(bytes.toString()) as Bundle;
  });
  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  test('has the datafiles that the real bundler made of it, identifiers and checksums included', () => {
    expect(ours.data).toEqual(expected.data);
    expect(JSON.stringify(ours.data).split('"__identifier"').length).toBeGreaterThan(200);
  });

  test('has the same resources, backrefs included', () => {
    expect(sorted(ours)).toEqual(sorted(expected));
  });
});
