import { FailedError } from '../../errors.js';
import type { SshProof } from '../proof.js';
import type { SignedMatter } from '../statement.js';
import { runKeygen, type KeygenContext } from './ssh-keygen.js';
import { readSshSignature } from './ssh-signature.js';

/** Somebody may have to type a passphrase, or touch a security key. */
const SIGN_TIMEOUT_MS = 120_000;

const ASK_TIMEOUT_MS = 10_000;

/**
 * Signs a statement with an SSH key. What is signed goes through a pipe, and no key through our hands.
 *
 * @param key the file of a private key, or of a public one whose private key an agent has
 * @throws FailedError `SshNotSigned`, `SshKeygenMissing`, `SshKeygenFailed`
 */
export async function signWithSsh(
  matter: SignedMatter,
  key: string,
  context: KeygenContext,
): Promise<SshProof> {
  const args = ['-Y', 'sign', '-n', matter.namespace, '-f', key];
  const task = { args, input: matter.bytes, timeoutMs: SIGN_TIMEOUT_MS };
  const { succeeded, stdout, complaint } = await runKeygen(task, context);
  if (!succeeded) throw notSigned(key, complaint);
  const { namespace } = readSshSignature(stdout);
  if (namespace !== matter.namespace) throw notSigned(key, 'it signed something else');
  return { kind: 'ssh', signature: stdout };
}

/**
 * The fingerprint of a key, `SHA256:…`; for a private key no passphrase is needed.
 *
 * @throws FailedError `SshKeyUnreadable`, `SshKeygenMissing`, `SshKeygenFailed`
 */
export async function fingerprintOf(key: string, context: KeygenContext): Promise<string> {
  const task = { args: ['-l', '-E', 'sha256', '-f', key], timeoutMs: ASK_TIMEOUT_MS };
  const { succeeded, stdout, complaint } = await runKeygen(task, context);
  const [, fingerprint] = /^\d+ (SHA256:[\w+/]{43}) [^\n]*\n$/.exec(stdout) ?? [];
  if (succeeded && fingerprint !== undefined) return fingerprint;
  throw new FailedError('SshKeyUnreadable', `${key} is not the file of one SSH key: ${complaint}`, {
    hint: 'name the file of a key, e.g. ~/.ssh/id_ed25519',
  });
}

function notSigned(key: string, complaint: string): FailedError {
  if (/passphrase/i.test(complaint)) {
    return new FailedError(
      'SshNotSigned',
      `the passphrase of ${key} is wrong, or there is no terminal to ask for it`,
      {
        hint: `ssh-add ${key}, and sign with ${key.replace(/(?:\.pub)?$/, '.pub')}`,
      },
    );
  }
  return new FailedError('SshNotSigned', `ssh-keygen could not sign with ${key}: ${complaint}`, {
    hint: 'name a private key, or a public one whose private key the agent at SSH_AUTH_SOCK has',
  });
}
