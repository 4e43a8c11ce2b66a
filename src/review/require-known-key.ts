import { personOf } from '../approval/person-of.js';
import { entriesOfKey } from '../approval/ssh/entries-of-key.js';
import type { Session } from './session.js';
import type { Signer } from './signer.js';

/**
 * Refuses an SSH key of nobody before anything is shown to whoever has it. That a key is somebody's, its signature proves later.
 *
 * @throws RefusedError `SignerUnknown`, `PrincipalUnmapped`, `KeyShared`; FailedError about the allowed-signers file
 */
export async function requireKnownKey(
  { kind, self: { sshKey: fingerprint } }: Pick<Signer, 'kind' | 'self'>,
  { settings, context: { people } }: Pick<Session, 'settings' | 'context'>,
): Promise<void> {
  const { allowedSigners } = settings;
  if (kind !== 'ssh' || fingerprint === undefined || allowedSigners === undefined) return;
  const { names } = await entriesOfKey(fingerprint, allowedSigners);
  personOf({ kind, fingerprint, names }, people, { account: undefined, settings });
}
