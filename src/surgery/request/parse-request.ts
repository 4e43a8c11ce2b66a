import { isUtf8 } from 'node:buffer';

import * as v from 'valibot';

import { FailedError, messageOf } from '../../errors.js';
import { isJsonObject, type Json } from '../../json.js';
import { canonicalRequest } from './canonical.js';
import { REQUEST_VERSION, type SurgeryRequest } from './request.js';
import { RequestSchema } from './schema.js';

/** Far more than a reviewer could read. */
export const MAX_REQUEST_BYTES = 256 * 1024;

/**
 * Reads a request. Only the canonical form is taken: there is one way to write a request, and so no second reading of what
 * was approved (a name twice, a number that does not fit, another order).
 *
 * @param source what the request is called in messages, e.g. its file
 * @throws FailedError `RequestInvalid`, `RequestVersion`
 */
export function parseRequest(bytes: Buffer, source: string): SurgeryRequest {
  if (bytes.length > MAX_REQUEST_BYTES)
    throw invalidRequest(source, `it is larger than ${MAX_REQUEST_BYTES} bytes`);
  if (!isUtf8(bytes)) throw invalidRequest(source, 'it is not UTF-8 text');
  const document = parsed(bytes, source);
  requireVersion(document, source);
  const result = v.safeParse(RequestSchema, document);
  if (!result.success) throw invalidRequest(source, problemIn(result.issues[0]));
  const request = checked(result.output, source);
  if (canonicalRequest(request).equals(bytes)) return request;
  throw invalidRequest(
    source,
    'it is not in canonical form (RFC 8785), so that it could be read in two ways',
  );
}

/**
 * Makes sure that what is to be approved can be read again by others.
 *
 * @throws FailedError `RequestInvalid`
 */
export function requireReadable(request: SurgeryRequest): void {
  parseRequest(canonicalRequest(request), 'to be written');
}

function parsed(bytes: Buffer, source: string): Json {
  try {
    return JSON.parse(bytes.toString('utf8')) as Json;
  } catch (error) {
    throw invalidRequest(source, `it is no JSON: ${messageOf(error).replaceAll(/[^ -~]/g, '?')}`);
  }
}

function requireVersion(document: Json, source: string): void {
  if (!isJsonObject(document) || document['type'] !== 'tfrepair-request') {
    throw invalidRequest(source, 'it says itself that it is none');
  }
  const version = document['schemaVersion'];
  if (version === REQUEST_VERSION) return;
  throw new FailedError(
    'RequestVersion',
    `the request ${source} is of version ${version === undefined ? 'none' : JSON.stringify(version)}; only version ${REQUEST_VERSION} is known`,
    { hint: 'use the tfrepair that its maker used' },
  );
}

/** What single fields cannot say. */
function checked(request: SurgeryRequest, source: string): SurgeryRequest {
  const { base, post, operations, createdAt, notAfter } = request;
  if (post.serial <= base.serial) throw invalidRequest(source, 'its new serial is not after the old one');
  if (notAfter <= createdAt) throw invalidRequest(source, 'it ends before it begins');
  const isAlone = operations.length === 1;
  if (!isAlone && operations.some(({ op }) => op === 'restore' || op === 'import')) {
    throw invalidRequest(source, 'a restore or an import stands alone in a request');
  }
  return request;
}

function problemIn(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  return `${path === null ? '' : `${path}: `}${issue.message.slice(0, 200).replaceAll(/[^ -~]/g, '?')}`;
}

/** What a request that cannot be used is to the user. */
export function invalidRequest(source: string, why: string): FailedError {
  return new FailedError('RequestInvalid', `the request ${source} cannot be used: ${why}`, {
    hint: 'ask its maker for the file as tfrepair wrote it',
  });
}
