import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';
import { execa } from 'execa';

import { PlanCollector } from '../../src/terraform/plan/collector.js';
import type { ResourcesReport } from '../../src/resources/resources-report.js';
import { planFixture } from '../unit/support/plan-fixtures.js';
import { requires } from './support/requires.js';
import { cleanEnv, runCli } from './support/run-cli.js';
import { useTempDir } from './support/temp-dir.js';

describe('tfrepair resources --log', () => {
  const home = useTempDir();

  test('lists what a pasted log tells, without an account', async () => {
    const { exitCode, stdout, stderr } = await runCli(
      ['resources', '--log', planFixture('read-failed.ansi.log'), '--status', 'failed'],
      home(),
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('log of a plan that failed: 3 resources: 1 failed, 2 refreshed; 1 shown');
    expect(stdout).toContain('failed     data.aws_s3_bucket.broken\n');
  });

  test('reads stdin, events, and says what it could not read', async () => {
    const input = (await readFile(planFixture('drifted.jsonl'), 'utf8')).slice(0, 9000);
    const { stdout } = await runCli(['resources', '--log', '-', '--json'], home(), { input });
    const { result } = JSON.parse(stdout) as { result: ResourcesReport };
    expect(result.counts.refreshed).toBeGreaterThan(5);
    expect(result.notes).toEqual([expect.stringContaining('ends before the plan does')]);
  });

  test.each([
    [['--log', 'none.txt'], 1, 'none.txt cannot be read'],
    [['--log', planFixture('drifted.log'), '--match', '['], 2, '--match is no regular expression'],
    [[], 2, 'nothing is named'],
  ])('%j ends with %i and says why', async (args, code, message) => {
    const { exitCode, stdout, stderr } = await runCli(['resources', ...args], home());
    expect({ exitCode, stdout }).toEqual({ exitCode: code, stdout: '' });
    expect(stderr).toContain(message);
  });
});

const describeHere = await requires(['terraform']);

describeHere('real terraform', () => {
  const home = useTempDir();

  test('tells people what it tells programs, also when it fails', async () => {
    const folder = home();
    const run = async (...args: string[]): Promise<string> => {
      const env = { ...cleanEnv(home()), TF_CLI_CONFIG_FILE: '/dev/null', CHECKPOINT_DISABLE: '1' };
      const options = {
        cwd: folder,
        env,
        extendEnv: false,
        reject: false,
        all: true,
        timeout: 60_000,
      } as const;
      const { all } = await execa('terraform', args, options);
      return all;
    };
    const resources = `
      resource "terraform_data" "one" {
        for_each = toset(["a b", "c\\"d", "e.f"])
        input    = each.key
      }
      resource "terraform_data" "many" {
        count = var.many
        input = count.index
      }
      variable "many" { default = 4 }`;
    await writeFile(join(folder, 'main.tf'), resources);
    await run('init');
    await run('apply', '-auto-approve');
    const broken = `
      check "fine" {
        assert {
          condition     = terraform_data.many[0].output == 1
          error_message = "It is not one, which is a long story that has to be broken into several lines to be told."
        }
      }
      resource "terraform_data" "bad" {
        input = "x"
        lifecycle {
          precondition {
            condition     = terraform_data.many[0].output == 1
            error_message = "It has to be one."
          }
        }
      }`;
    await writeFile(join(folder, 'broken.tf'), broken);
    for (const flags of [[], ['-var=many=2'], ['-replace=terraform_data.many[1]']]) {
      const collector = new PlanCollector();
      for (const line of (await run('plan', '-json', ...flags)).split('\n')) collector.line(line);
      const plan = collector.result('failed', undefined);
      for (const style of [[], ['-no-color']]) {
        const log = join(folder, 'plan.log');
        await writeFile(log, await run('plan', ...style, ...flags));
        const { stdout } = await runCli(['resources', '--log', log, '--json'], home());
        const { result } = JSON.parse(stdout) as { result: ResourcesReport };
        const known = result.resources.filter(({ id }) => id !== undefined);
        expect(known.map(({ address, id }) => [address, id])).toEqual(
          plan.refreshes.map(({ address, id }) => [address, id]).toSorted(),
        );
        // The text names the resource of a failed condition in its excerpt of the code; the event does not.
        const errors = plan.diagnostics.filter(({ severity }) => severity === 'error');
        expect(errors).not.toEqual([]);
        expect(result.errors).toMatchObject(errors.map(({ summary, place }) => ({ summary, place })));
        expect(result.errors.map(({ address }) => address)).toEqual(['terraform_data.bad']);
      }
    }
  }, 120_000);
});
