import { armored, sshSignatureOf } from '../approvals.js';

/** What it is, the armored signature, and a word of why it is refused. */
export type HostileSignature = readonly [name: string, signature: string, why: RegExp];

const MESSAGE = Buffer.from('{}');
const NAMESPACE = 'tfrepair-approval-v1';
const GOOD = sshSignatureOf(MESSAGE, NAMESPACE);
const ARMORED = armored(GOOD);

const wrong = (parts: Parameters<typeof sshSignatureOf>[2]): string =>
  armored(sshSignatureOf(MESSAGE, NAMESPACE, parts));

/** Blobs whose lengths lie. */
const withLength = (at: number, length: number): string => {
  const blob = Buffer.from(GOOD);
  blob.writeUInt32BE(length, at);
  return armored(blob);
};

/** Signatures that `ssh-keygen` is never asked about. */
export const HOSTILE_SIGNATURES: readonly HostileSignature[] = [
  ['no signature', '', /not written/],
  ['an empty one', armored(Buffer.alloc(0)), /no SSH signature/],
  ['one without its first line', ARMORED.replace(/^.*\n/, ''), /not written/],
  ['one without its last line', ARMORED.replace(/-----END.*\n$/, ''), /not written/],
  ['a private key', ARMORED.replaceAll('SSH SIGNATURE', 'OPENSSH PRIVATE KEY'), /not written/],
  ['a PGP signature', ARMORED.replaceAll('SSH', 'PGP'), /not written/],
  ['two in a row', ARMORED + ARMORED, /not written/],
  ['one with a line before it', `x\n${ARMORED}`, /not written/],
  ['one with a line after it', `${ARMORED}x\n`, /not written/],
  ['one with the line breaks of Windows', ARMORED.replaceAll('\n', '\r\n'), /not written/],
  ['one in lines of 64', armored(GOOD, 64), /not written/],
  ['one in a single line', armored(GOOD, 10_000), /not written/],
  ['one with a header', ARMORED.replace('\n', '\nComment: x\n\n'), /not written/],
  ['one with characters that are no base64', ARMORED.replace('U1NI', 'U!NI'), /not written/],
  [
    'one in base64url',
    armored(Buffer.concat([GOOD, Buffer.from([0xff, 0xff])])).replaceAll('/', '_'),
    /not written|cut off/,
  ],
  ['one of another magic', wrong({ magic: 'SSHSIC' }), /no SSH signature/],
  ['one of version 0', wrong({ version: 0 }), /version 1/],
  ['one of version 2', wrong({ version: 2 }), /version 1/],
  ['one with something after it', wrong({ after: 'x' }), /after its end/],
  ['one with a second one after it', wrong({ after: GOOD.toString('latin1') }), /after its end/],
  ['one cut off', armored(GOOD.subarray(0, -1)), /cut off/],
  ['one that ends with its magic', armored(GOOD.subarray(0, 6)), /version 1/],
  ['one that ends with its version', armored(GOOD.subarray(0, 10)), /cut off/],
  ['one whose key is longer than all of it', withLength(10, 0xff_ff_ff_ff), /cut off/],
  ['one whose key has no length', withLength(10, 0), /cut off|after its end|not known/],
  ['one whose reserved part is in use', wrong({ reserved: 'x' }), /not known/],
  ['one by MD5', wrong({ hash: 'md5' }), /not known/],
  ['one by SHA-1', wrong({ hash: 'sha1' }), /not known/],
  ['one by a hash in capitals', wrong({ hash: 'SHA512' }), /not known/],
  ['one by a DSA key', wrong({ keyType: 'ssh-dss' }), /kind/],
  ['one by a certificate', wrong({ keyType: 'ssh-ed25519-cert-v01@openssh.com' }), /kind/],
  ['one by a key of no kind', wrong({ keyType: '' }), /kind/],
  ['one by a key of a kind with a null', wrong({ keyType: 'ssh-ed25519\0' }), /kind/],
  ['one for a rejection', wrong({ namespace: 'tfrepair-rejection-v1' }), /something else/],
  ["one of the maker's word", wrong({ namespace: 'tfrepair-request-v1' }), /something else/],
  ['one of a break-glass', wrong({ namespace: 'tfrepair-break-glass-v1' }), /something else/],
  ['one of a file', wrong({ namespace: 'file' }), /something else/],
  ['one of a commit of git', wrong({ namespace: 'git' }), /something else/],
  ['one of no namespace', wrong({ namespace: '' }), /something else/],
  ['one of a longer namespace', wrong({ namespace: `${NAMESPACE}\0` }), /something else/],
  ['one of a later namespace', wrong({ namespace: 'tfrepair-approval-v2' }), /something else/],
];
