import * as v from 'valibot';

import type { TextResponse } from '../clients/fetch-text.js';
import { FailedError, messageOf } from '../errors.js';

/** The parts of a GraphQL answer that we look at (GraphQL specification, 7.1). */
const Answer = v.object({
  data: v.optional(v.unknown()),
  errors: v.optional(v.array(v.object({ message: v.string() }))),
});

/** More messages would only hide the first. */
const SHOWN_ERRORS = 3;

/**
 * The `data` of a GraphQL answer.
 *
 * @throws FailedError `GraphqlError` when it has errors, `GraphqlUnexpected` when it is no GraphQL answer
 */
export function graphqlData({ status, body }: TextResponse, url: string): unknown {
  const parsed = v.safeParse(Answer, parseJson(body, status, url));
  if (!parsed.success) throw unexpected(url, status, 'it is not a GraphQL answer');
  const { errors = [], data } = parsed.output;
  if (errors.length > 0) {
    const shown = errors.slice(0, SHOWN_ERRORS).map(({ message }) => message);
    const rest = errors.length - shown.length;
    const messages = [...shown, ...(rest > 0 ? [`${rest} more`] : [])].join('; ');
    throw new FailedError('GraphqlError', `${url} could not answer the query: ${messages}`, {
      hint: "its data's schema may not have what this command asks for",
    });
  }
  if (status !== 200 || data === undefined) throw unexpected(url, status, 'it has neither data nor errors');
  return data;
}

function parseJson(body: string, status: number, url: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw unexpected(url, status, `it is not JSON: ${messageOf(error)}`);
  }
}

function unexpected(url: string, status: number, why: string): FailedError {
  return new FailedError('GraphqlUnexpected', `${url} answered with HTTP ${status}: ${why}`, {
    hint: 'name the GraphQL address of a qontract server, e.g. http://127.0.0.1:4000/graphql',
  });
}
