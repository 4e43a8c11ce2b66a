import { describe, expect, test } from '@jest/globals';

import { LogReader } from '../../../../src/terraform/log/log-reader.js';
import type { Plan } from '../../../../src/terraform/plan/plan.js';

function read(text: string): Plan {
  const reader = new LogReader();
  for (const line of text.split('\n')) reader.line(line);
  return reader.result();
}

const UNKNOWN = { reason: undefined, previousAddress: undefined };

describe('Terraform 0.13', () => {
  test('reads data sources with one line, and shows no drift', () => {
    const plan = read(`
Terraform v0.13.7
Refreshing Terraform state in-memory prior to plan...
The refreshed state will be used to calculate this plan, but will not be
persisted to local or remote state storage.

data.aws_caller_identity.me: Refreshing state...
data.aws_ami.web: Refreshing state... [id=ami-1]
module.a["x"].aws_sqs_queue.q[0]: Refreshing state... [id=https://sqs.example/q]

------------------------------------------------------------------------

An execution plan has been generated and is shown below.
Resource actions are indicated with the following symbols:
 <= read (data resources)

Terraform will perform the following actions:

  # data.aws_iam_policy_document.d will be read during apply
  # (config refers to values not yet known)
 <= data "aws_iam_policy_document" "d"  {
      + id   = (known after apply)
    }

Plan: 0 to add, 0 to change, 0 to destroy.
`);
    expect(plan.version).toBe('0.13.7');
    expect(plan.refreshes).toEqual([
      { address: 'data.aws_caller_identity.me', type: 'aws_caller_identity', id: undefined, durationMs: 0 },
      { address: 'data.aws_ami.web', type: 'aws_ami', id: 'ami-1', durationMs: 0 },
      {
        address: 'module.a["x"].aws_sqs_queue.q[0]',
        type: 'aws_sqs_queue',
        id: 'https://sqs.example/q',
        durationMs: 0,
      },
    ]);
    expect(plan.changes).toEqual([
      {
        ...UNKNOWN,
        address: 'data.aws_iam_policy_document.d',
        type: 'aws_iam_policy_document',
        action: 'read',
        reason: 'read_because_config_unknown',
      },
    ]);
  });

  test('names the resource of an error by the place in the code, and tells several apart', () => {
    const plan = read(`
aws_s3_bucket.b: Refreshing state... [id=made-up]
aws_s3_bucket.c: Refreshing state... [id=made-up-too]

Error: error reading S3 Bucket (made-up): Forbidden: Forbidden
	status code: 403, request id: R, host id: H

  on config.tf.json line 12, in resource.aws_s3_bucket[0].b:
  12:       "b": {



Error: Unsupported argument

  on main.tf line 4, in resource "aws_sqs_queue" "q":
   4:   nme = "q"

An argument named "nme" is not expected here. Did you mean "name"?

`);
    expect(plan).toMatchObject({
      outcome: 'failed',
      refreshes: [{ id: 'made-up', durationMs: undefined }, { durationMs: 0 }],
      diagnostics: [
        {
          summary: `error reading S3 Bucket (made-up): Forbidden: Forbidden
	status code: 403, request id: R, host id: H`,
          detail: '',
          address: 'aws_s3_bucket.b',
          place: 'config.tf.json:12',
        },
        {
          summary: 'Unsupported argument',
          detail: 'An argument named "nme" is not expected here. Did you mean "name"?',
          address: 'aws_sqs_queue.q',
          place: 'main.tf:4',
        },
      ],
    });
  });
});

describe('Terraform 0.15 to 1.1', () => {
  test('shows what was changed outside, before what is planned', () => {
    const plan = read(`
Note: Objects have changed outside of Terraform

Terraform detected the following changes made outside of Terraform since the
last "terraform apply":

  # aws_iam_user.gone has been deleted
  - resource "aws_iam_user" "gone" {
    }

  # aws_iam_user.tagged has been changed
  ~ resource "aws_iam_user" "tagged" {
    }

Unless you have made equivalent changes to your configuration, or ignored the
relevant attributes using ignore_changes, the following plan may include
actions to undo or respond to these changes.

  # aws_iam_user.gone will be created
  + resource "aws_iam_user" "gone" {
    }
`);
    expect(plan.drift.map(({ address, action }) => [address, action])).toEqual([
      ['aws_iam_user.gone', 'delete'],
      ['aws_iam_user.tagged', 'update'],
    ]);
    expect(plan.changes.map(({ address, action }) => [address, action])).toEqual([
      ['aws_iam_user.gone', 'create'],
    ]);
  });
});
