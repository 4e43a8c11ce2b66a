import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

import { messageOf, systemCodeOf } from '../../errors.js';
import { jsonAnswer, RefusedRequest } from './answer.js';
import { parseContentType } from './media-type.js';

/** The largest body taken, in bytes, after decompression: the limit of the real server (Express). */
export const BODY_LIMIT = 100 * 1024;

const decoders: Record<string, (data: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>> = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/**
 * The JSON object or array in a request's body; undefined when there is no body or it is of another type.
 *
 * @throws RefusedRequest 400 for what is not JSON, 413 above `BODY_LIMIT`, 415 for a coding or charset we cannot read
 */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  const { essence, charset } = parseContentType(request.headers['content-type']);
  if (essence !== 'application/json') return undefined;
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8') {
    throw refusal(415, `unsupported charset ${charset}`);
  }
  const bytes = await decode(request.headers['content-encoding'] ?? 'identity', request);
  return bytes.length === 0 ? undefined : parseStrict(bytes.toString('utf8'));
}

async function decode(encoding: string, request: IncomingMessage): Promise<Buffer> {
  const coding = encoding.toLowerCase();
  if (coding === 'identity') return readBounded(request);
  const decoder = Object.hasOwn(decoders, coding) ? decoders[coding] : undefined;
  if (decoder === undefined) throw refusal(415, `unsupported content encoding ${coding}`);
  const bytes = await readBounded(request);
  try {
    return await decoder(bytes, { maxOutputLength: BODY_LIMIT });
  } catch (error) {
    if (systemCodeOf(error) === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw refusal(400, `the request body is not ${coding}: ${messageOf(error)}`);
  }
}

async function readBounded(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT) throw tooLarge();
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > BODY_LIMIT) throw tooLarge();
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** Only objects and arrays are taken, as by the real server. */
function parseStrict(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw refusal(400, `the request body is not JSON: ${messageOf(error)}`);
  }
  if (typeof value === 'object' && value !== null) return value;
  throw refusal(400, 'the request body must be a JSON object');
}

function tooLarge(): RefusedRequest {
  return refusal(413, `the request body is larger than ${BODY_LIMIT} bytes`);
}

function refusal(status: number, message: string): RefusedRequest {
  return new RefusedRequest(
    jsonAnswer({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] }, status),
  );
}
