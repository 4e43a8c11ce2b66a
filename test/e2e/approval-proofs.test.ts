import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import type { StsProof } from '../../src/approval/proof.js';
import { signedMatter, type SignedMatter } from '../../src/approval/statement.js';
import { signWithSts } from '../../src/approval/sts/sign.js';
import { formatToken, parseToken } from '../../src/approval/token.js';
import { verifyProof } from '../../src/approval/verify-proof.js';
import { sdkCredentials, type AwsCredentials } from '../../src/clients/aws/credentials.js';
import type { IdentityName } from '../../src/sandbox/aws/identities.js';
import { keysFrom } from '../../src/sandbox/aws/keys.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { canonicalRequest, requestDigest } from '../../src/surgery/request/canonical.js';
import { requestOf } from '../support/surgery/request.js';
import { requires } from './support/requires.js';
import { accountOf, openExampleSandbox } from './support/sandbox.js';

const REQUEST = requestOf();
const CANONICAL = canonicalRequest(REQUEST);
const DIGEST = requestDigest(REQUEST);
const APPROVE = { decision: 'approve', request: DIGEST } as const;
const MATTER = signedMatter(APPROVE, CANONICAL);
const REJECT = { decision: 'reject', request: DIGEST, reason: 'it is in use' } as const;
const OTHER = signedMatter(APPROVE, canonicalRequest(requestOf({ nonce: '1'.repeat(64) })));
const SIGNAL = new AbortController().signal;

const describeSts = await requires(['moto_server']);

describeSts('a proof by AWS credentials, verified by a server that checks signatures', () => {
  let sandbox: Sandbox;
  let env: Record<string, string>;

  beforeAll(async () => {
    sandbox = await openExampleSandbox({ enforceAuth: true });
    env = { AWS_ENDPOINT_URL: sandbox.endpoint };
  });

  afterAll(async () => {
    await sandbox.close();
  });

  const account = () => accountOf(sandbox, 'ferries-stage');

  function credentialsOf(name: IdentityName): AwsCredentials {
    const { accessKeyId, secretAccessKey } = account().identities[name].keys;
    return { accessKeyId, secretAccessKey, sessionToken: undefined, source: name };
  }

  const sign = (matter: SignedMatter, credentials: AwsCredentials, now = Date.now): Promise<StsProof> =>
    signWithSts(matter, credentials, { region: account().region, partition: 'aws' }, { env, now });

  const verify = (proof: StsProof, matter = MATTER, now = Date.now) =>
    verifyProof({ proof }, matter, {
      partition: 'aws',
      allowedSigners: undefined,
      env,
      fetch,
      now,
      signal: SIGNAL,
    });

  test.each(['operator', 'reviewer'] as const)(
    'says that it is by %s, also after its way as a token',
    async (name) => {
      const { proof } = parseToken(formatToken(APPROVE, await sign(MATTER, credentialsOf(name))));
      if (proof.kind !== 'sts') throw new Error('it is no proof by AWS credentials');
      expect(await verify(proof)).toMatchObject({
        ...{ kind: 'sts', account: account().uid, arn: account().identities[name].arn },
        ...{ accessKeyId: credentialsOf(name).accessKeyId, userId: expect.stringMatching(/^\w{16,}$/) },
        endpoint: new URL(sandbox.endpoint).host,
      });
    },
  );

  test('tells two people apart', async () => {
    const [operator, reviewer] = await Promise.all(
      (['operator', 'reviewer'] as const).map(async (name) =>
        verify(await sign(MATTER, credentialsOf(name))),
      ),
    );
    expect(operator).not.toMatchObject({ userId: reviewer?.kind === 'sts' ? reviewer.userId : '' });
  });

  test('may be by somebody in a role, who is told with the name of their session', async () => {
    const client = new STSClient({
      ...{ endpoint: sandbox.endpoint, region: account().region },
      credentials: sdkCredentials(credentialsOf('reviewer')),
    });
    const RoleArn = `arn:aws:iam::${account().uid}:role/Reviewers`;
    const { Credentials } = await client.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'jdoe' }));
    client.destroy();
    const { accessKeyId, secretAccessKey, sessionToken } = keysFrom(Credentials);
    const credentials = { accessKeyId, secretAccessKey, sessionToken, source: 'a role' };
    const arn = `arn:aws:sts::${account().uid}:assumed-role/Reviewers/jdoe`;
    const proof = await sign(MATTER, credentials);
    expect(await verify(proof)).toMatchObject({ arn, userId: expect.stringMatching(/:jdoe$/) });
    await expect(verify(proof, OTHER)).rejects.toMatchObject({ code: 'ProofNotAccepted' });
  });

  test.each([
    ['another request', OTHER],
    ['a rejection', signedMatter(REJECT, CANONICAL)],
    [
      'a value that was changed on its way',
      { ...MATTER, header: MATTER.header.replace(/^./, (c) => (c === '0' ? '1' : '0')) },
    ],
  ])('is refused by the server for %s', async (_, matter) => {
    await expect(verify(await sign(MATTER, credentialsOf('reviewer')), matter)).rejects.toMatchObject({
      code: 'ProofNotAccepted',
      message: expect.stringContaining('SignatureDoesNotMatch'),
    });
  });

  test("is refused when it was made with somebody else's secret", async () => {
    const { secretAccessKey } = credentialsOf('operator');
    const forged = await sign(MATTER, { ...credentialsOf('reviewer'), secretAccessKey });
    await expect(verify(forged)).rejects.toMatchObject({ code: 'ProofNotAccepted' });
  });

  test("is refused when it was made with one's own key in the name of another's", async () => {
    const proof = await sign(MATTER, credentialsOf('operator'));
    const { accessKeyId } = credentialsOf('reviewer');
    await expect(verify({ ...proof, accessKeyId })).rejects.toMatchObject({ code: 'ProofNotAccepted' });
  });

  test('is refused when its date was moved, and when nobody has the key', async () => {
    const proof = await sign(MATTER, credentialsOf('reviewer'));
    const date = new Date(Date.now() - 5 * 60_000).toISOString().replace(/[-:]|\.\d+/g, '');
    await expect(verify({ ...proof, date })).rejects.toMatchObject({ code: 'ProofNotAccepted' });
    const unknown = { ...credentialsOf('reviewer'), accessKeyId: 'AKIAEXAMPLE00UNKNOWN' };
    await expect(verify(await sign(MATTER, unknown))).rejects.toMatchObject({ code: 'ProofNotAccepted' });
  });

  test('is refused after 15 minutes', async () => {
    const proof = await sign(MATTER, credentialsOf('reviewer'), () => Date.now() - 16 * 60_000);
    await expect(verify(proof)).rejects.toMatchObject({ code: 'ProofExpired' });
  });

  test('is not decided upon while the server cannot be reached', async () => {
    const proof = await sign(MATTER, credentialsOf('reviewer'));
    const context = {
      partition: 'aws',
      allowedSigners: undefined,
      env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' },
    };
    await expect(
      verifyProof({ proof }, MATTER, { ...context, fetch, now: Date.now, signal: SIGNAL }),
    ).rejects.toMatchObject({ code: 'StsUnreachable', exitCode: 1 });
  });
});
