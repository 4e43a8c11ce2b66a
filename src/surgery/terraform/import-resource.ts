import { readFile } from 'node:fs/promises';

import { runFailure } from '../../terraform/terraform.js';
import type { ImportOperation } from '../operations/operation.js';
import type { PrivateCopy } from './private-copy.js';

/**
 * Lets terraform import into a private copy: the providers read the object, nothing is written but the copy's state.
 *
 * @returns the copy's state afterwards
 * @throws FailedError `ImportFailed` with terraform's words, without the root's secrets; the interruption
 */
export async function importResource(
  { root, terraform, stateFile }: PrivateCopy,
  { address, id }: Pick<ImportOperation, 'address' | 'id'>,
): Promise<Buffer> {
  const args = ['import', '-input=false', '-no-color', '-lock=false', '--', address, id];
  const result = await terraform.run(root, args);
  if (result.exitCode === 0 && !result.timedOut) return readFile(stateFile);
  throw runFailure('ImportFailed', `${terraform.product} import of ${address}`, result, root);
}
