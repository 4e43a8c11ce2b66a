import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { stringify } from 'smol-toml';

import type { JsonObject } from '../../src/json.js';
import type { ConfigReport } from '../../src/rendering/config-report.js';
import type { Sandbox, SandboxAccount } from '../../src/sandbox/sandbox.js';
import type { TestServer } from '../support/http-server.js';
import { Canaries } from '../support/leaks.js';
import { startOcm } from '../support/ocm-server.js';
import { startVault } from '../support/vault-server.js';
import { requires } from './support/requires.js';
import { runCli, type CliOptions, type CliResult } from './support/run-cli.js';
import { accountOf, openExampleSandbox } from './support/sandbox.js';
import { useTempDir } from './support/temp-dir.js';

const describeHere = await requires(['moto_server']);

const ROLE_OUTPUT = 'booking-stage-exporter-aws-iam-service-account__role_arn';
const LINK = 'https://signin.example.com/switchrole?account=777788889999&roleName=read-only-abc';

describeHere('rendering as a pod, by a profile, and with a cluster manager', () => {
  const home = useTempDir();
  const canaries = new Canaries();
  const kubernetes = { role: 'reader', jwt: canaries.plant('service account token') };
  const ocmSecret = canaries.plant('OCM client secret');
  let sandbox: Sandbox;
  let stage: SandboxAccount;
  let vault: TestServer;
  let ocm: TestServer;

  beforeAll(async () => {
    sandbox = await openExampleSandbox();
    stage = accountOf(sandbox, 'ferries-stage');
    ocm = await startOcm({
      clientId: 'reader',
      clientSecret: ocmSecret,
      token: canaries.plant('OCM token'),
      organization: 'org-1',
      grants: { 'harbor-01': [grantTo('other', 'ready'), grantTo('booking-stage-exporter', 'ready')] },
    });
    vault = await startVault({
      token: canaries.plant('vault token'),
      kubernetes: { 'kubernetes-east': kubernetes },
      version1: { creds: { 'terraform/ferries-stage': keysOf(stage), ocm: { secret: ocmSecret } } },
    });
    await change('app-interface/settings.yml', 'vault: false', 'vault: true');
    await change('clusters/harbor-01/cluster.yml', 'internal: false', CLUSTER_MANAGER);
    await change('services/booking/namespaces/stage.yml', '    policies:\n', `${ACCESS}    policies:\n`);
    await writeFile(join(sandbox.appInterface, 'data', 'ocm.yml'), MANAGER);
    await writeFile(join(sandbox.appInterface, 'data', 'ocm-environment.yml'), environment());
    await sandbox.reload();
  }, 300_000);

  afterAll(async () => {
    await vault.close();
    await ocm.close();
    await sandbox.close();
  });

  const change = async (file: string, from: string, to: string): Promise<void> => {
    const path = join(sandbox.appInterface, 'data', file);
    const text = await readFile(path, 'utf8');
    expect(text).toContain(from);
    await writeFile(path, text.replace(from, to));
  };
  const environment = (): string => `---
$schema: /openshift/openshift-cluster-manager-environment-1.yml
name: stage
url: ${ocm.origin}
accessTokenClientId: reader
accessTokenUrl: ${ocm.origin}/token
accessTokenClientSecret: { path: creds/ocm, field: secret }
`;
  const keysOf = ({ name, identities }: SandboxAccount): Record<string, string> => {
    const { accessKeyId, secretAccessKey } = identities.terraform.keys;
    return {
      aws_access_key_id: canaries.adopt(`${name} key id`, accessKeyId),
      aws_secret_access_key: canaries.adopt(`${name} secret key`, secretAccessKey.reveal()),
    };
  };

  const render = async (
    args: readonly string[],
    vaultPart: JsonObject,
    env: NonNullable<CliOptions['env']> = {},
  ): Promise<CliResult & { report: ConfigReport; outputs: JsonObject }> => {
    const [config, out] = [join(home(), 'config.toml'), join(home(), 'out.json')];
    await writeFile(config, stringify({ graphql: { server: sandbox.graphqlUrl }, vault: vaultPart }));
    const common = ['--account', 'ferries-stage', '--config', config, '--out', out, '--json', '--verbose'];
    const result = await runCli(['config', ...common, ...args], home(), {
      env: { AWS_ENDPOINT_URL: sandbox.endpoint, ...env },
    });
    expect(canaries.in(result.stdout + result.stderr)).toEqual([]);
    expect(await canaries.inFolder(home(), [join(home(), 'secret-')])).toEqual([]);
    const { result: report } = JSON.parse(result.stdout) as { result: ConfigReport };
    const { output } = JSON.parse(await readFile(out, 'utf8')) as { output: JsonObject };
    return { ...result, report, outputs: output };
  };
  /** As a pod: its token is in a file. */
  const renderInPod = async (jwt: string): ReturnType<typeof render> => {
    const token = join(home(), 'secret-token');
    await writeFile(token, jwt);
    const login = { kube_auth_role: 'reader', kube_auth_mount: 'kubernetes-east' };
    return render([], { server: vault.origin, ...login }, { KUBE_SA_TOKEN_PATH: token });
  };

  test("a pod's own token logs in to Vault, and the cluster manager tells the granted role", async () => {
    const { exitCode, stderr, report, outputs } = await renderInPod(kubernetes.jwt);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(vault.requests).toContain('POST /v1/auth/kubernetes-east/login');
    expect(outputs[ROLE_OUTPUT]).toMatchObject({ value: 'arn:aws:iam::777788889999:role/read-only-abc' });
    expect(report.accounts[0]?.unknowns).toContainEqual(expect.objectContaining({ what: 'db_password' }));
  });

  test("another pod's token is refused, and what is not known then is said", async () => {
    const { exitCode, stderr, report } = await renderInPod(canaries.plant('wrong token'));
    expect(exitCode).toBe(0);
    expect(stderr).toContain('vault refused the kubernetes login with status 400');
    expect(report.accounts[0]?.unknowns).toContainEqual(expect.objectContaining({ what: 'role_arn' }));
  });

  test("a profile of the operator's is used, and checked", async () => {
    const file = join(home(), 'secret-credentials');
    const { aws_access_key_id: id, aws_secret_access_key: key } = keysOf(stage);
    const other = `[other]\naws_access_key_id = ${canaries.plant('other key id')}\n`;
    await writeFile(
      file,
      `[own]\naws_access_key_id = ${id ?? ''}\naws_secret_access_key = ${key ?? ''}\n${other}`,
    );
    const env = { AWS_SHARED_CREDENTIALS_FILE: file };
    const own = await render(['--aws-profile', 'own'], {}, env);
    expect(own.stderr).not.toContain('rendered without its state');
    const without = await render(['--aws-profile', 'other'], {}, env);
    expect(without.stderr).toContain('no AWS credentials for account ferries-stage');
    expect(without.stderr).toContain('the profile other');
  });
});

function grantTo(user: string, state: string): object {
  const userArn = `arn:aws:iam::123456789012:user/${user}`;
  return { user_arn: userArn, role: { id: 'read-only' }, state, console_url: LINK };
}

const CLUSTER_MANAGER = 'internal: false\nocm: { $ref: /ocm.yml }';

const ACCESS = `    aws_infrastructure_access:
      cluster: { $ref: /clusters/harbor-01/cluster.yml }
      access_level: read-only
`;

const MANAGER = `---
$schema: /openshift/openshift-cluster-manager-1.yml
name: ocm-stage
orgId: org-1
environment: { $ref: /ocm-environment.yml }
`;
