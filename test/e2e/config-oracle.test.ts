import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import type { AccountReport } from '../../src/rendering/config-report.js';
import { oracleCases, oracleFile } from '../support/oracle.js';
import { compareWithGolden, renderOracle } from './support/render-config.js';
import type { CliResult } from './support/run-cli.js';
import { createTempDir } from './support/temp-dir.js';

/** Two dozen processes on a busy machine. */
const PATIENCE_MS = 600_000;

const MODES = [
  { mode: 'without secrets', flags: [], compat: false },
  { mode: 'with --compat', flags: ['--compat'], compat: true },
];

/** Our output of a certificate's private key is sensitive; the original's says it in plain text. */
const ACM_KEY =
  /^\$\.output\.[\w-]+__key\.(value: "-----BEGIN PRIVATE KEY.* != "\$\{var\.|sensitive: not in golden \(true\))/;

const cases = oracleCases('public').filter((name) => existsSync(goldenOf(name)));
const withOutputs = cases.filter((name) => existsSync(outputsOf(name)));
/** Of every kind; the others are rendered by one process. */
const ALONE = [
  ...withOutputs,
  ...['acm-rich', 'asg-rich', 'elasticsearch-rich', 'example-prod', 'example-stage', 'gov-partition'],
  ...['msk-rich', 'no-resources', 'odd-names', 'provider-v3', 'state-from-secret'],
];

let folder = '';
beforeAll(async () => {
  folder = await createTempDir();
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe.each(MODES)('the golden configs of the real renderer, $mode', ({ flags, compat }) => {
  const together = (): string => join(folder, compat ? 'compat' : 'clean');
  const alone = (name: string): string => join(together(), `alone-${name}.json`);
  const verdicts = new Map<string, string>();
  let all: CliResult;

  beforeAll(async () => {
    const runs = ALONE.map(async (name) => {
      const outputs = withOutputs.includes(name) ? ['--outputs', outputsOf(name)] : [];
      const args = ['--account', await accountOf(name), '--out', alone(name), ...outputs, ...flags];
      const { exitCode, stderr } = await renderOracle('public', args, folder);
      if (exitCode !== 0) verdicts.set(`alone ${name}`, stderr);
      else verdicts.set(`alone ${name}`, await compareWithGolden(name, alone(name), compat));
    });
    all = await renderOracle('public', ['--all', '--out', `${together()}/`, '--json', ...flags], folder);
    const comparisons = cases.map(async (name) => {
      const file = join(together(), await accountOf(name), 'config.tf.json');
      verdicts.set(`together ${name}`, await compareWithGolden(name, file, compat));
    });
    await Promise.all([...runs, ...comparisons]);
  }, PATIENCE_MS);

  test('are all rendered by one run', () => {
    expect({ exitCode: all.exitCode, stderr: all.stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(reportOf(all).filter(({ status }) => status === 'rendered')).toHaveLength(cases.length);
  });

  test.each(cases.filter((name) => !withOutputs.includes(name)))('%s, rendered with all others', (name) => {
    expectEqual(name, verdicts.get(`together ${name}`), compat);
  });

  test.each(ALONE)('%s, rendered by itself', (name) => {
    expectEqual(name, verdicts.get(`alone ${name}`), compat);
  });

  test('warn of plain secrets only where there are some', () => {
    expect(all.stdout).toContain(`"plainSecrets": ${compat}`);
  });
});

describe('accounts that are not rendered', () => {
  test('a disabled account is said so, and is no failure', async () => {
    const { exitCode, stdout, stderr } = await one('disabled-account');
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(stderr).toBe('disabled-account: terraform-resources is disabled there; no config\n');
  });

  test('an unknown account is answered with the nearest names', async () => {
    const { exitCode, stderr } = await one('exampel-prod');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: 'error: app-interface has no AWS account exampel-prod\nNext: did you mean example-prod?\n',
    });
  });

  test('--all says which accounts are disabled', async () => {
    const args = ['--all', '--json', '--out', `${folder}/all/`];
    const report = reportOf(await renderOracle('public', args, folder));
    expect(report.filter(({ status }) => status !== 'rendered')).toEqual([
      { account: 'disabled-account', status: 'disabled' },
    ]);
  });

  test('--all says which accounts have no state location', async () => {
    const config = join(folder, 'config.toml');
    const secrets = await readFile(oracleFile('public', 'config.toml'), 'utf8');
    await writeFile(config, secrets.replace('bucket = "custom-state-bucket"\n', ''));
    const args = ['--all', '--json', '--out', `${folder}/stateless/`, '--config', config];
    const report = reportOf(await renderOracle('public', args, folder));
    expect(report.find(({ account }) => account === 'state-from-secret')).toEqual({
      account: 'state-from-secret',
      status: 'no state location',
      why: expect.stringContaining('its secret aws/state-from-secret/terraform'),
    });
  });

  test('several accounts need a folder', async () => {
    const { exitCode, stderr } = await renderOracle('public', ['--all'], folder);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: 'error: several accounts need a folder to be written to\nNext: give --out DIR/\n',
    });
  });

  const one = (account: string): Promise<CliResult> => renderOracle('public', ['--account', account], folder);
});

test('stdout holds the same config as a file', async () => {
  const file = join(folder, 'sqs.json');
  const args = ['--account', await accountOf('sqs-rich')];
  const [printed] = await Promise.all([
    renderOracle('public', args, folder),
    renderOracle('public', [...args, '--out', file], folder),
  ]);
  expect(printed.stdout).toBe(await readFile(file, 'utf8'));
});

function expectEqual(name: string, verdict: string | undefined, compat: boolean): void {
  const lines = (verdict ?? 'not rendered').split('\n');
  if (compat || !name.startsWith('acm-')) {
    expect(lines).toEqual(['equal']);
    return;
  }
  const [secret] = lines;
  if (secret === 'equal') return;
  expect(lines.filter((line) => !ACM_KEY.test(line))).toEqual([]);
  expect(lines).toHaveLength(2);
}

function goldenOf(name: string): string {
  return oracleFile('public', `${name}/config.tf.json`);
}

function outputsOf(name: string): string {
  return oracleFile('public', `${name}/terraform-outputs.json`);
}

async function accountOf(name: string): Promise<string> {
  return (await readFile(oracleFile('public', `${name}/account.txt`), 'utf8')).trim();
}

function reportOf({ stdout }: CliResult): AccountReport[] {
  return (JSON.parse(stdout) as { result: { accounts: AccountReport[] } }).result.accounts;
}
