import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execa } from 'execa';

import type { AccountReport, ConfigReport } from '../../src/rendering/config-report.js';
import type { Sandbox, SandboxAccount } from '../../src/sandbox/sandbox.js';
import { requires } from './support/requires.js';
import { cleanEnv, runCli } from './support/run-cli.js';
import { accountOf, openExampleSandbox } from './support/sandbox.js';
import { useTempDir } from './support/temp-dir.js';

const describeHere = await requires(['terraform', 'moto_server', 'aws-provider']);

describeHere('terraform accepts the rendered config', () => {
  const home = useTempDir();
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await openExampleSandbox();
  }, 120_000);
  afterAll(async () => {
    await sandbox.close();
  });

  const render = async (account: SandboxAccount): Promise<{ folder: string; report: AccountReport }> => {
    const folder = join(home(), account.name);
    const args = ['--account', account.name, '--config', sandbox.configFile, '--out', `${folder}/`, '--json'];
    const env = sandbox.envOf(account, 'operator');
    const { exitCode, stdout, stderr } = await runCli(['config', ...args], home(), { env });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const [report] = (JSON.parse(stdout) as { result: ConfigReport }).result.accounts;
    if (report === undefined) throw new Error('no account was rendered');
    return { folder, report };
  };

  test.each(['ferries-stage', 'ferries-prod'])(
    'of %s: init, validate, apply',
    async (name) => {
      const account = accountOf(sandbox, name);
      const { folder, report } = await render(account);
      const variables = (report.variables ?? []).map(
        ({ name: variable }) => [`TF_VAR_${variable}`, 'Example-Passw0rd'] as const,
      );
      const terraform = async (args: readonly string[], timeout: number): Promise<string> => {
        const { stdout } = await execa('terraform', [...args, '-no-color'], {
          cwd: folder,
          env: {
            ...cleanEnv(home()),
            ...sandbox.envOf(account, 'terraform'),
            ...Object.fromEntries(variables),
          },
          extendEnv: false,
          timeout,
          killSignal: 'SIGKILL',
        });
        return stdout;
      };
      await terraform(['init', '-input=false'], 120_000);
      expect(await terraform(['validate'], 120_000)).toContain('The configuration is valid');
      const targets = await targetsOf(join(folder, 'config.tf.json'));
      const applied = await terraform(['apply', '-input=false', '-auto-approve', ...targets], 300_000);
      expect(applied).toMatch(/Apply complete! Resources: \d+ added, 0 changed, 0 destroyed/);
    },
    600_000,
  );
});

/** They take minutes to come up. */
const LEFT_OUT = ['aws_db_instance'];

async function targetsOf(file: string): Promise<string[]> {
  const { resource } = JSON.parse(await readFile(file, 'utf8')) as {
    resource: Record<string, Record<string, unknown>>;
  };
  return Object.entries(resource)
    .filter(([type]) => !LEFT_OUT.includes(type))
    .flatMap(([type, named]) => Object.keys(named).map((name) => `-target=${type}.${name}`));
}
