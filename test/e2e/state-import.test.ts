import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';

import { readHandover } from '../../src/surgery/request/handover-file.js';
import { requires } from './support/requires.js';
import { runCli, type CliResult } from './support/run-cli.js';
import { useTempDir } from './support/temp-dir.js';
import { initRealRoot } from './support/terraform-root.js';

const describeWithTerraform = await requires(['terraform']);

const CONFIG = `
resource "terraform_data" "one" { input = "kept" }
resource "terraform_data" "two" { for_each = toset(["a", "b"]) }
resource "terraform_data" "lost" {}
`;

interface Asked {
  readonly changes: readonly unknown[];
  readonly expectedPlan: readonly unknown[];
  readonly request: { readonly file: string };
}

describeWithTerraform('terraform on a private copy', () => {
  const home = useTempDir();
  const folder = (): string => join(home(), 'root');
  const stateFile = (): string => join(folder(), 'terraform.tfstate');
  const ask = (...args: readonly string[]): Promise<CliResult> =>
    runCli(['state', ...args, '--dir', folder(), '--reason', 'a test', '--json'], home());
  const resultOf = ({ stdout }: CliResult): Asked => (JSON.parse(stdout) as { result: Asked }).result;

  const open = async (): Promise<Awaited<ReturnType<typeof initRealRoot>>> => {
    await mkdir(folder());
    const root = await initRealRoot(folder(), { 'main.tf': CONFIG });
    await root.terraform('apply', '-auto-approve', '-no-color');
    return root;
  };

  test('an import adds the address alone, and leaves the folder as it is', async () => {
    const { terraform } = await open();
    await terraform('state', 'rm', 'terraform_data.lost', 'terraform_data.two["b"]');
    const [files, before] = [await readdir(folder()), await readFile(stateFile())];
    for (const address of ['terraform_data.lost', 'terraform_data.two["b"]']) {
      const asked = await ask('import', address, 'some-id');
      expect(asked).toMatchObject({ exitCode: 4 });
      const { changes, expectedPlan, request } = resultOf(asked);
      expect(changes).toEqual([{ kind: 'added', address }]);
      expect(expectedPlan).toEqual([{ address, action: 'update', orNothing: true }]);
      expect((await readHandover(request.file)).request).toMatchObject({
        engine: 'native',
        operations: [{ op: 'import', address, id: 'some-id' }],
        tools: { terraform: expect.stringMatching(/^\d+\./) as unknown },
      });
    }
    expect(await readdir(folder())).toEqual(files);
    expect(await readFile(stateFile())).toEqual(before);
  }, 120_000);

  test.each([
    ['in another file', 'terraform {\n  backend "local" { path = "states/own.tfstate" }\n}\n', 'default'],
    ['of another workspace', '', 'blue'],
  ])(
    'a state %s stays as it is, too',
    async (_, backend, workspace) => {
      await mkdir(folder());
      const root = await initRealRoot(folder(), { 'main.tf': CONFIG, 'backend.tf': backend });
      if (workspace !== 'default') await root.terraform('workspace', 'new', workspace);
      await root.terraform('apply', '-auto-approve', '-no-color');
      await root.terraform('state', 'rm', 'terraform_data.lost');
      const pulled = async (): Promise<unknown> => (await root.terraform('state', 'pull')).stdout;
      const before = await pulled();
      const asked = await ask('import', 'terraform_data.lost', 'some-id');
      expect(resultOf(asked).changes).toEqual([{ kind: 'added', address: 'terraform_data.lost' }]);
      expect(await pulled()).toBe(before);
      await root.terraform('plan', '-no-color');
    },
    60_000,
  );

  test.each([
    ['what is there already', 'terraform_data.one', 4, 'TargetExists'],
    ['what is there with keys', 'terraform_data.two', 4, 'TargetExists'],
    ['what the configuration does not have', 'terraform_data.none', 2, 'AddressNotConfigured'],
    ['a data source', 'data.aws_ami.web', 2, 'AddressInvalid'],
  ])(
    '%s is not imported',
    async (_, address, exitCode, code) => {
      await open();
      const refused = await ask('import', address, 'some-id');
      expect(refused.exitCode).toBe(exitCode);
      expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code } });
    },
    60_000,
  );

  test('a backend that an override file sets is not reached', async () => {
    const { terraform } = await open();
    await terraform('state', 'rm', 'terraform_data.lost');
    await writeFile(join(folder(), 'z_override.tf'), 'terraform {\n  backend "local" {}\n}\n');
    const before = await readFile(stateFile());
    const refused = await ask('import', 'terraform_data.lost', 'some-id');
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'BackendNotReplaced' } });
    expect(await readFile(stateFile())).toEqual(before);
  }, 60_000);

  test.each([
    [['rm', 'terraform_data.lost'], 1],
    [['mv', 'terraform_data.lost', 'terraform_data.found', 'terraform_data.one', 'terraform_data.first'], 2],
  ])(
    'terraform itself does %j, and is compared',
    async (words, count) => {
      await open();
      await copyFile(stateFile(), join(home(), 'before.tfstate'));
      const asked = await ask(...words, '--engine', 'terraform');
      expect(await readFile(stateFile())).toEqual(await readFile(join(home(), 'before.tfstate')));
      const { changes, request } = resultOf(asked);
      expect(changes).toHaveLength(count);
      expect((await readHandover(request.file)).request).toMatchObject({
        engine: 'terraform',
        tools: { terraform: expect.stringMatching(/^\d+\./) as unknown },
      });
    },
    60_000,
  );
});
