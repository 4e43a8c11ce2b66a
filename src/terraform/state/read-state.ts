import { stat } from 'node:fs/promises';

import { readStateObject } from '../../clients/aws/state-object.js';
import { readBounded } from '../../bounded-file.js';
import { FailedError, messageOf, systemCodeOf } from '../../errors.js';
import type { Backend } from '../root.js';
import type { StateAccess } from './state-access.js';

/** A state of 100,000 instances is some 200 MB. */
const MAX_BYTES = 512 * 1024 * 1024;

/**
 * The bytes of a root's state; undefined when nothing was ever written. Only of backends that we cannot read ourselves is
 * terraform asked.
 *
 * @throws FailedError `StateUnreadable`, and what `access` throws
 */
export async function readState(backend: Backend, access: StateAccess): Promise<Uint8Array | undefined> {
  switch (backend.type) {
    case 's3':
      return readStateObject(backend, await access.credentials(), access.signal);
    case 'local':
      return readStateFile(backend.path);
    case 'other':
      return access.pull();
  }
}

async function readStateFile(path: string): Promise<Buffer | undefined> {
  try {
    if (!(await stat(path)).isFile()) throw new Error('it is not a file');
    return await readBounded(path, MAX_BYTES);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw new FailedError('StateUnreadable', `cannot read the state ${path}: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
