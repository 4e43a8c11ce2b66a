import type { FieldNode } from 'graphql';

import type { Run } from './run.js';

export const WRITTEN = 0;
export const EMPTY = 1;
export const FAILED = 2;

/**
 * What became of a value: it is written; it is written as `{}`, which a list drops; or it failed where null is not allowed:
 * the error is recorded, what was written is of no use, and the nearest nullable value above becomes null.
 */
export type Outcome = typeof WRITTEN | typeof EMPTY | typeof FAILED;

/**
 * Writes a value as its type wants it (GraphQL specification, 6.4.3 CompleteValue). `depth` says which entry of the path
 * leads to the value.
 */
export type Complete = (value: unknown, run: Run, depth: number) => Outcome;

/** The field whose values are completed, as errors name it. */
export interface FieldSite {
  readonly parentType: string;
  readonly name: string;
  readonly nodes: readonly FieldNode[];
}
