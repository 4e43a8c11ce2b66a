import { RefusedError } from '../../errors.js';
import { readStateDocument } from '../document/read-state.js';
import { sha256Of } from '../store/stored-state.js';
import type { StoredState } from '../store/store.js';
import type { RestoreOperation } from '../operations/operation.js';

/**
 * An earlier content under the serial after the present one: every byte of it but for the serial.
 *
 * @throws RefusedError `BackupUnfit`: it is another content than was asked for, or of another state
 */
export function restoreContent(
  base: StoredState,
  earlier: StoredState,
  { sha256 }: Pick<RestoreOperation, 'sha256'>,
): Buffer {
  if (sha256Of(earlier.bytes) !== sha256) throw unfit('it is not the content that was asked for');
  if (earlier.lineage !== base.lineage) {
    throw unfit(`it is of another state: its lineage is ${earlier.lineage}, not ${base.lineage}`);
  }
  const { bytes, parts } = readStateDocument(earlier.bytes, 'in the backup');
  const { start, end } = parts.serial;
  const serial = Buffer.from(String(base.serial + 1));
  return Buffer.concat([bytes.subarray(0, start), serial, bytes.subarray(end)]);
}

function unfit(why: string): RefusedError {
  return new RefusedError('BackupUnfit', `the backup cannot be restored here: ${why}`, {
    hint: 'name a backup of this very state',
  });
}
