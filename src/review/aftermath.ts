import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { Approval } from '../approval/token.js';
import { FailedError, messageOf } from '../errors.js';
import type { SurgeryRequest } from '../surgery/request/request.js';
import type { CarriedOut } from './carry-out.js';

/** What those look at who review a write that nobody reviewed before. */
export interface Aftermath {
  readonly request: SurgeryRequest;
  /** The maker's own, with their proof, the reason and the ticket. */
  readonly statement: Approval;
  readonly done: CarriedOut;
}

/** Writes it into a new private file (0600). @throws FailedError `AftermathNotWritten`: the state is written all the same */
export async function writeAftermath(file: string, aftermath: Aftermath): Promise<void> {
  const document = { schemaVersion: 1, type: 'tfrepair-break-glass', ...aftermath };
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, `${JSON.stringify(document, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw new FailedError(
      'AftermathNotWritten',
      `the state is as the request says, but ${file} could not be written: ${messageOf(error)}`,
      { hint: 'tfrepair state history shows what was done, and why', cause: error },
    );
  }
}
