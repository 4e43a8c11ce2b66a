import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** An error as it is answered; `extensions.code` is always there. */
export type AnswerError = GraphQLFormattedError;

/** The codes of Apollo Server, which clients of the real server see; the first two are this server's own limits. */
export type ErrorCode =
  | 'ANSWER_TOO_LARGE'
  | 'QUERY_TOO_DEEP'
  | 'BAD_USER_INPUT'
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'INTERNAL_SERVER_ERROR'
  | 'OPERATION_RESOLUTION_FAILURE';

/** An error with its code: its own, or else the given one. */
export function formatError(error: GraphQLError, code: ErrorCode = 'INTERNAL_SERVER_ERROR'): AnswerError {
  return { ...error.toJSON(), extensions: { code, ...error.extensions } };
}

/** An error that concerns the request as a whole. */
export function requestError(message: string, code: ErrorCode): AnswerError {
  return { message, extensions: { code } };
}

/** What to say of a query whose nesting does not fit on the stack. */
export const TOO_DEEP = 'the query is nested too deeply';
