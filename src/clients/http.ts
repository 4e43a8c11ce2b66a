import * as v from 'valibot';

import { FailedError } from '../errors.js';
import {
  fetchText,
  NoResponse,
  type FetchLimits,
  type TextRequest,
  type TextResponse,
} from './fetch-text.js';

const LIMITS: FetchLimits = { timeoutMs: 30_000, maxBytes: 32 * 1024 * 1024 };

/**
 * One bounded request to another system; any status is an answer.
 *
 * @param system how errors name it, e.g. `vault`
 * @throws FailedError `SystemUnreachable`; the interruption when `fetch` is cut short by it
 */
export async function askSystem(
  fetch: typeof globalThis.fetch,
  system: string,
  url: string,
  request: TextRequest = {},
): Promise<TextResponse> {
  try {
    return await fetchText(fetch, url, request, LIMITS);
  } catch (error) {
    if (!(error instanceof NoResponse)) throw error;
    throw new FailedError(
      'SystemUnreachable',
      `cannot reach ${system} at ${originOf(url)}: ${error.message}`,
      {
        cause: error,
      },
    );
  }
}

/** The answer's JSON, checked. @throws FailedError `AnswerUnusable` when it is no such JSON */
export function parseAnswer<T extends v.GenericSchema>(
  system: string,
  answer: TextResponse,
  schema: T,
): v.InferOutput<T> {
  const parsed = v.safeParse(schema, jsonOf(answer.body));
  if (parsed.success) return parsed.output;
  throw new FailedError(
    'AnswerUnusable',
    `${system} answered with status ${answer.status} and not as expected`,
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The URL's own part only: a path or query may hold what is nobody's business. */
function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : 'an invalid URL';
}
