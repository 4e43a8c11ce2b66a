import { createHash } from 'node:crypto';
import { chmod, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeEach, expect, test } from '@jest/globals';
import { execa } from 'execa';

import { SMALL_CHECKOUT, writeFiles } from '../support/checkout.js';
import { requires } from './support/requires.js';
import { cleanEnv, runCli, type CliOptions, type CliResult } from './support/run-cli.js';
import { useTempDir } from './support/temp-dir.js';

interface Bundle {
  readonly git_commit: string;
  readonly git_commit_timestamp: string;
}

const describeWithGit = await requires(['git']);

describeWithGit('tfrepair bundle', () => {
  const home = useTempDir();
  const checkout = (): string => join(home(), 'app-interface');
  const out = (): string => join(home(), 'data.json');

  const git = async (...args: string[]): Promise<string> => {
    const identity = [
      '-c',
      'user.name=Ann',
      '-c',
      'user.email=ann@example.com',
      '-c',
      'init.defaultBranch=main',
    ];
    const { stdout } = await execa('git', [...identity, '-C', checkout(), ...args], {
      env: cleanEnv(home()),
      extendEnv: false,
    });
    return stdout;
  };
  const commitAll = async (): Promise<void> => {
    await git('init', '--quiet');
    await git('add', '.');
    await git('commit', '--quiet', '--message', 'Begin', '--date', '2024-01-31T00:00:00Z');
  };
  const bundle = (args: readonly string[] = [], options: CliOptions = {}): Promise<CliResult> =>
    runCli(['bundle', '--app-interface', checkout(), '--out', out(), ...args], home(), options);
  const written = async (): Promise<Bundle> => JSON.parse(await readFile(out(), 'utf8')) as Bundle;

  beforeEach(() => {
    writeFiles(checkout(), SMALL_CHECKOUT);
  });

  test('writes a bundle of the commit that is checked out, and says in one line which', async () => {
    await commitAll();
    const { exitCode, stdout, stderr } = await bundle();
    const bytes = await readFile(out());
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toBe(`${out()}: sha256 ${sha256}, 1 datafile, 1 resource, 0.0 MB\n`);
    expect(await written()).toMatchObject({
      git_commit: await git('rev-parse', 'HEAD'),
      git_commit_timestamp: await git('log', '-1', '--format=%ct'),
    });
  });

  test('writes the same bytes again, and leaves nothing else behind', async () => {
    await commitAll();
    await bundle();
    const first = await readFile(out());
    await bundle();
    expect(await readFile(out())).toEqual(first);
    expect((await readdir(home())).sort()).toEqual(['app-interface', 'data.json']);
  });

  test('--json says the same', async () => {
    const { stdout } = await bundle(['--json', '--git-commit', 'abcd', '--git-commit-timestamp', '7']);
    expect(JSON.parse(stdout)).toEqual({
      schemaVersion: 1,
      command: 'bundle',
      result: {
        path: out(),
        sha256: createHash('sha256')
          .update(await readFile(out()))
          .digest('hex'),
        gitCommit: 'abcd',
        gitCommitTimestamp: '7',
        datafiles: 1,
        resources: 1,
        size: (await readFile(out())).length,
      },
    });
  });

  test('--out - writes the bundle itself to stdout, and the line to stderr', async () => {
    await bundle();
    const { stdout, stderr } = await runCli(['bundle', '--app-interface', checkout(), '--out', '-'], home());
    expect(stdout).toBe(await readFile(out(), 'utf8'));
    expect(stderr).toMatch(/^stdout: sha256 [\da-f]{64}, 1 datafile/);
  });

  test('takes the checkout from the environment or the configuration file', async () => {
    const config = join(home(), 'config.toml');
    await writeFile(config, `[tfrepair]\napp_interface = "${checkout()}"\n`);
    const fromFile = await runCli(['bundle', '--out', out(), '--config', config], home());
    const env = { TFREPAIR_APP_INTERFACE: checkout(), TFREPAIR_SCHEMAS: checkout() };
    const fromEnv = await runCli(['bundle', '--out', out()], home(), { env });
    expect([fromFile.exitCode, fromEnv.exitCode]).toEqual([0, 0]);
    expect(fromEnv.stdout).toBe(fromFile.stdout);
  });

  test('warns of what is not committed, and bundles it', async () => {
    await commitAll();
    writeFiles(checkout(), {
      'data/apps/orders.yml': 'name: changed\n',
      'resources/new': 'new',
      'README.md': 'x',
    });
    const { exitCode, stderr } = await bundle();
    const commit = (await git('rev-parse', 'HEAD')).slice(0, 12);
    expect(exitCode).toBe(0);
    expect(stderr).toBe(
      `warning: the bundle is of the files as they are, not of commit ${commit}: data/apps/orders.yml and 1 more differ\n`,
    );
    expect(await readFile(out(), 'utf8')).toContain('"name":"changed"');
  });

  test('a git hook that runs it does not lead it to another repository', async () => {
    await commitAll();
    await bundle([], { env: { GIT_DIR: join(home(), 'other'), GIT_WORK_TREE: home() } });
    expect((await written()).git_commit).toBe(await git('rev-parse', 'HEAD'));
  });

  test('a repository cannot make it run a program', async () => {
    await commitAll();
    const trap = join(home(), 'trap.sh');
    await writeFile(trap, `#!/bin/sh\ntouch ${home()}/sprung\n`);
    await chmod(trap, 0o755);
    const traps = ['core.fsmonitor', 'core.pager', 'core.sshCommand', 'gpg.program', 'diff.external'];
    for (const name of [...traps, 'filter.x.clean', 'filter.x.process']) await git('config', name, trap);
    await git('config', 'log.showSignature', 'true');
    await writeFile(join(checkout(), '.gitattributes'), '* filter=x\n');
    await writeFile(join(checkout(), 'data/apps/orders.yml'), 'name: changed\n');
    const { exitCode } = await bundle();
    expect(exitCode).toBe(0);
    expect(await readdir(home())).not.toContain('sprung');
    await git('status').catch(() => '');
    expect(await readdir(home())).toContain('sprung');
  });

  test('a partial clone fetches nothing', async () => {
    await commitAll();
    await git('config', 'core.repositoryFormatVersion', '1');
    await git('config', 'remote.origin.url', `ext::touch ${home()}/sprung`);
    await git('config', 'remote.origin.promisor', 'true');
    await git('config', 'protocol.ext.allow', 'always');
    await git('config', 'extensions.partialClone', 'origin');
    const tree = await git('rev-parse', 'HEAD^{tree}');
    await rm(join(checkout(), '.git/objects', tree.slice(0, 2), tree.slice(2)));
    const { exitCode, stderr } = await bundle();
    expect(exitCode).toBe(0);
    expect(stderr).toContain(`warning: the bundle names no commit, because git cannot read ${checkout()}: `);
    expect(await readdir(home())).not.toContain('sprung');
    await git('ls-tree', 'HEAD').catch(() => '');
    expect(await readdir(home())).toContain('sprung');
  });

  test('a broken datafile is named, and the bundle that was there stays', async () => {
    await bundle();
    const before = await readFile(out());
    writeFiles(checkout(), { 'data/apps/orders.yml': '$schema: /app-1.yml\nsince: 2024-01-31\n' });
    const { exitCode, stdout, stderr } = await bundle();
    const file = join(checkout(), 'data/apps/orders.yml');
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toBe(
      `error: ${file}:2:8: since is a date (2024-01-31), which JSON cannot hold\n` +
        'Next: put the value in quotes if it is meant as text\n',
    );
    expect(await readFile(out())).toEqual(before);
  });

  test.each([
    ['no checkout', ['bundle', '--out', 'x'], 'no app-interface checkout is named'],
    ['no file to write', ['bundle', '--app-interface', '.'], 'missing required flag --out'],
    [
      'two uses of stdout',
      ['bundle', '--app-interface', '.', '--out', '-', '--json'],
      'both write to stdout',
    ],
    [
      'half a commit',
      ['bundle', '--app-interface', '.', '--out', 'x', '--git-commit', 'abcd'],
      'name a commit together',
    ],
  ])('%s is wrong usage', async (_what, args, message) => {
    const { exitCode, stdout, stderr } = await runCli(args, home());
    expect(exitCode).toBe(2);
    expect(stdout + stderr).toContain(message);
  });
});
