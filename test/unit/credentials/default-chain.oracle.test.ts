import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { defaultChain } from '../../../src/credentials/default-chain.js';
import { fakeWorld } from '../doctor/fake-world.js';

/** Keys that say where they stand. */
const keys = (id: string): string => `aws_access_key_id = AKIA${id}\naws_secret_access_key = x\n`;
const ENVIRONMENT = { AWS_ACCESS_KEY_ID: 'AKIAenvironment', AWS_SECRET_ACCESS_KEY: 'x' };

interface Setup {
  readonly env?: Readonly<Record<string, string>>;
  readonly config?: string;
  readonly credentials?: string;
}

let folder: string;
const outer = process.env;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tfrepair-aws-'));
});
afterAll(async () => {
  process.env = outer;
  await rm(folder, { recursive: true });
});

let count = 0;

/** The environment of a setup, whose files get names of their own: the SDK remembers what it has read. */
async function environmentOf({
  env = {},
  config = '',
  credentials = '',
}: Setup): Promise<Record<string, string>> {
  count += 1;
  const [configFile, credentialsFile] = [
    join(folder, `config-${count}`),
    join(folder, `credentials-${count}`),
  ];
  await Promise.all([writeFile(configFile, config), writeFile(credentialsFile, credentials)]);
  return {
    ...env,
    HOME: folder,
    AWS_CONFIG_FILE: configFile,
    AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** The access key that the SDK's own chain ends up with; none when it finds nothing. */
async function keyBySdk(env: Record<string, string>): Promise<string> {
  process.env = env;
  const quiet = (): void => undefined;
  const logger = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const client = new STSClient({ region: 'us-east-1', logger });
  return client.config.credentials().then(
    ({ accessKeyId }) => accessKeyId,
    () => 'none',
  );
}

/** What we say of the same environment, as the access key that it should lead to. */
async function keyByUs(env: Record<string, string>): Promise<string> {
  const readText = (file: string) => readFile(file, 'utf8').catch(() => undefined);
  const source = await defaultChain({ ...fakeWorld({ env }), home: folder, readText });
  if (source?.kind !== 'there') return 'none';
  if (source.what === 'keys in the environment') return 'AKIAenvironment';
  return source.what.replace(/^profile (.*) \((?:keys|process)\)$/, 'AKIA$1');
}

describe("the SDK's default chain takes the credentials that we name", () => {
  test.each<[string, Setup]>([
    ['nothing at all', {}],
    ['keys in the environment', { env: ENVIRONMENT }],
    ['an empty key in the environment', { env: { ...ENVIRONMENT, AWS_ACCESS_KEY_ID: '' } }],
    ['the default profile', { credentials: `[default]\n${keys('default')}` }],
    [
      'keys in the environment and a default profile',
      { env: ENVIRONMENT, credentials: `[default]\n${keys('default')}` },
    ],
    [
      'a named profile and keys in the environment',
      { env: { ...ENVIRONMENT, AWS_PROFILE: 'acme' }, credentials: `[acme]\n${keys('acme')}` },
    ],
    ['a named profile that is nowhere', { env: { ...ENVIRONMENT, AWS_PROFILE: 'acme' } }],
    [
      'a named profile in the configuration file',
      { env: { AWS_PROFILE: 'a' }, config: `[profile a]\n${keys('a')}` },
    ],
    ['the same without the word profile', { env: { AWS_PROFILE: 'a' }, config: `[a]\n${keys('a')}` }],
    ['a quoted profile', { env: { AWS_PROFILE: 'a' }, config: `[profile "a"]\n${keys('a')}` }],
    ['a default profile in the configuration file', { config: `[default]\n${keys('default')}` }],
    [
      'a profile in both files',
      { config: '[default]\naws_access_key_id = AKIAother\n', credentials: `[default]\n${keys('default')}` },
    ],
    [
      'a key in one file and its secret in the other',
      {
        config: '[default]\naws_secret_access_key = x\n',
        credentials: '[default]\naws_access_key_id = AKIAdefault\n',
      },
    ],
    ['half of the keys', { credentials: '[default]\naws_access_key_id = AKIAdefault\n' }],
    ['comments', { credentials: `# [x]\n[default] ; y\n; z\n${keys('default').replace('\n', ' # c\n')}` }],
    [
      'keys that are commented out',
      { credentials: `[default]\n${keys('default').replaceAll('aws', '#aws')}` },
    ],
    [
      'Windows line ends and no spaces',
      { credentials: `[default]\r\n${keys('default').replaceAll(' = ', '=').replaceAll('\n', '\r\n')}` },
    ],
    ['nested settings before the keys', { config: `[default]\ns3 =\n  max = 1\n${keys('default')}` }],
    ['keys among nested settings', { config: `[default]\ns3 =\n  ${keys('default').replace('\n', '\n  ')}` }],
    ['indented keys', { config: `[default]\n  ${keys('default').replace('\n', '\n  ')}` }],
    [
      'a section in two parts',
      {
        config: `[default]\naws_access_key_id=AKIAdefault\n[profile x]\n[default]\naws_secret_access_key=x\n`,
      },
    ],
    ['spaces inside the brackets', { credentials: `[ default ]\n${keys('default')}` }],
    ['keys before any section', { credentials: keys('default') }],
    ['a file that is no such file', { credentials: '\u0000[[[\n===\n]' }],
    [
      'a process',
      {
        env: { PATH: outer['PATH'] ?? '' },
        config: `[default]\ncredential_process = echo '{"Version":1,"AccessKeyId":"AKIAdefault","SecretAccessKey":"x"}'\n`,
      },
    ],
  ])('with %s', async (_what, setup) => {
    const env = await environmentOf(setup);
    expect(await keyByUs(env)).toBe(await keyBySdk(env));
  });
});
