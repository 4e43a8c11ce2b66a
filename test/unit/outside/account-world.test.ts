import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import type { AwsAccount } from '../../../src/app-interface/accounts.js';
import { parseConfig } from '../../../src/config/load.js';
import { configFileReader } from '../../../src/credentials/secret-reader.js';
import { accountWorld, type AccountWorldOptions } from '../../../src/outside/account-world.js';
import { ExistingOutputs } from '../../../src/tf-config/model/outputs.js';
import { identity, refusal, useFakeAws } from '../../support/aws-server.js';
import { ACCOUNT as RENDERED } from '../../support/render-one.js';

const ACCOUNT: AwsAccount = {
  ...{ path: '/acme.yml', name: 'acme', uid: '111122223333', resourcesDefaultRegion: 'us-east-1' },
  ...{ providerVersion: '5.100.0', automationToken: { path: 'creds/acme', field: 'all' }, accountOwners: [] },
};
const STATE = { bucket: 'states', key: 'acme.tfstate', region: 'us-east-1' };
const SPEC = { provider: 'rds', identifier: 'db' };
const GET = 'GET /states/acme.tfstate';
const OUTPUTS = { 'db-rds__db_password': { value: 'example', type: 'string', sensitive: true } };
const { secrets } = parseConfig(
  '[creds.acme]\naws_access_key_id = "AKIASECRET"\naws_secret_access_key = "example"\n',
  'config.toml',
);

describe("an account's world", () => {
  const aws = useFakeAws();
  let home: string;
  let notes: string[];

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'tfrepair-world-'));
    notes = [];
    aws.answers = {
      GetCallerIdentity: identity(ACCOUNT.uid, 'terraform'),
      [GET]: { status: 200, body: { version: 4, outputs: OUTPUTS } },
    };
  });
  afterEach(() => rm(home, { recursive: true }));

  const world = (more: Partial<AccountWorldOptions> = {}): ReturnType<typeof accountWorld> =>
    accountWorld(ACCOUNT, configFileReader(secrets, 'config.toml'), {
      ...{ profile: undefined, env: { HOME: home }, now: Date.now, fetch },
      ...{ signal: new AbortController().signal, offline: false, outputs: undefined, zipFolder: home },
      codeHost: () => Promise.reject(new Error('nobody asks a code host')),
      clusterManager: () => Promise.resolve(undefined),
      note: (text) => notes.push(text),
      ...more,
    });
  const password = async (more: Partial<AccountWorldOptions> = {}): Promise<unknown> =>
    (await world(more).existing(ACCOUNT, STATE)).get(SPEC, 'db.password');

  test("has the state's outputs, after a look at whose credentials they are", async () => {
    expect(await password()).toBe('example');
    expect(aws.asked.map((what) => what.replace(/&.*/, ''))).toEqual(['Action=GetCallerIdentity', GET]);
  });

  test('has no outputs before there is a state', async () => {
    aws.answers[GET] = refusal('NoSuchKey', 'The specified key does not exist.', 404);
    expect([await password(), notes]).toEqual([undefined, []]);
  });

  test('has the outputs that were given, and asks nobody', async () => {
    const given = ExistingOutputs.parse({ ...OUTPUTS, 'db-rds__db_password': { value: 'given' } }, 'FILE');
    expect([await password({ outputs: given }), aws.asked]).toEqual(['given', []]);
  });

  test('asks nobody offline', async () => {
    expect([await password({ offline: true }), aws.asked, notes]).toEqual([undefined, [], []]);
    const need = {
      kind: 'zip',
      release: 'repos/example/tool/releases/latest',
      folder: 'repository',
    } as const;
    expect(await world({ offline: true }).outside(need, RENDERED)).toEqual({ known: false, why: 'offline' });
  });

  test.each([
    [
      'a state that may not be read',
      GET,
      refusal('AccessDenied', 'no'),
      'cannot read the state s3://states/acme.tfstate',
    ],
    [
      'something else in its place',
      GET,
      { status: 200, body: '[]' },
      's3://states/acme.tfstate is not a Terraform state',
    ],
    [
      'refused credentials',
      'GetCallerIdentity',
      refusal('InvalidClientTokenId', 'no'),
      'AWS STS did not accept',
    ],
  ])('goes without its state and says so: %s', async (_what, action, answer, why) => {
    aws.answers[action] = answer;
    expect(await password()).toBeUndefined();
    expect(notes).toEqual([expect.stringContaining(`acme: rendered without its state: ${why}`)]);
  });

  test("stops at another account's credentials, before anything else is asked", async () => {
    aws.answers['GetCallerIdentity'] = identity('444455556666', 'ann');
    await expect(password()).rejects.toMatchObject({ code: 'WrongAccount' });
    expect(aws.asked).toHaveLength(1);
  });
});
