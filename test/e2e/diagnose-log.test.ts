import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import type { FleetDiagnosis, RootDiagnosis } from '../../src/diagnosis/diagnosis.js';
import { planFixture } from '../unit/support/plan-fixtures.js';
import { runCli, type CliOptions } from './support/run-cli.js';
import { useTempDir } from './support/temp-dir.js';

/** Of the engine's heap: a log that is kept in memory does not fit. */
const SMALL_HEAP = { NODE_OPTIONS: '--max-old-space-size=64' };
const LARGE_LOG = 100_000_000;

describe('tfrepair diagnose --log with a bad log', () => {
  const home = useTempDir();

  async function diagnosed(log: string, options: CliOptions = {}): Promise<RootDiagnosis | undefined> {
    const { stdout } = await runCli(['diagnose', '--log', log, '--json'], home(), options);
    return (JSON.parse(stdout) as { result: FleetDiagnosis }).result.accounts[0];
  }

  /** Of a log as it should be. */
  async function findingsOf(fixture: string): Promise<RootDiagnosis['findings']> {
    const findings = (await diagnosed(planFixture(fixture)))?.findings ?? [];
    expect(findings).not.toEqual([]);
    return findings;
  }

  async function written(...parts: readonly (Buffer | string)[]): Promise<string> {
    const file = join(home(), 'job.log');
    await writeFile(file, Buffer.concat(parts.map((part) => Buffer.from(part))));
    return file;
  }

  test('that was cut off uses what is there, and says so', async () => {
    const text = await readFile(planFixture('drifted.jsonl'), 'utf8');
    const root = await diagnosed(await written(text.slice(0, 9000)));
    expect(root?.notes).toEqual([expect.stringContaining('ends before the plan does')]);
    expect(root?.plan?.refreshed).toBeGreaterThan(5);
  });

  test('that is partly binary uses the rest, and says so', async () => {
    const text = await readFile(planFixture('newer-provider.log'));
    const root = await diagnosed(await written(Buffer.from([0, 159, 146, 150, 10]), text));
    expect(root?.notes).toEqual([expect.stringContaining('are no text')]);
    expect(root?.findings).toEqual(await findingsOf('newer-provider.log'));
  });

  test('with events of types that nobody knows yet finds what it finds without them', async () => {
    const known = planFixture('newer-provider.jsonl');
    const unknown = '{"@level":"info","@message":"?","type":"from_the_future","hook":[1,{"resource":7}]}\n';
    const odd = '{"@level":"info","@message":"?","type":"refresh_start","hook":{"resource":null}}\n';
    const expected = await diagnosed(known);
    const root = await diagnosed(await written(unknown, odd, await readFile(known), unknown));
    expect(expected?.findings).not.toEqual([]);
    expect({ ...root, name: known }).toEqual(expected);
  });

  test('that is nothing but bytes is an error that says what to give', async () => {
    const file = await written(Buffer.alloc(100_000, 0xff), Buffer.alloc(100_000));
    const { exitCode, stdout, stderr } = await runCli(['diagnose', '--log', file], home());
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain('holds no log of terraform or OpenTofu');
    expect(stderr).toContain('give the output of a plan or an apply');
  });

  test('of 100 MB is read in a small heap, down to the plan at its end', async () => {
    const file = join(home(), 'job.log');
    const log = await open(file, 'w');
    const noise = Buffer.from(
      '2026-11-23T10:00:00Z compiling something else = { "a": [1, 2] } # and so on\n'.repeat(13_000),
    );
    for (let size = 0; size < LARGE_LOG; size += noise.length) await log.write(noise);
    await log.write(await readFile(planFixture('newer-provider.log')));
    await log.close();
    const root = await diagnosed(file, { env: SMALL_HEAP });
    expect(root?.findings).toEqual(await findingsOf('newer-provider.log'));
  }, 120_000);
});
