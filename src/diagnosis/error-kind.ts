import type { Diagnostic } from '../terraform/plan/plan.js';

/** What an error of terraform, of its AWS provider or of AWS itself is about. */
export type ErrorKind =
  | 'locked'
  | 'digest'
  | 'newer-provider'
  | 'provider-missing'
  | 'wrong-version'
  | 'wrong-account'
  | 'expired'
  | 'bad-credentials'
  | 'throttled'
  | 'denied'
  | 'already-exists'
  | 'not-found'
  | 'config'
  | 'other';

/**
 * Texts by which errors are told apart, the first that fits. Codes of AWS errors are in the texts as
 * `operation error SERVICE: OPERATION, …, CODE: message` (AWS SDK for Go v2) or `CODE: message` (v1, botocore).
 */
const KINDS: readonly (readonly [ErrorKind, RegExp])[] = [
  ['digest', /state data in S3 does not have the expected content|checksum calculated for the state/i],
  ['locked', /Error acquiring the state lock[^]*Lock Info:|Error locking state[^]*Lock Info:/i],
  ['newer-provider', /managed by newer provider version|created by a newer provider version/i],
  [
    'provider-missing',
    /^Missing required provider|^Provider configuration not present|required provider .*not available/i,
  ],
  [
    'wrong-version',
    /Unsupported Terraform Core version|Unsupported OpenTofu Core version|Unsupported state file format|state snapshot was created by|newer than current/i,
  ],
  ['wrong-account', /AWS account ID not allowed|account id .* (is )?(not allowed|forbidden)/i],
  [
    'expired',
    /ExpiredToken|RequestExpired|TokenRefreshRequired|token .{0,40}(is|has) expired|RequestTimeTooSkewed/i,
  ],
  [
    'bad-credentials',
    /InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|InvalidSignature|AuthFailure|IncompleteSignature|InvalidAccessKeyId|No valid credential sources|validating provider credentials|MissingAuthenticationToken|failed to refresh cached credentials/i,
  ],
  [
    'throttled',
    /Throttl|TooManyRequests|RequestLimitExceeded|Rate exceeded|SlowDown|StatusCode: 429|LimitExceededException: Rate/i,
  ],
  [
    'denied',
    /AccessDenied|UnauthorizedOperation|AuthorizationError|not authorized to perform|UnauthorizedException|\bForbidden\b|StatusCode: 403/i,
  ],
  [
    'already-exists',
    /Already ?(Exists?|OwnedByYou)|ResourceExistsException|QueueNameExists|ResourceInUseException: .*exist|\.Duplicate\b|Duplicate(ListenerName|LoadBalancerName|TargetGroupName|Zone)|ConflictException: .*exist|already managed by Terraform|to be managed via Terraform this resource needs to be imported/i,
  ],
  [
    'not-found',
    /NoSuch(Entity|Bucket|Key|Hosted|Origin|Distribution|Cloud|Resource)|NotFound|NonExistentQueue|QueueDoesNotExist|couldn't find resource|StatusCode: 404|Cannot import non-existent/i,
  ],
];

/** Beginnings of what the AWS provider says when it was doing something, as opposed to checking the configuration. */
const DOING =
  /^(error )?(reading|creating|updating|deleting|waiting|importing|listing|putting|attaching|detaching|modifying|setting|adding|removing|enabling|disabling|tagging|untagging|describing|finding|retrieving|replacing|associating|publishing|sending|opening|getting|failed)\b/i;

/** What says so only of things in AWS: files and attributes can be missing, too. */
const MISSING = /does not exist|empty result|\bnot found\b|cannot be found/i;

const FROM_AWS = /operation error |api error |RequestID: |StatusCode: |status code: |request id: /i;

/** Says what an error is about, by its texts. */
export function kindOf({ summary, detail, place }: Diagnostic): ErrorKind {
  const text = `${summary}\n${detail}`;
  const known = KINDS.find(([, pattern]) => pattern.test(text))?.[0];
  if (known !== undefined) return known;
  const isFromAws = DOING.test(summary) || FROM_AWS.test(text);
  if (isFromAws && MISSING.test(text)) return 'not-found';
  const isAboutConfig = place !== undefined && !isFromAws;
  return isAboutConfig ? 'config' : 'other';
}
