import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { RefusedError } from '../../errors.js';
import { withWorkdir } from '../../terraform/workdir.js';
import type { SshIdentity, SshProof } from '../proof.js';
import type { SignedMatter } from '../statement.js';
import type { AllowedSigner } from './allowed-signers.js';
import { entriesOfKey } from './entries-of-key.js';
import { runKeygen, type KeygenContext } from './ssh-keygen.js';
import { invalidSignature, readSshSignature, type SshSignature } from './ssh-signature.js';

const VERIFY_TIMEOUT_MS = 10_000;

/**
 * Finds out whose SSH key signed a statement: `ssh-keygen` must accept the signature now, for the statement's own namespace and
 * bytes, under each name that counts. All names that the file has for the key are told, so that one key never counts as two
 * people.
 *
 * @param allowedSigners the allowed-signers file
 * @throws RefusedError `ProofInvalid`, `SignerUnknown`, `ProofNotAccepted`
 * @throws FailedError `AllowedSignersUnreadable`, `AllowedSignersInvalid`, `SshKeygenMissing`, `SshKeygenFailed`
 */
export async function verifySsh(
  proof: SshProof,
  matter: SignedMatter,
  allowedSigners: string,
  context: KeygenContext,
): Promise<SshIdentity> {
  const signature = readSshSignature(proof.signature);
  if (signature.namespace !== matter.namespace) throw invalidSignature('it was signed as something else');
  const { names, entries } = await entriesOfKey(signature.fingerprint, allowedSigners);
  return {
    kind: 'ssh',
    fingerprint: signature.fingerprint,
    ...(await accepted(names, entries, proof, matter, signature, context)),
  };
}

/** ssh-keygen is given the entries that we have read, and no file that could change meanwhile. */
async function accepted(
  names: readonly string[],
  entries: readonly AllowedSigner[],
  proof: SshProof,
  matter: SignedMatter,
  { fingerprint }: SshSignature,
  context: KeygenContext,
): Promise<Pick<SshIdentity, 'names' | 'otherNames'>> {
  return withWorkdir({ keep: false, signal: context.signal }, async (folder) => {
    const [signers, signature] = [join(folder, 'allowed-signers'), join(folder, 'signature')];
    const lines = entries.map(({ text }) => `${text}\n`).join('');
    await writeFile(signers, lines, { mode: 0o600, flag: 'wx' });
    await writeFile(signature, proof.signature, { mode: 0o600, flag: 'wx' });
    const good: string[] = [];
    let complaint = '';
    for (const name of names) {
      const args = ['-Y', 'verify', '-f', signers, '-I', name, '-n', matter.namespace, '-s', signature];
      const task = { args, input: matter.bytes, timeoutMs: VERIFY_TIMEOUT_MS };
      const result = await runKeygen(task, context);
      if (result.succeeded && result.stdout.endsWith(` key ${fingerprint}\n`)) good.push(name);
      else complaint = result.complaint;
    }
    const otherNames = names.filter((name) => !good.includes(name));
    if (good.length > 0) return { names: good, ...(otherNames.length === 0 ? {} : { otherNames }) };
    throw new RefusedError(
      'ProofNotAccepted',
      `ssh-keygen does not accept the signature of ${names.join(', ')}: ${complaint}`,
      {
        hint: 'have exactly this request signed again, with a key that the allowed-signers file allows for it now',
      },
    );
  });
}
