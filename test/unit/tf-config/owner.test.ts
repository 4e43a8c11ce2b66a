import { existsSync, readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';

import { isJsonObject, type Json, type JsonObject } from '../../../src/json.js';
import { OwnerIndex } from '../../../src/tf-config/owner.js';
import { loadOracle, oracleCases, oracleFile } from '../../support/oracle.js';

const inputOf = loadOracle('public');

/** Every account has it, and no external resource wants it. */
const COMMON = 'data.aws_canonical_user_id.current';

/** Rendered only where the state's outputs name a secret, which the search for an owner does without. */
const ONLY_WITH_STATE = 'aws_iam_role_policy_attachment.catalog-stream-lambda-secretsmanager-policy';

function indexOf(name: string): OwnerIndex {
  const account = readFileSync(oracleFile('public', `${name}/account.txt`), 'utf8').trim();
  return new OwnerIndex({ ...inputOf(account), plainSecrets: false });
}

/** The golden config's blocks by address. */
function goldenBlocks(name: string): Map<string, Json> {
  const golden = JSON.parse(
    readFileSync(oracleFile('public', `${name}/config.tf.json`), 'utf8'),
  ) as JsonObject;
  const blocks = [
    ...named(golden['resource']).map(([address, body]) => [address, body] as const),
    ...named(golden['data']).map(([address, body]) => [`data.${address}`, body] as const),
  ];
  return new Map(blocks.filter(([address]) => address !== COMMON));
}

function named(types: Json | undefined): [address: string, body: Json][] {
  if (!isJsonObject(types)) return [];
  return Object.entries(types).flatMap(([type, bodies]) =>
    isJsonObject(bodies)
      ? Object.entries(bodies).map(([name, body]): [string, Json] => [`${type}.${name}`, body])
      : [],
  );
}

/** The namespace that the real renderer wrote into a resource's tags. */
function taggedNamespace(body: Json): string | undefined {
  const tags = isJsonObject(body) ? body['tags'] : undefined;
  const namespace = isJsonObject(tags) ? tags['namespace'] : undefined;
  return typeof namespace === 'string' ? namespace : undefined;
}

const cases = oracleCases('public').filter((name) =>
  existsSync(oracleFile('public', `${name}/config.tf.json`)),
);

describe('the owner of every address that the real renderer made', () => {
  test.each(cases)('%s', (name) => {
    const index = indexOf(name);
    for (const [address, body] of goldenBlocks(name)) {
      const owners = index.candidates(address);
      const wanted = address === ONLY_WITH_STATE ? 'by name' : 'exact';
      expect([address, ...new Set(owners.map(({ match }) => match))]).toEqual([address, wanted]);
      const namespace = taggedNamespace(body);
      if (namespace !== undefined) {
        expect(owners.map(({ spec }) => spec.namespace.name)).toContain(namespace);
      }
    }
  });
});

describe('an address that is not in the config', () => {
  const index = indexOf('example-prod');
  const identifiers = (address: string): string[] =>
    index.candidates(address).map(({ spec, match }) => `${spec.identifier} ${match}`);

  test('with an instance key is the resource itself', () => {
    expect(identifiers('aws_db_instance.shop-db[0]')).toEqual(['shop-db exact']);
    expect(identifiers('aws_db_instance.shop-db["a]b"]')).toEqual(['shop-db exact']);
  });

  test('of an inline policy of old is that of the policy', () => {
    expect(identifiers('aws_iam_user_policy.shop-bucket')).toEqual(['shop-bucket exact']);
  });

  test('is owned by its name where the type fits', () => {
    expect(identifiers('aws_s3_bucket.shop-bucket-gone')).toEqual(['shop-bucket by name']);
    expect(identifiers('aws_s3_bucket.shop')).toEqual([]);
    expect(identifiers('aws_lambda_function.shop-bucket-gone')).toEqual([]);
  });

  test('may have several owners, when specs overwrite each other', () => {
    expect(identifiers('aws_db_parameter_group.orders-pg15')).toEqual(['shop-db exact', 'shopwest-db exact']);
  });

  test('that every account has is nobody at all', () => {
    expect(identifiers(COMMON)).toEqual([]);
  });
});
