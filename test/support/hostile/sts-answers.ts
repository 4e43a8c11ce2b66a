import { gzipSync } from 'node:zlib';

import { errorXml, identityXml, type StsAnswer } from '../sts-server.js';

/** What the server does, its answer, and the code of what is thrown. */
export type HostileAnswer = readonly [name: string, answer: StsAnswer, code: string];

const JDOE = {
  arn: 'arn:aws:iam::123456789012:user/jdoe',
  account: '123456789012',
  userId: 'AIDACKCEVSQ6C2EXAMPLE',
};
const GOOD = identityXml(JDOE);

const ok = (body: string | Buffer, headers = {}): StsAnswer => ({ status: 200, body, headers });
const who = (more: Partial<typeof JDOE>): StsAnswer => ok(identityXml({ ...JDOE, ...more }));
const to = (status: number, location: string): StsAnswer => ({ status, headers: { location }, body: GOOD });
const DENIED = 'ProofNotAccepted';
const JSON_ANSWER = {
  GetCallerIdentityResponse: {
    GetCallerIdentityResult: { Arn: JDOE.arn, Account: JDOE.account, UserId: JDOE.userId },
    ResponseMetadata: { RequestId: '0' },
  },
};

/** Answers of something that is, or says to be, STS. */
export const HOSTILE_ANSWERS: readonly HostileAnswer[] = [
  ['redirects to a host without TLS (Vault #3983)', to(302, 'http://sts.evil.example/'), DENIED],
  ['redirects for good', to(301, 'https://sts.evil.example/'), DENIED],
  ['redirects and keeps the method', to(307, 'https://sts.evil.example/'), DENIED],
  ['redirects for good and keeps the method', to(308, '/elsewhere'), DENIED],
  ['redirects to itself', to(303, '/'), DENIED],
  ['redirects nowhere', { status: 300, body: GOOD }, DENIED],
  ['says that nothing has changed', { status: 304 }, DENIED],
  ['says so with another status of success', { status: 201, body: GOOD }, DENIED],
  ['says so with a part', { status: 206, body: GOOD }, DENIED],
  ['says so with a refusal', { status: 403, body: GOOD }, DENIED],
  ['does not know the signature', { status: 403, body: errorXml('SignatureDoesNotMatch') }, DENIED],
  ['does not know the key', { status: 403, body: errorXml('InvalidClientTokenId') }, DENIED],
  ['says nothing', ok(''), DENIED],
  ['says nothing of use', ok('ok'), DENIED],
  ['answers with a page', ok(`<html><body>${GOOD}</body></html>`), DENIED],
  ['answers in JSON, as another action could (CVE-2020-16250)', ok(JSON.stringify(JSON_ANSWER)), DENIED],
  ['answers in JSON with XML in it (CVE-2020-16250)', ok(JSON.stringify({ x: GOOD })), DENIED],
  [
    'answers to another action (CVE-2020-16250)',
    ok(GOOD.replaceAll('GetCallerIdentity', 'AssumeRole')),
    DENIED,
  ],
  [
    'wraps the answer into another (CVE-2020-16250)',
    ok(`<AssumeRoleResponse>${GOOD}</AssumeRoleResponse>`),
    DENIED,
  ],
  [
    'repeats text of the caller that looks like the answer (CVE-2020-16250)',
    ok(GOOD.replace('<RequestId>', `<RequestId>${GOOD}`)),
    DENIED,
  ],
  ['answers twice', ok(GOOD + GOOD), DENIED],
  ['has something before it', ok(`x${GOOD}`), DENIED],
  ['has something after it', ok(`${GOOD}x`), DENIED],
  ['has a document type', ok(`<!DOCTYPE r [<!ENTITY a "b">]>${GOOD}`), DENIED],
  ['has an entity', who({ arn: '&a;' }), DENIED],
  ['has a comment', ok(GOOD.replace('<Arn>', '<!-- x --><Arn>')), DENIED],
  ['has a comment within a value', who({ arn: 'arn:aws:iam::123456789012:user/jd<!-- x -->oe' }), DENIED],
  ['has CDATA', who({ arn: '<![CDATA[arn:aws:iam::123456789012:user/jdoe]]>' }), DENIED],
  ['has a processing instruction', ok(GOOD.replace('<Arn>', '<?x?><Arn>')), DENIED],
  ['has another namespace', ok(GOOD.replace('sts.amazonaws.com', 'sts.evil.example')), DENIED],
  ['has an attribute', ok(GOOD.replace('<Arn>', '<Arn a="b">')), DENIED],
  [
    'has a second ARN',
    ok(GOOD.replace('</Arn>', '</Arn><Arn>arn:aws:iam::123456789012:user/eve</Arn>')),
    DENIED,
  ],
  ['has a second account', ok(GOOD.replace('<Account>', '<Account>210987654321</Account><Account>')), DENIED],
  [
    'has a second result',
    ok(
      GOOD.replace(
        '</GetCallerIdentityResult>',
        '</GetCallerIdentityResult><GetCallerIdentityResult></GetCallerIdentityResult>',
      ),
    ),
    DENIED,
  ],
  ['has a part that nobody knows', ok(GOOD.replace('<Arn>', '<Admin>true</Admin><Arn>')), DENIED],
  ['has no ARN', ok(GOOD.replace(/<Arn>.*<\/Arn>/, '')), DENIED],
  ['has no account', ok(GOOD.replace(/<Account>.*<\/Account>/, '')), DENIED],
  ['has no id', ok(GOOD.replace(/<UserId>.*<\/UserId>/, '')), DENIED],
  ['has no metadata', ok(GOOD.replace(/<ResponseMetadata>.*<\/ResponseMetadata>/s, '')), DENIED],
  ['has an empty ARN', who({ arn: '' }), DENIED],
  ['has an ARN with blanks', who({ arn: ` ${JDOE.arn} ` }), DENIED],
  ['is cut off', ok(GOOD.slice(0, -20)), DENIED],
  ['contradicts itself about the account', who({ account: '210987654321' }), DENIED],
  ['names an account of 13 digits', who({ account: '1234567890123' }), DENIED],
  ['names an account of full-width digits', who({ account: '\uff11'.repeat(12) }), DENIED],
  ['gives a user the id of a session', who({ userId: 'AROACKCEVSQ6C2EXAMPLE:jdoe' }), DENIED],
  ['gives an id with a wildcard', who({ userId: 'AIDA*' }), DENIED],
  [
    'gives a session the id of another',
    who({ arn: 'arn:aws:sts::123456789012:assumed-role/Admin/jdoe', userId: 'AROACKCEVSQ6C2EXAMPLE:eve' }),
    DENIED,
  ],
  [
    'gives a session no name',
    who({ arn: 'arn:aws:sts::123456789012:assumed-role/Admin/jdoe', userId: 'AROACKCEVSQ6C2EXAMPLE' }),
    DENIED,
  ],
  ['is of another partition', who({ arn: 'arn:aws-cn:iam::123456789012:user/jdoe' }), DENIED],
  [
    'names the root user',
    who({ arn: 'arn:aws:iam::123456789012:root', userId: '123456789012' }),
    'CallerRoot',
  ],
  ['names a role and no session', who({ arn: 'arn:aws:iam::123456789012:role/Admin' }), 'CallerUnknown'],
  ['names a service', who({ arn: 'arn:aws:ec2::123456789012:instance/i-0' }), 'CallerUnknown'],
  ['names a wildcard', who({ arn: 'arn:aws:iam::123456789012:user/*' }), 'CallerUnknown'],
  ['names a confusable user', who({ arn: 'arn:aws:iam::123456789012:user/jd\u043ee' }), 'CallerUnknown'],
  [
    'names a user with an escape sequence',
    who({ arn: 'arn:aws:iam::123456789012:user/\u001b[2Jjdoe' }),
    'CallerUnknown',
  ],
  [
    'says that the credentials have expired (aws-iam-authenticator #401)',
    { status: 403, body: errorXml('ExpiredToken') },
    'ProofExpired',
  ],
  [
    'says so in other words (aws-iam-authenticator #724)',
    { status: 400, body: errorXml('ExpiredTokenException') },
    'ProofExpired',
  ],
  ['is throttled', { status: 400, body: errorXml('Throttling') }, 'StsUnreachable'],
  ['is asked too often', { status: 429 }, 'StsUnreachable'],
  ['is out of order', { status: 503, body: GOOD }, 'StsUnreachable'],
  ['answers without an end', ok('a'.repeat(128 * 1024)), 'StsUnreachable'],
  [
    'answers with a bomb',
    ok(gzipSync(Buffer.alloc(16 * 1024 * 1024)), { 'content-encoding': 'gzip' }),
    'StsUnreachable',
  ],
];
