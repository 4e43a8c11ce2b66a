import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import type { StsIdentity } from '../../../../src/approval/proof.js';
import { signedMatter, type SignedMatter } from '../../../../src/approval/statement.js';
import { signWithSts } from '../../../../src/approval/sts/sign.js';
import { verifySts } from '../../../../src/approval/sts/verify.js';
import type { AwsCredentials } from '../../../../src/clients/aws/credentials.js';
import { InterruptedError } from '../../../../src/errors.js';
import { Secret } from '../../../../src/secret.js';
import { SIGNED_AT } from '../../../support/approvals.js';
import { HOSTILE_ANSWERS } from '../../../support/hostile/sts-answers.js';
import { startStsServer, type StsServer, type StsUser } from '../../../support/sts-server.js';

const account = '123456789012';
const JDOE: StsUser = {
  ...{ account, arn: `arn:aws:iam::${account}:user/jdoe`, userId: 'AIDAJDOEJDOEJDOEJDOE1' },
  secret: 'jdoe-secret',
};
const SESSION: StsUser = {
  ...{ account, arn: `arn:aws:sts::${account}:assumed-role/Reviewers/asmith` },
  ...{ userId: 'AROAREVIEWERSREVIEWE1:asmith', secret: 'session-secret', sessionToken: 'Fwo+Gz/==' },
};
const USERS = new Map([
  ['AKIAJDOEJDOEJDOEJDOE', JDOE],
  ['ASIAASMITHASMITHASMI', SESSION],
]);

const PLACE = { region: 'eu-west-1', partition: 'aws' };
const MATTER = signedMatter({ decision: 'approve', request: 'a'.repeat(64) }, Buffer.from('{"a":1}'));

function credentialsOf(accessKeyId: string): AwsCredentials {
  const { secret = 'none', sessionToken } = USERS.get(accessKeyId) ?? {};
  return {
    ...{ accessKeyId, secretAccessKey: new Secret(secret), source: 'the test' },
    sessionToken: sessionToken === undefined ? undefined : new Secret(sessionToken),
  };
}

let sts: StsServer;
beforeEach(async () => {
  sts = await startStsServer(USERS);
});
afterEach(() => sts.close());

const world = () => ({ env: { AWS_ENDPOINT_URL: sts.origin }, now: () => SIGNED_AT });
const sign = (matter: SignedMatter = MATTER, key = 'AKIAJDOEJDOEJDOEJDOE') =>
  signWithSts(matter, credentialsOf(key), PLACE, world());

function verify(proof: Awaited<ReturnType<typeof sign>>, matter = MATTER, more = {}): Promise<StsIdentity> {
  const signal = new AbortController().signal;
  return verifySts(proof, matter, { ...world(), partition: 'aws', fetch, signal, ...more });
}

describe('a proof by AWS credentials', () => {
  test('says who signed, as STS confirms it, and that it was no STS of AWS', async () => {
    expect(await verify(await sign())).toEqual({
      ...{ kind: 'sts', arn: JDOE.arn, account, userId: JDOE.userId },
      ...{ accessKeyId: 'AKIAJDOEJDOEJDOEJDOE', signedAt: SIGNED_AT, endpoint: new URL(sts.origin).host },
    });
  });

  test('may be by temporary credentials, whose token is signed, too', async () => {
    const proof = await sign(MATTER, 'ASIAASMITHASMITHASMI');
    expect(proof.signedHeaders).toContain('x-amz-security-token');
    expect(await verify(proof)).toMatchObject({ arn: SESSION.arn, userId: SESSION.userId });
  });

  test('holds no secret', async () => {
    expect(JSON.stringify(await sign())).not.toContain('jdoe-secret');
  });

  test('is one call, of which everything but the signature is made anew', async () => {
    await verify(await sign());
    const [call] = sts.calls;
    expect(sts.calls).toHaveLength(1);
    expect(call).toMatchObject({
      method: 'POST',
      url: '/',
      body: 'Action=GetCallerIdentity&Version=2011-06-15',
    });
    expect(call?.headers).toMatchObject({
      ...{ host: new URL(sts.origin).host, 'x-tfrepair-operation': MATTER.header },
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    });
  });

  test('is good until its last second, and a minute before its first', async () => {
    const proof = await sign();
    for (const now of [SIGNED_AT + 15 * 60_000, SIGNED_AT - 60_000]) {
      expect(await verify(proof, MATTER, { now: () => now })).toMatchObject({ arn: JDOE.arn });
    }
  });

  test('is signed for the host of AWS where no server of this machine stands in', async () => {
    const proof = await signWithSts(MATTER, credentialsOf('AKIAJDOEJDOEJDOEJDOE'), PLACE, {
      ...world(),
      env: {},
    });
    const asked: string[] = [];
    const record: typeof fetch = (url) => {
      asked.push(url instanceof Request ? url.url : String(url));
      return Promise.reject(new Error('offline'));
    };
    await expect(verify(proof, MATTER, { env: {}, fetch: record })).rejects.toMatchObject({
      code: 'StsUnreachable',
    });
    expect(asked).toEqual(['https://sts.eu-west-1.amazonaws.com/']);
  });

  test('can be interrupted', async () => {
    const proof = await sign();
    const signal = AbortSignal.abort(new InterruptedError('Interrupted', 'interrupted'));
    await expect(verify(proof, MATTER, { signal })).rejects.toBeInstanceOf(InterruptedError);
  });
});

