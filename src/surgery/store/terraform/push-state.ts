import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { TerraformRoot } from '../../../terraform/root.js';
import { runFailure, type Terraform } from '../../../terraform/terraform.js';
import { stateLocked } from '../../lock/lock-errors.js';
import { stateChanged } from '../state-changed.js';
import { lockSaid } from './lock-said.js';

export interface Push {
  readonly root: TerraformRoot;
  readonly terraform: Terraform;
  /** Private (0700), for the file that terraform reads. */
  readonly folder: string;
  /** Of the store, for messages. */
  readonly label: string;
}

/**
 * What terraform says of a state that is not newer than the stored one, or is another's.
 *
 * @see https://developer.hashicorp.com/terraform/cli/commands/state/push
 */
const OUTDATED = /cannot (?:import|overwrite) .*(?:serial|lineage)|unexpected state lineage|newer serial/i;

/**
 * Hands a state to terraform, which locks, compares lineage and serial with what is stored, and writes.
 *
 * @throws StateChangedError; RefusedError `StateLocked`; FailedError `StateWriteFailed`; the interruption
 */
export async function pushState({ root, terraform, folder, label }: Push, bytes: Buffer): Promise<void> {
  const file = join(folder, 'push.tfstate');
  await writeFile(file, bytes, { mode: 0o600, flag: 'wx' });
  try {
    const result = await terraform.run(root, ['state', 'push', '-no-color', '-lock=true', file]);
    if (result.exitCode === 0 && !result.timedOut) return;
    if (OUTDATED.test(result.stderr)) throw stateChanged(label);
    const lock = lockSaid(result.stderr);
    if (lock !== undefined) throw stateLocked(label, lock);
    throw runFailure('StateWriteFailed', `${terraform.product} state push in ${root.name}`, result, root);
  } finally {
    await rm(file, { force: true });
  }
}
