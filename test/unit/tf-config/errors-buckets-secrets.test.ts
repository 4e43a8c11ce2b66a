import { expect, test } from '@jest/globals';

import { oracleFailures } from '../../support/oracle-failure.js';

const failureOf = oracleFailures();

test.each([
  ['e-acm-key', 'SecretKeyMissing', 'the secret e/cert has no key "key"'],
  ['e-cfkey', 'SecretKeyMissing', 'the secret e/pub has no key "cloudfront_public_key"'],
  ['e-secret-missing', 'NotInOracle', 'e/absent'],
])('%s fails with %s and names the culprit: %s', (name, code, culprit) => {
  const failure = failureOf(name);
  expect(failure).toContain(`${code}: [${name}] namespace ${name}-ns, `);
  expect(failure).toContain(culprit);
});
