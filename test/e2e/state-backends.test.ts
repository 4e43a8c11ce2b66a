import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { PASSWORD, startHttpBackend, type HttpBackend } from '../support/http-backend.js';
import { writeFiles } from '../support/write-files.js';
import { requires } from './support/requires.js';
import { cleanEnv, runCli, type CliResult } from './support/run-cli.js';
import { useS3Places } from './support/s3-places.js';
import { useTempDir } from './support/temp-dir.js';
import { initRealRoot, type RealRoot } from './support/terraform-root.js';

const describeRoot = await requires(['terraform']);
const describeS3 = await requires(['terraform', 'moto_server']);

const RESOURCES = `
resource "terraform_data" "one" { input = "kept" }
resource "terraform_data" "two" { count = 2 }
`;
const LOCK = '0f8fad5b-d9cb-469f-a165-70867728950e';

const resultOf = ({ stdout }: CliResult): Record<string, unknown> =>
  (JSON.parse(stdout) as { result: Record<string, unknown> }).result;

describeRoot('a state that the http backend keeps', () => {
  const home = useTempDir();
  let backend: HttpBackend;
  let root: RealRoot;
  const folder = (): string => join(home(), 'infra');
  const state = (...args: readonly string[]): Promise<CliResult> =>
    runCli(['state', ...args, '--dir', folder()], home());

  /** What `-backend-config` gives is noted down by init alone: the configuration leaves it open. */
  beforeEach(async () => {
    backend = await startHttpBackend();
    await mkdir(folder());
    await writeFiles(folder(), { 'main.tf': `terraform {\n  backend "http" {}\n}\n${RESOURCES}` });
    const given = { ...backend.settings, password: PASSWORD };
    const { terraform } = await initRealRoot(folder(), {}, initArguments(given));
    root = { folder: folder(), terraform };
    await root.terraform('apply', '-auto-approve', '-no-color');
  });

  afterEach(() => backend.close());

  test('is listed and shown', async () => {
    const listed = await state('list');
    expect(listed.stdout.split('\n')).toEqual([
      'terraform_data.one',
      'terraform_data.two[0]',
      'terraform_data.two[1]',
      '',
    ]);
    expect((await state('show', 'terraform_data.one')).stdout).toContain('kept');
  });

  const files = async (): Promise<string[]> => (await readdir(folder(), { recursive: true })).sort();

  test.each([
    [['rm', 'terraform_data.two[1]'], [{ kind: 'removed', address: 'terraform_data.two[1]' }]],
    [
      ['mv', 'terraform_data.one', 'terraform_data.first'],
      [{ kind: 'moved', from: 'terraform_data.one', to: 'terraform_data.first' }],
    ],
    [
      ['rm', 'terraform_data.one', '--engine', 'terraform'],
      [{ kind: 'removed', address: 'terraform_data.one' }],
    ],
  ])('is to be changed by %j, and neither it nor the folder is yet', async (words, changes) => {
    const [before, there] = [backend.state, await files()];
    const asked = await state(...words, '--reason', 'a test', '--json');
    expect(asked).toMatchObject({ exitCode: 4, stderr: '' });
    expect(resultOf(asked)).toMatchObject({
      state: `the http state of ${folder()}`,
      changes: changes.map((change) => expect.objectContaining(change) as unknown),
      caution: expect.stringContaining('only terraform can reach this state') as unknown,
    });
    expect(backend.state).toBe(before);
    expect(await files()).toEqual(there);
    const { request } = resultOf(asked) as { request: { file: string } };
    const text = await readFile(request.file, 'utf8');
    expect(JSON.parse(text)).toMatchObject({ request: { state: { type: 'terraform', backend: 'http' } } });
    expect(text + asked.stdout).not.toContain(PASSWORD);
  });

  test('says what is not promised before anything is asked for', async () => {
    const { stdout, exitCode } = await state('rm', 'terraform_data.one', '--dry-run');
    expect(exitCode).toBe(0);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('one that was forced with an old serial is not.');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  test('takes what exists, through a private copy', async () => {
    await root.terraform('state', 'rm', 'terraform_data.one');
    const before = backend.state;
    const asked = await state('import', 'terraform_data.one', 'some-id', '--dry-run', '--json');
    expect(resultOf(asked)).toMatchObject({
      changes: [{ kind: 'added', address: 'terraform_data.one' }],
      expectedPlan: [{ action: 'update', address: 'terraform_data.one', orNothing: true }],
    });
    expect(backend.state).toBe(before);
  });

  test('is brought back from a backup', async () => {
    const backup = join(home(), 'before.tfstate');
    await writeFile(backup, backend.state);
    await root.terraform('state', 'rm', 'terraform_data.one');
    expect(resultOf(await state('restore', backup, '--dry-run', '--json'))).toMatchObject({
      changes: [{ kind: 'added', address: 'terraform_data.one' }],
    });
  });

  test('is to be changed once, says the history; nothing was cut short', async () => {
    await state('rm', 'terraform_data.one', '--reason', 'a test');
    expect((await state('resume')).stdout).toBe('Nothing was cut short.\n');
    expect(resultOf(await state('history', '--json'))).toMatchObject({
      requests: [{ root: 'infra', state: `the http state of ${folder()}`, result: 'waiting' }],
    });
  });

  test('is unlocked by the ID of its lock', async () => {
    expect((await state('unlock')).stdout).toContain('is not locked');
    backend.lock = JSON.stringify({ ID: LOCK, Operation: 'OperationTypeApply', Who: 'jdoe@laptop' });
    expect((await state('unlock')).stdout).toContain(LOCK);
    expect((await state('unlock', '--lock-id', 'another')).exitCode).toBe(4);
    expect(backend.lock).toBeDefined();
    expect((await state('unlock', '--lock-id', LOCK)).exitCode).toBe(0);
    expect(backend.lock).toBeUndefined();
  });

  test('that cannot be reached is told in the words of terraform', async () => {
    await backend.close();
    const { exitCode, stderr } = await state('rm', 'terraform_data.one', '--dry-run');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^error: terraform (init|state pull).*\n?.*connection refused/m);
    expect(stderr).not.toContain(PASSWORD);
  });
});

/** Settings for `terraform init`, and for no other command. */
function initArguments(settings: Readonly<Record<string, string>>): Record<string, string> {
  const given = Object.entries(settings).map(([name, value]) => `-backend-config=${name}=${value}`);
  return { TF_CLI_ARGS_init: given.join(' ') };
}

describeS3('a state of a workspace in an S3 backend with an endpoint of its own', () => {
  const places = useS3Places();
  const home = useTempDir();

  test('is changed in that workspace, through terraform', async () => {
    const endpoint = places.proxy().origin;
    const settings = { endpoints: { s3: endpoint, sts: endpoint }, use_path_style: true };
    const { root } = await places.open('blue', settings, RESOURCES);
    await root.terraform('workspace', 'new', 'blue');
    await root.terraform('apply', '-auto-approve', '-no-color');
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('AWS_')));
    const words = ['state', 'rm', 'terraform_data.one', '--dir', root.folder, '--dry-run', '--json'];
    const asked = await runCli(words, home(), { env: { ...cleanEnv(home()), ...env } });
    expect(resultOf(asked)).toMatchObject({
      state: `the s3 state of ${root.folder}, workspace blue`,
      changes: [{ kind: 'removed', address: 'terraform_data.one' }],
      expectedPlan: [{ action: 'create', address: 'terraform_data.one' }],
    });
  });
});
