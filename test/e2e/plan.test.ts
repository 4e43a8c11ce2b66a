import { existsSync } from 'node:fs';
import { chmod, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { DeleteUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';

import { sdkCredentials } from '../../src/sandbox/aws/keys.js';
import type { PlanReport } from '../../src/planning/plan-report.js';
import type { Sandbox, SandboxAccount } from '../../src/sandbox/sandbox.js';
import { requires } from './support/requires.js';
import { cleanEnv, runCli } from './support/run-cli.js';
import { accountOf, openExampleSandbox } from './support/sandbox.js';
import { startCli, type StartedCli } from './support/start-cli.js';
import { useTempDir } from './support/temp-dir.js';

const describeHere = await requires(['terraform', 'moto_server', 'aws-provider']);

/** Cheap ones: an IAM user is made in a second. */
const USERS = ['aws_iam_user.booking-stage-queues', 'aws_iam_user.booking-stage-exporter'];

describeHere('tfrepair plan', () => {
  const home = useTempDir();
  let sandbox: Sandbox;
  let account: SandboxAccount;
  let env: Record<string, string>;

  beforeAll(async () => {
    sandbox = await openExampleSandbox();
    account = accountOf(sandbox, 'ferries-stage');
    env = sandbox.envOf(account, 'operator');
  }, 120_000);
  afterAll(async () => {
    await sandbox.close();
  });

  const plan = async (...args: readonly string[]) => {
    const cli = await runCli(['plan', '--account', account.name, '--json', ...args], home(), {
      env,
      timeout: 240_000,
    });
    const { result } = JSON.parse(cli.stdout) as { result: PlanReport };
    return { ...cli, report: result };
  };

  /** A terraform of our own, which tells the number of its process first. */
  const fakeTerraform = async (commands: string): Promise<string> => {
    const file = join(home(), 'fake-terraform');
    await writeFile(
      file,
      `#!/bin/sh\necho $$ > "$HOME/pid.new"; mv "$HOME/pid.new" "$HOME/pid.$1"\n${commands}\n`,
    );
    await chmod(file, 0o755);
    return file;
  };

  test('of a new account creates everything; a second one needs no init; then an apply and a loss outside show', async () => {
    const log = join(home(), 'log.jsonl');
    const first = await plan('--save-log', log);
    expect(first).toMatchObject({
      exitCode: 0,
      report: {
        ...{ account: 'ferries-stage', uid: account.uid, outcome: 'planned', init: 'initialised' },
        ...{ stateInstances: null, diagnostics: expect.any(Array), notCompleted: [] },
      },
    });
    const { document, resources } = await renderedResources();
    expect(first.report.actions).toEqual({ create: resources });
    const events = (await readFile(log, 'utf8')).trimEnd().split('\n');
    expect(JSON.parse(events[0] ?? '')).toMatchObject({ type: 'version' });
    expect((await stat(log)).mode & 0o777).toBe(0o600);
    const secret = account.identities.operator.keys.secretAccessKey.reveal();
    expect(first.stdout + first.stderr + events.join() + document).not.toContain(secret);

    const only = USERS.flatMap((address) => ['--only', address]);
    const second = await plan(...only, '--keep-workdir');
    expect(second.report).toMatchObject({ init: 'reused', actions: { create: 2 } });
    await applyKept(second.report.workdir ?? '');

    const third = await plan(...only);
    expect(third.report).toMatchObject({ stateInstances: 2, refreshed: 2, actions: {}, changes: [] });

    await deleteUser('booking-stage-queues');
    const fourth = await plan(...only);
    expect(fourth.report.changes).toMatchObject([{ address: USERS[0], action: 'create' }]);
  }, 400_000);

  /** How many resources the config has, by `tfrepair config`. */
  async function renderedResources(): Promise<{ document: string; resources: number }> {
    const { stdout } = await runCli(['config', '--account', account.name], home(), { env });
    const { resource } = JSON.parse(stdout) as { resource: Record<string, Record<string, unknown>> };
    const counts = Object.values(resource).map((named) => Object.keys(named).length);
    return { document: stdout, resources: counts.reduce((sum, count) => sum + count, 0) };
  }

  /** What was kept is a root that terraform itself can go on in. */
  async function applyKept(workdir: string): Promise<void> {
    const { stdout } = await execa('terraform', ['apply', '-no-color', 'tfrepair.tfplan'], {
      cwd: workdir,
      env: { ...cleanEnv(home()), ...sandbox.envOf(account, 'terraform') },
      extendEnv: false,
      timeout: 120_000,
      killSignal: 'SIGKILL',
    });
    expect(stdout).toContain('2 added, 0 changed, 0 destroyed');
    await execa('rm', ['-r', workdir]);
  }

  async function deleteUser(name: string): Promise<void> {
    const { keys } = account.identities.terraform;
    const iam = new IAMClient({
      ...{ endpoint: sandbox.endpoint, region: account.region, credentials: sdkCredentials(keys) },
    });
    await iam.send(new DeleteUserCommand({ UserName: name }));
    iam.destroy();
  }

  test('of an account from which app-interface keeps the reconcile loop away is made, and that is said', async () => {
    const prod = accountOf(sandbox, 'ferries-prod');
    const file = join(sandbox.appInterface, 'data/aws/ferries-prod/account.yml');
    const before = await readFile(file, 'utf8');
    await writeFile(file, `${before}\ndisable:\n  integrations:\n    - terraform-resources\n`);
    await sandbox.reload();
    const terraform = await fakeTerraform('[ "$1" = version ] && echo "Terraform v1.11.4"; exit 0');
    const args = ['plan', '--account', prod.name, '--terraform-bin', terraform];
    const { exitCode, stdout } = await runCli(args, home(), { env: sandbox.envOf(prod, 'operator') });
    await writeFile(file, before);
    await sandbox.reload();
    expect(exitCode).toBe(0);
    expect(stdout).toContain('note: terraform-resources is disabled for ferries-prod in app-interface');
  }, 60_000);

  test('with the credentials of another account ends before terraform does anything', async () => {
    const terraform = await fakeTerraform('echo "Terraform v1.11.4"');
    const other = sandbox.envOf(accountOf(sandbox, 'ferries-prod'), 'operator');
    const args = ['plan', '--account', account.name, '--terraform-bin', terraform];
    const { exitCode, stdout, stderr } = await runCli(args, home(), { env: other });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(`not to ferries-stage (${account.uid})`);
    expect(stderr).toContain('Next: use credentials of ferries-stage: --aws-profile NAME');
    const asked = (await readdir(home())).filter((name) => name.startsWith('pid.'));
    expect(asked).toEqual(['pid.version']);
  });

  test('shows what a plan that took too long had found', async () => {
    const event = {
      ...{ '@level': 'info', '@timestamp': '2026-11-20T10:00:00Z', type: 'refresh_start' },
      hook: {
        resource: { addr: 'aws_sqs_queue.slow', module: '', resource_type: 'aws_sqs_queue' },
        ...{ id_key: 'id', id_value: 'slow' },
      },
    };
    const terraform = await fakeTerraform(
      `case "$1" in
        version) echo "Terraform v1.11.4" ;;
        plan) echo '${JSON.stringify(event)}'; exec sleep 600 ;;
      esac`,
    );
    const { exitCode, report } = await plan('--terraform-bin', terraform, '--timeout', '3s');
    expect(exitCode).toBe(1);
    expect(report).toMatchObject({
      outcome: 'failed',
      notCompleted: ['aws_sqs_queue.slow'],
      diagnostics: [{ summary: 'terraform plan took longer than 3 s and was ended' }],
    });
  }, 60_000);

  test("says in terraform's words why init failed", async () => {
    const terraform = await fakeTerraform(
      `case "$1" in
        version) echo "OpenTofu v1.9.0" ;;
        init) echo "Error: no such bucket for $AWS_SECRET_ACCESS_KEY" >&2; exit 1 ;;
      esac`,
    );
    const args = ['plan', '--account', account.name, '--terraform-bin', terraform];
    const { exitCode, stderr } = await runCli(args, home(), { env });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      'error: tofu init of ferries-stage ended with exit code 1: no such bucket for [secret]',
    );
  });

  describe('Ctrl-C', () => {
    const start = async (commands: string): Promise<StartedCli> => {
      const terraform = await fakeTerraform(commands);
      return startCli(['plan', '--account', account.name, '--terraform-bin', terraform], home(), { env });
    };

    /** The number of the process group, once the plan is under way. */
    const planGroup = async (): Promise<number> => {
      const file = join(home(), 'pid.plan');
      while (!existsSync(file)) await setTimeout(50);
      return Number(await readFile(file, 'utf8'));
    };

    /** Processes of a group; those that have ended and that nobody has taken note of are none. */
    const livingIn = async (group: number): Promise<string[]> => {
      const { stdout } = await execa('ps', ['-A', '-o', 'pgid=,stat=,args=']);
      return stdout.split('\n').filter((line) => new RegExp(`^ *${group} [^Z]`).test(line));
    };

    const expectNothingLeft = async (group: number, cli: number | undefined): Promise<void> => {
      while ((await livingIn(group)).length > 0) await setTimeout(50);
      const folders = [home(), ...(existsSync('/dev/shm') ? ['/dev/shm'] : [])];
      const names = (await Promise.all(folders.map((folder) => readdir(folder)))).flat();
      expect(names.filter((name) => name.includes(`-${cli}-`))).toEqual([]);
    };

    test('lets terraform stop, and leaves neither a process nor a folder', async () => {
      const { child, result } = await start('exec terraform "$@"');
      const group = await planGroup();
      child.kill('SIGINT');
      expect(await result).toMatchObject({ exitCode: 130, stdout: '' });
      await expectNothingLeft(group, child.pid);
    }, 120_000);

    test('twice ends a terraform that does not listen, too', async () => {
      const { child, result } = await start(
        `case "$1" in
          version) echo "Terraform v1.11.4" ;;
          plan) trap '' INT; sleep 60 & sleep 60 ;;
        esac`,
      );
      const group = await planGroup();
      child.kill('SIGINT');
      child.stderr?.once('data', () => {
        child.kill('SIGINT');
      });
      expect(await result).toMatchObject({ signal: 'SIGINT' });
      await expectNothingLeft(group, child.pid);
    }, 60_000);
  });
});
