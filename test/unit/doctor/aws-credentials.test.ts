import { createHash } from 'node:crypto';

import { describe, expect, test } from '@jest/globals';

import { CHECKS } from '../../../src/doctor/checks/index.js';
import { fakeWorld, settings, type FakeMachine } from './fake-world.js';

const KEYS = { AWS_ACCESS_KEY_ID: 'canary', AWS_SECRET_ACCESS_KEY: 'canary' };
const CONFIG = '/home/me/.aws/config';
const CREDENTIALS = '/home/me/.aws/credentials';
const STATIC = 'aws_access_key_id = canary\naws_secret_access_key = canary\n';

async function examine(machine: FakeMachine, toml = '', online = false) {
  const result = await CHECKS['aws-credentials'].examine(fakeWorld(machine), settings(toml, { online }));
  expect(JSON.stringify(result)).not.toContain('canary');
  return result;
}

describe('credentials by the default chain', () => {
  test.each<[string, FakeMachine, string]>([
    ['keys in the environment', { env: KEYS }, 'keys in the environment'],
    ['the default profile', { files: { [CREDENTIALS]: `[default]\n${STATIC}` } }, 'profile default (keys)'],
    [
      'a named profile, before keys in the environment',
      { env: { ...KEYS, AWS_PROFILE: 'acme' }, files: { [CREDENTIALS]: `[acme]\n${STATIC}` } },
      'profile acme (keys)',
    ],
    [
      'a profile of the configuration file',
      { env: { AWS_PROFILE: 'acme' }, files: { [CONFIG]: `[profile acme]\n${STATIC}` } },
      'profile acme (keys)',
    ],
    [
      'a profile in a file elsewhere',
      { env: { AWS_SHARED_CREDENTIALS_FILE: '/c' }, files: { '/c': `[default]\n${STATIC}` } },
      'profile default (keys)',
    ],
    [
      'a role by another profile',
      { files: { [CONFIG]: '[default]\nrole_arn = arn:x\nsource_profile = other\n' } },
      'profile default (role)',
    ],
    [
      'a role, before keys in the same profile',
      {
        files: {
          [CONFIG]: '[default]\nrole_arn = arn:x\ncredential_source = Environment\n',
          [CREDENTIALS]: `[default]\n${STATIC}`,
        },
      },
      'profile default (role)',
    ],
    [
      'a process',
      { files: { [CONFIG]: '[default]\ncredential_process = /bin/canary\n' } },
      'profile default (process)',
    ],
    [
      'a web identity of the environment',
      { env: { AWS_WEB_IDENTITY_TOKEN_FILE: '/t', AWS_ROLE_ARN: 'arn:x' } },
      'web identity',
    ],
    ['a container', { env: { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://x' } }, 'role of the container'],
  ])('come from %s', async (_what, machine, found) => {
    expect(await examine(machine)).toEqual({ state: 'ok', found });
  });

  test.each<[string, FakeMachine]>([
    ['nothing is there', {}],
    ['only one of the keys is there', { env: { AWS_ACCESS_KEY_ID: 'canary' } }],
    ['the keys are empty', { env: { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' } }],
    ['the profile holds only a region', { files: { [CONFIG]: '[default]\nregion = us-east-1\n' } }],
    ['another profile has them', { files: { [CREDENTIALS]: `[acme]\n${STATIC}` } }],
  ])('are missing when %s', async (_what, machine) => {
    expect(await examine(machine)).toMatchObject({ state: 'missing', found: 'none found' });
  });

  test('are wrong when the named profile has none', async () => {
    expect(await examine({ env: { AWS_PROFILE: 'acme' } })).toMatchObject({
      state: 'wrong',
      found: 'profile acme has no credentials',
    });
  });
});

describe('an SSO profile', () => {
  const file = (session: string) =>
    `/home/me/.aws/sso/cache/${createHash('sha1').update(session).digest('hex')}.json`;
  const token = (fields: object) => ({
    [file('corp')]: JSON.stringify({ accessToken: 'canary', ...fields }),
  });
  const profile = '[default]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = dev\n';
  const PAST = '2025-12-31T00:00:00Z';
  const FUTURE = '2026-01-02T00:00:00Z';

  test.each([
    ['logged in', token({ expiresAt: FUTURE }), 'ok'],
    [
      'to be renewed',
      token({ expiresAt: PAST, refreshToken: 'canary', registrationExpiresAt: FUTURE }),
      'ok',
    ],
    ['expired', token({ expiresAt: PAST }), 'wrong'],
    [
      'past renewal',
      token({ expiresAt: PAST, refreshToken: 'canary', registrationExpiresAt: PAST }),
      'wrong',
    ],
    ['never logged in', {}, 'wrong'],
    ['with a broken token file', { [file('corp')]: 'not JSON' }, 'wrong'],
  ])('%s', async (_what, files, state) => {
    const result = await examine({ files: { [CONFIG]: profile, ...files } });
    expect(result.state).toBe(state);
    if (state === 'wrong') expect(result.advice).toBe('aws sso login --profile default');
  });

  test('of the old kind is known by its start URL', async () => {
    const url = 'https://corp.awsapps.com/start';
    const files = {
      [CONFIG]: `[default]\nsso_start_url = ${url}\n`,
      [file(url)]: JSON.stringify({ expiresAt: FUTURE }),
    };
    expect(await examine({ files })).toEqual({ state: 'ok', found: 'profile default (SSO)' });
  });
});

describe('credentials of the accounts', () => {
  test('may come from vault', async () => {
    expect(
      await examine({}, '[vault]\nserver = "https://vault.example.com"\ntoken = "canary"'),
    ).toMatchObject({
      state: 'ok',
      found: 'from vault, per account',
    });
  });

  test('may be in the configuration file', async () => {
    expect(
      await examine({}, `[creds.acme]\naws_access_key_id = "canary"\naws_secret_access_key = "canary"`),
    ).toEqual({
      state: 'ok',
      found: 'from the configuration file',
    });
  });
});

describe('with --online', () => {
  const online = (callerArn: () => Promise<string>) => examine({ env: KEYS, callerArn }, '', true);
  const thrown = (fields: object) => () => Promise.reject(Object.assign(new Error('canary'), fields));

  test('says who we are', async () => {
    const arn = 'arn:aws:iam::111122223333:user/operator';
    expect(await online(() => Promise.resolve(arn))).toEqual({ state: 'ok', found: arn });
  });

  test.each([
    ['a refusal', { name: 'InvalidClientTokenId' }, 'AWS refuses us: InvalidClientTokenId'],
    ['no network', { code: 'ENOTFOUND' }, 'AWS cannot be reached: ENOTFOUND'],
    ['no answer', { name: 'TimeoutError' }, 'AWS does not answer'],
  ])('says %s without the words of the error', async (_what, fields, found) => {
    expect(await online(thrown(fields))).toMatchObject({ state: 'wrong', found });
  });

  test('AWS is not asked when there is nothing to ask with', async () => {
    const callerArn = () => Promise.reject(new Error('was asked'));
    expect(await examine({ callerArn }, '', true)).toMatchObject({ state: 'missing' });
  });
});
