import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import type { AwsAccount } from '../../../src/app-interface/accounts.js';
import { parseConfig } from '../../../src/config/load.js';
import { accountCredentials } from '../../../src/credentials/account-credentials.js';
import { configFileReader, type SecretReader } from '../../../src/credentials/secret-reader.js';

const ACCOUNT: AwsAccount = {
  ...{ path: '/acme.yml', name: 'acme', uid: '111122223333', resourcesDefaultRegion: 'us-east-1' },
  ...{ providerVersion: '5.100.0', automationToken: { path: 'creds/acme', field: 'all' }, accountOwners: [] },
};
const outer = process.env;
let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'tfrepair-credentials-'));
  await writeFile(
    join(home, 'file'),
    '[own]\naws_access_key_id = AKIAOWN\naws_secret_access_key = example\n',
  );
});
afterEach(async () => {
  process.env = outer;
  await rm(home, { recursive: true });
});

function store(toml: string): SecretReader {
  return configFileReader(parseConfig(toml, 'config.toml').secrets, 'config.toml');
}

const KEYS = store('[creds.acme]\naws_access_key_id = "AKIASECRET"\naws_secret_access_key = "example"\n');

/** The key that is taken, and where it is said to come from. */
async function taken(
  env: Record<string, string>,
  secrets: SecretReader | undefined,
  profile?: string,
): Promise<string> {
  const own = {
    HOME: home,
    AWS_SHARED_CREDENTIALS_FILE: join(home, 'file'),
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  process.env = { ...own, ...env };
  const sources = { profile, env: process.env, now: Date.now, secrets };
  const { accessKeyId, source } = await accountCredentials(ACCOUNT, sources);
  return `${accessKeyId} from ${source}`;
}

const ENVIRONMENT = { AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: 'example' };

describe("an account's credentials are", () => {
  test.each([
    ["those of the account's secret", {}, undefined, 'AKIASECRET from the secret creds/acme'],
    ["the operator's own first", ENVIRONMENT, undefined, "AKIAENV from the SDK's default chain"],
    [
      "of the environment's profile",
      { AWS_PROFILE: 'own' },
      undefined,
      "AKIAOWN from the SDK's default chain",
    ],
    ['of the profile that is named', ENVIRONMENT, 'own', 'AKIAOWN from the profile own'],
    [
      "the secret's when the own profile has none",
      { AWS_PROFILE: 'x' },
      undefined,
      'AKIASECRET from the secret creds/acme',
    ],
  ])('%s', async (_what, env, profile, key) => {
    expect(await taken(env, KEYS, profile)).toBe(key);
  });

  test.each([
    ['a profile that is named and has none', {}, KEYS, 'x', 'the profile x: '],
    ['no secret store', {}, undefined, undefined, '(111122223333): no secret store'],
    ['a secret that is missing', {}, store(''), undefined, 'the secret creds/acme is not in config.toml'],
    [
      'a secret that is incomplete',
      {},
      store('[creds.acme]\naws_access_key_id = "AKIASECRET"\n'),
      undefined,
      'the secret creds/acme lacks aws_access_key_id or aws_secret_access_key',
    ],
    ['neither', { AWS_PROFILE: 'x' }, undefined, undefined, "the SDK's default chain: "],
  ])('none: %s', async (_what, env, secrets, profile, why) => {
    await expect(taken(env, secrets, profile)).rejects.toMatchObject({
      code: 'NoCredentials',
      message: expect.stringContaining(why),
    });
  });
});
