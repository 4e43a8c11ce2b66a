import { readFileSync } from 'node:fs';

import { expect, test } from '@jest/globals';

import { FailedError } from '../../../src/errors.js';
import { rendererOf } from '../../../src/tf-config/registry.js';
import { renderSpecs } from '../../../src/tf-config/render-specs.js';
import { oracleAnswers } from '../../support/oracle-answers.js';
import { loadOracle, oracleFile } from '../../support/oracle.js';

const inputOf = loadOracle('errors');
const answersOf = oracleAnswers('errors');

/** Code and message with which the case's account fails. */
function failureOf(name: string): string {
  const account = readFileSync(oracleFile('errors', `${name}/account.txt`), 'utf8').trim();
  const input = inputOf(account);
  expect(input.specs.every(({ provider }) => rendererOf(provider) !== undefined)).toBe(true);
  try {
    renderSpecs({ ...input, answers: answersOf(input) });
  } catch (error) {
    if (error instanceof FailedError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'rendered';
}

test.each([
  ['e-es-name', 'NameInvalid', 'e-name-that-is-much-too-long-for-es'],
  ['e-es-no-subnet', 'ValueMissing', 'vpc_options.subnet_ids'],
  ['e-es-zones', 'SubnetsMismatch', '2 subnets, but availability_zone_count is 3'],
  ['e-es-cold', 'ColdStorageImpossible', 'warm_enabled'],
  ['e-kinesis-es-missing', 'ReferenceMissing', 'es_identifier names none'],
  ['e-es-password', 'PasswordTooWeak', 'e/weak: it has no upper-case letter, no digit, no special character'],
])('%s fails with %s and names the culprit: %s', (name, code, culprit) => {
  const failure = failureOf(name);
  expect(failure).toContain(`${code}: [${name}] namespace ${name}-ns, `);
  expect(failure).toContain(culprit);
});
