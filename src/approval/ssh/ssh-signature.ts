import { RefusedError } from '../../errors.js';
import { fingerprintOfKey, keyTypeOf } from './public-key.js';
import { WireReader } from './wire-reader.js';

/** What a signature says of itself; whether it is one nobody has looked at yet. */
export interface SshSignature {
  readonly namespace: string;
  /** The public key that it claims to be of, in its binary form. */
  readonly key: Buffer;
  /** `SHA256:…`, of that key. */
  readonly fingerprint: string;
}

const MAGIC = 'SSHSIG';
const VERSION = 1;
const HASHES = new Set(['sha256', 'sha512']);
const BEGIN = '-----BEGIN SSH SIGNATURE-----\n';
const END = '-----END SSH SIGNATURE-----\n';
const LINE_LENGTH = 70;

/**
 * Reads an armored signature. It must be written as `ssh-keygen` writes it, with nothing before, in or after it.
 *
 * @throws RefusedError `ProofInvalid`
 * @see OpenSSH, PROTOCOL.sshsig
 */
export function readSshSignature(armored: string): SshSignature {
  const blob = Buffer.from(armored.slice(BEGIN.length, -END.length), 'base64');
  if (armor(blob) !== armored) throw invalidSignature('it is not written as ssh-keygen writes signatures');
  const reader = new WireReader(blob);
  const magic = reader.take(MAGIC.length)?.toString('latin1');
  if (magic !== MAGIC || reader.uint32() !== VERSION)
    throw invalidSignature('it is no SSH signature of version 1');
  const [key, namespace, reserved, hash, signature] = Array.from({ length: 5 }, () => reader.string());
  if (key === undefined || namespace === undefined || signature === undefined || !reader.atEnd()) {
    throw invalidSignature('it is cut off, or has something after its end');
  }
  if (reserved?.length !== 0 || hash === undefined || !HASHES.has(hash.toString('latin1'))) {
    throw invalidSignature('it has parts that are not known');
  }
  if (keyTypeOf(key) === undefined) throw invalidSignature('its key is of a kind that cannot sign here');
  return { namespace: namespace.toString('latin1'), key, fingerprint: fingerprintOfKey(key) };
}

function armor(blob: Buffer): string {
  const lines = blob.toString('base64').match(new RegExp(`.{1,${LINE_LENGTH}}`, 'g')) ?? [];
  return `${BEGIN}${lines.map((line) => `${line}\n`).join('')}${END}`;
}

/** @param why the end of the sentence; shown */
export function invalidSignature(why: string): RefusedError {
  return new RefusedError('ProofInvalid', `the proof by SSH key cannot be used: ${why}`, {
    hint: 'have it signed again with tfrepair',
  });
}
