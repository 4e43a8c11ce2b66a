import { createHash } from 'node:crypto';

/** The SHA-256 in hexadecimal, as bundles have it of files and of lists' items. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
