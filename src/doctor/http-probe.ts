import { isError, systemCodeOf } from '../errors.js';
import type { World } from '../world.js';

const TIMEOUT_MS = 2000;
const MAX_BYTES = 4096;

/** What a server answered to a GET, or why it did not. */
export type HttpAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  | { readonly kind: 'failed'; readonly why: string };

/** Asks a server one small question: at most 2 s, 4 KiB and no redirect, which could carry a token elsewhere. */
export async function probe(
  { fetch, signal }: Pick<World, 'fetch' | 'signal'>,
  url: URL,
  headers: Readonly<Record<string, string>> = {},
): Promise<HttpAnswer> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await fetch(url, {
      headers,
      redirect: 'manual',
      signal: AbortSignal.any([signal, timeout]),
    });
    return { kind: 'answered', status: response.status, body: await beginning(response) };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'failed', why: timeout.aborted ? 'no answer within 2 s' : reasonOf(error) };
  }
}

async function beginning(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop cancels the rest of the body.
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= MAX_BYTES) break;
  }
  return Buffer.concat(chunks).toString('utf8', 0, MAX_BYTES);
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection closed',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'no such host',
  UND_ERR_SOCKET: 'connection closed',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is not trusted',
};

/** `fetch` says only "fetch failed"; what happened stands in its causes. */
function reasonOf(error: unknown): string {
  const cause = isError(error) ? error.cause : undefined;
  const code = systemCodeOf(cause) ?? systemCodeOf(error);
  return (code === undefined ? undefined : (REASONS[code] ?? code)) ?? 'connection failed';
}
