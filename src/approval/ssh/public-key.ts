import { createHash } from 'node:crypto';

import { WireReader } from './wire-reader.js';

/**
 * What a key may be. Certificates are not among them: they say who somebody is by the word of an authority, and one key could
 * be many people.
 */
const TYPES = new Set([
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'ssh-rsa',
  'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
]);

/** The type of a public key in its binary form (RFC 4253, section 6.6); undefined when it is none that may sign. */
export function keyTypeOf(key: Buffer): string | undefined {
  const type = new WireReader(key).string()?.toString('latin1');
  return type !== undefined && TYPES.has(type) ? type : undefined;
}

/** `SHA256:…`, as `ssh-keygen -l` prints it. */
export function fingerprintOfKey(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}
