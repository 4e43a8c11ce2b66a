import { fetchText, NoResponse, type TextResponse } from '../clients/fetch-text.js';
import type { World } from '../world.js';

const LIMITS = { timeoutMs: 2000, maxBytes: 64 * 1024 };

/**
 * Asks a server one small question.
 *
 * @returns its answer, or why there is none, as the end of a sentence
 * @throws the interruption
 */
export async function probe(
  { fetch, signal }: Pick<World, 'fetch' | 'signal'>,
  url: URL,
  headers: Readonly<Record<string, string>> = {},
): Promise<TextResponse | string> {
  try {
    return await fetchText(fetch, url.href, { headers }, { ...LIMITS, signal });
  } catch (error) {
    if (error instanceof NoResponse) return error.message;
    throw error;
  }
}
