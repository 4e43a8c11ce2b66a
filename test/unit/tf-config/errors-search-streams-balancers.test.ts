import { expect, test } from '@jest/globals';

import { oracleFailures } from '../../support/oracle-failure.js';

const failureOf = oracleFailures();

test.each([
  ['e-es-name', 'NameInvalid', 'e-name-that-is-much-too-long-for-es'],
  ['e-es-no-subnet', 'ValueMissing', 'vpc_options.subnet_ids'],
  ['e-es-zones', 'SubnetsMismatch', '2 subnets, but availability_zone_count is 3'],
  ['e-es-cold', 'ColdStorageImpossible', 'warm_enabled'],
  ['e-kinesis-es-missing', 'ReferenceMissing', 'es_identifier names none'],
  ['e-es-password', 'PasswordTooWeak', 'e/weak: it has no upper-case letter, no digit, no special character'],
  ['e-alb-no-default', 'DefaultTarget', 'found none'],
  ['e-alb-two-defaults', 'DefaultTarget', 'found a, b'],
  ['e-alb-target', 'TargetUnknown', 'rule 1 forwards to zz'],
  ['e-alb-weights', 'WeightsInvalid', 'the weights of rule 1 add up to 50'],
])('%s fails with %s and names the culprit: %s', (name, code, culprit) => {
  const failure = failureOf(name);
  expect(failure).toContain(`${code}: [${name}] namespace ${name}-ns, `);
  expect(failure).toContain(culprit);
});
