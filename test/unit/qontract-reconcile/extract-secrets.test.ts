import { readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';

import type { JsonObject } from '../../../src/json.js';
import { extractSecrets } from '../../../src/qontract-reconcile/extract-secrets.js';
import { oracleFile } from '../../support/oracle.js';

function golden(name: string): JsonObject {
  return JSON.parse(readFileSync(oracleFile('public', `${name}/config.tf.json`), 'utf8')) as JsonObject;
}

function clean(parts: JsonObject): JsonObject {
  return extractSecrets({ terraform: {}, ...parts }).document;
}

describe('extractSecrets', () => {
  test('takes the credentials out of providers and backend, and gives them', () => {
    const config = golden('example-prod');
    const { document, credentials } = extractSecrets(config);
    expect(credentials?.accessKeyId).toMatch(/^AKIAEXAMPLE/);
    expect(JSON.stringify(config)).toContain(credentials?.secretAccessKey.reveal());
    const left = /"(access|secret)_key":|AKIAEXAMPLE|exampleSecret/.exec(JSON.stringify(document));
    expect(left).toBeNull();
  });

  test('leaves the config that it was given as it is', () => {
    const config = golden('rds-minimal');
    extractSecrets(config);
    expect(config).toEqual(golden('rds-minimal'));
  });

  test('makes one variable of a secret, wherever it stands', () => {
    const output = { 'a-rds__db_password': { value: 'hunter2hunter2', sensitive: true } };
    const resource = { aws_db_instance: { a: { password: 'hunter2hunter2', tags: ['hunter2hunter2'] } } };
    const { document, variables } = extractSecrets({ terraform: {}, output, resource });
    const reference = '${var.a_rds__db_password}';
    expect(document).toMatchObject({
      output: { 'a-rds__db_password': { value: reference } },
      resource: { aws_db_instance: { a: { password: reference, tags: [reference] } } },
      variable: { a_rds__db_password: { type: 'string', sensitive: true } },
    });
    expect(variables.map(({ name, value }) => [name, value?.reveal()])).toEqual([
      ['a_rds__db_password', 'hunter2hunter2'],
    ]);
  });

  test('a short secret counts where an argument is named like its output, and nowhere else', () => {
    const output = { 'a-elasticsearch__master_user_name': { value: 'admin', sensitive: true } };
    const options = { master_user_name: 'admin', purpose: 'admin' };
    expect(clean({ output, resource: { aws_elasticsearch_domain: { a: { options } } } })).toMatchObject({
      output: { 'a-elasticsearch__master_user_name': { value: '${var.a_elasticsearch__master_user_name}' } },
      resource: {
        aws_elasticsearch_domain: {
          a: { options: { master_user_name: '${var.a_elasticsearch__master_user_name}', purpose: 'admin' } },
        },
      },
    });
  });

  test.each([
    ['a reference', 'a__db_password', '${aws_db_instance.a.password}', true],
    ['an output that is not sensitive', 'a__db_host', 'db.example.com', false],
    ['the name of a database user', 'a__db_user', 'orders_admin', true],
  ])('leaves %s alone', (_, name, value, sensitive) => {
    const output = { [name]: { value, sensitive } };
    expect(clean({ output })).toEqual({ terraform: {}, output });
  });
});
