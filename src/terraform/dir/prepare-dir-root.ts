import { access } from 'node:fs/promises';
import { join } from 'node:path';

import type { TerraformRoot } from '../root.js';
import { runFailure, type Terraform } from '../terraform.js';
import { borrowData } from './borrow-data.js';
import { dirEnvironment } from './dir-environment.js';
import { mirrorFolder } from './mirror-folder.js';
import type { DirRoot } from './open-dir-root.js';

const LOCK_FILE = '.terraform.lock.hcl';

/** Part of terraform itself, so that no lock file names it. */
const BUILT_IN = 'terraform.io/builtin/';

/** A root in which terraform can be run without a trace in the user's folder. */
export interface PreparedDirRoot extends TerraformRoot {
  /** What `init` needs besides the usual. */
  readonly initArgs: readonly string[];
}

/** What terraform runs with. */
export interface DirPlace {
  /** Private; it takes the data. */
  readonly folder: string;
  /** The caller's environment, which the providers of the root may need. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `--aws-profile` */
  readonly profile?: string | undefined;
}

/**
 * Makes the user's folder ready for terraform, which writes two things into it: its data folder, so a private one takes its
 * place, begun with what is in the user's; and the lock file of providers, which is left as it is. Where there is none
 * terraform would make one: then it runs in a private folder of links to the user's files instead.
 */
export async function prepareDirRoot(
  root: DirRoot,
  { folder, env, profile }: DirPlace,
): Promise<PreparedDirRoot> {
  const data = join(folder, 'data');
  await borrowData(root.data, data);
  const prepared = { ...root, env: { ...dirEnvironment(env, profile), TF_DATA_DIR: data } };
  if (await exists(join(root.folder, LOCK_FILE))) return { ...prepared, initArgs: ['-lockfile=readonly'] };
  if (!writesLockFile(root)) return { ...prepared, initArgs: [] };
  return { ...prepared, folder: await mirrorFolder(root.folder, join(folder, 'tree')), initArgs: [] };
}

/**
 * Initialises a prepared root; what the user's own `init` has installed is taken.
 *
 * @throws FailedError `InitFailed` with terraform's words; the interruption
 */
export async function initDirRoot(root: PreparedDirRoot, terraform: Terraform): Promise<void> {
  const result = await terraform.run(root, ['init', '-input=false', '-no-color', ...root.initArgs]);
  if (result.exitCode === 0 && !result.timedOut) return;
  throw runFailure('InitFailed', `${terraform.product} init of ${root.name}`, result, root);
}

function writesLockFile({ config }: DirRoot): boolean {
  const providers = [...config.providers.values()];
  return config.unreadModules.length > 0 || providers.some((source) => !source.startsWith(BUILT_IN));
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
