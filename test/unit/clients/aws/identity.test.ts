import { describe, expect, test } from '@jest/globals';

import { assumeRole } from '../../../../src/clients/aws/assume-role.js';
import { credentialEnvironment, sdkCredentials } from '../../../../src/clients/aws/credentials.js';
import { callerIdentity, fipsIn, requireAccount } from '../../../../src/clients/aws/identity.js';
import { InterruptedError } from '../../../../src/errors.js';
import { Secret } from '../../../../src/secret.js';
import { identity, refusal, useFakeAws } from '../../../support/aws-server.js';

const CREDENTIALS = {
  accessKeyId: 'AKIAEXAMPLE',
  secretAccessKey: new Secret('canary'),
  sessionToken: undefined,
  source: 'the profile acme',
};
const REGION = 'us-east-1';
const never = new AbortController().signal;
const interruption = new InterruptedError('Interrupted', 'interrupted by SIGINT');
const interrupted = AbortSignal.abort(interruption);

describe('who credentials belong to', () => {
  const aws = useFakeAws();

  test('is what STS says', async () => {
    aws.answers['GetCallerIdentity'] = identity('111122223333', 'ann');
    expect(await callerIdentity(CREDENTIALS, REGION, never)).toEqual({
      account: '111122223333',
      arn: 'arn:aws:iam::111122223333:user/ann',
      userId: 'AIDAEXAMPLE',
    });
  });

  test('is unknown when STS refuses them: where they came from is named, and no part of them', async () => {
    aws.answers['GetCallerIdentity'] = refusal('InvalidClientTokenId', 'The security token is invalid');
    const error = await callerIdentity(CREDENTIALS, REGION, never).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'IdentityUnknown',
      message: expect.stringContaining('the profile acme'),
    });
    expect(String(error)).not.toMatch(/canary|AKIAEXAMPLE/);
  });

  test('is not asked for after an interruption', async () => {
    await expect(callerIdentity(CREDENTIALS, REGION, interrupted)).rejects.toBe(interruption);
    await expect(assumeRole('arn:aws:iam::1:role/r', CREDENTIALS, REGION, interrupted)).rejects.toBe(
      interruption,
    );
    expect(aws.asked).toEqual([]);
  });

  test('cannot be changed to a role that AWS does not give', async () => {
    const role = 'arn:aws:iam::444455556666:role/network';
    await expect(assumeRole(role, CREDENTIALS, REGION, never)).rejects.toMatchObject({
      code: 'RoleDenied',
      message: `AWS STS did not give the role ${role}, assumed with the profile acme: no AssumeRole`,
    });
  });
});

describe('credentials of another account', () => {
  const account = { name: 'acme', uid: '111122223333' };
  const caller = { account: '444455556666', arn: 'arn:aws:iam::444455556666:user/ann', userId: 'AIDA' };

  test('are refused with both ids and the ARN', () => {
    const require = (): void => {
      requireAccount(caller, account, CREDENTIALS);
    };
    expect(require).toThrow(
      'the profile acme belongs to account 444455556666 (arn:aws:iam::444455556666:user/ann), not to acme (111122223333)',
    );
  });

  test('are none when the ids are the same', () => {
    const require = (): void => {
      requireAccount({ ...caller, account: account.uid }, account, CREDENTIALS);
    };
    expect(require).not.toThrow();
  });
});

test.each([
  ['us-gov-west-1', { useFipsEndpoint: true }],
  ['us-east-1', {}],
  ['eu-west-1', {}],
])('%s is used through %o', (region, options) => {
  expect(fipsIn(region)).toEqual(options);
});

describe('credentials are handed on', () => {
  test.each([
    ['without a session token', undefined, {}, {}],
    ['with a session token', 'session', { sessionToken: 'session' }, { AWS_SESSION_TOKEN: 'session' }],
  ])('%s', (_what, token, more, moreEnvironment) => {
    const credentials = {
      ...CREDENTIALS,
      sessionToken: token === undefined ? undefined : new Secret(token),
    };
    expect(sdkCredentials(credentials)).toEqual({
      accessKeyId: 'AKIAEXAMPLE',
      secretAccessKey: 'canary',
      ...more,
    });
    const environment = Object.entries(credentialEnvironment(credentials));
    expect(Object.fromEntries(environment.map(([name, value]) => [name, value.reveal()]))).toEqual({
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'canary',
      ...moreEnvironment,
    });
  });
});
