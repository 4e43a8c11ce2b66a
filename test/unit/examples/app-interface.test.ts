import { readFile } from 'node:fs/promises';

import { beforeAll, describe, expect, test } from '@jest/globals';
import Ajv from 'ajv';
import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';

import { bundleExample, exampleFile, type ExampleBundle } from '../../support/example.js';

let bundle: ExampleBundle;

beforeAll(async () => {
  bundle = await bundleExample();
});

/** Every object within a value, the value itself included. */
function* objectsIn(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Record<string, unknown>;
  for (const inner of Object.values(value)) yield* objectsIn(inner);
}

function datafilesOf(schema: string): Record<string, unknown>[] {
  return Object.values(bundle.data).filter((datafile) => datafile.$schema === schema);
}

/** Knows the example's schemas; `$schemaRef` beside a `$ref` says which schema the file referred to has. */
function createValidator(): Ajv.Ajv {
  const ajv = new Ajv({ allErrors: true, extendRefs: true });
  ajv.addKeyword('$schemaRef', {
    validate: (schema: string, { $ref }: { $ref: string }) => bundle.data[$ref]?.$schema === schema,
  });
  for (const [path, schema] of Object.entries(bundle.schemas)) {
    // Their own `$schema` names a file of the example, which ajv would take for a meta-schema.
    ajv.addSchema({ ...schema, $schema: undefined }, path);
  }
  return ajv;
}

function problems(ajv: Ajv.Ajv, schema: string, value: unknown): string[] {
  if (ajv.validate(schema, value) === true) return [];
  return (ajv.errors ?? []).map((error) => `${error.dataPath} ${error.message ?? error.keyword}`);
}

describe('the example app-interface', () => {
  test('has datafiles that fit their schemas and refer to files of the right kind', () => {
    const ajv = createValidator();
    const found = Object.entries(bundle.data).flatMap(([path, datafile]) =>
      problems(ajv, datafile.$schema, datafile).map((problem) => `${path}: ${problem}`),
    );
    expect(found).toEqual([]);
    expect(Object.keys(bundle.data).length).toBeGreaterThan(40);
  });

  test('is checked by schemas that refuse a misspelt field and a reference to a file of the wrong kind', () => {
    const ajv = createValidator();
    const account = bundle.data['/aws/ferries-stage/account.yml'];
    const wrong = { ...account, provideVersion: '1', terraformState: { $ref: '/app-interface/settings.yml' } };
    expect(problems(ajv, '/aws/account-1.yml', wrong).sort()).toEqual([
      ' should NOT have additional properties',
      '.terraformState should pass "$schemaRef" keyword validation',
    ]);
  });

  test('has resources that fit their schemas', () => {
    const ajv = createValidator();
    const withSchema = Object.entries(bundle.resources).filter(([, { $schema }]) => $schema !== null);
    const found = withSchema.flatMap(([path, { $schema, content }]) =>
      problems(ajv, $schema ?? '', parseYaml(content)).map((problem) => `${path}: ${problem}`),
    );
    expect(found).toEqual([]);
    expect(withSchema.length).toBeGreaterThan(2);
  });

  test('has no reference to a missing file', () => {
    const references = [...objectsIn(bundle.data)].flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []));
    expect(references.filter((path) => !(path in bundle.data))).toEqual([]);
    expect(references.length).toBeGreaterThan(50);
  });

  test('names every resource by an existing path, and uses all of them', () => {
    const fields = ['defaults', 'parameter_group'];
    const named = [...objectsIn(bundle.data)].flatMap((object) =>
      fields.flatMap((field) => (typeof object[field] === 'string' ? [object[field]] : [])),
    );
    expect([...new Set(named)].sort()).toEqual(Object.keys(bundle.resources));
    expect(Object.values(bundle.resources).filter(({ backrefs }) => backrefs.length === 0)).toEqual([]);
  });

  test('has two accounts, one of them in several regions, each with a state of its own', () => {
    const accounts = datafilesOf('/aws/account-1.yml');
    const regions = accounts.map(({ supportedDeploymentRegions: list }) => (Array.isArray(list) ? list.length : 0));
    expect(regions.sort()).toEqual([0, 2]);
    expect(new Set(accounts.map(({ uid }) => uid)).size).toBe(2);
    expect(new Set(datafilesOf('/dependencies/terraform-state-1.yml').map(({ bucket }) => bucket)).size).toBe(2);
  });

  test('uses each provider that it promises, in at least four namespaces', () => {
    const specs = [...objectsIn(datafilesOf('/openshift/namespace-1.yml'))].filter((object) => 'identifier' in object);
    expect([...new Set(specs.map(({ provider }) => provider))].sort()).toEqual([
      'asg',
      'aws-iam-role',
      'aws-iam-service-account',
      'cloudwatch',
      'dynamodb',
      'ecr',
      'kms',
      'rds',
      'route53-zone',
      's3',
      'sns',
      'sqs',
    ]);
    expect(specs.filter(({ provider }) => provider === 'rds')).toHaveLength(1);
    expect(datafilesOf('/openshift/namespace-1.yml').length).toBeGreaterThanOrEqual(4);
  });

  test('has a GraphQL type for every schema of its datafiles', () => {
    const typed = new Set(bundle.graphql.confs.map(({ datafile }) => datafile));
    const schemas = new Set(Object.values(bundle.data).map(({ $schema }) => $schema));
    expect([...schemas].filter((schema) => !typed.has(schema))).toEqual([]);
  });

  test('has a secret in its configuration file for every account, cluster and server', async () => {
    const secrets = parseToml(await readFile(exampleFile('config.toml'), 'utf8'));
    const owners = ['/aws/account-1.yml', '/openshift/cluster-1.yml', '/dependencies/jenkins-instance-1.yml'];
    const wanted = [...objectsIn(owners.map(datafilesOf))].filter((object) => 'path' in object && 'field' in object);
    const missing = wanted.filter(({ path, field }) => {
      const table = String(path)
        .split('/')
        .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], secrets);
      return table === undefined || (field !== 'all' && !(String(field) in (table as object)));
    });
    expect(missing).toEqual([]);
    expect(wanted).toHaveLength(5);
  });
});
