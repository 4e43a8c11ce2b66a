import { mkdir, readdir, rm, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { JsonObject } from '../../json.js';
import { configText } from '../../rendering/write-configs.js';
import { DEFAULT_WORKSPACE } from '../../terraform/dir/backend-place.js';
import { mirrorFolder } from '../../terraform/dir/mirror-folder.js';
import type { DirRoot } from '../../terraform/dir/open-dir-root.js';
import { prepareDirRoot, type DirPlace } from '../../terraform/dir/prepare-dir-root.js';
import type { TerraformRoot } from '../../terraform/root.js';
import type { PrivateRoot } from '../terraform/private-copy.js';

/** The root of an account, written anew into a private folder. */
export async function privateAccountRoot(
  { name, env }: Pick<TerraformRoot, 'name' | 'env'>,
  document: JsonObject,
  into: string,
): Promise<PrivateRoot> {
  const folder = join(into, 'root');
  await mkdir(folder, { mode: 0o700 });
  await writeFile(join(folder, 'config.tf.json'), configText(document), { mode: 0o600, flag: 'wx' });
  const data = join(folder, '.terraform');
  return { name, env, folder, data, workspace: DEFAULT_WORKSPACE, initArgs: [] };
}

/** The root of a folder, as links to the user's files: nothing is written into the user's folder. */
export async function privateDirRoot(dir: DirRoot, place: DirPlace): Promise<PrivateRoot> {
  const { name, env, folder, initArgs } = await prepareDirRoot(dir, place);
  const own = folder === dir.folder ? await mirrorFolder(folder, join(place.folder, 'tree')) : folder;
  const data = join(place.folder, 'data');
  // Terraform empties the state beside the configuration when it is given another backend, also through a link.
  await withhold(own);
  await rm(join(data, 'terraform.tfstate'), { force: true });
  return { name, env, folder: own, data, workspace: dir.workspace, initArgs };
}

/** Takes the links to what terraform has written out of a folder of links. */
async function withhold(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter(
    (name) => name.startsWith('terraform.tfstate') || name === '.terraform',
  );
  await Promise.all(names.map((name) => unlink(join(folder, name))));
}
