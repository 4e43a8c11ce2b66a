import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { parse } from 'smol-toml';

import type { Identity, IdentityName } from '../../../src/sandbox/aws/identities.js';
import { writeConfigFile } from '../../../src/sandbox/config-file.js';
import type { SandboxAccount } from '../../../src/sandbox/sandbox.js';
import { Secret } from '../../../src/secret.js';
import { exampleFile } from '../../support/example.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'config-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

function identity(name: IdentityName): Identity {
  return {
    name,
    arn: `arn:${name}`,
    keys: { accessKeyId: `id of ${name}`, secretAccessKey: new Secret(`of ${name}`) },
  };
}

function account(name: string, secretPath: string): SandboxAccount {
  const identities = {
    terraform: identity('terraform'),
    operator: identity('operator'),
    reviewer: identity('reviewer'),
  };
  const state = { bucket: 'b', region: 'r', key: 'k' };
  return { name, uid: '1', region: 'us-east-1', state, secretPath, identities };
}

test('the secrets of the accounts and the server are those of the sandbox, the rest is as in the example', async () => {
  const file = join(folder, 'config.toml');
  const accounts = [account('ferries-stage', 'creds/terraform/ferries-stage'), account('new', 'other/place')];
  await writeConfigFile(exampleFile('config.toml'), file, accounts, 'http://127.0.0.1:1/graphql');
  const secret = {
    aws_access_key_id: 'id of terraform',
    aws_secret_access_key: 'of terraform',
    bucket: 'b',
    region: 'r',
    terraform_resources_key: 'k',
  };
  const example = parse(await readFile(exampleFile('config.toml'), 'utf8'));
  expect(parse(await readFile(file, 'utf8'))).toEqual({
    ...example,
    graphql: { server: 'http://127.0.0.1:1/graphql' },
    creds: {
      ...(example['creds'] as object),
      terraform: { ...(example['creds'] as { terraform: object }).terraform, 'ferries-stage': secret },
    },
    other: { place: secret },
  });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});
