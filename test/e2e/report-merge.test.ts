import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeEach, describe, expect, test } from '@jest/globals';

import type { FleetDiagnosis } from '../../src/diagnosis/diagnosis.js';
import { successEnvelope } from '../../src/ui/envelope.js';
import { ailing, healthy, unreachable } from '../unit/support/diagnoses.js';
import { runCli } from './support/run-cli.js';
import { useTempDir } from './support/temp-dir.js';

describe('tfrepair report merge', () => {
  const home = useTempDir();
  const file = (name: string): string => join(home(), name);

  beforeEach(async () => {
    const shards: [string, FleetDiagnosis][] = [
      ['1.json', { accounts: [ailing], shard: { index: 1, total: 3 } }],
      ['2.json', { accounts: [healthy], shard: { index: 2, total: 3 } }],
      ['3.json', { accounts: [unreachable], shard: { index: 3, total: 3 } }],
    ];
    for (const [name, fleet] of shards) {
      await writeFile(file(name), JSON.stringify(successEnvelope('diagnose', fleet)));
    }
  });

  const merge = (...args: string[]) => runCli(['report', 'merge', ...args], home());

  test('joins shards for people', async () => {
    const { exitCode, stdout, stderr } = await merge('2.json', '1.json', '3.json');
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    expect(stdout).toMatch(/^3 accounts: 1 with findings, 1 failed, 1 fine\n/);
    expect(stdout).toContain(
      'run:     tfrepair state rm aws_db_parameter_group.booking-db-pg15 --account ferries-prod',
    );
  });

  test('joins shards for programs: the result can be merged again', async () => {
    const { stdout } = await merge('2.json', '1.json', '3.json', '--json');
    const accounts = [unreachable, ailing, healthy];
    expect(JSON.parse(stdout)).toEqual(
      JSON.parse(JSON.stringify(successEnvelope('report merge', { accounts }))),
    );
    await writeFile(file('merged.json'), stdout);
    expect((await merge('merged.json', '--json')).stdout).toBe(stdout);
  });

  test('writes a page and Markdown, for its owner alone', async () => {
    const { exitCode, stderr } = await merge('1.json', '2.json', '3.json', '--report', 'fleet.html');
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: `report: ${file('fleet.html')}\n` });
    expect(await readFile(file('fleet.html'), 'utf8')).toMatch(/^<!doctype html>/);
    expect((await stat(file('fleet.html'))).mode & 0o777).toBe(0o600);
    await merge('1.json', '2.json', '3.json', '--report', 'fleet.md');
    expect(await readFile(file('fleet.md'), 'utf8')).toMatch(/^# 3 accounts/);
  });

  test('says which shard is missing, and does without when told to', async () => {
    const { exitCode, stderr } = await merge('1.json', '3.json');
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      'error: shard 2/3 is missing; given: 1/3, 3/3\n' +
        'Next: give the files of all shards, or --incomplete to go without\n',
    );
    const without = await merge('1.json', '3.json', '--incomplete');
    expect(without.exitCode).toBe(1);
    expect(without.stdout).toContain('incomplete: 1 shard missing: 2');
  });

  test('ends with 1 for failures, and with 3 for findings when asked to', async () => {
    await writeFile(file('a.json'), JSON.stringify(successEnvelope('diagnose', { accounts: [ailing] })));
    expect((await merge('a.json')).exitCode).toBe(0);
    expect((await merge('a.json', '--exit-code')).exitCode).toBe(3);
    expect((await merge('1.json', '2.json', '3.json')).exitCode).toBe(1);
  });

  test('refuses a name that is no report before it reads anything', async () => {
    const { exitCode, stderr } = await merge('none.json', '--report', 'fleet.pdf');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('fleet.pdf names no kind of report');
  });
});
