import type { LockInfo } from '../../../terraform/lock/lock-info.js';
import { runFailure } from '../../../terraform/terraform.js';
import { lockChanged } from '../../lock/lock-errors.js';
import { lockSaid } from './lock-said.js';
import type { Push } from './push-state.js';

/** A state that terraform alone can reach. */
type Reached = Omit<Push, 'folder'>;

/** What terraform says once it has the lock of a state that was never written. */
const NO_STATE = 'No state file was found';

/** Made up: no state has it, and a dry run would leave it there. */
const NOTHING = 'terraform_data.nothing_that_tfrepair_looks_for';

/**
 * Whose lock there is; undefined: nobody's, or the backend has none. Terraform has no command that tells: it is asked for a
 * dry run, for which it takes the lock for an instant, or says who has it.
 *
 * @throws FailedError `LockUnreadable` with terraform's words; the interruption
 */
export async function askForLock({ root, terraform, label }: Reached): Promise<LockInfo | undefined> {
  const args = ['state', 'rm', '-dry-run', '-no-color', '-lock-timeout=0s', NOTHING];
  const result = await terraform.run(root, args);
  if (!result.timedOut && (result.exitCode === 0 || result.stderr.includes(NO_STATE))) return undefined;
  const lock = lockSaid(result.stderr);
  if (lock === undefined)
    throw runFailure('LockUnreadable', `${terraform.product} asked for the lock of ${label}`, result, root);
  return lock;
}

/**
 * Takes a lock away, if it still is the one with this ID: some backends (`http`) would take away any.
 *
 * @throws RefusedError `LockChanged`; FailedError `LockNotReleased`, `LockUnreadable`; the interruption
 */
export async function forceUnlock(reached: Reached, id: string): Promise<void> {
  const { root, terraform, label } = reached;
  const lock = await askForLock(reached);
  if (lock?.id !== id) throw lockChanged(label, lock);
  const result = await terraform.run(root, ['force-unlock', '-no-color', '-force', id]);
  if (result.exitCode === 0 && !result.timedOut) return;
  throw runFailure('LockNotReleased', `${terraform.product} force-unlock of ${label}`, result, root);
}
