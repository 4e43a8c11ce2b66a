import { InterruptedError, isError, messageOf, systemCodeOf } from '../errors.js';

export interface FetchLimits {
  /** For the whole exchange. */
  readonly timeoutMs: number;
  /** The largest body taken, in bytes. */
  readonly maxBytes: number;
  /** The interruption of the command, for a `fetch` that does not know it. */
  readonly signal?: AbortSignal;
}

export interface TextResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** What is sent, with plain headers. */
export interface TextRequest {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Why there is no response: `message` is the end of a sentence. */
export class NoResponse extends Error {}

/**
 * Fetches a text within limits. Redirects are not followed: they could take a token to another host.
 *
 * @throws NoResponse when there is none, it takes too long or it is too large; the interruption when there is one
 */
export async function fetchText(
  fetch: typeof globalThis.fetch,
  url: string,
  request: TextRequest,
  limits: FetchLimits,
): Promise<TextResponse> {
  const timeout = AbortSignal.timeout(limits.timeoutMs);
  const signal = AbortSignal.any([timeout, ...(limits.signal === undefined ? [] : [limits.signal])]);
  try {
    const response = await fetch(url, { ...request, redirect: 'manual', signal });
    const body = await readBounded(response, limits.maxBytes);
    return { status: response.status, headers: response.headers, body };
  } catch (error) {
    limits.signal?.throwIfAborted();
    if (error instanceof NoResponse || error instanceof InterruptedError) throw error;
    throw new NoResponse(
      timeout.aborted ? `no answer within ${limits.timeoutMs / 1000} s` : reasonOf(error),
      {
        cause: error,
      },
    );
  }
}

async function readBounded({ body }: Response, maxBytes: number): Promise<string> {
  if (body === null) return '';
  const stream: AsyncIterable<Uint8Array> = body;
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of stream) {
    length += piece.length;
    if (length > maxBytes) throw new NoResponse(`the answer is larger than ${maxBytes} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name cannot be looked up now',
  ECONNRESET: 'the connection broke',
  UND_ERR_SOCKET: 'the connection broke',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted',
};

/** fetch hides the reason in the cause. */
function reasonOf(error: unknown): string {
  const cause = isError(error) ? (error.cause ?? error) : error;
  const code = systemCodeOf(cause);
  return (code === undefined ? undefined : REASONS[code]) ?? messageOf(cause);
}
