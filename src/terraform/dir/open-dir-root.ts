import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { FailedError, UsageError } from '../../errors.js';
import type { World } from '../../world.js';
import { withHclParser } from '../hcl/hcl-parser.js';
import type { Product } from '../executable.js';
import type { Configuration } from '../configuration/configuration.js';
import { parseManifest, type ModuleManifest } from '../configuration/module-manifest.js';
import { moduleReader } from '../configuration/read-module.js';
import { readTree } from '../configuration/read-tree.js';
import type { ModuleConfig } from '../configuration/module-config.js';
import type { TerraformRoot } from '../root.js';
import { backendOf } from './backend-of.js';
import { effectiveBackend } from './backend-settings.js';
import { DataFolder } from './data-folder.js';
import { parseRecordedBackend } from './recorded-backend.js';
import { workspaceOf } from './workspace.js';

/** A root that somebody has written by hand, in a folder of their own. */
export interface DirRoot extends TerraformRoot {
  readonly workspace: string;
  readonly config: Configuration;
  /** What `init` has left there; it need not exist. */
  readonly data: DataFolder;
}

/**
 * Reads a Terraform or OpenTofu root: backend, workspace, resources. Runs nothing, writes nothing.
 *
 * @param dir as the user wrote it
 * @param product who is going to run it: OpenTofu reads `*.tofu` too
 * @throws UsageError `DirMissing`, FailedError `NoConfiguration`, `HclInvalid` and others
 */
export async function openDirRoot(
  dir: string,
  { cwd, env, signal }: Pick<World, 'cwd' | 'env' | 'signal'>,
  product: Product = 'terraform',
): Promise<DirRoot> {
  const folder = resolve(cwd, dir);
  if (!(await isFolder(folder))) throw new UsageError('DirMissing', `there is no folder ${dir}`);
  const data = new DataFolder(folder, env);
  const manifest = await manifestOf(data);
  const { root, config } = await withHclParser(signal, async (parseHcl) => {
    const read = moduleReader({ folder, product, parseHcl });
    const main = (await read(folder)) ?? noConfiguration(dir, product);
    return { root: main, config: await readTree({ root: main, folder, read, manifest, product }) };
  });
  const workspace = await workspaceOf(data, env);
  const settings = effectiveBackend(root.backend, await recordedBackend(root, data));
  const backend = backendOf(settings, { folder, workspace, env });
  return { name: dir, folder, env: {}, backend, workspace, config, data };
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}

async function manifestOf(data: DataFolder): Promise<ModuleManifest> {
  const names = ['modules', 'modules.json'];
  const bytes = await data.read(...names);
  return bytes === undefined ? new Map() : parseManifest(bytes, join(data.path, ...names));
}

/** A root without a `backend` block needs no record, whatever was there before. */
async function recordedBackend(
  root: ModuleConfig,
  data: DataFolder,
): Promise<ReturnType<typeof parseRecordedBackend>> {
  const file = 'terraform.tfstate';
  const bytes = root.backend === undefined ? undefined : await data.read(file);
  return bytes && parseRecordedBackend(bytes, join(data.path, file));
}

function noConfiguration(dir: string, product: Product): never {
  throw new FailedError(
    'NoConfiguration',
    `${dir} holds no ${product === 'tofu' ? 'OpenTofu' : 'Terraform'} configuration`,
    {
      hint: `name the folder in which ${product} plan is run, with --dir`,
    },
  );
}
