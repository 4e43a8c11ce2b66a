import { createHash, generateKeyPairSync, sign } from 'node:crypto';

import { canonicalize } from 'json-canonicalize';

import type { SshProof, StsProof } from '../../src/approval/proof.js';
import { TOKEN_PREFIX } from '../../src/approval/token.js';

/** When the proofs were made. */
export const SIGNED_AT = Date.parse('2026-01-31T12:00:00Z');

/** A well-formed STS proof, made up. */
export function stsProofOf(more: Partial<StsProof> = {}): StsProof {
  return {
    kind: 'sts',
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    region: 'eu-west-1',
    date: '20260131T120000Z',
    signedHeaders: ['content-type', 'host', 'x-amz-date', 'x-tfrepair-operation'],
    signature: 'e'.repeat(64),
    ...more,
  };
}

/** An approval as plain JSON, made up. */
export function approvalOf(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    schemaVersion: 1,
    type: 'tfrepair-approval',
    decision: 'approve',
    request: 'a'.repeat(64),
    proof: stsProofOf(),
    ...more,
  };
}

/** A token around any text or bytes. */
export function tokenAround(json: string | Buffer): string {
  return TOKEN_PREFIX + Buffer.from(json).toString('base64url');
}

/** A token of any document, in canonical form. */
export function tokenOf(document: unknown): string {
  return tokenAround(canonicalize(document));
}

/** A length and as many bytes, as in the protocol of SSH. */
export function sshString(bytes: string | Buffer): Buffer {
  const data = Buffer.from(bytes);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, data]);
}

export interface SshSignatureParts {
  readonly magic: string;
  readonly version: number;
  readonly keyType: string;
  readonly namespace: string;
  readonly reserved: string;
  readonly hash: string;
  readonly after: string;
}

/** A signature by a new Ed25519 key, with any part of it otherwise. */
export function sshSignatureOf(
  message: Buffer,
  namespace: string,
  wrong: Partial<SshSignatureParts> = {},
): Buffer {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  const key = Buffer.concat([sshString(wrong.keyType ?? 'ssh-ed25519'), sshString(raw)]);
  const hash = createHash('sha512').update(message).digest();
  const signed = Buffer.concat([
    Buffer.from('SSHSIG'),
    ...[namespace, '', 'sha512', hash].map((part) => sshString(part)),
  ]);
  const version = Buffer.alloc(4);
  version.writeUInt32BE(wrong.version ?? 1);
  return Buffer.concat([
    Buffer.from(wrong.magic ?? 'SSHSIG'),
    version,
    sshString(key),
    sshString(wrong.namespace ?? namespace),
    sshString(wrong.reserved ?? ''),
    sshString(wrong.hash ?? 'sha512'),
    sshString(Buffer.concat([sshString('ssh-ed25519'), sshString(sign(null, signed, privateKey))])),
    Buffer.from(wrong.after ?? ''),
  ]);
}

/** As ssh-keygen writes a signature. */
export function armored(blob: Buffer, width = 70): string {
  const lines = blob.toString('base64').match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
  return ['-----BEGIN SSH SIGNATURE-----', ...lines, '-----END SSH SIGNATURE-----', ''].join('\n');
}

export function sshProofOf(blob: Buffer): SshProof {
  return { kind: 'ssh', signature: armored(blob) };
}
