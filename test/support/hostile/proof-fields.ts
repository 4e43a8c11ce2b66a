import { approvalOf, stsProofOf, tokenOf } from '../approvals.js';

/** What it is, the token, and a word of why it is refused. */
export type HostileToken = readonly [name: string, token: string, why: RegExp];

/** A good token but for one field of its proof. */
export const proof = (more: Readonly<Record<string, unknown>>): string =>
  tokenOf(approvalOf({ proof: { ...stsProofOf(), ...more } }));

/** Tokens with proofs that would smuggle something into the call, or out of it. */
export const HOSTILE_PROOF_FIELDS: readonly HostileToken[] = [
  ['its own URL (CVE-2020-16250)', proof({ url: 'https://sts.evil.example/' }), /url/],
  ['its own host', proof({ host: 'sts.evil.example' }), /host/],
  ['its own action', proof({ action: 'AssumeRole' }), /action/],
  ['its own body', proof({ body: 'Action=GetSessionToken' }), /body/],
  ['its own method', proof({ method: 'GET' }), /method/],
  ['its own headers', proof({ headers: { 'x-tfrepair-operation': 'b'.repeat(64) } }), /headers/],
  ['its own service', proof({ service: 'iam' }), /service/],
  [
    'its own query, with a name twice (CVE-2022-2385)',
    proof({ query: 'X-Amz-Credential=a&X-Amz-Credential=b' }),
    /query/,
  ],
  ['its own header value', proof({ operation: 'b'.repeat(64) }), /operation/],
  ['its own lifetime', proof({ expires: 604_800 }), /expires/],
  ['its own identity', proof({ arn: 'arn:aws:iam::123456789012:user/jdoe' }), /arn/],
  ['no access key', proof({ accessKeyId: undefined }), /accessKeyId/],
  [
    'two access keys',
    proof({ accessKeyId: ['AKIAIOSFODNN7EXAMPLE', 'AKIAI44QH8DHBEXAMPLE'] }),
    /accessKeyId/,
  ],
  [
    'an access key with a scope',
    proof({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE/20260131/us-east-1/sts' }),
    /accessKeyId/,
  ],
  [
    'an access key with a second Credential (CVE-2022-2385)',
    proof({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE, Credential=AKIA' }),
    /accessKeyId/,
  ],
  ['an access key with a line break', proof({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE\r\nx: y' }), /accessKeyId/],
  ['an access key in small letters', proof({ accessKeyId: 'akiaiosfodnn7example' }), /accessKeyId/],
  ['a role id for an access key', proof({ accessKeyId: 'AROAIOSFODNN7EXAMPLE' }), /accessKeyId/],
  ['an access key with a Greek letter', proof({ accessKeyId: '\u0391KIAIOSFODNN7EXAMPLE' }), /accessKeyId/],
  ['a host for a region', proof({ region: 'evil.example' }), /region/],
  ['a region with a path', proof({ region: 'eu-west-1.evil.example/' }), /region/],
  ['a region with a user', proof({ region: 'eu-west-1@evil.example' }), /region/],
  ['a region with a port', proof({ region: 'eu-west-1:8443' }), /region/],
  ['a region with a fragment', proof({ region: 'evil.example#-1' }), /region/],
  ['a region with a line break', proof({ region: 'eu-west-1\r\nhost: evil.example' }), /region/],
  ['a region in capitals', proof({ region: 'EU-WEST-1' }), /region/],
  ['a region with another hyphen', proof({ region: 'eu\u2010west\u20101' }), /region/],
  ['an empty region', proof({ region: '' }), /region/],
  ['a date with a time zone', proof({ date: '20260131T120000+0100' }), /date/],
  ['a date in long form', proof({ date: '2026-01-31T12:00:00Z' }), /date/],
  ['a date as a number', proof({ date: 20_260_131 }), /date/],
  ['a date with a line break', proof({ date: '20260131T120000Z\nx' }), /date/],
  ['a date of Arabic digits', proof({ date: '\u0662\u0660260131T120000Z' }), /date/],
  ['a header with a line break', proof({ signedHeaders: ['host\r\nx-evil'] }), /signedHeaders/],
  ['a header with a semicolon', proof({ signedHeaders: ['host;x-tfrepair-operation'] }), /signedHeaders/],
  ['a header with a colon', proof({ signedHeaders: ['host:evil.example'] }), /signedHeaders/],
  ['a header in capitals', proof({ signedHeaders: ['Host'] }), /signedHeaders/],
  ['an empty header', proof({ signedHeaders: [''] }), /signedHeaders/],
  ['headers as one text', proof({ signedHeaders: 'host;x-amz-date' }), /signedHeaders/],
  [
    'headers without an end',
    proof({ signedHeaders: Array.from({ length: 400 }, () => 'host') }),
    /signedHeaders/,
  ],
  ['a header that is no text', proof({ signedHeaders: [{}] }), /signedHeaders/],
  ['a signature in capitals', proof({ signature: 'E'.repeat(64) }), /signature/],
  ['a signature too short', proof({ signature: 'e'.repeat(63) }), /signature/],
  ['an empty signature', proof({ signature: '' }), /signature/],
  [
    'a signature with a second one',
    proof({ signature: `${'e'.repeat(64)}, Signature=${'f'.repeat(64)}` }),
    /signature/,
  ],
  ['a signature with a line break', proof({ signature: `${'e'.repeat(64)}\r\n` }), /signature/],
  [
    'a session token with a line break',
    proof({ accessKeyId: 'ASIAIOSFODNN7EXAMPLE', sessionToken: 'a\r\nx-b: c' }),
    /sessionToken/,
  ],
  [
    'an empty session token',
    proof({ accessKeyId: 'ASIAIOSFODNN7EXAMPLE', sessionToken: '' }),
    /sessionToken/,
  ],
  [
    'a session token without an end',
    proof({ accessKeyId: 'ASIAIOSFODNN7EXAMPLE', sessionToken: 'a'.repeat(8500) }),
    /sessionToken/,
  ],
  ['a session token of lasting credentials', proof({ sessionToken: 'abc' }), /session token/],
  [
    'temporary credentials without a session token',
    proof({ accessKeyId: 'ASIAIOSFODNN7EXAMPLE' }),
    /session token/,
  ],
  [
    'an SSH signature that is empty',
    tokenOf(approvalOf({ proof: { kind: 'ssh', signature: '' } })),
    /signature/,
  ],
  [
    'an SSH signature that is a path',
    tokenOf(approvalOf({ proof: { kind: 'ssh', signature: '../../etc/passwd' } })),
    /signature/,
  ],
  [
    'an SSH signature with an escape sequence',
    tokenOf(approvalOf({ proof: { kind: 'ssh', signature: '\u001b[2J' } })),
    /signature/,
  ],
  [
    'an SSH signature without an end',
    tokenOf(approvalOf({ proof: { kind: 'ssh', signature: 'A'.repeat(9000) } })),
    /signature/,
  ],
  [
    'an SSH proof with its own key',
    tokenOf(approvalOf({ proof: { kind: 'ssh', signature: 'A', key: 'ssh-ed25519 A' } })),
    /key/,
  ],
  [
    'an SSH proof with its own time',
    tokenOf(approvalOf({ proof: { kind: 'ssh', signature: 'A', verifyTime: '20200101' } })),
    /verifyTime/,
  ],
  [
    'an SSH proof with its own namespace',
    tokenOf(approvalOf({ proof: { kind: 'ssh', signature: 'A', namespace: 'file' } })),
    /namespace/,
  ],
  [
    'an SSH proof with its own name',
    tokenOf(approvalOf({ proof: { kind: 'ssh', signature: 'A', principal: 'jdoe' } })),
    /principal/,
  ],
];
