import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import type { ConfigReport } from '../../src/rendering/config-report.js';
import { FakeReconcile, type FakeBehaviour } from '../support/fake-reconcile.js';
import { oracleFile } from '../support/oracle.js';
import { compareWithGolden, renderOracle } from './support/render-config.js';
import type { CliResult } from './support/run-cli.js';
import { useTempDir } from './support/temp-dir.js';

const BUNDLE_SHA = createHash('sha256')
  .update(readFileSync(oracleFile('public', 'bundle.json')))
  .digest('hex');
const KEY = 'AKIAEXAMPLE000000001';
const PRINTED = readFileSync(oracleFile('public', 'print-only/rds-minimal.txt'), 'utf8');
const BOTH = readFileSync(oracleFile('public', 'print-only/example-stage+example-prod.txt'), 'utf8');
const TEXTS = {
  'rds-minimal': PRINTED,
  'example-stage': BOTH.slice(BOTH.indexOf('##### example-stage')),
  'example-prod': BOTH.slice(0, BOTH.indexOf('##### example-stage')),
};

const home = useTempDir();

async function render(
  args: readonly string[],
  behaviour: Partial<FakeBehaviour> = {},
): Promise<CliResult & { fake: FakeReconcile }> {
  const fake = await FakeReconcile.install(home(), { generation: 'print-only', texts: TEXTS, ...behaviour });
  const env = { PATH: `${fake.folder}:${process.env['PATH'] ?? ''}` };
  return { ...(await renderOracle('public', args, join(home(), 'runs'), { env })), fake };
}

describe.each(['print-only', 'print-to-file'] as const)('--renderer qontract-reconcile, %s', (generation) => {
  const byReconcile = (args: readonly string[]): ReturnType<typeof render> =>
    render(['--renderer', 'qontract-reconcile', ...args], { generation });

  test('splits what it prints, and takes the credentials out of it', async () => {
    const out = join(home(), 'configs/');
    const args = ['--account', 'example-stage', '--account', 'example-prod', '--out', out];
    const { exitCode, stderr } = await byReconcile(args);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    for (const name of ['example-stage', 'example-prod']) {
      const file = join(out, name, 'config.tf.json');
      expect(await compareWithGolden(name, file, false)).toBe('equal');
      expect(await readFile(file, 'utf8')).not.toMatch(/AKIA|exampleSecret|RANDOMrandom/);
    }
  });

  test('asks it for a dry run, on the very bundle, with nothing left behind', async () => {
    const { exitCode, fake } = await byReconcile(['--account', 'rds-minimal']);
    const calls = await fake.calls();
    expect({ exitCode, calls }).toMatchObject({ exitCode: 0, calls: [{ sha256: BUNDLE_SHA }] });
    expect(calls[0]?.args.slice(0, 4)).toEqual([
      '--config',
      '/dev/stdin',
      '--dry-run',
      'terraform-resources',
    ]);
    expect(calls[0]?.config).toContain(KEY);
    await expect(readdir(calls[0]?.cwd ?? '')).rejects.toThrow('ENOENT');
  });

  test('is asked for its help, with its configuration, when it is wrapped', async () => {
    const args = ['--account', 'rds-minimal', '--renderer', 'qontract-reconcile'];
    const { exitCode, stderr, fake } = await render(args, { generation, wrapped: true });
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect((await fake.calls())[0]?.args).toContain(`--${generation}`);
  });

  test('--compat leaves its text as it is', async () => {
    const { stdout, stderr } = await byReconcile(['--account', 'rds-minimal', '--compat']);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(PRINTED.slice(PRINTED.indexOf('\n'))));
    expect(stderr).toContain('in plain text (--compat)');
  });
});

describe('--verify-render', () => {
  const verified = async (args: readonly string[], text: string): Promise<CliResult> =>
    render(['--account', 'rds-minimal', '--out', join(home(), 'c.json'), ...args], {
      texts: { 'rds-minimal': text },
    });

  test('says that both render the same', async () => {
    const { exitCode, stderr } = await verified(['--verify-render'], PRINTED);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('qontract-reconcile renders the same');
  });

  test('names each address that differs and its arguments, and no value', async () => {
    const changed = PRINTED.replace('"storage_type": "gp3"', '"storage_type": "io9"');
    const { stdout } = await verified(['--renderer', 'auto', '--json'], changed);
    const { result } = JSON.parse(stdout) as { result: ConfigReport };
    expect(result.accounts[0]?.differences).toEqual([
      { address: 'aws_db_instance.orders-db', kind: 'differs', paths: ['storage_type'] },
    ]);
    expect(stdout).not.toContain('io9');
  });

  test('auto without an installed program is the native renderer alone', async () => {
    const args = ['--account', 'rds-minimal', '--renderer', 'auto', '--json'];
    const { exitCode, stdout } = await renderOracle('public', args, join(home(), 'runs'), {
      env: { PATH: dirname(process.execPath) },
    });
    expect(exitCode).toBe(0);
    expect((JSON.parse(stdout) as { result: ConfigReport }).result.accounts[0]).not.toHaveProperty(
      'differences',
    );
  });

  test('needs the program', async () => {
    const { exitCode, stderr } = await renderOracle(
      'public',
      ['--account', 'rds-minimal', '--verify-render'],
      join(home(), 'runs'),
      { env: { PATH: dirname(process.execPath) } },
    );
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: 'error: qontract-reconcile is not on PATH\nNext: install it, or leave --renderer at native\n',
    });
  });
});

describe('a qontract-reconcile that fails', () => {
  const failing = async (behaviour: Partial<FakeBehaviour>): Promise<CliResult> =>
    render(['--account', 'rds-minimal', '--renderer', 'qontract-reconcile'], behaviour);

  test('is explained by its log, where the line is known', async () => {
    const log = '[2024-12-01 00:00:00] [ERROR] - permission denied accessing secret creds/x\n';
    const { exitCode, stdout, stderr } = await failing({ exitCode: 1, log });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain('qontract-reconcile ended with exit code 1: Vault denied it a secret');
    expect(stderr).toContain(log.trimEnd());
    expect(stderr).toContain('Next: check that the login in [vault] may read that path');
  });

  test('is shown with its log, where the line is not known', async () => {
    const { exitCode, stderr } = await failing({ exitCode: 1, log: 'KeyError: orders\n' });
    expect(exitCode).toBe(1);
    expect(stderr).toBe('error: qontract-reconcile ended with exit code 1\nKeyError: orders\n');
  });

  test.each([
    ['no header', '{}\n', 'text before the first account header'],
    ['no JSON', '##### rds-minimal #####\noops\n', 'the part of account rds-minimal is not JSON'],
    [
      'no config',
      '##### rds-minimal #####\n[]\n',
      'the part of account rds-minimal is not a Terraform config',
    ],
  ])('that prints %s is not believed', async (_, text, why) => {
    const { exitCode, stdout, stderr } = await failing({ texts: { 'rds-minimal': text } });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(`qontract-reconcile printed something unexpected: ${why}`);
  });
});
