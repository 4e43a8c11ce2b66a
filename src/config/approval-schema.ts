import * as v from 'valibot';

import { parseDuration } from '../duration.js';

/** A name is shown beside an approval, and told apart from others: no invisible letters, none that look like others. */
const PERSON = /^[\w.@+-]{1,64}$/;
const FINGERPRINT = /^SHA256:[A-Za-z0-9+/]{43}$/;
const ROLE_ARN = /^arn:aws[a-z-]*:(?:iam::\d{12}:role|sts::\d{12}:assumed-role)\/[!-~]+$/;
const ARN = /^arn:aws[a-z-]*:(?:iam::\d{12}:user|sts::\d{12}:assumed-role)\/[!-~]+$/;

/** More people cannot be asked for by one request. */
const MAX_REVIEWERS = 10;

const text = v.pipe(v.string(), v.nonEmpty());

function list(pattern: RegExp, what: string) {
  const item = v.pipe(
    v.string(),
    v.check((value) => pattern.test(value), what),
  );
  return v.optional(v.array(item));
}

/**
 * `[tfrepair.approval]`. None of it can switch the second person off: fewer than one reviewer, no proofs at all, and an
 * age without a limit are mistakes.
 */
export const ApprovalSection = v.strictObject({
  proofs: v.optional(
    v.pipe(
      v.array(v.picklist(['sts', 'ssh'])),
      v.check((proofs) => proofs.length > 0, 'at least one of "sts" and "ssh"'),
    ),
  ),
  reviewers: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_REVIEWERS))),
  max_age: v.optional(v.pipe(v.string(), v.check(isDuration, 'a duration of up to 24 hours, e.g. "8h"'))),
  allowed_signers: v.optional(text),
  ssh_key: v.optional(text),
  trusted_roles: list(ROLE_ARN, 'the ARN of a role'),
  break_glass: v.optional(v.boolean()),
});

/** `[tfrepair.people.NAME]`: what a person is known by, besides what app-interface says. */
export const PeopleSection = v.record(
  v.pipe(
    v.string(),
    v.check((name) => PERSON.test(name), 'a name of up to 64 letters, digits and .@+_-'),
  ),
  v.strictObject({
    arns: list(ARN, 'the ARN of an IAM user or of a role session'),
    aws_usernames: list(/^[\w+=,.@-]{1,64}$/, 'the name of an IAM user'),
    ssh_names: list(/^[!-~]{1,256}$/, 'a name of the allowed-signers file'),
    ssh_keys: list(FINGERPRINT, 'a fingerprint such as SHA256:…'),
  }),
);

function isDuration(value: string): boolean {
  try {
    return parseDuration(value) > 0;
  } catch {
    return false;
  }
}
