import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { RefusedError, systemCodeOf } from '../../errors.js';
import { parseRecordedBackend } from '../../terraform/dir/recorded-backend.js';
import { DEFAULT_WORKSPACE } from '../../terraform/dir/backend-place.js';
import type { TerraformRoot } from '../../terraform/root.js';
import { runFailure, type Terraform } from '../../terraform/terraform.js';

/** Read by terraform after all other files, but for override files that come after it in the alphabet. */
const OVERRIDE = 'tfrepair_override.tf.json';

/** A root in a private folder of its own, before its backend is replaced. */
export interface PrivateRoot extends Omit<TerraformRoot, 'backend'> {
  /** Where `init` keeps what it notes down. */
  readonly data: string;
  readonly workspace: string;
  readonly initArgs: readonly string[];
}

/** A private root whose state is a file of ours. */
export interface PrivateCopy {
  readonly root: TerraformRoot;
  readonly terraform: Terraform;
  /** 0600 */
  readonly stateFile: string;
}

/**
 * Gives a private root a local backend with this state in it, and initialises it. That terraform has taken the backend is
 * checked in its own record, so that it can reach no other state.
 *
 * @param folder private (0700), for the state
 * @throws FailedError `InitFailed`; RefusedError `BackendNotReplaced`; the interruption
 */
export async function openPrivateCopy(
  { data, workspace, initArgs, ...own }: PrivateRoot,
  bytes: Buffer,
  folder: string,
  terraform: Terraform,
): Promise<PrivateCopy> {
  const path = join(folder, 'state', 'terraform.tfstate');
  const workspaces = join(folder, 'state', 'workspaces');
  const stateFile = workspace === DEFAULT_WORKSPACE ? path : join(workspaces, workspace, 'terraform.tfstate');
  await mkdir(dirname(stateFile), { recursive: true, mode: 0o700 });
  await writeFile(stateFile, bytes, { mode: 0o600, flag: 'wx' });
  await override(own.folder, { path, workspace_dir: workspaces });
  const root: TerraformRoot = { ...own, backend: { type: 'local', path: stateFile } };
  const args = ['init', '-reconfigure', '-input=false', '-no-color', ...initArgs];
  const result = await terraform.run(root, args);
  if (result.exitCode !== 0 || result.timedOut) {
    throw runFailure('InitFailed', `${terraform.product} init of a copy of ${root.name}`, result, root);
  }
  await requireReplaced(data, path, workspaces);
  return { root, terraform, stateFile };
}

/** Nothing of the user's may be in its place: what is there could be a link. */
async function override(folder: string, local: Readonly<Record<string, string>>): Promise<void> {
  const text = JSON.stringify({ terraform: { backend: { local } } });
  try {
    await writeFile(join(folder, OVERRIDE), text, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (systemCodeOf(error) === 'EEXIST') throw notReplaced(`the configuration has a file ${OVERRIDE}`);
    throw error;
  }
}

async function requireReplaced(data: string, path: string, workspaces: string): Promise<void> {
  const file = join(data, 'terraform.tfstate');
  const recorded = parseRecordedBackend(await readFile(file), file);
  const { path: taken, workspace_dir: takenWorkspaces } = recorded?.settings ?? {};
  if (recorded?.type === 'local' && taken === path && takenWorkspaces === workspaces) return;
  throw notReplaced('an override file of the configuration sets the backend, too');
}

function notReplaced(why: string): RefusedError {
  return new RefusedError(
    'BackendNotReplaced',
    `terraform would use another state than the private copy: ${why}`,
    { hint: 'take the backend out of the override file' },
  );
}
