import { readBounded } from '../../bounded-file.js';
import { FailedError, messageOf, RefusedError } from '../../errors.js';
import { namesIn, parseAllowedSigners, type AllowedSigner } from './allowed-signers.js';
import { fingerprintOfKey } from './public-key.js';

const MAX_SIGNERS_BYTES = 1024 * 1024;

/** A person with more names than that has been given somebody else's. */
const MAX_NAMES = 16;

/**
 * What an allowed-signers file says about a key, and all names that it has for it.
 *
 * @param fingerprint `SHA256:…`
 * @throws RefusedError `SignerUnknown`; FailedError `AllowedSignersUnreadable`, `AllowedSignersInvalid`
 */
export async function entriesOfKey(
  fingerprint: string,
  file: string,
): Promise<{ readonly entries: readonly AllowedSigner[]; readonly names: readonly string[] }> {
  const entries = parseAllowedSigners(await readSigners(file), file).filter(
    ({ key, isAuthority }) => !isAuthority && fingerprintOfKey(key) === fingerprint,
  );
  const names = namesIn(entries, file);
  if (names.length === 0 || names.length > MAX_NAMES) throw signerUnknown(fingerprint, names, file);
  return { entries, names };
}

async function readSigners(file: string): Promise<string> {
  try {
    return (await readBounded(file, MAX_SIGNERS_BYTES)).toString('utf8');
  } catch (error) {
    throw new FailedError('AllowedSignersUnreadable', `cannot read ${file}: ${messageOf(error)}`, {
      hint: 'set allowed_signers in [tfrepair.approval] to the allowed-signers file',
    });
  }
}

function signerUnknown(fingerprint: string, names: readonly string[], file: string): RefusedError {
  const why = names.length === 0 ? 'has no entry for' : `has ${names.length} names for`;
  return new RefusedError('SignerUnknown', `${file} ${why} the SSH key ${fingerprint}`, {
    hint: 'have the key entered there, in the name of its one owner',
  });
}
