import { createHash } from 'node:crypto';

import { canonicalize } from 'json-canonicalize';

import type { SurgeryRequest } from './request.js';

/** Characters of a digest by which people call a request. */
const SHORT_LENGTH = 12;

/** The one form in which a request is written down and approved (RFC 8785). */
export function canonicalRequest(request: SurgeryRequest): Buffer {
  return Buffer.from(canonicalize(request));
}

/** The operation digest: what people approve. SHA-256 of the canonical form, hex. */
export function requestDigest(request: SurgeryRequest): string {
  return createHash('sha256').update(canonicalRequest(request)).digest('hex');
}

/** What a request is called in texts and names of files. */
export function shortId(digest: string): string {
  return digest.slice(0, SHORT_LENGTH);
}
