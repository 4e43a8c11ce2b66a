import * as v from 'valibot';

import { FailedError } from '../../errors.js';
import type { BackendSettings } from './backend-settings.js';

const Recorded = v.object({
  backend: v.optional(v.object({ type: v.string(), config: v.nullable(v.record(v.string(), v.unknown())) })),
});

/**
 * The backend that `init` has recorded in `terraform.tfstate` of the data folder, with the settings that were given on its
 * command line and in files. Settings may be secret.
 *
 * @throws FailedError `RecordedBackendInvalid`
 */
export function parseRecordedBackend(bytes: Uint8Array, file: string): BackendSettings | undefined {
  try {
    const { backend } = v.parse(Recorded, JSON.parse(Buffer.from(bytes).toString('utf8')));
    return backend && { type: backend.type, settings: backend.config ?? {} };
  } catch {
    // The cause would quote values, which may be secret.
    throw new FailedError('RecordedBackendInvalid', `${file} is not what terraform init writes`, {
      hint: 'terraform init -reconfigure writes it anew',
    });
  }
}
