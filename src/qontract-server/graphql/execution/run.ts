import { locatedError, type FieldNode } from 'graphql';

import type { VisitedSchemas } from '../visited-schemas.js';
import { formatError, type AnswerError } from './errors.js';
import { JsonText } from './json-text.js';

/**
 * What one query may cost, in characters written: several times app-interface's whole bundle. Data refers to each other in
 * circles, so a short query can ask for any amount.
 */
export const MAX_COST = 256_000_000;

/** An object or an error costs this much however little is written of it in the end. */
const MINIMAL_COST = 2;

/** Thrown through an execution that would never end; not an error of a field. */
export class TooCostly extends Error {}

/** One execution of an operation: the text of its data as far as it is written, its errors, the schemas it visited. */
export class Run {
  readonly out = new JsonText();
  readonly errors: AnswerError[] = [];
  readonly visited: VisitedSchemas = new Set();
  /** Where in the answer we are: the entry at a depth is valid while something at that depth is being written. */
  readonly path: (string | number)[] = [];
  #cost = 0;

  /** Records an error of the field, or list element, at `depth`. @throws what ends the execution as a whole */
  fail(error: unknown, nodes: readonly FieldNode[], depth: number): void {
    if (error instanceof TooCostly || error instanceof RangeError) throw error;
    this.errors.push(formatError(locatedError(error, [...nodes], this.path.slice(0, depth + 1))));
    this.spend(100 * MINIMAL_COST);
  }

  /** To be called between any two objects. @throws TooCostly */
  breathe(): void {
    this.spend(MINIMAL_COST + this.out.flush());
  }

  private spend(cost: number): void {
    this.#cost += cost;
    if (this.#cost > MAX_COST) throw new TooCostly();
  }
}
