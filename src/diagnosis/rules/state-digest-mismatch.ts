import type { Facts } from '../facts.js';
import type { Finding } from '../finding.js';
import { elsewhere, finding } from '../repairs.js';
import { oneLine } from '../words.js';

const TEXT = /state data in S3 does not have the expected content|checksum calculated for the state/i;

/**
 * The digest that DynamoDB has of the state is not that of the object in S3.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3 section "DynamoDB State Locking"
 */
export function stateDigestMismatch(facts: Facts): Finding[] {
  const { digest } = facts.evidence;
  if (digest?.kind === 'mismatch') return [mismatch(digest.actual, digest.expected)];
  const texts = [
    ...facts.errors.map(({ diagnostic }) => `${diagnostic.summary}\n${diagnostic.detail}`),
    ...facts.evidence.failures.map(({ message }) => message),
  ];
  const text = texts.find((one) => TEXT.test(one));
  if (text === undefined) return [];
  const calculated =
    /Calculated checksum:\s*([\da-f]{32})/i.exec(text)?.[1] ??
    /following value:\s*([\da-f]{32})/i.exec(text)?.[1];
  const stored = /Stored checksum:\s*([\da-f]{32})/i.exec(text)?.[1];
  return [mismatch(calculated, stored, oneLine(text))];
}

function mismatch(calculated: string | undefined, stored: string | undefined, said?: string): Finding {
  const digests = `S3: ${calculated ?? 'no state'}, DynamoDB: ${stored ?? 'unknown'}`;
  return finding({
    code: 'state-digest-mismatch',
    severity: 'blocker',
    summary: 'the state in S3 is not the one that DynamoDB has the digest of',
    evidence: [
      {
        source: said === undefined ? 'state' : 'terraform',
        text: calculated === undefined ? (said ?? digests) : digests,
      },
    ],
    leaveStateAlone: 'somebody may be writing it just now; look again in a minute',
    repairs: [
      elsewhere('if the object in S3 is the older one: bring its newest version back'),
      elsewhere(`if it is right: set the Digest item in DynamoDB to ${calculated ?? 'its MD5'}`),
    ],
  });
}
