import * as v from 'valibot';

import { StatedReason, StatedTicket } from './sayable.js';
import { DECISIONS } from './statement.js';

/** Longer than any session token that AWS has been seen to give. */
const MAX_SESSION_TOKEN = 8192;

/** An RSA key of 16,384 bits needs half of that. */
const MAX_SSH_SIGNATURE = 8192;

/** A call has five signed headers at most. */
const MAX_SIGNED_HEADERS = 8;

/**
 * The parts of an STS proof, each of which goes into an HTTP header: none has a character that could end one.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export const StsProofSchema = v.pipe(
  v.strictObject({
    kind: v.literal('sts'),
    accessKeyId: matching(/^A(?:KIA|SIA)[A-Z0-9]{12,60}$/, 'the id of an access key'),
    region: matching(/^[a-z]{2,4}(?:-[a-z]{2,12}){1,3}-\d{1,2}$/, 'a region'),
    date: matching(/^\d{8}T\d{6}Z$/, 'a time such as 20260131T120000Z'),
    signedHeaders: v.pipe(
      v.array(matching(/^[a-z0-9-]{1,64}$/, 'the name of a header')),
      v.maxLength(MAX_SIGNED_HEADERS, `at most ${MAX_SIGNED_HEADERS} headers`),
    ),
    signature: matching(/^[0-9a-f]{64}$/, 'a signature in hex'),
    sessionToken: v.exactOptional(
      v.pipe(
        matching(/^[\w+/=-]+$/, 'a session token'),
        v.maxLength(MAX_SESSION_TOKEN, `at most ${MAX_SESSION_TOKEN} characters`),
      ),
    ),
  }),
  v.check(
    ({ accessKeyId, sessionToken }) => accessKeyId.startsWith('ASIA') === (sessionToken !== undefined),
    'temporary credentials with a session token, or lasting ones without',
  ),
);

const SshProofSchema = v.strictObject({
  kind: v.literal('ssh'),
  signature: v.pipe(
    v.string(),
    v.maxLength(MAX_SSH_SIGNATURE, `at most ${MAX_SSH_SIGNATURE} characters`),
    v.regex(/^[\w+/=\n -]+$/, 'an armored SSH signature'),
  ),
});

/** An approval, and nothing else: what is not signed has no place in it. */
export const ApprovalSchema = v.pipe(
  v.strictObject({
    schemaVersion: v.literal(1),
    type: v.literal('tfrepair-approval'),
    decision: v.picklist(DECISIONS),
    request: matching(/^[0-9a-f]{64}$/, 'the digest of a request, in hex'),
    reason: v.exactOptional(StatedReason),
    ticket: v.exactOptional(StatedTicket),
    proof: v.variant('kind', [StsProofSchema, SshProofSchema]),
  }),
  v.check(
    ({ decision, reason }) =>
      (reason !== undefined) === (decision === 'reject' || decision === 'break-glass'),
    'a reason with a rejection or a break-glass, and with nothing else',
  ),
  v.check(
    ({ decision, ticket }) => ticket === undefined || decision === 'break-glass',
    'a ticket with a break-glass, and with nothing else',
  ),
);

function matching(pattern: RegExp, what: string) {
  return v.pipe(v.string(), v.regex(pattern, what));
}
