import { objectWrittenAt } from '../clients/aws/objects.js';
import type { Backend } from '../terraform/root.js';
import type { StateAccess } from '../terraform/state/state-access.js';

/** When a state in S3 was last written; undefined when it is elsewhere, or nobody says. In milliseconds since the epoch. */
export async function stateWrittenAt(
  backend: Backend,
  { credentials, signal }: Pick<StateAccess, 'credentials' | 'signal'>,
): Promise<number | undefined> {
  if (backend.type !== 's3') return undefined;
  try {
    return await objectWrittenAt(backend, await credentials(), signal);
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}
