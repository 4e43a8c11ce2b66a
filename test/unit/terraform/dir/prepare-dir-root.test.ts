import { readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { openDirRoot } from '../../../../src/terraform/dir/open-dir-root.js';
import { prepareDirRoot, type PreparedDirRoot } from '../../../../src/terraform/dir/prepare-dir-root.js';
import { useTempDir } from '../../../e2e/support/temp-dir.js';
import { writeFiles } from '../../../support/write-files.js';

const folder = useTempDir();

const PROVIDER = 'registry.terraform.io/hashicorp/aws/5.100.0/linux_amd64';
const AWS = JSON.stringify({ resource: { aws_sqs_queue: { q: {} } } });

/** Prepares the root in `repo/root`, its data in `private`. */
async function prepare(files: Readonly<Record<string, string>>): Promise<PreparedDirRoot> {
  await writeFiles(join(folder(), 'repo'), files);
  await writeFiles(folder(), { 'private/.keep': '' });
  const world = { cwd: folder(), env: {}, signal: new AbortController().signal };
  const root = await openDirRoot('repo/root', world);
  const before = await readdir(join(folder(), 'repo'), { recursive: true });
  const prepared = await prepareDirRoot(root, { folder: join(folder(), 'private'), env: { LANG: 'C' } });
  expect(await readdir(join(folder(), 'repo'), { recursive: true })).toEqual(before);
  return prepared;
}

describe('a root that is prepared for terraform', () => {
  test('stays where it is, with its lock file read only, and data of its own', async () => {
    const root = await prepare({ 'root/main.tf.json': AWS, 'root/.terraform.lock.hcl': '' });
    expect(root).toMatchObject({
      name: 'repo/root',
      folder: join(folder(), 'repo/root'),
      initArgs: ['-lockfile=readonly'],
      env: { LANG: 'C', TF_DATA_DIR: join(folder(), 'private/data') },
    });
  });

  test('stays where it is when no provider needs a lock file', async () => {
    const files = { 'root/main.tf.json': '{"resource": {"terraform_data": {"d": {}}}}' };
    expect(await prepare(files)).toMatchObject({ folder: join(folder(), 'repo/root'), initArgs: [] });
  });

  test('is a folder of links where terraform would write a lock file', async () => {
    const root = await prepare({ 'root/main.tf.json': AWS, 'modules/a/main.tf': 'here', 'root/x/y': '' });
    expect(root.folder).toBe(join(folder(), 'private/tree', folder(), 'repo/root'));
    expect((await readdir(root.folder)).sort()).toEqual(['main.tf.json', 'x']);
    expect(await readFile(join(root.folder, '../modules/a/main.tf'), 'utf8')).toBe('here');
    await writeFile(join(root.folder, '.terraform.lock.hcl'), 'ours');
    expect(await readdir(join(folder(), 'repo/root'))).not.toContain('.terraform.lock.hcl');
  });

  test('takes along what init has left: its records, and links to the packages of providers', async () => {
    const root = await prepare({
      'root/main.tf.json': AWS,
      'root/.terraform.lock.hcl': '',
      'root/.terraform/environment': 'blue',
      'root/.terraform/terraform.tfstate': '{}',
      'root/.terraform/modules/modules.json': '{"Modules": []}',
      [`root/.terraform/providers/${PROVIDER}/terraform-provider-aws`]: 'the program',
      'root/.terraform/providers/registry.terraform.io/hashicorp/broken/.keep': '',
    });
    const data = String(root.env['TF_DATA_DIR']);
    expect(await readFile(join(data, 'environment'), 'utf8')).toBe('blue');
    expect(await readFile(join(data, 'terraform.tfstate'), 'utf8')).toBe('{}');
    expect(await readFile(join(data, 'modules/modules.json'), 'utf8')).toBe('{"Modules": []}');
    expect(await readFile(join(data, 'providers', PROVIDER, 'terraform-provider-aws'), 'utf8')).toBe(
      'the program',
    );
    expect(await readdir(join(data, 'providers/registry.terraform.io/hashicorp'))).toEqual(['aws']);
  });

  test('leaves out packages that are gone', async () => {
    await writeFiles(join(folder(), 'repo/root/.terraform/providers'), { [`${PROVIDER}/../.keep`]: '' });
    await symlink('/nowhere', join(folder(), 'repo/root/.terraform/providers', PROVIDER));
    const root = await prepare({ 'root/main.tf.json': AWS, 'root/.terraform.lock.hcl': '' });
    expect(await readdir(String(root.env['TF_DATA_DIR']), { recursive: true })).not.toContain(
      join('providers', PROVIDER),
    );
  });
});
