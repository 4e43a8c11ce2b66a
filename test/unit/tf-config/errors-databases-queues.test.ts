import { expect, test } from '@jest/globals';

import { oracleFailures } from '../../support/oracle-failure.js';

const failureOf = oracleFailures();

test.each([
  ['e-rds-name', 'DatabaseNameInvalid', '"1bad-name"'],
  ['e-rds-region-zone', 'RegionMismatch', 'region us-west-2 does not match availability_zone "us-east-1a"'],
  ['e-rds-old-group-alone', 'ParameterGroupInvalid', 'old_parameter_group is set without parameter_group'],
  ['e-rds-same-groups', 'ParameterGroupInvalid', 'both named "same"'],
  [
    'e-rds-logical',
    'ParameterGroupInvalid',
    '"logical" (/e/group-logical.yml) sets rds.logical_replication with apply_method "immediate"',
  ],
  ['e-rds-replica-missing', 'ReplicaInvalid', '"nowhere" is not an rds resource of the account'],
  ['e-rds-replica-no-backup', 'ReplicaInvalid', 'backup_retention_period of replica_source "e-src" is 0'],
  ['e-rds-replica-far-no-subnet', 'ReplicaInvalid', 'db_subnet_group_name is not set'],
  ['e-rds-kms-missing', 'KmsKeyUnknown', 'no kms key "none"'],
  ['e-rds-best-practice', 'BestPracticeViolated', 'backup_retention_period must be at least 7 (it is 1)'],
  ['e-rds-notification-arn', 'NotificationInvalid', 'destination "arn:aws:sns:x" is an ARN'],
  ['e-sqs-kms-missing', 'KmsKeyUnknown', 'no kms key "no-such-key"'],
  ['e-sns-email', 'SubscriptionInvalid', '"not-an-address"'],
  ['e-msk-brokers', 'BrokersInvalid', 'number_of_broker_nodes is 4'],
  ['e-msk-users', 'ScramUsersInvalid', 'users is empty'],
])('%s fails with %s and names the culprit: %s', (name, code, culprit) => {
  const failure = failureOf(name);
  expect(failure).toContain(`${code}: [${name}] namespace ${name}-ns, `);
  expect(failure).toContain(culprit);
});
