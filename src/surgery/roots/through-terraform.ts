import { DEFAULT_WORKSPACE } from '../../terraform/dir/backend-place.js';
import type { DirRoot } from '../../terraform/dir/open-dir-root.js';
import { initDirRoot, prepareDirRoot } from '../../terraform/dir/prepare-dir-root.js';
import { openTerraform, type TerraformOptions } from '../../terraform/terraform.js';
import type { World } from '../../world.js';
import type { StateStore } from '../store/store.js';
import { openTerraformStateStore } from '../store/terraform/terraform-state-store.js';

/** Where and how terraform is run. */
export interface ThroughTerraform {
  /** Private (0700). */
  readonly folder: string;
  readonly terraform: Omit<TerraformOptions, 'folder'>;
  readonly awsProfile: string | undefined;
}

/**
 * The store of a folder's state that terraform alone can reach, with what an earlier `init` has noted down of its backend
 * and with the workspace in use. Nothing is written into the folder.
 *
 * @throws FailedError `TerraformMissing`, `InitFailed` with terraform's words; the interruption
 */
export async function openThroughTerraform(
  root: DirRoot,
  backend: string,
  { folder, terraform: options, awsProfile: profile }: ThroughTerraform,
  world: World,
): Promise<StateStore> {
  const terraform = await openTerraform({ ...options, folder }, world);
  const prepared = await prepareDirRoot(root, { folder, env: world.env, profile });
  await initDirRoot(prepared, terraform);
  const workspace = root.workspace === DEFAULT_WORKSPACE ? '' : `, workspace ${root.workspace}`;
  // By its whole path: the journal tells states apart by this.
  const label = `the ${backend} state of ${root.folder}${workspace}`;
  return openTerraformStateStore({ backend, root: prepared, terraform, folder, label });
}
