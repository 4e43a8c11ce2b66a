import {
  getVariableValues,
  GraphQLError,
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

import type { Resolvers } from '../resolvers.js';
import { formatError, requestError, TOO_DEEP, type AnswerError } from './errors.js';
import { writeObject } from './object.js';
import { FAILED, type Outcome } from './outcome.js';
import { planObject, type PlanContext } from './plan.js';
import { MAX_COST, Run, TooCostly } from './run.js';

/** An operation of a validated document, and the variables of the request. */
export interface ExecutionRequest {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What came of an operation. */
export interface Execution {
  /** undefined if the operation could not be started. */
  readonly data: readonly string[] | null | undefined;
  readonly errors: readonly AnswerError[];
  /** The `$schema` of all datafiles visited, in order of the first visit. */
  readonly schemas: readonly unknown[];
}

/**
 * Executes a query as graphql-js's `execute` does, but writes the JSON text of the answer at once instead of building a tree
 * of objects first: several times as fast, in a fraction of the memory.
 */
export function executeQuery(
  { document, operation, variables }: ExecutionRequest,
  schema: GraphQLSchema,
  resolvers: Resolvers,
): Execution {
  const definitions = operation.variableDefinitions ?? [];
  const { errors, coerced } = getVariableValues(schema, definitions, variables, { maxErrors: 50 });
  if (errors !== undefined) return notStarted(errors.map(variableError));
  const context = {
    schema,
    resolvers,
    operation,
    fragments: fragmentsOf(document),
    variables: coerced,
    rawVariables: variables,
  };
  const run = new Run();
  try {
    return finished(run, writeData(context, run));
  } catch (error) {
    return { ...finished(run, FAILED), errors: [endOf(error)] };
  }
}

/** An error of a variable has a place in the query, unlike the one that there are too many of them. */
function variableError(error: GraphQLError): AnswerError {
  return formatError(error, error.nodes === undefined ? 'INTERNAL_SERVER_ERROR' : 'BAD_USER_INPUT');
}

function notStarted(errors: readonly AnswerError[]): Execution {
  return { data: undefined, errors, schemas: [] };
}

function finished(run: Run, outcome: Outcome): Execution {
  return {
    data: outcome === FAILED ? null : run.out.pieces(),
    errors: run.errors,
    schemas: [...run.visited],
  };
}

function writeData(context: PlanContext, run: Run): Outcome {
  const { schema, operation } = context;
  const root = schema.getRootType(operation.operation);
  try {
    if (!root)
      throw new GraphQLError(`Schema is not configured to execute ${operation.operation} operation.`, {
        nodes: operation,
      });
    return writeObject(planObject(root, [operation], context), undefined, run, 0);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    run.errors.push(formatError(error));
    return FAILED;
  }
}

/** The error of an execution that had to be given up. */
function endOf(error: unknown): AnswerError {
  if (error instanceof TooCostly) {
    const limit = `${MAX_COST / 1e6} MB`;
    return requestError(
      `the answer would be larger than ${limit}: ask for less at a time`,
      'ANSWER_TOO_LARGE',
    );
  }
  if (error instanceof RangeError) return requestError(TOO_DEEP, 'QUERY_TOO_DEEP');
  throw error;
}

function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}