describe('a proof that is bound again is not confirmed:', () => {
  const reason = 'why';
  const canonical = Buffer.from('{"a":1}');
  const request = 'a'.repeat(64);

  test.each([
    ['to another request', signedMatter({ decision: 'approve', request }, Buffer.from('{"a":2}'))],
    ['to a rejection of the same', signedMatter({ decision: 'reject', request, reason }, canonical)],
    ['to a break-glass of the same', signedMatter({ decision: 'break-glass', request, reason }, canonical)],
    ["to the maker's word on the same", signedMatter({ decision: 'prepare', request }, canonical)],
  ])('an approval %s', async (_, matter) => {
    await expect(verify(await sign(), matter)).rejects.toMatchObject({ code: 'ProofNotAccepted' });
  });

  test('a rejection to another reason', async () => {
    const proof = await sign(signedMatter({ decision: 'reject', request, reason }, canonical));
    const other = signedMatter({ decision: 'reject', request, reason: 'another' }, canonical);
    await expect(verify(proof, other)).rejects.toMatchObject({ code: 'ProofNotAccepted' });
  });

  test.each([
    ['another second', { date: '20260131T120001Z' }],
    ['another region', { region: 'us-east-1' }],
    ['the key of somebody else', { accessKeyId: 'AKIAJDOEJDOEJDOEJDOA' }],
    ['a session of somebody else', { accessKeyId: 'ASIAASMITHASMITHASMI', sessionToken: 'Fwo+Gz/==' }],
    ['another signature', { signature: '0'.repeat(64) }],
  ])('to %s', async (_, more) => {
    const proof = { ...(await sign()), ...more };
    const signedHeaders =
      'sessionToken' in more
        ? ['content-type', 'host', 'x-amz-date', 'x-amz-security-token', 'x-tfrepair-operation']
        : proof.signedHeaders;
    await expect(verify({ ...proof, signedHeaders })).rejects.toMatchObject({ code: 'ProofNotAccepted' });
  });

  test('to another session token', async () => {
    const proof = { ...(await sign(MATTER, 'ASIAASMITHASMITHASMI')), sessionToken: 'other' };
    await expect(verify(proof)).rejects.toMatchObject({ code: 'ProofNotAccepted' });
  });

  test('to another host', async () => {
    const proof = await signWithSts(MATTER, credentialsOf('AKIAJDOEJDOEJDOEJDOE'), PLACE, {
      ...world(),
      env: {},
    });
    await expect(verify(proof)).rejects.toMatchObject({ code: 'ProofNotAccepted' });
  });

  test('by credentials whose secret is another', async () => {
    const credentials = { ...credentialsOf('AKIAJDOEJDOEJDOEJDOE'), secretAccessKey: new Secret('guess') };
    const proof = await signWithSts(MATTER, credentials, PLACE, world());
    await expect(verify(proof)).rejects.toMatchObject({ code: 'ProofNotAccepted' });
  });
});

describe('an STS that', () => {
  test.each(HOSTILE_ANSWERS)('%s confirms nobody', async (_, answer, code) => {
    const proof = await sign();
    sts.lie = answer;
    await expect(verify(proof)).rejects.toMatchObject({ code, hint: expect.any(String) });
    expect(sts.calls).toHaveLength(1);
  });
});
