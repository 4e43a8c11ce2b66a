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
 * @param asked what messages call the server: its URL, or the bundle's name
 * @throws FailedError `GraphqlError` when it has errors, `GraphqlUnexpected` when it is no GraphQL answer
 */
export function graphqlData({ status, body }: Pick<TextResponse, 'status' | 'body'>, asked: string): unknown {
  const parsed = v.safeParse(Answer, parseJson(body, status, asked));
  if (!parsed.success) throw unexpected(asked, status, 'it is not a GraphQL answer');
  const { errors = [], data } = parsed.output;
  if (errors.length > 0) {
    const shown = errors.slice(0, SHOWN_ERRORS).map(({ message }) => message);
    const rest = errors.length - shown.length;
    const messages = [...shown, ...(rest > 0 ? [`${rest} more`] : [])].join('; ');
    throw new FailedError('GraphqlError', `${asked} could not answer the query: ${messages}`, {
      hint: "its data's schema may not have what this command asks for",
    });
  }
  if (status !== 200 || data === undefined) throw unexpected(asked, status, 'it has neither data nor errors');
  return data;
}

/**
 * Data that a schema has checked.
 *
 * @throws FailedError `GraphqlUnexpected`, naming the first path that is not as expected
 */
export function checkedData<T extends v.GenericSchema>(
  data: unknown,
  schema: T,
  asked: string,
): v.InferOutput<T> {
  const parsed = v.safeParse(schema, data);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue) ?? 'data';
  throw new FailedError(
    'GraphqlUnexpected',
    `the answer of ${asked} is not as expected: ${path}: ${issue.message}`,
    {
      hint: 'the data may be newer or older than this version of tfrepair knows',
    },
  );
}

function parseJson(body: string, status: number, asked: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw unexpected(asked, status, `it is not JSON: ${messageOf(error)}`);
  }
}

function unexpected(asked: string, status: number, why: string): FailedError {
  return new FailedError('GraphqlUnexpected', `${asked} answered with HTTP ${status}: ${why}`, {
    hint: 'name the GraphQL address of a qontract server, e.g. http://127.0.0.1:4000/graphql',
  });
}
