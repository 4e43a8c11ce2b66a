import { isUtf8 } from 'node:buffer';

import { canonicalize } from 'json-canonicalize';
import * as v from 'valibot';

import { messageOf, RefusedError } from '../errors.js';
import type { Proof } from './proof.js';
import { ApprovalSchema } from './schema.js';
import type { Statement } from './statement.js';

/** Bumped when a field changes its meaning. */
export const APPROVAL_VERSION = 1;

/** What a token begins with. */
export const TOKEN_PREFIX = 'tfra1.';

/** Far more than a token with the longest session token has. */
export const MAX_TOKEN_CHARS = 16 * 1024;

/** Characters of an explanation. */
const MAX_WHY = 200;

/** A statement with its proof: what a person hands over as a token. */
export interface Approval extends Statement {
  readonly schemaVersion: typeof APPROVAL_VERSION;
  readonly type: 'tfrepair-approval';
  readonly proof: Proof;
}

/** One line: the prefix, then the canonical JSON (RFC 8785) in base64url without padding. */
export function formatToken(statement: Statement, proof: Proof): string {
  const approval: Approval = {
    schemaVersion: APPROVAL_VERSION,
    type: 'tfrepair-approval',
    ...statement,
    proof,
  };
  return TOKEN_PREFIX + Buffer.from(canonicalize(approval)).toString('base64url');
}

/**
 * Reads a token. There is one way to write an approval, and so no second reading of it: the prefix, base64url without padding
 * or spare bits, and in it canonical JSON. Nothing around it is left out either: whoever reads a file or a paste trims it.
 *
 * @throws RefusedError `TokenInvalid`
 */
export function parseToken(text: string): Approval {
  if (text.length > MAX_TOKEN_CHARS) throw invalid(`it is longer than ${MAX_TOKEN_CHARS} characters`);
  if (!text.startsWith(TOKEN_PREFIX)) throw invalid(`it does not begin with ${TOKEN_PREFIX}`);
  const encoded = text.slice(TOKEN_PREFIX.length);
  const bytes = Buffer.from(encoded, 'base64url');
  if (bytes.toString('base64url') !== encoded)
    throw invalid('it is not base64url without padding, in one line');
  if (!isUtf8(bytes)) throw invalid('it is not UTF-8 text');
  const json = bytes.toString('utf8');
  const approval = parseApproval(parsed(json));
  if (canonicalize(approval) === json) return approval;
  throw invalid('it is not in canonical form (RFC 8785), so that it could be read in two ways');
}

/**
 * The approval in a JSON value of which somebody else makes sure that it was in canonical form.
 *
 * @throws RefusedError `TokenInvalid`
 */
export function parseApproval(document: unknown): Approval {
  const result = v.safeParse(ApprovalSchema, document);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  throw invalid(`${path === null ? '' : `${path}: `}${issue.message}`);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw invalid(`it is no JSON: ${messageOf(error)}`);
  }
}

/** @param why may repeat what was found, which is anything */
function invalid(why: string): RefusedError {
  const shown = why.slice(0, MAX_WHY).replaceAll(/[^ -~]/g, '?');
  return new RefusedError('TokenInvalid', `the approval cannot be used: ${shown}`, {
    hint: 'copy the token whole, as tfrepair review printed it',
  });
}
