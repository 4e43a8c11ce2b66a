import { describe, expect, test } from '@jest/globals';

import { parseConfig } from '../../../src/config/load.js';

describe('a mistake about approvals or people', () => {
  test.each([
    [
      'no reviewer at all',
      '[tfrepair.approval]\nreviewers = 0',
      'tfrepair.approval.reviewers must be at least 1',
    ],
    [
      'fewer reviewers than none',
      '[tfrepair.approval]\nreviewers = -1',
      'tfrepair.approval.reviewers must be at least 1',
    ],
    [
      'half a reviewer',
      '[tfrepair.approval]\nreviewers = 0.5',
      'tfrepair.approval.reviewers must be a whole number',
    ],
    [
      'more reviewers than anybody has',
      '[tfrepair.approval]\nreviewers = 11',
      'tfrepair.approval.reviewers must be at most 10',
    ],
    [
      'no kind of proof',
      '[tfrepair.approval]\nproofs = []',
      'tfrepair.approval.proofs must be at least one of "sts" and "ssh"',
    ],
    [
      'an unknown kind of proof',
      '[tfrepair.approval]\nproofs = ["none"]',
      'tfrepair.approval.proofs.0 must be "sts" or "ssh"',
    ],
    [
      'a request that never ages',
      '[tfrepair.approval]\nmax_age = "25h"',
      'tfrepair.approval.max_age must be a duration of up to 24 hours, e.g. "8h"',
    ],
    [
      'a role that is none',
      '[tfrepair.approval]\ntrusted_roles = ["*"]',
      'tfrepair.approval.trusted_roles.0 must be the ARN of a role',
    ],
    [
      'a role of any account',
      '[tfrepair.approval]\ntrusted_roles = ["arn:aws:iam::*:role/sre"]',
      'tfrepair.approval.trusted_roles.0 must be the ARN of a role',
    ],
    [
      'an approval key that does not exist',
      '[tfrepair.approval]\nskip = true',
      'unknown key tfrepair.approval.skip',
    ],
    [
      'a person by no ARN',
      '[tfrepair.people.kim]\narns = ["kim"]',
      'tfrepair.people.kim.arns.0 must be the ARN of an IAM user or of a role session',
    ],
    [
      'the root user as a person',
      '[tfrepair.people.kim]\narns = ["arn:aws:iam::123456789012:root"]',
      'tfrepair.people.kim.arns.0 must be the ARN of an IAM user or of a role session',
    ],
    [
      'a person with an invisible letter',
      '[tfrepair.people."kim\\u200b"]\narns = []',
      'tfrepair.people.kim\u200b must be a name of up to 64 letters, digits and .@+_-',
    ],
    [
      'a fingerprint of another kind',
      '[tfrepair.people.kim]\nssh_keys = ["MD5:00"]',
      'tfrepair.people.kim.ssh_keys.0 must be a fingerprint such as SHA256:…',
    ],
  ])('%s is named with its path', (_what, text, problem) => {
    expect(() => parseConfig(text, 'c.toml')).toThrow(
      expect.objectContaining({ code: 'ConfigInvalid', message: `c.toml: ${problem}` }),
    );
  });
});
