import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { stringify } from 'smol-toml';

import type { ConfigReport } from '../../src/rendering/config-report.js';
import type { Sandbox, SandboxAccount } from '../../src/sandbox/sandbox.js';
import { startTestServer, type TestServer } from '../support/http-server.js';
import { Canaries } from '../support/leaks.js';
import { startVault } from '../support/vault-server.js';
import { requires } from './support/requires.js';
import { runCli, type CliOptions, type CliResult } from './support/run-cli.js';
import { createS3 } from './support/s3.js';
import { accountOf, openExampleSandbox } from './support/sandbox.js';
import { useTempDir } from './support/temp-dir.js';

const describeHere = await requires(['moto_server']);

const SHA = '5e1f0c9a7b3d2486e0f1a2b3c4d5e6f708192a3b';
const PASSWORD = 'booking-stage-db-rds__db_password';

describeHere('rendering with Vault, AWS and code hosts at hand', () => {
  const home = useTempDir();
  const canaries = new Canaries();
  const approle = { role_id: canaries.plant('role_id'), secret_id: canaries.plant('secret_id') };
  const graphqlToken = canaries.plant('graphql token', 'Basic ');
  const githubToken = canaries.plant('github token');
  const vaultToken = canaries.plant('vault token');
  const jenkinsPassword = canaries.plant('jenkins password');
  let sandbox: Sandbox;
  let stage: SandboxAccount;
  let prod: SandboxAccount;
  let vault: TestServer;
  let hosts: TestServer;
  let building = false;
  let newest = SHA;

  beforeAll(async () => {
    sandbox = await openExampleSandbox();
    [stage, prod] = [accountOf(sandbox, 'ferries-stage'), accountOf(sandbox, 'ferries-prod')];
    await change('data/app-interface/settings.yml', 'vault: false', 'vault: true');
    await change('data/services/timetable/namespaces/production.yml', `ref: ${SHA}`, 'ref: main');
    await change(
      'data/services/booking/namespaces/stage.yml',
      '  - provider: s3\n',
      SECRETS_MANAGER + '  - provider: s3\n',
    );
    await sandbox.reload();
    hosts = await startTestServer(({ url, headers }) => {
      const login = `Basic ${Buffer.from(`bot:${jenkinsPassword}`).toString('base64')}`;
      const jenkins = url.pathname.startsWith('/job/');
      if (headers.authorization !== (jenkins ? login : `token ${githubToken}`)) return { status: 401 };
      return { status: 200, body: jenkins ? { building } : { sha: newest } };
    });
    vault = await startVault(contents());
    await putState(stage, { [PASSWORD]: canaries.plant('state output') });
  }, 300_000);

  afterAll(async () => {
    await vault.close();
    await hosts.close();
    await sandbox.close();
  });

  beforeEach(() => {
    building = false;
    newest = SHA;
  });

  const change = async (file: string, from: string, to: string): Promise<void> => {
    const path = join(sandbox.appInterface, file);
    const text = await readFile(path, 'utf8');
    expect(text).toContain(from);
    await writeFile(path, text.replace(from, to));
  };
  const SECRETS_MANAGER = `  - provider: secrets-manager
    identifier: booking-stage-secret
    secret: { path: kv/booking/stage, field: all, version: 1 }
`;

  /** KV 1 at `creds`, where the example has all its secrets, and KV 2 at `kv`. */
  const contents = (): Parameters<typeof startVault>[0] => ({
    token: vaultToken,
    approle,
    version1: {
      creds: {
        'github/example-ferries': { token: githubToken },
        'terraform/ferries-stage': secretOf(stage),
        'terraform/ferries-prod': secretOf(prod),
        'jenkins/ci-ferries': {
          config: `[jenkins]\nurl = "${hosts.origin}"\nuser = "bot"\npassword = "${jenkinsPassword}"\n`,
        },
      },
    },
    version2: {
      kv: {
        'booking/stage': [
          { api_key: canaries.plant('kv version 1') },
          { api_key: canaries.plant('kv version 2') },
        ],
      },
    },
  });
  const secretOf = ({ name, identities }: SandboxAccount): Record<string, string> => {
    const { accessKeyId, secretAccessKey } = identities.terraform.keys;
    return {
      aws_access_key_id: canaries.adopt(`${name} key id`, accessKeyId),
      aws_secret_access_key: canaries.adopt(`${name} secret key`, secretAccessKey.reveal()),
    };
  };
  const putState = async (account: SandboxAccount, outputs: Record<string, string>): Promise<void> => {
    const s3 = createS3(sandbox.endpoint, account.identities.terraform.keys);
    const values = Object.entries(outputs).map(
      ([name, value]) => [name, { value, type: 'string', sensitive: true }] as const,
    );
    const state = { version: 4, serial: 1, lineage: 'x', outputs: Object.fromEntries(values), resources: [] };
    const { bucket, key } = account.state;
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: JSON.stringify(state) }));
    s3.destroy();
  };
  const render = async (
    account: string,
    args: readonly string[] = [],
    { login = { ...approle }, server = vault.origin, env = {} }: RenderOptions = {},
  ): Promise<CliResult & { report: ConfigReport }> => {
    const config = join(home(), 'config.toml');
    const graphql = { server: sandbox.graphqlUrl, token: graphqlToken };
    await writeFile(config, stringify({ graphql, vault: { server, ...login } }), { mode: 0o600 });
    const result = await runCli(
      ['config', '--account', account, '--config', config, '--out', join(home(), 'out/'), '--json', ...args],
      home(),
      { env: { AWS_ENDPOINT_URL: sandbox.endpoint, GITHUB_API: hosts.origin, ...env } },
    );
    await writeFile(config, '');
    const { result: report = { accounts: [], plainSecrets: false } } = JSON.parse(result.stdout) as {
      result?: ConfigReport;
    };
    return { ...result, report };
  };
  const expectNoLeak = async ({ stdout, stderr }: CliResult): Promise<void> => {
    expect(canaries.in(stdout + stderr)).toEqual([]);
    expect(await canaries.inFolder(home())).toEqual([]);
  };

  test('an AppRole login reads the credentials, and the state keeps its password', async () => {
    const result = await render('ferries-stage', ['--verbose']);
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    const [account] = result.report.accounts;
    const variable = PASSWORD.replaceAll('-', '_');
    expect(account?.variables).toContainEqual({ name: variable, sensitive: true, known: true });
    expect(account?.unknowns).toEqual([]);
    await expectNoLeak(result);
  });

  test('a version of a KV 2 secret is asked for as app-interface says', async () => {
    await render('ferries-stage');
    expect(vault.requests).toContain('GET /v1/kv/data/booking/stage?version=1');
    expect(vault.requests).toContain('GET /v1/creds/terraform/ferries-stage');
  });

  test.each([
    ['token', { token: vaultToken }, {}],
    ["the operator's own token", {}, { VAULT_TOKEN: vaultToken }],
  ])('logs in with %s', async (_, login, env) => {
    const result = await render('ferries-stage', [], { login, env });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    await expectNoLeak(result);
  });

  test("an image is found by the newest commit of its branch, with app-interface's own token", async () => {
    const result = await render('ferries-prod');
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(hosts.requests).toContain('GET /repos/example-ferries/timetable-worker/commits/main');
    expect(result.report.accounts[0]?.unknowns).toEqual([]);
    await expectNoLeak(result);
  });

  test('an image that is still being built is no error', async () => {
    newest = '0'.repeat(40);
    building = true;
    const result = await render('ferries-prod');
    expect(result).toMatchObject({ exitCode: 0 });
    expect(hosts.requests.at(-1)).toMatch(/^GET \/job\/example-ferries-timetable-worker-build-main\//);
    await expectNoLeak(result);
  });

  test('an image that nobody builds is an error with its tags', async () => {
    newest = '0'.repeat(40);
    const result = await render('ferries-prod', ['--verbose']);
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toContain(`no image tagged commit=${newest}, arch=x86_64`);
    await expectNoLeak(result);
  });

  test("another account's credentials stop everything, with both ids and the ARN", async () => {
    const { accessKeyId, secretAccessKey } = prod.identities.operator.keys;
    const keys = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey.reveal() };
    const result = await render('ferries-stage', ['--verbose'], { env: keys });
    expect(result.exitCode).toBe(1);
    expect(JSON.parse(result.stdout)).toMatchObject({ error: { code: 'WrongAccount' } });
    for (const text of [stage.uid, prod.uid, prod.identities.operator.arn]) {
      expect(result.stdout).toContain(text);
    }
    await expectNoLeak(result);
  });

  test.each([
    ['a refused login', { ...approle, secret_id: 'wrong' }, undefined, 'vault refused the approle login'],
    ['a refused token', { token: 'wrong' }, undefined, 'permission denied'],
    ['a vault that does not answer', approle, 'http://127.0.0.1:9', 'cannot reach vault'],
  ])('%s means rendering without the state, and that is said', async (_, login, server, why) => {
    const result = await render('ferries-stage', [], server === undefined ? { login } : { login, server });
    expect(result.exitCode).toBe(0);
    expect(result.stderr).toContain('ferries-stage: rendered without its state');
    expect(result.stderr).toContain(why);
    const [account] = result.report.accounts;
    expect(account?.unknowns).toContainEqual(
      expect.objectContaining({ what: 'db_password', instead: 'new random value' }),
    );
    await expectNoLeak(result);
  });

  test('no login at all is said, too', async () => {
    const result = await render('ferries-stage', [], { login: {} });
    expect(result.exitCode).toBe(0);
    expect(result.stderr).toContain(
      'rendered without its state: no AWS credentials for account ferries-stage',
    );
  });
});

interface RenderOptions {
  readonly login?: Readonly<Record<string, string>>;
  readonly server?: string;
  readonly env?: NonNullable<CliOptions['env']>;
}
