import { isUtf8 } from 'node:buffer';

import { canonicalize } from 'json-canonicalize';
import * as v from 'valibot';

import { MAX_TOKEN_CHARS, parseApproval, type Approval } from '../../approval/token.js';
import { isError } from '../../errors.js';
import { requestDigest } from './canonical.js';
import { invalidRequest, MAX_REQUEST_BYTES, parseRequest } from './parse-request.js';
import type { SurgeryRequest } from './request.js';

/** Bumped when a field changes its meaning. */
export const HANDOVER_VERSION = 1;

/** What a handover begins with that is one line. */
export const HANDOVER_PREFIX = 'tfrr1.';

/** A request with the proof of who made it. */
export const MAX_HANDOVER_BYTES = MAX_REQUEST_BYTES + MAX_TOKEN_CHARS;

/** What a maker gives to a reviewer: the request, and that it is theirs. */
export interface Handover {
  readonly request: SurgeryRequest;
  /** The maker's word that they have prepared it; undefined: only the request itself names them. */
  readonly maker?: Approval;
}

const Outline = v.strictObject({
  schemaVersion: v.literal(HANDOVER_VERSION),
  type: v.literal('tfrepair-handover'),
  request: v.looseObject({ type: v.literal('tfrepair-request') }),
  maker: v.exactOptional(v.unknown()),
});

/** The one form in which a handover is written down (RFC 8785). The digest that people approve is that of the request alone. */
export function formatHandover(handover: Handover): Buffer {
  return Buffer.from(canonicalize(documentOf(handover)));
}

/** The same as one line: the prefix, then base64url without padding. */
export function handoverToken(handover: Handover): string {
  return HANDOVER_PREFIX + formatHandover(handover).toString('base64url');
}

/**
 * Reads a handover from a file or a token. A request alone will do, too: then nobody has proved to have made it. As with
 * requests, nothing but the canonical form is taken.
 *
 * @param source what it is called in messages, e.g. its file
 * @throws FailedError `RequestInvalid`, `RequestVersion`; RefusedError `TokenInvalid`: of the maker's proof
 */
export function parseHandover(bytes: Buffer, source: string): Handover {
  const content = isToken(bytes) ? decoded(bytes, source) : bytes;
  if (content.length > MAX_HANDOVER_BYTES) {
    throw invalidRequest(source, `it is larger than ${MAX_HANDOVER_BYTES} bytes`);
  }
  const document = jsonIn(content);
  if (!v.is(v.looseObject({ type: v.literal('tfrepair-handover') }), document)) {
    return { request: parseRequest(content, source) };
  }
  const outline = v.safeParse(Outline, document);
  if (!outline.success) throw invalidRequest(source, 'it has parts that no handover has');
  const { request: claimed, maker } = outline.output;
  const handover = {
    request: parseRequest(canonical(claimed, source), source),
    ...(maker === undefined ? {} : { maker: parseApproval(maker) }),
  };
  requireOwn(handover, source);
  if (formatHandover(handover).equals(content)) return handover;
  throw invalidRequest(
    source,
    'it is not in canonical form (RFC 8785), so that it could be read in two ways',
  );
}

function documentOf({ request, maker }: Handover): object {
  const head = { schemaVersion: HANDOVER_VERSION, type: 'tfrepair-handover' };
  return { ...head, request, ...(maker === undefined ? {} : { maker }) };
}

function isToken(bytes: Buffer): boolean {
  return bytes.toString('latin1', 0, HANDOVER_PREFIX.length) === HANDOVER_PREFIX;
}

/** Whoever pastes a token adds a line break. */
function decoded(bytes: Buffer, source: string): Buffer {
  const encoded = bytes.toString('latin1', HANDOVER_PREFIX.length).trim();
  const content = Buffer.from(encoded, 'base64url');
  if (content.toString('base64url') === encoded) return content;
  throw invalidRequest(source, 'it is not base64url without padding, in one line');
}

/** undefined: it is no JSON, which whoever reads it as a request says. */
function jsonIn(content: Buffer): unknown {
  if (!isUtf8(content)) return undefined;
  try {
    return JSON.parse(content.toString('utf8'));
  } catch {
    return undefined;
  }
}

function canonical(claimed: object, source: string): Buffer {
  try {
    return Buffer.from(canonicalize(claimed));
  } catch (error) {
    throw invalidRequest(source, isError(error) ? `it has no canonical form (${error.name})` : 'it has none');
  }
}

/** The proof that comes with a request has to be its maker's, and of this very request. */
function requireOwn({ request, maker }: Handover, source: string): void {
  if (maker === undefined) return;
  if (maker.decision === 'prepare' && maker.request === requestDigest(request)) return;
  throw invalidRequest(source, "what proves its maker's word is about something else");
}
